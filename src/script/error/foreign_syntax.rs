//! What authors write out of the habit of spreadsheets and databases, and how it is written in rules.

use crate::model::text::Text;

/// What a line that does not parse writes as a spreadsheet or a database would, and how it is written here.
pub(super) fn habit(line: &str) -> Option<Text> {
    let line = line.split("//").next().unwrap_or(line);
    let has_word = |word: &str| {
        let mut words = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
        words.any(|one| one == word)
    };
    let found = HABITS.iter().find(|(habit, ..)| {
        if habit.starts_with(char::is_alphabetic) { has_word(habit) } else { line.contains(habit) }
    });
    found.map(|(_, zh, en)| Text::new(*zh, *en))
}

/// Signs and words of spreadsheets and databases.
const HABITS: [(&str, &str, &str); 9] = [
    ("<>", "不等于写成“!=”", "unequal is written `!=`"),
    ("null", NO_NULL.0, NO_NULL.1),
    ("NULL", NO_NULL.0, NO_NULL.1),
    ("AND", "并且写成“&&”", "and is written `&&`"),
    ("and", "并且写成“&&”", "and is written `&&`"),
    ("OR", "或者写成“||”", "or is written `||`"),
    ("or", "或者写成“||”", "or is written `||`"),
    ("NOT", "不写成“!”", "not is written `!`"),
    ("not", "不写成“!”", "not is written `!`"),
];

const NO_NULL: (&str, &str) = (
    "空单元格：日期和数写成 r.列 == ()，文字写成 r.列 == \"\"，或用 rows.blank(\"列名\")",
    "an empty cell: r.column == () for days and numbers, r.column == \"\" for texts, or rows.blank(\"column\")",
);

/// What the name of a function of spreadsheets stands for here.
pub(crate) fn of_spreadsheets(name: &str) -> Option<Text> {
    let (zh, en) = match name {
        "IF" => ("写成 if 条件 { 甲 } else { 乙 }", "write if condition { one } else { other }"),
        "AND" => ("并且写成“&&”", "and is written `&&`"),
        "OR" => ("或者写成“||”", "or is written `||`"),
        "NOT" => ("不写成“!”", "not is written `!`"),
        "ISBLANK" => NO_NULL,
        "COUNTIF" | "COUNTIFS" => ("写成 rows.filter(|r| …).count()", "write rows.filter(|r| …).count()"),
        "SUMIF" | "SUMIFS" | "SUM" => ("写成 rows.sum(\"列名\")", "write rows.sum(\"column\")"),
        _ => return None,
    };
    Some(Text::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_are_whole_words_outside_of_comments() {
        assert!(habit("let x = s.filter(|r| r.a <> 1);").is_some_and(|text| text.zh.contains("!=")));
        assert!(habit("r.a == null").is_some_and(|text| text.zh.contains("blank")));
        assert!(habit("a and b").is_some_and(|text| text.en.contains("&&")));
        assert_eq!(habit("let brand = order; // and so on"), None);
    }
}
