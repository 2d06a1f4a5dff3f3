//! Numbers of headings as papers have them: 一、 （一） 1. in Chinese, 1. 1.1 (1) in English.

use crate::model::text::Lang;
use crate::report::words::pick;

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// How far the headings of a document are numbered.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    first: usize,
    second: usize,
    third: usize,
    tables: usize,
    figures: usize,
}

impl Numbering {
    /// The next number of the first level.
    pub(super) fn first(&mut self, lang: Lang) -> String {
        *self = Self { first: self.first.saturating_add(1), second: 0, third: 0, ..*self };
        match lang {
            Lang::Zh => format!("{}、", chinese(self.first)),
            Lang::En => format!("{}. ", self.first),
        }
    }

    /// The next number of the second level.
    pub(super) fn second(&mut self, lang: Lang) -> String {
        *self = Self { second: self.second.saturating_add(1), third: 0, ..*self };
        match lang {
            Lang::Zh => format!("（{}）", chinese(self.second)),
            Lang::En => format!("{}.{} ", self.first, self.second),
        }
    }

    /// The next number of the third level.
    pub(super) fn third(&mut self) -> String {
        self.third = self.third.saturating_add(1);
        format!("{}. ", self.third)
    }

    /// What the next table is called.
    pub(super) fn table(&mut self, caption: &str, lang: Lang) -> String {
        self.tables = self.tables.saturating_add(1);
        format!("{}{}{}{caption}", pick(lang, "表", "Table "), self.tables, pick(lang, "　", ". "))
    }

    /// What the next figure is called.
    pub(super) fn figure(&mut self, caption: &str, lang: Lang) -> String {
        self.figures = self.figures.saturating_add(1);
        format!("{}{}{}{caption}", pick(lang, "图", "Figure "), self.figures, pick(lang, "　", ". "))
    }
}

/// A number below 100 in Chinese; others in digits.
pub(super) fn chinese(number: usize) -> String {
    let digit = |digit: usize| DIGITS.get(digit).copied().unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (10.., _) => number.to_string(),
        (tens, ones) => {
            let before = if tens > 1 { digit(tens) } else { "" };
            format!("{before}十{}", if ones > 0 { digit(ones) } else { "" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_papers() {
        let written = [1, 9, 10, 11, 20, 21, 99, 100].map(chinese);
        assert_eq!(written, ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100"]);
    }

    #[test]
    fn each_level_begins_again_below_the_one_above_it() {
        let mut numbering = Numbering::default();
        let zh = [
            numbering.first(Lang::Zh),
            numbering.second(Lang::Zh),
            numbering.third(),
            numbering.second(Lang::Zh),
            numbering.third(),
            numbering.first(Lang::Zh),
            numbering.second(Lang::En),
        ];
        assert_eq!(zh, ["一、", "（一）", "1. ", "（二）", "1. ", "二、", "2.1 "]);
    }
}
