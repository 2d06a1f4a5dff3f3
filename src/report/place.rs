//! Places in a submission, in words: `标准明细表.csv 第12行`, `标准明细表.xlsx〔标准明细表〕 D12`, and of a database
//! `来源.toml〔t_standard〕 id=12`, of a document `编码规则.pdf 第3页`.

use crate::model::finding::Location;
use crate::model::report::ReportFinding;
use crate::model::text::Lang;

use super::words::pick;

/// A file or a sheet of a workbook.
pub(super) fn source(file: &str, sheet: Option<&str>, lang: Lang) -> String {
    match (sheet, lang) {
        (Some(sheet), Lang::Zh) => format!("{file}〔{sheet}〕"),
        (Some(sheet), Lang::En) => format!("{file} [{sheet}]"),
        (None, _) => file.to_owned(),
    }
}

/// One place: the cell of a workbook by its spreadsheet name, the row of a database by its key, else the row.
pub(super) fn name(place: &Location, lang: Lang) -> String {
    let source = source(&place.file, place.sheet.as_deref(), lang);
    if let Some(key) = place.key.clone().or_else(|| in_document(place, lang)) {
        return format!("{source} {key}");
    }
    match cell_name(place) {
        Some(cell) if cell.column.is_empty() => format!("{source} {}", rows(&[cell.text()], lang)),
        Some(cell) => format!("{source} {}", cell.text()),
        None => source,
    }
}

/// The first place of a finding; nothing where it has none.
pub fn first(finding: &ReportFinding, lang: Lang) -> String {
    finding.locations.first().map(|place| name(place, lang)).unwrap_or_default()
}

/// Places in words, and how many there are where these are not all.
pub(super) fn counted(places: &[Location], total: usize, lang: Lang) -> String {
    let named = list(places, lang);
    if total <= places.len() {
        return named;
    }
    match lang {
        Lang::Zh => format!("{named} 等{total}处"),
        Lang::En => format!("{named} ({total} in all)"),
    }
}

/// Many places, the file named once and neighbours as a run: `标准明细表.csv 第15~18、22行`.
pub(super) fn list(places: &[Location], lang: Lang) -> String {
    let is_named = |place: &Location| place.key.is_some() || place.paragraph.is_some();
    let kind = |place: &Location| (is_named(place), cell_name(place).map(|cell| cell.column.to_owned()));
    let same = |a: &Location, b: &Location| (&a.file, &a.sheet, kind(a)) == (&b.file, &b.sheet, kind(b));
    let mut groups: Vec<_> = places.chunk_by(same).map(|group| one_source(group, lang)).collect();
    groups.retain(|group| !group.is_empty());
    groups.join(pick(lang, "；", "; "))
}

fn one_source(places: &[Location], lang: Lang) -> String {
    let Some(first) = places.first() else { return String::new() };
    let source = source(&first.file, first.sheet.as_deref(), lang);
    let named = |place: &Location| place.key.clone().or_else(|| in_document(place, lang));
    let mut keys: Vec<_> = places.iter().filter_map(named).collect();
    if !keys.is_empty() {
        keys.dedup();
        return format!("{source} {}", keys.join(comma(lang)));
    }
    // Several cells of a text file's row are one row to the reader.
    let mut cells: Vec<_> = places.iter().filter_map(cell_name).collect();
    cells.sort_by_key(|cell| cell.row);
    cells.dedup_by_key(|cell| cell.row);
    let runs: Vec<_> =
        cells.chunk_by(|a, b| b.row == a.row + 1).filter_map(|run| one_run(run, lang)).collect();
    match cell_name(first) {
        None => source,
        Some(cell) if cell.column.is_empty() => format!("{source} {}", rows(&runs, lang)),
        Some(_) => format!("{source} {}", runs.join(comma(lang))),
    }
}

/// A place in a document: its page where that is known, else its paragraph.
fn in_document(place: &Location, lang: Lang) -> Option<String> {
    let paragraph = place.paragraph?;
    Some(match (place.page, lang) {
        (Some(page), Lang::Zh) => format!("第{page}页"),
        (Some(page), Lang::En) => format!("page {page}"),
        (None, Lang::Zh) => format!("第{paragraph}段"),
        (None, Lang::En) => format!("paragraph {paragraph}"),
    })
}

fn one_run(run: &[CellName<'_>], lang: Lang) -> Option<String> {
    let (first, last) = (run.first()?, run.last()?);
    Some(match run.len() {
        1 => first.text(),
        _ => format!("{}{}{}", first.text(), pick(lang, "~", "-"), last.text()),
    })
}

/// Rows in words.
pub(super) fn rows(rows: &[String], lang: Lang) -> String {
    let list = rows.join(comma(lang));
    match (lang, rows) {
        (Lang::Zh, _) => format!("第{list}行"),
        (Lang::En, [one]) if !one.contains('-') => format!("row {list}"),
        (Lang::En, _) => format!("rows {list}"),
    }
}

const fn comma(lang: Lang) -> &'static str {
    pick(lang, "、", ", ")
}

/// A row, or a cell of one.
struct CellName<'a> {
    /// `D` of `D12`; empty for a row.
    column: &'a str,
    row: u32,
}

impl CellName<'_> {
    fn text(&self) -> String {
        format!("{}{}", self.column, self.row)
    }
}

/// In a text file nobody sees cell names, so only workbooks have them.
fn cell_name(place: &Location) -> Option<CellName<'_>> {
    let cell = place.sheet.as_ref().and(place.cell.as_deref()).unwrap_or_default();
    Some(CellName { column: cell.trim_end_matches(|c: char| c.is_ascii_digit()), row: place.row? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(file: &str, sheet: Option<&str>, row: u32) -> Location {
        Location {
            file: file.to_owned(),
            sheet: sheet.map(str::to_owned),
            row: Some(row),
            cell: Some(format!("D{row}")),
            ..Location::default()
        }
    }

    #[test]
    fn text_files_have_rows_and_workbooks_have_cells() {
        assert_eq!(name(&place("a.csv", None, 12), Lang::Zh), "a.csv 第12行");
        assert_eq!(name(&place("a.xlsx", Some("标准明细表"), 12), Lang::Zh), "a.xlsx〔标准明细表〕 D12");
        assert_eq!(name(&place("a.csv", None, 12), Lang::En), "a.csv row 12");
    }

    #[test]
    fn rows_of_a_database_are_named_by_their_keys() {
        let row = |key: &str| Location {
            file: "来源.toml".to_owned(),
            sheet: Some("t_staff".to_owned()),
            row: Some(3),
            key: Some(key.to_owned()),
            ..Location::default()
        };
        assert_eq!(name(&row("id=12"), Lang::Zh), "来源.toml〔t_staff〕 id=12");
        let places = [row("id=12"), row("id=12"), row("id=7")];
        assert_eq!(list(&places, Lang::En), "来源.toml [t_staff] id=12, id=7");
    }

    #[test]
    fn a_list_names_each_file_once_and_neighbours_as_a_run() {
        let rows = |rows: &[u32]| rows.iter().map(|row| place("a.csv", None, *row)).collect::<Vec<_>>();
        assert_eq!(list(&rows(&[15, 16, 17, 22]), Lang::Zh), "a.csv 第15~17、22行");
        assert_eq!(list(&rows(&[15, 16]), Lang::En), "a.csv rows 15-16");
        let places = [place("a.csv", None, 3), place("a.csv", None, 5), place("b.xlsx", Some("表"), 7)];
        assert_eq!(list(&places, Lang::Zh), "a.csv 第3、5行；b.xlsx〔表〕 D7");
        assert_eq!(list(&places, Lang::En), "a.csv rows 3, 5; b.xlsx [表] D7");
    }
}
