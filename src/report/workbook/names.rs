//! Names of sheets.

use std::collections::BTreeSet;

use super::cell::cut;
use crate::report::escape::hidden;
use crate::table::normalize;

/// UTF-16 units of the name of a sheet.
const UNITS: usize = 31;

/// A name that programs keep for themselves.
const RESERVED: &str = "history";

/// The names of a workbook so far, as they are compared.
#[derive(Debug, Default)]
pub(super) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// A name like this one that a sheet may have and no other has.
    pub(super) fn add(&mut self, wanted: &str) -> String {
        let plain = plain(wanted);
        let numbered = (2_usize..).map(|number| {
            let end = format!("({number})");
            format!("{}{end}", cut(plain.clone(), UNITS.saturating_sub(end.len())))
        });
        let mut names = std::iter::once(cut(plain.clone(), UNITS)).chain(numbered);
        // There are more numbers than sheets.
        names.find(|name| self.0.insert(normalize::name(name))).unwrap_or(plain)
    }
}

/// The text without the signs that no name may have.
fn plain(text: &str) -> String {
    let allowed = |sign: char| {
        if hidden(sign) || matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{FFFE}' | '\u{FFFF}')
        {
            '_'
        } else {
            sign
        }
    };
    let name: String = text.chars().map(allowed).collect();
    // Not at the beginning or the end, and there may be a cut: nowhere.
    let name = name.trim().replace('\'', "’");
    if name.is_empty() || normalize::name(&name) == RESERVED { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_short_and_told_apart() {
        let mut names = SheetNames::default();
        let long = "福建省漳州市东山县铜陵镇网格化服务管理中心第一网格化综合治理站评分表";
        let added: Vec<_> = [
            "a[b]:*?/\\c",
            "A[B]:*?/\\C",
            "'x'",
            "",
            "History",
            "甲\u{202e}乙\u{1b}",
            long,
            long,
            "ＡＢ",
            "ab",
        ]
        .map(|name| names.add(name))
        .to_vec();
        assert_eq!(
            added.get(..6).map(<[_]>::to_vec),
            Some(vec![
                "a_b______c".to_owned(),
                "A_B______C(2)".to_owned(),
                "’x’".to_owned(),
                "_".to_owned(),
                "History_".to_owned(),
                "甲_乙_".to_owned(),
            ])
        );
        for name in &added {
            assert!(name.encode_utf16().count() <= UNITS, "{name}");
        }
        assert!(added.get(7).is_some_and(|name| name.ends_with("(2)")), "{added:?}");
        assert_eq!(
            added.get(9).map(String::as_str),
            Some("ab(2)"),
            "the width of a letter tells no names apart"
        );
    }
}
