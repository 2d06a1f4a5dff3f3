//! Which declared table a file or sheet is, told from its name.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::files;
use crate::table::names::TableName;
use crate::table::normalize;
use crate::table::table_schema::{Declarations, TableDecl};

/// Numbering and dates before a name: `03`, `附件3-`, `（二）`, `2025年度`.
static LEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[0-9]{4}年(?:度|[0-9]{1,2}月(?:[0-9]{1,2}日)?|第?[一二三四1-4]季度|[上下]半年)?",
        r"|[0-9]{4}[-_.][0-9]{1,2}[-_.][0-9]{1,2}",
        r"|(?:附件|附表|附录|表|材料|序号)[(]?(?:[0-9]+(?:[-.][0-9]+)?|[一二三四五六七八九十]+)[)]?",
        r"|[(][0-9一二三四五六七八九十]+[)]|[①-⑳]",
        r"|[一二三四五六七八九十]+[、.]",
        r"|【[^【】]*】|\[[^\[\]]*\]",
        r"|[0-9]+)[-_.、:)]*",
    ))
    .ok()
});

/// What people append to a name: `(1)`, `_2024`, `2025年度`, `6.20终稿`, `-副本`, `（盖章版）`, `【终稿】`, `2`, `续`.
static TRAILING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[-_.+、]*(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》|[①-⑳]",
        r"|的?(?:副本|复件|备份)|copy|backup|bak|final|new|old|最终版?|最新版?|最终稿|定稿版?|终稿版?|初稿|草稿|送审稿|报批稿|审定稿",
        r"|征求意见稿|汇报稿|(?:已)?修[改订](?:后|稿|版)?|更新(?:后|稿|版)?|调整后?|补充版?|(?:已)?盖章[版件]?|(?:已)?签字[版件]?|公章版?|电子[版档]|打印版",
        r"|扫描[版件]|(?:上)?报送?版|上报[版稿]?|提交版?|申报版?|正式版?|发布版|完整版|汇总版|导出版?|(?:已)?审核[版稿]?|(?:已)?核[对实][版稿]?|第?[一二三四五六七八九十0-9]+[稿版]",
        r"|定版?|终版?|新版?|旧版?",
        r"|续(?:表|页)?[0-9一二三四五六七八九十]*|接上[表页]|(?:第?[一二三四五六七八九十0-9]+)?部分|第[一二三四五六七八九十0-9]+[批册页次期]|[上中下]册|part[0-9]+",
        r"|(?:近[一二三四五两0-9]+年|全年|上半年|下半年|第?[一二三四1-4]季度|截[至止][0-9年月日.]+)",
        r"|[-_.]*v?[0-9][-0-9._:]*版?|[-_][a-z]|[0-9]{4}年?(?:度)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号])?|[0-9]{1,2}月(?:份|[0-9]{1,2}[日号])?)$",
    ))
    .ok()
});

/// What a short name may stand behind: a place, an office, a time, or nothing that makes it the name of something else.
static NEUTRAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:$|.*(?:省|市|县|区|州|盟|旗|镇|乡|街道|街|村|社区|居委会|村委会|办事处|管委会|局|办|中心|站|政府|组|处|科|年度?|季度|半年|月|单位|本级)",
        r"|(?:全|各|本|我|所有|全部|全体|在[岗职]|现有|近[一二三]年)(?:省|市|县|区|镇|乡|街道|村|社区|部门|单位)?(?:的)?)$",
    ))
    .ok()
});

/// Names of this many characters or fewer are parts of too many others.
const SHORT: usize = 3;

/// Longer names of which the same is true.
const GENERIC: [&str; 8] =
    ["基本信息", "基本情况", "工作人员", "申请信息", "单位信息", "单位情况", "组织信息", "检查记录"];

/// Names that say nothing of what is in a file or sheet.
static TELLS_NOTHING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:sheet|工作表|工作簿|新建.*|book|表|数据|数据表|导出|导出数据|数据导出|export|data|table|report|报表|result|查询结果|附件|附表|文件|未命名|untitled|[a-z]{0,2}[-_.0-9]*)[-_.0-9]*$").ok()
});

/// How well a name says which table something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// It is the name of the table.
    Name,
    /// It ends with the name of the table: its header has to show that it is one.
    End,
}

/// Sheets that explain the others; nobody misses them.
const EXPLANATIONS: [&str; 9] =
    ["说明", "填表说明", "填报说明", "填写说明", "目录", "封面", "字典", "参数", "选项"];

/// The names of all declared tables and the words for collections; or one table that everything is, whatever its name.
#[derive(Clone, Copy)]
pub(super) struct Names<'a>(&'a [TableName], &'a [String], Option<&'a Arc<TableDecl>>);

impl<'a> Names<'a> {
    pub(super) fn new(decls: &'a Declarations) -> Self {
        Self(decls.table_names(), &decls.naming.collections, None)
    }

    /// There are no tables.
    pub(super) const fn none() -> Self {
        Self(&[], &[], None)
    }

    /// Everything is this table, but for sheets that explain it.
    pub(super) fn only(table: &'a Arc<TableDecl>) -> Self {
        Self(&[], &[], Some(table))
    }

    /// The table a file stem or sheet name means.
    pub(super) fn find(&self, name: &str) -> Option<&'a Arc<TableDecl>> {
        self.named(name).map(|(table, _)| table)
    }

    /// The name by which a file inside a submission is known: its own, or that of its folder where its own says nothing,
    /// as in `网格事件/甲镇.csv`.
    pub(super) fn of_member(&self, member: &Path) -> String {
        let stem = files::stem(member);
        let above = member.parent().map(files::name).unwrap_or_default();
        let says_nothing = self.find(&stem).is_none() && tells_nothing(&stem);
        if says_nothing && self.find(&above).is_some() { above } else { stem }
    }

    /// The table a file stem or sheet name means, and how: the whole name, less and less of what surrounds it, one of its
    /// parts, and at last its end (`东山县标准明细表`).
    pub(super) fn named(&self, name: &str) -> Option<(&'a Arc<TableDecl>, By)> {
        if self.2.is_some() {
            return self.2.filter(|_| !is_explanation(name)).map(|table| (table, By::Name));
        }
        let folded = normalize::name(name);
        if let Some(table) = self.exact(&folded) {
            return Some((table, By::Name));
        }
        let bare = bare(&folded);
        let whole = self.exact(&bare).or_else(|| self.part(&bare)).or_else(|| self.collected(&bare));
        // What is cut off may belong to the name: 标准修订.
        whole
            .map(|table| (table, By::Name))
            .or_else(|| self.suffix(&bare))
            .or_else(|| self.suffix(cut(&folded, &LEADING)))
    }

    /// Whether a name only ends like that of a table, whatever stands before: 实施与培训.
    pub(super) fn is_suffixed(&self, name: &str) -> bool {
        let bare = bare(&normalize::name(name));
        self.0.iter().any(|name| !name.folded.is_ascii() && bare.ends_with(name.folded.as_str()))
    }

    /// Whether everything is one table.
    pub(super) fn is_only(&self) -> bool {
        self.2.is_some()
    }

    /// Every table.
    pub(super) fn tables(&self) -> impl Iterator<Item = &'a Arc<TableDecl>> {
        let mut last: Option<&'a Arc<TableDecl>> = None;
        self.0.iter().map(|name| &name.table).filter(move |table| {
            let is_next = last.is_none_or(|last| last.id != table.id);
            last = Some(table);
            is_next
        })
    }

    /// The table that a part of the name is, unless it is a short one beside something else.
    fn part(&self, bare: &str) -> Option<&'a Arc<TableDecl>> {
        let parts = || bare.split(['-', '_', '—', '·', '.', '+']);
        parts().enumerate().find_map(|(at, part)| {
            let others = parts().enumerate().filter(|(other, _)| *other != at);
            let others = || others.clone().all(|(_, other)| is_neutral(other));
            self.exact(part).filter(|_| !is_generic(part) || others())
        })
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

    /// The table with the longest name that ends this one. English ids must stand apart; short names count behind a place
    /// or a time alone.
    fn suffix(&self, bare: &str) -> Option<(&'a Arc<TableDecl>, By)> {
        let apart = |rest: &str, name: &str| !name.is_ascii() || rest.ends_with(['-', '_', '.']);
        let ends = |name: &&TableName| {
            let rest = bare.strip_suffix(&name.folded).filter(|rest| apart(rest, &name.folded));
            rest.is_some_and(|rest| !is_generic(&name.folded) || is_neutral(rest))
        };
        let name = self.0.iter().filter(ends).max_by_key(|name| name.folded.len())?;
        let rest = bare.strip_suffix(&name.folded).unwrap_or_default();
        Some((&name.table, if is_neutral(rest) { By::Name } else { By::End }))
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

fn is_generic(name: &str) -> bool {
    !name.is_ascii() && (name.chars().count() <= SHORT || GENERIC.contains(&name))
}

fn is_neutral(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| matches!(c, '-' | '_' | '.' | '、') || c.is_ascii_digit());
    NEUTRAL.as_ref().is_some_and(|neutral| neutral.is_match(rest))
}

/// Whether a name is that of a numbered part of something, and of no place or office: `一、机构与人员`.
pub(super) fn is_numbered_part(name: &str) -> bool {
    let folded = normalize::name(name);
    let rest = cut(&folded, &LEADING);
    rest.len() < folded.len() && !rest.is_empty() && !is_neutral(&bare(rest))
}

/// Whether a name is that of a place, an office or a time, and of nothing else.
pub(super) fn is_place(name: &str) -> bool {
    is_neutral(&bare(&normalize::name(name)))
}

/// Whether a name says nothing of what is in a file or sheet: `Sheet1`, `导出数据`.
pub(super) fn tells_nothing(name: &str) -> bool {
    let folded = normalize::name(name);
    let nothing = |name: &str| TELLS_NOTHING.as_ref().is_some_and(|nothing| nothing.is_match(name));
    nothing(&folded) || nothing(&bare(&folded)) || is_neutral(&bare(&folded))
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
            "标准明细表6.20终稿",
            "附件1-标准明细表（盖章版）",
            "标准明细表2026年6月20日定稿",
            "2026.6.20标准明细表修改稿",
            "标准明细表2",
            "标准明细表（续）",
            "标准明细表 - 副本 (2)",
            "标准明细表最终版V3",
            "东溪镇-明细表",
            "【报送】标准明细表-第二部分",
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
            ("东山县标准修订", "revisions"),
            ("31.自我评价情况", "self_evaluations"),
        ];
        for (name, id) in names {
            assert_eq!(table(name).as_deref(), Some(id), "{name}");
        }
        assert_eq!(table("目录"), None);
        for name in
            ["重点人员", "12345工单明细表", "低保申请", "企业基本信息", "工单-明细表", "重点人员基本信息"]
        {
            assert!(table(name).is_none_or(|id| id == "personnel" && name == "重点人员基本信息"), "{name}");
        }
        assert_eq!(table("标准化人员名单"), None);
    }

    #[test]
    fn parts_are_numbered_and_name_no_place() {
        for name in ["一、机构与人员", "2.标准体系文件", "附件3：网格运行"] {
            assert!(is_numbered_part(name), "{name}");
        }
        for name in ["机构与人员", "1东山县", "二、西岭镇网格化综合治理中心", "03"] {
            assert!(!is_numbered_part(name), "{name}");
        }
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
