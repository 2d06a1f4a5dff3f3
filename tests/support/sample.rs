//! A report made by hand: one district that hangs in the balance, one town that fails, hostile text included.
use std::collections::{BTreeMap, BTreeSet};

use super::given::{self, cells, clause};
use wangge::model::assurance::PointsByAssurance;
use wangge::model::catalog::{Catalog, Item, Requirement};
use wangge::model::finding::{Finding, Location, Severity};
use wangge::model::grid::{GridCounter, GridFindings};
use wangge::model::report::{
    AwardLine, Condition, Decider, Deciding, Eligibility, EligibilityStatus, GradeRange, Organization, Range,
    Report, RequirementLine, SCHEMA, Score, ScoreItem, ScoreTable, Submission, Tool, Verdict,
};
use wangge::model::{clause::Clauses, outcome::Outcome, pack::PackInfo, text::Text};
use wangge::report::{grid_findings, in_order, report_findings, summary::Titles, summary::summarize};

/// What was decided of a target: id, outcome, why.
type Decisions = &'static [(&'static str, Outcome, &'static str, &'static str)];

const DISTRICT: Decisions = &[
    (
        "A.1.1.b",
        Outcome::Unmet,
        "方针目标表中没有类别为“目标”的行",
        "The objectives table has no row of the kind objective",
    ),
    (
        "A.1.1.c",
        Outcome::Unknown,
        "没有目标，能否衡量无从判断；请现场查看年度工作要点中是否另有目标，有则以裁定说明出处和文号，并附上发布文件的首页和有关页",
        "Without objectives nothing tells whether they can be measured; look on site whether the annual plan has any",
    ),
    (
        "A.1.2.a",
        Outcome::Unmet,
        "文件资料表中没有组织机构图",
        "The documents table has no organization chart",
    ),
    ("A.1.2.b", Outcome::Absent, "没有机构图可查", "There is no chart to check"),
    ("A.2.2.a", Outcome::Absent, "标准明细表中没有术语标准", "The standards table has no standard on terms"),
    (
        "A.3.2.b",
        Outcome::Unmet,
        "3 项标准没有实施日期：BZ-007、BZ-012、BZ-019",
        "3 standards have no date of implementation: BZ-007, BZ-012, BZ-019",
    ),
    (
        "A.4.6.2.a",
        Outcome::Unmet,
        "网格表中 6 个网格没有网格员",
        "6 grids in the grids table have no grid member",
    ),
    (
        "A.6.1.b",
        Outcome::Unmet,
        "实施记录只到 2025 年，近一年没有记录",
        "The records of implementation end in 2025",
    ),
    ("A.7.1", Outcome::Unmet, "最近一次满意率为 78.5%", "The latest rate of satisfaction is 78.5%"),
    (
        "A.7.3",
        Outcome::Unknown,
        "荣誉奖励表中的证书没有授予单位",
        "The certificate in the honours table has no grantor",
    ),
];

/// The whole report.
pub fn report(catalog: &Catalog) -> Report {
    let organizations = vec![district(catalog), town(catalog)];
    let (id, version, sha256) = ("standard".to_owned(), "1.0.0".to_owned(), "ab".repeat(32));
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: "wangge".to_owned(), version: "0.1.0".to_owned() },
        as_of: "2026-11-21".to_owned(),
        self_evaluation: false,
        packs: vec![PackInfo { id, version, sha256, ..PackInfo::default() }],
        policies: BTreeMap::from([("withheld-points".to_owned(), "withheld".to_owned())]),
        inputs: given::inputs(),
        overrides: Vec::new(),
        broken: Vec::new(),
        unreadable: Vec::new(),
        not_assessed: Vec::new(),
        unmasked: false,
        standard: None,
        digest: String::new(),
        summary: summarize(&organizations, 1, Titles { catalog, clauses: &Clauses::default() }),
        organizations,
    }
}

fn district(catalog: &Catalog) -> Organization {
    // Whole items are missing, others can be told on site only: the verdict is open.
    let decide = |requirement: &Requirement, _: &str| match requirement.id.get(..5) {
        Some("A.3.5" | "A.4.6" | "A.5.2") => Outcome::Absent,
        Some("A.3.3" | "A.3.4" | "A.4.2" | "A.5.3") => Outcome::Unknown,
        _ if requirement.why.is_some() => Outcome::Unknown,
        _ => Outcome::Met,
    };
    let mut tables = tables(catalog, DISTRICT, decide);
    rule_on(&mut tables);
    let mut one = organization("510107", "武侯区网格化服务管理中心", "county", "材料/武侯区", tables);
    one.eligibility = Eligibility {
        status: EligibilityStatus::Open,
        conditions: vec![
            condition("5/5.1", Outcome::Met, "标准体系已运行 8 个月", "The system has run for 8 months"),
            condition("5/5.2", Outcome::Unknown, "未见自我评价报告的日期", "The self-evaluation has no date"),
        ],
    };
    one.notes = vec![Text::new(
        "A.4 各项相加为 115 分，标题所写为 120 分；差额 5 分按“不授予”处理（policy：withheld-points），不影响本次结论",
        "The items of A.4 add up to 115, its heading says 120; the 5 points are withheld (policy: withheld-points), which does not affect this verdict",
    )];
    one.structure = vec![
        clause("2/7.2.1", Outcome::Met, "三个子体系齐全", "All three subsystems are there"),
        clause(
            "2/10.6.1",
            Outcome::Unmet,
            "体系表中“05 服务评价”之下没有标准",
            "Nothing stands under 05 in the system table",
        ),
        clause("2/11.2", Outcome::Absent, "没有岗位标准清单", "There is no list of post standards"),
        clause("5/4.2", Outcome::Unknown, "须现场核实", "To be checked on site"),
    ];
    let findings = in_order(findings());
    let named = |code: &String| (code.clone(), code.replacen("51010700300", "洗面桥第", 1) + "网格");
    let all_but_first = |codes: &BTreeSet<String>| codes.iter().skip(1).map(named).collect();
    one.grids = grid_findings(&findings, all_but_first, |found| catalog.title(&found.target).cloned());
    (one.findings, one.map) = (report_findings(findings), Some(super::ground::map(&one.grids)));
    one
}

fn town(catalog: &Catalog) -> Organization {
    let decide = |requirement: &Requirement, letter: &str| match requirement.id.get(..3) {
        Some("A.1" | "A.2" | "A.6") => Outcome::Met,
        _ if letter == "a" && requirement.id.len() == 7 => Outcome::Unmet,
        _ => Outcome::Absent,
    };
    let tables = tables(catalog, &[], decide);
    let name = "浆洗街街道\u{202e}办\u{1b}[31m事处";
    let mut one = organization("510107003", name, "town", "材料/浆洗街.zip", tables);
    one.eligibility.status = EligibilityStatus::Ineligible;
    one.grade = Some(GradeRange { low: None, high: Some(Text::new("良", "good")) });
    one.waivers = vec![given::waiver(&one.id)];
    one.structure = vec![clause("2/7.2.1", Outcome::Absent, "没有体系表", "There is no system table")];
    one
}

fn organization(id: &str, name: &str, level: &str, path: &str, tables: Vec<ScoreTable>) -> Organization {
    let (low, high) =
        (tables.iter().map(|table| table.low).sum(), tables.iter().map(|table| table.high).sum());
    let verdict = match (low, high) {
        (300.., _) => Verdict::Qualified,
        (_, ..300) => Verdict::Unqualified,
        _ => Verdict::Open,
    };
    Organization {
        base: None,
        grade: None,
        waivers: Vec::new(),
        id: id.to_owned(),
        name: name.to_owned(),
        level: level.to_owned(),
        parent: String::new(),
        submission: Submission { path: path.to_owned(), sha256: "cd".repeat(32) },
        eligibility: Eligibility { status: EligibilityStatus::Eligible, conditions: Vec::new() },
        score: Score {
            low,
            high,
            full: 500,
            pass: 300,
            before_rulings: Range { low: low.saturating_sub(2), high },
            by_assurance: PointsByAssurance { claimed: low, ..PointsByAssurance::default() },
            by_evidence: None,
        },
        verdict,
        notes: Vec::new(),
        deciding: deciding(&tables),
        plan: None,
        last_list: None,
        tables,
        structure: Vec::new(),
        findings: Vec::new(),
        grids: GridFindings::default(),
        map: None,
        attachments: None,
        samples: Vec::new(),
        left_out: Vec::new(),
    }
}

fn deciding(tables: &[ScoreTable]) -> Vec<Deciding> {
    let lines = tables.iter().flat_map(|table| &table.items).flat_map(|item| &item.requirements);
    let open = lines.filter(|line| line.outcome == Outcome::Unknown && line.lost_low > line.lost_high);
    let of = |line: &RequirementLine| (line.id.clone(), line.lost_low - line.lost_high);
    let mut all: Vec<_> = open.map(of).map(|(target, points)| Deciding { target, points }).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.points));
    all
}

fn tables<D>(catalog: &Catalog, decided: Decisions, decide: D) -> Vec<ScoreTable>
where
    D: Fn(&Requirement, &str) -> Outcome,
{
    let table = |table: &wangge::model::catalog::ScoreTable| {
        let items: Vec<_> = table.items.iter().map(|item| score_item(item, decided, &decide)).collect();
        let (low, high) = (items.iter().map(|item| item.low).sum(), items.iter().map(|item| item.high).sum());
        ScoreTable { id: table.id.clone(), declared: table.declared, low, high, items }
    };
    catalog.tables.iter().map(table).collect()
}

fn score_item(item: &Item, decided: Decisions, decide: &impl Fn(&Requirement, &str) -> Outcome) -> ScoreItem {
    let requirements: Vec<_> = item.requirements.iter().map(|one| line(one, decided, decide)).collect();
    let lost = |of: fn(&RequirementLine) -> u32| requirements.iter().map(of).sum::<u32>();
    let (mut low, mut high) =
        (item.points.saturating_sub(lost(|l| l.lost_low)), item.points.saturating_sub(lost(|l| l.lost_high)));
    let absent = |line: &RequirementLine| line.outcome == Outcome::Absent && !line.superseded;
    if !requirements.is_empty() && requirements.iter().all(absent) {
        (low, high) = (0, 0);
    }
    let award = item.awards().then(|| award(item, decided));
    if let Some(award) = &award {
        low = if award.outcome == Outcome::Met { item.points } else { item.points / 2 };
        high = if award.outcome == Outcome::Unmet { low } else { item.points };
    }
    ScoreItem { id: item.id.clone(), points: item.points, low, high, self_score: None, award, requirements }
}

fn award(item: &Item, decided: Decisions) -> AwardLine {
    let found = decided.iter().find(|(id, ..)| *id == item.id);
    AwardLine {
        outcome: found.map_or(Outcome::Met, |(_, outcome, ..)| *outcome),
        assurance: None,
        rulings: Vec::new(),
        value: (item.id == "A.7.1").then(|| "78.5%".to_owned()),
        source: Decider::Rule,
        reason: found.map_or_else(Text::default, |(_, _, zh, en)| Text::new(*zh, *en)),
    }
}

fn line(
    requirement: &Requirement,
    decided: Decisions,
    decide: &impl Fn(&Requirement, &str) -> Outcome,
) -> RequirementLine {
    let found = decided.iter().find(|(id, ..)| *id == requirement.id);
    let otherwise = || decide(requirement, requirement.letter());
    let outcome = found.map_or_else(otherwise, |(_, outcome, ..)| *outcome);
    let superseded = requirement.id == "A.1.2.b" && outcome == Outcome::Absent;
    let lost = if superseded { 0 } else { requirement.deduct };
    let why = requirement.why.clone().unwrap_or_default();
    RequirementLine {
        id: requirement.id.clone(),
        deduct: requirement.deduct,
        outcome,
        superseded,
        lost_low: if matches!(outcome, Outcome::Met | Outcome::NotApplicable) { 0 } else { lost },
        lost_high: if matches!(outcome, Outcome::Unmet | Outcome::Absent) { lost } else { 0 },
        source: Decider::Rule,
        value: None,
        overturned: None,
        assurance: None,
        rulings: Vec::new(),
        reason: found.map_or(why, |(_, _, zh, en)| Text::new(*zh, *en)),
    }
}

/// The team found on site what the rule had not, and lowered one.
fn rule_on(tables: &mut [ScoreTable]) {
    let lines = tables.iter_mut().flat_map(|table| &mut table.items).flat_map(|item| &mut item.requirements);
    for line in lines.filter(|line| line.id == "A.6.1.b") {
        line.source = Decider::Ruling;
        line.overturned = Some(Outcome::Met);
    }
}

fn condition(clause: &str, status: Outcome, zh: &str, en: &str) -> Condition {
    Condition { clause: clause.to_owned(), status, reason: Text::new(zh, en) }
}

const STANDARDS: [&str; 8] = ["分类代号", "编号", "名称", "层级", "实施日期", "实施部门", "发布文号", "备注"];

fn standard(row: u32, number: &str, name: &str, date: &str, column: &str) -> Location {
    let values = [
        "TG-03",
        number,
        name,
        "单位标准",
        date,
        "综治中心",
        "武网格发〔2024〕7号",
        "由原《网格化管理办法》第三章改写，待修订后重新发布",
    ];
    let excerpt = cells(&STANDARDS, &values, Some(column));
    let value = excerpt.iter().find(|cell| cell.marked).map(|cell| cell.value.clone());
    Location {
        file: "标准明细表.csv".to_owned(),
        row: Some(row),
        column: Some(column.to_owned()),
        cell: Some(format!("E{row}")),
        value,
        department: Some("综治中心".to_owned()),
        excerpt,
        ..Location::default()
    }
}

fn grid(row: u32) -> Location {
    let headers = ["网格编码", "网格名称", "所属社区", "网格员姓名", "联系电话"];
    let code = format!("51010700300{row}");
    let values = [code.as_str(), "洗面桥第\u{202e}一网格", "洗面桥社区", "", "138****5678"];
    Location {
        file: "基础数据.xlsx".to_owned(),
        sheet: Some("网格表".to_owned()),
        row: Some(row),
        column: Some("网格员姓名".to_owned()),
        cell: Some(format!("D{row}")),
        value: Some(String::new()),
        grid: Some(code.clone()),
        excerpt: cells(&headers, &values, Some("网格员姓名")),
        ..Location::default()
    }
}

fn finding(
    rule: &str,
    target: &str,
    severity: Severity,
    message: Text,
    help: Text,
    locations: Vec<Location>,
) -> Finding {
    let total = locations.len();
    let mut counter = GridCounter::default();
    locations.iter().for_each(|place| counter.count(place.grid.as_deref().unwrap_or_default()));
    let (rule, target, grids) = (rule.to_owned(), target.to_owned(), counter.finish());
    Finding { rule, target, severity, message, help, locations, total, grids }
}

fn findings() -> Vec<Finding> {
    let mut missing = finding(
        "A.4.6.2",
        "A.4.6.2.a",
        Severity::Error,
        Text::new(
            "网格没有网格员。每个网格至少要有一名网格员，否则该网格的事件无人办理",
            "A grid has no member. Without one, nobody handles its events",
        ),
        Text::new(
            "在网格表中为每个网格填写网格员姓名，并在网格员表中登记",
            "Name a member for every grid in the grids table and list them in the members table",
        ),
        (3..=20).map(grid).collect(),
    );
    missing.total = 37;
    let whole = Location {
        column: None,
        cell: None,
        value: None,
        excerpt: cells(&STANDARDS[..4], &["TG-03", "BZ-007", "网格划分规范", "单位标准"], None),
        ..standard(31, "BZ-007", "网格划分规范", "2024-03-01", "编号")
    };
    vec![
        missing,
        finding(
            "data.date",
            "standards",
            Severity::Error,
            Text::new(
                "实施日期“2024-13-45”不是日历上的日期，按空白处理",
                "`2024-13-45` is no day of the calendar; it is taken as empty",
            ),
            Text::new("按 2024-03-01 的样子改正", "Write it as 2024-03-01"),
            vec![standard(12, "BZ-007", "城市社区网格划分与编码规范（试行）", "2024-13-45", "实施日期")],
        ),
        finding(
            "data.key",
            "standards",
            Severity::Warning,
            Text::new("编号“BZ-007”出现两次", "The number `BZ-007` occurs twice"),
            Text::new("核对是否重复登记", "Check whether it was entered twice"),
            vec![whole],
        ),
        finding(
            "data.table",
            "honours",
            Severity::Advice,
            Text::new("申报材料中没有荣誉奖励表", "The submission has no honours table"),
            Text::new("有品牌或奖励的，请补交荣誉奖励表", "Hand in the table if there are brands or awards"),
            vec![Location { file: "基础数据.xlsx".to_owned(), ..Location::default() }],
        ),
    ]
}
