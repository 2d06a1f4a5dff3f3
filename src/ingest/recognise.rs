//! Which declared table a file or sheet is, told from its name.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::table::names::TableName;
use crate::table::normalize;
use crate::table::table_schema::{Declarations, TableDecl};

/// Numbering and dates before a name: `03`, `附件3-`, `（二）`, `2025年度`.
static LEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[0-9]{4}年度?",
        r"|(?:附件|附表|附录|表)[(]?(?:[0-9]+|[一二三四五六七八九十]+)[)]?",
        r"|[(][0-9一二三四五六七八九十]+[)]",
        r"|[一二三四五六七八九十]+[、.]",
        r"|[0-9]+)[-_.、:)]*",
    ))
    .ok()
});

/// What people append to a name: `(1)`, `_2024`, `2025年度`, `-副本`, `【终稿】`.
static TRAILING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[-_.]*(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕",
        r"|副本|复件|copy|最终版|最终|定稿|终稿|修改稿|修改版|[-_.]v?[0-9][-0-9.]*|[0-9]{4,8}(?:年度?)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)$",
    ))
    .ok()
});

/// Sheets that explain the others; nobody misses them.
const EXPLANATIONS: [&str; 9] =
    ["说明", "填表说明", "填报说明", "填写说明", "目录", "封面", "字典", "参数", "选项"];

/// The names of all declared tables and the words for collections; or one table that everything is, whatever its name.
pub(super) struct Names<'a>(&'a [TableName], &'a [String], Option<&'a Arc<TableDecl>>);

impl<'a> Names<'a> {
    pub(super) fn new(decls: &'a Declarations) -> Self {
        Self(decls.table_names(), &decls.naming.collections, None)
    }

    /// Everything is this table, but for sheets that explain it.
    pub(super) fn only(table: &'a Arc<TableDecl>) -> Self {
        Self(&[], &[], Some(table))
    }

    /// The table a file stem or sheet name means: the whole name, less and less of what surrounds it, one of its
    /// parts, and at last its end (`东山县标准明细表`).
    pub(super) fn find(&self, name: &str) -> Option<&'a Arc<TableDecl>> {
        if self.2.is_some() {
            return self.2.filter(|_| !is_explanation(name));
        }
        let folded = normalize::name(name);
        if let Some(table) = self.exact(&folded) {
            return Some(table);
        }
        let bare = bare(&folded);
        self.exact(&bare)
            .or_else(|| bare.split(['-', '_', '—', '·', '.']).find_map(|part| self.exact(part)))
            .or_else(|| self.collected(&bare))
            .or_else(|| self.suffix(&bare))
    }

    /// The one table that is a collection of the same.
    fn collected(&self, bare: &str) -> Option<&'a Arc<TableDecl>> {
        let wanted = collected(bare, self.1);
        let mut found =
            self.0.iter().filter(|name| collected(&name.folded, self.1) == wanted).map(|name| &name.table);
        let first = found.next()?;
        found.all(|other| other.id == first.id).then_some(first)
    }

    fn exact(&self, folded: &str) -> Option<&'a Arc<TableDecl>> {
        self.0.iter().find(|name| name.folded == folded).map(|name| &name.table)
    }

    /// The table with the longest name that ends this one. English ids must stand apart.
    fn suffix(&self, bare: &str) -> Option<&'a Arc<TableDecl>> {
        let apart = |rest: &str, name: &str| !name.is_ascii() || rest.ends_with(['-', '_', '.']);
        let ends =
            |name: &&TableName| bare.strip_suffix(&name.folded).is_some_and(|rest| apart(rest, &name.folded));
        self.0.iter().filter(ends).max_by_key(|name| name.folded.len()).map(|name| &name.table)
    }

    /// The declared name most like this one, if any is alike.
    pub(super) fn suggestion(&self, name: &str) -> Option<&'a TableName> {
        let bare = bare(&normalize::name(name));
        let scored = self.0.iter().map(|name| (strsim::jaro_winkler(&name.folded, &bare), name));
        scored
            .filter(|(score, _)| *score >= 0.75)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, name)| name)
    }
}

/// Whether a sheet with this name explains the others instead of holding data.
pub(super) fn is_explanation(sheet: &str) -> bool {
    let bare = bare(&normalize::name(sheet));
    EXPLANATIONS.contains(&bare.as_str())
}

/// The name without numbering, dates, versions and brackets around it.
fn bare(folded: &str) -> String {
    let mut name = folded;
    loop {
        let next = cut(cut_end(name, &TRAILING), &LEADING);
        if next == name || next.is_empty() {
            return name.to_owned();
        }
        name = next;
    }
}

/// What a name says is collected, without the longest word for a collection at its end: the whole name where nothing
/// else is said.
fn collected<'n>(name: &'n str, collections: &[String]) -> &'n str {
    let mut kept = name;
    while let Some(rest) =
        collections.iter().filter_map(|word| kept.strip_suffix(word.as_str())).min_by_key(|rest| rest.len())
    {
        if rest.chars().count() < 2 {
            break;
        }
        kept = rest;
    }
    kept
}

fn cut<'a>(name: &'a str, pattern: &LazyLock<Option<Regex>>) -> &'a str {
    let found = pattern.as_ref().and_then(|pattern| pattern.find(name));
    found.and_then(|found| name.get(found.end()..)).unwrap_or(name)
}

fn cut_end<'a>(name: &'a str, pattern: &LazyLock<Option<Regex>>) -> &'a str {
    let found = pattern.as_ref().and_then(|pattern| pattern.find(name));
    found.and_then(|found| name.get(..found.start())).unwrap_or(name)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn table(name: &str) -> Option<String> {
        let decls: Declarations = toml::from_str(include_str!("../../rules/tables.toml")).unwrap();
        Names::new(&decls).find(name).map(|table| table.id.clone())
    }

    #[test]
    fn tables_are_known_by_id_name_and_alias() {
        for name in ["standards", "Standards", "标准明细表", "标准目录", "标准 明细表", "标准明细表\u{200b}"]
        {
            assert_eq!(table(name).as_deref(), Some("standards"), "{name}");
        }
    }

    #[test]
    fn what_surrounds_a_name_is_cut_off() {
        for name in [
            "03标准明细表",
            "3.标准明细表",
            "附件3标准明细表",
            "附表1-标准明细表",
            "（三）标准明细表",
            "三、标准明细表",
            "标准明细表(1)",
            "标准明细表（2024年修订）",
            "标准明细表_2024",
            "标准明细表2025年度",
            "2025年度标准明细表",
            "标准明细表-副本",
            "附件3：标准明细表【终稿】(2)",
            "东山县标准明细表",
            "标准明细表-东山县",
            "03_standards",
            "dongshan_standards",
            "standards_v2",
        ] {
            assert_eq!(table(name).as_deref(), Some("standards"), "{name}");
        }
    }

    #[test]
    fn collections_are_called_by_many_names() {
        let names = [
            ("4.岗位一览表", "posts"),
            ("13.标准体系结构", "system_table"),
            ("标准体系一览表", "system_table"),
            ("标准体系", "system_table"),
            ("15.标准统计", "statistics"),
            ("10.培训情况登记表", "training"),
            ("培训签到", "attendance"),
            ("29.网格事件台账（近一年）", "events"),
            ("27.网格员花名册", "grid_members"),
            ("单位概况", "organization"),
            ("单位基本情况表", "organization"),
            ("32.评估申请表", "application"),
            ("31.自我评价情况", "self_evaluations"),
        ];
        for (name, id) in names {
            assert_eq!(table(name).as_deref(), Some(id), "{name}");
        }
        assert_eq!(table("目录"), None);
        assert_eq!(table("标准化人员名单"), None);
    }

    #[test]
    fn the_longest_ending_decides() {
        assert_eq!(table("东山县年度工作计划").as_deref(), Some("plans"));
        assert_eq!(table("东山镇网格员名册").as_deref(), Some("grid_members"));
        assert_eq!(table("街道网格").as_deref(), Some("grids"));
    }

    #[test]
    fn others_are_not_recognised_but_may_be_meant() {
        assert_eq!(table("Sheet1"), None);
        assert_eq!(table("会议照片"), None);
        assert_eq!(table("grandstandards"), None);
        let decls: Declarations = toml::from_str(include_str!("../../rules/tables.toml")).unwrap();
        let suggested = |name| Names::new(&decls).suggestion(name).map(|meant| meant.name.clone());
        assert_eq!(suggested("标准明细衣").as_deref(), Some("标准明细表"));
        assert_eq!(suggested("会议照片"), None);
        assert!(is_explanation("0.填表说明"));
    }
}
