//! The draft of a mapping: what was guessed is a line in force, to be checked; what nobody can guess is a line to fill in.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::model::diagnosis::{Diagnosis, Named, SourceDiagnosis, TakenFor};

/// The draft for the software that made these submissions. Comments are in Chinese and English alike short: whoever keeps
/// a mapping reads either.
pub fn draft(diagnosis: &Diagnosis) -> String {
    let mut text = String::from(HEAD);
    let sources: Vec<&SourceDiagnosis> =
        diagnosis.submissions.iter().flat_map(|submission| &submission.sources).collect();
    let mut tables: BTreeMap<&Named, Vec<&SourceDiagnosis>> = BTreeMap::new();
    for source in &sources {
        if let Some(table) = &source.table {
            tables.entry(table).or_default().push(source);
        }
    }
    for (named, sources) in tables {
        if let Some(part) = table(named, &sources) {
            text.push_str(&part);
        }
    }
    unknown(&sources, &mut text);
    text
}

const HEAD: &str = "\
# 对应表：某种软件导出的文件、列和取值对应哪张数据表、哪一列、哪个规定的取值。
# 由 wangge doctor --write-mapping 起草：没有“#”的行已生效，请逐行核对；带“#”的行补填后删去“#”。用 --mapping 读取。
# A mapping, drafted by `wangge doctor`: check each line; lines without `#` are in force.
software = \"\"
";

/// What there is to say of a table, if there is something.
fn table(whose: &Named, sources: &[&SourceDiagnosis]) -> Option<String> {
    let names = names(sources);
    let (columns, values, formats) = (columns(sources), values(sources), formats(sources));
    if names.is_empty() && columns.is_empty() && values.is_empty() && formats.is_empty() {
        return None;
    }
    let mut text = format!("\n# {}\n[[table]]\ntable = {}\n", whose.zh, quoted(&whose.id));
    if !names.is_empty() {
        let list: Vec<_> = names.iter().map(|name| quoted(name)).collect();
        let _ = writeln!(text, "names = [{}]", list.join(", "));
    }
    if !columns.is_empty() {
        let _ = write!(text, "\n# 列名 = 规定的列\n[table.columns]\n{columns}");
    }
    text.push_str(&values);
    if !formats.is_empty() {
        let _ = write!(
            text,
            "\n# 日期的写法：\"day/month/year\"（日/月/年）或 \"month/day/year\"（月/日/年）\n[table.formats]\n{formats}"
        );
    }
    Some(text)
}

/// Files and sheets that were not known by their whole name.
fn names(sources: &[&SourceDiagnosis]) -> Vec<String> {
    let guessed = sources.iter().filter(|source| {
        use TakenFor::{Header, LikeFileName, LikeSheetName, Mapping, Unknown};
        matches!(source.taken, Header | LikeFileName | LikeSheetName | Mapping | Unknown)
    });
    let mut names: Vec<_> = guessed.map(|source| name_of(source)).collect();
    names.sort();
    names.dedup();
    names
}

/// The name that a mapping gives: that of the sheet, else that of the file without its ending.
fn name_of(source: &SourceDiagnosis) -> String {
    let stem = || Path::new(&source.file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    source.sheet.clone().or_else(stem).unwrap_or_default()
}

fn columns(sources: &[&SourceDiagnosis]) -> String {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for source in sources {
        for column in source.columns.iter().filter(|column| column.by.is_likeness()) {
            let line = format!(
                "{} = {}  # {}\n",
                quoted(&column.header),
                quoted(&column.column.id),
                column.column.zh
            );
            lines.insert(column.header.clone(), line);
        }
        for unknown in &source.unknown_headers {
            let line = match &unknown.like {
                Some(like) => {
                    format!("{} = {}  # {}？请核对\n", quoted(&unknown.header), quoted(&like.id), like.zh)
                }
                None => format!("# {} = \"\"\n", quoted(&unknown.header)),
            };
            lines.entry(unknown.header.clone()).or_insert(line);
        }
    }
    lines.into_values().collect()
}

fn values(sources: &[&SourceDiagnosis]) -> String {
    let mut by_column: BTreeMap<&Named, BTreeMap<&str, String>> = BTreeMap::new();
    for unknown in sources.iter().flat_map(|source| &source.unknown_words) {
        let line = match &unknown.like {
            Some(like) => {
                format!("{} = {}  # {}？请核对\n", quoted(&unknown.word), quoted(&like.id), like.zh)
            }
            None => format!("# {} = \"\"\n", quoted(&unknown.word)),
        };
        by_column.entry(&unknown.column).or_default().insert(&unknown.word, line);
    }
    let part = |(column, lines): (&Named, BTreeMap<&str, String>)| {
        let lines: String = lines.into_values().collect();
        format!("\n# {}：所填的词 = 规定的取值\n[table.values.{}]\n{lines}", column.zh, quoted(&column.id))
    };
    by_column.into_iter().map(part).collect()
}

fn formats(sources: &[&SourceDiagnosis]) -> String {
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for guess in sources.iter().flat_map(|source| &source.day_orders) {
        let (mark, order) = guess.order.map_or(("# ", "day/month/year"), |order| ("", order));
        let line = format!(
            "{mark}{} = {}  # {}，如 {}\n",
            quoted(&guess.column.id),
            quoted(order),
            guess.column.zh,
            guess.example
        );
        lines.entry(&guess.column.id).or_insert(line);
    }
    lines.into_values().collect()
}

/// Files of which nobody knows which table they are.
fn unknown(sources: &[&SourceDiagnosis], text: &mut String) {
    let unknown = sources.iter().filter(|source| source.taken == TakenFor::Unknown && source.table.is_none());
    let mut names: Vec<_> = unknown.map(|source| name_of(source)).collect();
    names.sort();
    names.dedup();
    for name in names {
        let _ = write!(
            text,
            "\n# 不知道是哪张表：填上表名后删去这几行的“#”\n# [[table]]\n# table = \"\"\n# names = [{}]\n",
            quoted(&name)
        );
    }
}

/// A text as TOML writes it on one line, as a key or a value.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if sign.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}
