//! What is wrong, counted: of several kinds of fault only those that occur are told, a few of them by number and name.

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::selections;
use crate::model::text::Text;
use crate::script::error::{self, Res};
use crate::script::value::cells;
use crate::script::value::rows::{Row, Rows};

/// What stands for the number in the texts of a part.
const NUMBER: &str = "{}";
/// So many rows are few: each of them is named.
const FEW: usize = 3;

/// `#{ zh, en }` of `[[rows or number, zh, en], …]`: parts that count nothing are left out. A fourth text, such as
/// `"{number}《{name}》"`, says by which of their cells a few rows are named.
pub(crate) fn tally(parts: Array) -> Res<Map> {
    let mut told = Vec::new();
    for part in parts {
        told.extend(counted(part)?);
    }
    let joined = |pick: fn(&Text) -> &str, sign: &str| -> Dynamic {
        told.iter().map(pick).collect::<Vec<_>>().join(sign).into()
    };
    let texts = [("zh", joined(|text| &text.zh, "，")), ("en", joined(|text| &text.en, "; "))];
    Ok(texts.into_iter().map(|(key, text)| (key.into(), text)).collect())
}

/// One part in words; none where there is nothing to count.
fn counted(part: Dynamic) -> Res<Option<Text>> {
    let mut part = part.into_array().map_err(|_| malformed())?;
    let form = if part.len() == 4 { part.pop().map(worded).transpose()? } else { None };
    let [what, zh, en]: [Dynamic; 3] = part.try_into().map_err(|_| malformed())?;
    let (number, named) = match what.clone().try_cast::<Rows>() {
        Some(mut rows) => (selections::count(&mut rows), form.map(|form| names(&rows, &form)).transpose()?),
        None => (what.as_int().map_err(|_| malformed())?, None),
    };
    let (zh, en, named) = (worded(zh)?, worded(en)?, named.unwrap_or_default());
    // Only the first: a text of placeholders would grow beyond what a script may make.
    let fill = |text: &str, named: &str| text.replacen(NUMBER, &number.to_string(), 1) + named;
    Ok((number != 0).then(|| Text::new(fill(&zh, &named.zh), fill(&en, &named.en))))
}

fn worded(text: Dynamic) -> Res<ImmutableString> {
    text.try_cast::<ImmutableString>().ok_or_else(malformed)
}

/// Which rows they are, in brackets, where they are few.
fn names(rows: &Rows, form: &str) -> Res<Text> {
    let mut named: Vec<String> = Vec::new();
    if rows.chosen.len() <= FEW {
        for row in rows.iter() {
            let name = name(&row, form)?;
            if !name.is_empty() && !named.contains(&name) {
                named.push(name);
            }
        }
    }
    if named.is_empty() {
        return Ok(Text::default());
    }
    Ok(Text::new(format!("（{}）", named.join("、")), format!(" ({})", named.join(", "))))
}

/// The form with the row's cells for the columns in braces; empty where these are. A name decides nothing: cells that
/// were not understood are not noted for it.
fn name(row: &Row, form: &str) -> Res<String> {
    let (mut name, mut known) = (String::new(), false);
    for part in form.split('{') {
        let Some((column, rest)) = part.split_once('}') else {
            name.push_str(part);
            continue;
        };
        let decl = &row.of.table.decl;
        let column = decl.position(column).ok_or_else(|| error::unknown_column(decl, column))?;
        let cell = cells::lookup_key(&cells::cell(&row.of.table, row.index(), column));
        known |= !cell.trim().is_empty();
        name.push_str(cell.trim());
        name.push_str(rest);
    }
    Ok(if known { name.replace("《》", "").trim().to_owned() } else { String::new() })
}

fn malformed() -> Box<rhai::EvalAltResult> {
    error::raise(
        Text::new(
            "tally 的每一项应是三个值：行或数、中文、英文；行还可写明用哪些列称呼",
            "each part of `tally` should be three values: rows or a number, the Chinese text, the English text; rows may say by which columns they are named",
        ),
        Text::new(
            "例如 tally([[rows, \"{}处没有填写\", \"empty: {}\", \"{number}《{name}》\"]])",
            "for example tally([[rows, \"{}处没有填写\", \"empty: {}\", \"{number}《{name}》\"]])",
        ),
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn part(number: i64, zh: &str, en: &str) -> Dynamic {
        vec![Dynamic::from(number), zh.into(), en.into()].into()
    }

    fn texts_of(parts: Array) -> (String, String) {
        let map = tally(parts).unwrap();
        let text = |key: &str| map.get(key).unwrap().to_string();
        (text("zh"), text("en"))
    }

    #[test]
    fn only_what_occurs_is_told_with_its_number() {
        let parts = vec![
            part(2, "{}项没有名称", "without a name: {}"),
            part(0, "{}项重复", "twice: {}"),
            part(1, "{}项过期", "expired: {}"),
        ];
        assert_eq!(
            texts_of(parts),
            ("2项没有名称，1项过期".to_owned(), "without a name: 2; expired: 1".to_owned())
        );
        assert_eq!(texts_of(vec![part(0, "{}项", "{}")]), (String::new(), String::new()));
    }

    #[test]
    fn a_part_of_another_form_is_an_error() {
        for part in [
            Dynamic::from(1_i64),
            vec![Dynamic::from(1_i64)].into(),
            vec!["1".into(), "a".into(), Dynamic::from("b")].into(),
        ] {
            assert!(tally(vec![part]).is_err());
        }
    }
}
