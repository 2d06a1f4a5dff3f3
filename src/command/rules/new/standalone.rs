//! A pack that lies over no other: with a scoring table, data tables, and a rule with its tests to go on from.

use super::fault::NewFault;
use super::template::{
    ALONE_CATALOG, ALONE_PACK, ALONE_RULE, ALONE_TABLES, ALONE_TEST, Fill, Template, fill,
};
use super::{Draft, NewAsked, name_of};
use crate::model::text::{Lang, Text};

/// A file of the pack: its path, its template, what it is.
const FILES: [(&str, Template, &str, &str); 5] = [
    (
        "pack.toml",
        ALONE_PACK,
        "规则包的说明：编号、版本、名称、满分和合格分",
        "what the pack is: id, version, title, marks",
    ),
    ("tables.toml", ALONE_TABLES, "要报送的数据表", "the tables that are sent"),
    ("catalog/s1.toml", ALONE_CATALOG, "评分表：分值和整改办法", "the scoring table: points and remedies"),
    ("items/s1/S.1.1.rhai", ALONE_RULE, "规则", "the rule"),
    ("items/s1/S.1.1.test.rhai", ALONE_TEST, "规则的测试", "its tests"),
];

/// Every file of the pack, none of which may be there yet.
pub(super) fn drafts(asked: &NewAsked, lang: Lang) -> Result<Vec<Draft>, NewFault> {
    let name = name_of(&asked.pack);
    let title = Text::new(format!("{name}规则包"), format!("Pack of {name}"));
    let fill_in = Fill::default().quoted("id", &name).both("title", &title);
    let file = |(path, template, zh, en): (&str, Template, &str, &str)| {
        Draft::new_file(asked.pack.join(path), fill(template, lang, &fill_in), Text::new(zh, en))
    };
    FILES.into_iter().map(file).collect()
}
