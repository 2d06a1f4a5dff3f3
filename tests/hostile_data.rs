//! Odd and heavy data is a finding about the data: no rule is called broken for it, and what is wrong stays wrong.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]
#![expect(clippy::format_collect, reason = "short, and nobody waits for it")]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::batch::Ended;
use support::{AS_OF, wangge};

const ORGANIZATION: &str = "单位编号,单位名称,层级,行政区划代码\n350600000001,漳州市示范镇,乡镇,350600\n";

/// What is said of a submission of these tables.
struct Judged {
    ended: Ended,
    organization: Value,
}

impl Judged {
    fn of(tables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("被评估单位.csv"), ORGANIZATION).unwrap();
        for (name, text) in tables {
            fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
        }
        let ended = check(folder.path());
        assert!(
            matches!(ended.status, Some(0 | 1)),
            "{}",
            ended.stderr.chars().take(3000).collect::<String>()
        );
        let report: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}"));
        let organization = report["organizations"][0].clone();
        assert!(!organization.to_string().contains("is broken"));
        Self { ended, organization }
    }

    /// Outcome and reason of a structural rule.
    fn rule(&self, id: &str) -> (String, String) {
        let found = self.organization["structure"].as_array().unwrap().iter().find(|one| one["rule"] == id);
        let one = found.unwrap_or_else(|| panic!("{id}"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&one["outcome"]), text(&one["reason"]["en"]))
    }

    /// Cells of the findings of a rule.
    fn cells(&self, rule: &str) -> Vec<String> {
        let findings = self.organization["findings"].as_array().unwrap().iter();
        let places =
            findings.filter(|one| one["rule"] == rule).flat_map(|one| one["locations"].as_array().unwrap());
        places.map(|place| place["cell"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn check(folder: &Path) -> Ended {
    let path = folder.to_str().unwrap();
    let arguments = ["check", path, "--as-of", AS_OF, "--no-cache", "--lang", "en", "-o", "json"];
    wangge(&arguments).into()
}

/// Rows of the system table that name their parent by `up`.
fn classes(rows: usize, up: impl Fn(usize) -> Option<usize>) -> String {
    let mut text = "分类代号,类目名称,上级代号,层次\n".to_owned();
    for at in 0..rows {
        let parent = up(at).map(|at| format!("C{at}")).unwrap_or_default();
        writeln!(text, "C{at},类目{at},{parent},1").unwrap();
    }
    text
}

#[test]
fn a_circle_and_a_chain_of_thirty_thousand_rows_are_findings() {
    const ROWS: usize = 30_000;
    // A circle of all but the last hundred, which hang from it one by one or stand by themselves.
    let circle = ROWS - 100;
    let up = |at: usize| match at {
        _ if at < circle => Some((at + 1) % circle),
        _ if at.is_multiple_of(2) => Some(at - 1),
        _ => None,
    };
    // By definition: so many steps lead past no end.
    let endless = |at: &usize| std::iter::successors(Some(*at), |at| up(*at)).take(2 * 100 + 2).count() > 200;
    let wanted = circle + (circle..ROWS).filter(endless).count();
    let judged = Judged::of(&[("标准体系表", &classes(ROWS, up))]);
    let (outcome, reason) = judged.rule("2/9.3.3a");
    assert_eq!(outcome, "unmet");
    assert!(reason.contains(&format!("that stand in a circle: {wanted}")), "{reason}");
    let chain = Judged::of(&[("标准体系表", &classes(ROWS, |at| at.checked_sub(1)))]);
    assert_eq!(chain.rule("2/9.3.3a").0, "met");
}

#[test]
fn numbers_that_each_stand_twice_are_counted_in_time_that_grows_with_the_rows() {
    let rows: String =
        (0..30_000).map(|at| format!("Q/A GL1•{}-2024,名{at},GL1,2024-01-01\n", at / 2)).collect();
    let judged = Judged::of(&[("标准明细表", &format!("标准编号,标准名称,分类代号,实施日期\n{rows}"))]);
    let (outcome, reason) = judged.rule("2/9.1.fb");
    assert_eq!(outcome, "unmet", "{reason}");
    assert!(reason.contains("15000"), "{reason}");
}

#[test]
fn long_cells_break_no_rule() {
    let long = "政".repeat(5_000);
    let standards: String = (0..40).map(|at| format!("{at}{long},名,Q/A 1,{long}\n")).collect();
    let tables = [
        (
            "培训",
            format!(
                "场次编号,培训主题,培训类别,培训日期,培训内容\n1,法规{long},标准化知识,2026-05-01,法规{long}\n"
            ),
        ),
        ("方针目标", format!("序号,类别,内容,责任部门\n1,目标,{long},另{long}\n2,目标,甲,{long}\n")),
        ("部门机构", format!("部门编号,部门名称,机构类别\n{long},{long},其他\n")),
        ("标准明细表", format!("标准编号,标准名称,分类代号,对应要求\n{standards}")),
        ("网格", format!("网格编号,网格名称\n{long},甲\n3506{long},乙\n")),
    ];
    let tables: Vec<(&str, &str)> = tables.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let judged = Judged::of(&tables);
    assert!(judged.ended.stdout.len() < 4_000_000, "{}", judged.ended.stdout.len());
    assert_eq!(judged.rule("2/4.2c").0, "unmet");
    assert_eq!(judged.rule("2/6.3b").0, "unmet");
}

#[test]
fn numbers_beyond_reason_are_told_at_their_cell() {
    let far = "79228162514264337593543950335";
    let efficiency =
        format!("事项编号,服务事项,实施前时限,实施后时限,时限单位\n1,甲,{far},1,天\n2,乙,{far},1,天\n");
    let benefits = format!(
        "指标编号,效益指标,标准化前,标准化后,指标方向\n1,甲,0.0000001,{far},越高越好\n2,乙,1,1000000000000,越高越好\n"
    );
    let judged = Judged::of(&[("服务效率", &efficiency), ("社会效益", &benefits)]);
    let findings = judged.organization["findings"].as_array().unwrap();
    let beyond: Vec<&Value> = findings
        .iter()
        .filter(|one| one["message"]["en"].as_str().unwrap().contains("beyond any reason"))
        .flat_map(|one| one["locations"].as_array().unwrap())
        .collect();
    let cells: Vec<&str> = beyond.iter().map(|place| place["cell"].as_str().unwrap()).collect();
    assert_eq!(cells, ["D2", "C2", "C2", "C3"], "{beyond:?}");
}

/// A table of grids of one level with these boundaries.
fn grids(boundaries: &[String]) -> String {
    let mut text = "网格编码,网格名称,网格层级,边界\n".to_owned();
    for (at, boundary) in boundaries.iter().enumerate() {
        writeln!(text, "350600{at:09},网格{at},网格,\"{boundary}\"").unwrap();
    }
    text
}

fn polygon(points: &[(f64, f64)]) -> String {
    let told: Vec<String> =
        points.iter().chain(points.first()).map(|(x, y)| format!("{x:.7} {y:.7}")).collect();
    format!("POLYGON(({}))", told.join(","))
}

fn square(x: f64, y: f64, side: f64) -> String {
    polygon(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

/// A boundary of so many teeth, standing or lying.
fn comb(teeth: u32, lying: bool) -> String {
    let width = 0.1 / f64::from(teeth);
    let mut points: Vec<(f64, f64)> = (0..teeth)
        .map(|n| f64::from(n) * width)
        .flat_map(|x| [(x, 0.0), (x, 0.1), (x + width / 3.0, 0.1), (x + width / 3.0, 0.0)])
        .collect();
    points.extend([(0.1, 0.0), (0.1, -0.01), (0.0, -0.01)]);
    let place = |(x, y): &(f64, f64)| if lying { (117.0 + y, 24.0 + x) } else { (117.0 + x, 24.0 + y) };
    polygon(&points.iter().map(place).collect::<Vec<_>>())
}

#[test]
fn boundaries_that_are_none_are_told_at_their_cells() {
    let small = ["1e-320", "1e-9"].map(|far| format!("POLYGON((0 0,{far} 0,{far} {far},0 {far},0 0))"));
    let deep = format!(
        "{{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":{}{}}}",
        "[".repeat(3_000),
        "]".repeat(3_000)
    );
    let mut boundaries = vec![square(117.0, 24.0, 0.01)];
    boundaries.extend(small);
    boundaries.extend([deep, "POLYGON EMPTY".to_owned(), "POLYGON((1e308 1,2 1,1 2,1e308 1))".to_owned()]);
    let judged = Judged::of(&[("网格", &grids(&boundaries))]);
    let (outcome, reason) = judged.rule("2/4.2h");
    assert!(outcome == "unmet" && reason.starts_with("faulty boundaries: 5 "), "{reason}");
    assert!(!reason.contains("overlapping"), "{reason}");
    assert_eq!(judged.cells("2/4.2h"), ["D3", "D4", "D5", "D6", "D7"]);
}

#[test]
fn boundaries_tangled_in_each_other_are_unknown_at_a_cell_and_hide_nothing() {
    let tangled = [comb(130, false), comb(130, true)];
    let judged = Judged::of(&[("网格", &grids(&tangled))]);
    let (outcome, reason) = judged.rule("2/4.2h");
    assert_eq!((outcome.as_str(), judged.cells("2/4.2h").len()), ("unknown", 1), "{reason}");
    // The others are looked at all the same.
    let mut boundaries = tangled.to_vec();
    boundaries.extend([square(118.0, 24.0, 0.01), square(118.005, 24.0, 0.01)]);
    let judged = Judged::of(&[("网格", &grids(&boundaries))]);
    let (outcome, reason) = judged.rule("2/4.2h");
    assert!(outcome == "unmet" && reason.contains("overlapping pairs: 1"), "{reason}");
    assert_eq!(judged.cells("2/4.2h"), ["D4", "D5"]);
}

#[test]
fn boundaries_side_by_side_are_met_however_many() {
    let strips = (0..20_000_u32).map(|n| {
        let y = 24.0 + f64::from(n) * 1e-5;
        polygon(&[(117.0, y), (118.0, y), (118.0, y + 9e-6), (117.0, y + 9e-6)])
    });
    let judged = Judged::of(&[("网格", &grids(&strips.collect::<Vec<_>>()))]);
    assert_eq!(judged.rule("2/4.2h").0, "met");
}

/// A table of boundaries with codes and parents.
fn parts(rows: impl Iterator<Item = (String, String, String)>) -> String {
    let mut text = "网格编号,网格名称,上级网格,边界\n".to_owned();
    for (id, parent, boundary) in rows {
        writeln!(text, "{id},{id},{parent},\"{boundary}\"").unwrap();
    }
    text
}

fn round(x: f64, points: u32) -> String {
    let turn = |n: u32| f64::from(n) / f64::from(points) * std::f64::consts::TAU;
    let place = |n: u32| (x + 0.004 * turn(n).cos(), 24.0 + 0.004 * turn(n).sin());
    polygon(&(0..points).map(place).collect::<Vec<_>>())
}

#[test]
fn a_boundary_drawn_hundreds_of_times_covers_as_one() {
    let rows = (0..6_u32).flat_map(|parent| {
        let boundary = round(117.0 + f64::from(parent) * 0.01, 60);
        let own = (format!("P{parent}"), String::new(), boundary.clone());
        let child = move |n: u32| (format!("P{parent}C{n}"), format!("P{parent}"), boundary.clone());
        std::iter::once(own).chain((0..300).map(child))
    });
    let judged = Judged::of(&[("网格", &parts(rows))]);
    let (outcome, reason) = judged.rule("2/4.2i");
    assert_eq!(outcome, "met", "{reason}");
}

#[test]
fn thousands_of_boundaries_of_one_code_are_left_out_and_break_nothing() {
    let rows =
        (0..4_000_u32).map(|n| ("X".to_owned(), "X".to_owned(), round(117.0 + f64::from(n) * 0.01 % 3.0, 5)));
    let judged = Judged::of(&[("网格", &parts(rows))]);
    let (outcome, reason) = judged.rule("2/4.2i");
    assert!(matches!(outcome.as_str(), "unknown" | "unmet"), "{outcome} {reason}");
}
