//! The clause matrix: which rules look at which clause, and what only people can decide.

use super::escape;
use super::page::Page;
use super::paint::Ink;
use super::words;
use crate::model::clause;
use crate::model::explanation::MatrixRow;
use crate::model::text::Lang;

/// The matrix on a terminal.
pub fn terminal(rows: &[MatrixRow], lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    for row in rows {
        let looked = match row.rules.as_slice() {
            [] => row.why.get(lang).to_owned(),
            rules => {
                let tests = words::pick(lang, "个用例", " tests");
                let sign = words::pick(lang, "；", "; ");
                let (rules, fixtures) = (rules.join(" "), row.fixtures.join(" "));
                format!("{rules} ({}{tests}{sign}{fixtures}) {}", row.tests, row.requirements.join(" "))
            }
        };
        let way = clause::way(&row.decided);
        page.paragraph(0, &format!("{}  {}  {}", row.clause, way.get(lang), row.title.get(lang)), Ink::Bold);
        page.paragraph(4, looked.trim(), Ink::Plain);
    }
    page.finish()
}

/// The matrix as CSV with a header in both languages.
///
/// # Errors
///
/// The writer's, which for memory cannot happen.
pub fn csv(rows: &[MatrixRow]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "clause 条款",
        "title_zh 标题",
        "title_en",
        "force 程度",
        "decided 判断方式",
        "rules 规则",
        "requirements 评价要求",
        "tests 用例数",
        "fixtures 样例",
        "why_zh 理由",
        "why_en",
    ])?;
    for row in rows {
        let cells = [
            &row.clause,
            &row.title.zh,
            &row.title.en,
            &row.force,
            &row.decided,
            &row.rules.join(" "),
            &row.requirements.join(" "),
            &row.tests.to_string(),
            &row.fixtures.join(" "),
            &row.why.zh,
            &row.why.en,
        ];
        writer.write_record(cells.map(|cell| escape::spreadsheet(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The matrix as JSON.
///
/// # Errors
///
/// The serializer's, which for these types cannot happen.
pub fn json(rows: &[MatrixRow]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(rows).map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Text;

    #[test]
    fn no_cell_is_a_formula_or_acts_on_a_terminal() {
        let row = MatrixRow {
            clause: "=1+1".to_owned(),
            title: Text::new("＝HYPERLINK(\"x\")", "a\u{1b}]0;x\u{7}b"),
            force: "shall".to_owned(),
            decided: "data".to_owned(),
            rules: Vec::new(),
            requirements: Vec::new(),
            tests: 0,
            fixtures: Vec::new(),
            why: Text::new(" @SUM(1)", "a - b"),
        };
        let text = csv(&[row]).unwrap_or_default();
        let line = text.lines().nth(1).unwrap_or_default();
        assert_eq!(line, "'=1+1,\"'＝HYPERLINK(\"\"x\"\")\",a^[]0;x^Gb,shall,data,,,0,,' @SUM(1),a - b");
    }

    #[test]
    fn each_value_stands_under_its_header() {
        let row = MatrixRow {
            clause: "2/1".to_owned(),
            title: Text::new("题", "title"),
            force: "shall".to_owned(),
            decided: "data".to_owned(),
            rules: vec!["2/1a".to_owned()],
            requirements: vec!["A.1.1.a".to_owned()],
            tests: 3,
            fixtures: vec!["clean".to_owned()],
            why: Text::new("因", "why"),
        };
        let text = csv(&[row]).unwrap_or_default();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let [head, values] = lines.as_slice() else { unreachable!("two lines: {text}") };
        let under = |name: &str| {
            let at = head.iter().position(|header| header.starts_with(name));
            at.and_then(|at| values.get(at)).copied()
        };
        assert_eq!((under("tests"), under("fixtures")), (Some("3"), Some("clean")));
        assert_eq!(
            (under("rules"), under("requirements"), under("why_en")),
            (Some("2/1a"), Some("A.1.1.a"), Some("why"))
        );
    }
}
