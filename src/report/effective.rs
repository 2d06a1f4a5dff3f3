//! Values in force as lines of a table.

use crate::model::effective::Effective;
use crate::model::text::Lang;

use super::escape;
use super::words::pick;

/// One line for each value: what it is, the value, the pack, the place, the document, and what it was.
pub fn lines(values: &[Effective], lang: Lang) -> String {
    values.iter().map(|one| line(one, lang)).collect()
}

fn line(one: &Effective, lang: Lang) -> String {
    let name = [one.kind.word(), &one.target, &one.field];
    let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let place = if one.line == 0 { one.file.clone() } else { format!("{}:{}", one.file, one.line) };
    let was = one.was.as_ref().filter(|was| !was.is_empty());
    let was = was.map(|was| format!("{}{was}", pick(lang, "原为 ", "was "))).unwrap_or_default();
    let from = one.from.as_ref().map(|from| match lang {
        Lang::Zh => format!("自 {from} 起"),
        Lang::En => format!("from {from}"),
    });
    let parts = [
        name,
        one.value.clone(),
        one.pack.clone(),
        place,
        one.document.clone(),
        was,
        from.unwrap_or_default(),
    ];
    let line = parts.map(|part| escape::terminal(&part)).join("\t");
    format!("{}\n", line.trim_end())
}
