//! Rules over a large submission: none runs out of fuel, and none walks a large table row by row in script.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use wangge::engine::Engine;
use wangge::script::Layer;

const EVENTS: u32 = 100_000;
const GRIDS: u32 = 2_000;

/// A county of 2,000 base grids with a member each, and 100,000 events.
fn county(folder: &Path) {
    let mut grids = String::from("网格编码,网格名称,网格层级,上级网格编码,所属社区,责任人工号,边界\n");
    let mut members = String::from("网格员工号,姓名,网格编码,角色,上岗日期,离岗日期\n");
    writeln!(
        grids,
        "350602,甲区,区县级,,,,\n350602001,甲街,街镇级,350602,,,\n350602001001,甲社区,社区级,350602001,,,"
    )
    .unwrap();
    for n in 0..GRIDS {
        let (x, y) = (n % 50 * 100, n / 50 * 100);
        let (east, north) = (x + 100, y + 100);
        let ring = [(x, y), (east, y), (east, north), (x, north), (x, y)];
        let ring = ring.map(|(x, y)| format!("{} {}", 500_000 + x, 2_700_000 + y)).join(", ");
        writeln!(grids, "35060200100{n:04},第{n}网格,网格,350602001001,甲社区,W{n},\"POLYGON (({ring}))\"")
            .unwrap();
        writeln!(members, "W{n},甲{n},35060200100{n:04},网格长,2024-01-01,2027-01-01").unwrap();
    }
    let mut events =
        String::from("事件编号,事件类别,网格编码,上报人工号,上报日期,受理日期,办结期限,办结日期,处置部门\n");
    for n in 0..EVENTS {
        let (grid, day) = (n % GRIDS, n / GRIDS % 28 + 1);
        writeln!(
            events,
            "E{n},纠纷,35060200100{grid:04},W{grid},2026-05-{day:02},2026-05-{day:02},2026-06-15,2026-06-01,{n}科"
        )
        .unwrap();
    }
    for (name, text) in [("网格", grids), ("网格员", members), ("事件", events)] {
        fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

#[test]
fn a_hundred_thousand_events_leave_every_structural_rule_whole() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path());
    let session = support::session();
    let dataset = session.dataset(folder.path()).unwrap();
    let rules: Vec<_> =
        session.book.rules.iter().filter(|rule| !rule.meta.clauses.is_empty()).cloned().collect();
    let engine = Engine {
        broken: &[],
        interpret: false,
        stop: &AtomicBool::new(false),
        without: &BTreeMap::new(),
        rules: &rules,
        libraries: &session.book.libraries,
        catalog: &session.book.catalog,
        around: &session.around,
        layer: Layer::All,
    };
    let decided = engine.run(&session.ready(&dataset));
    let broken: Vec<_> = decided.faults.iter().map(|fault| (&fault.rule, &fault.message.en)).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

/// Large tables are looked at by table operations: no closure and no loop over their rows.
#[test]
fn structural_rules_do_not_walk_large_tables() {
    let session = support::session();
    let mut walks = Vec::new();
    for rule in session.book.rules.iter().filter(|rule| !rule.meta.clauses.is_empty()) {
        for table in ["events", "service_objects", "attendance", "objects"] {
            let (own, named) = (format!(" {table}.map(|"), format!("t.{table}.map(|"));
            if rule.source.contains(&own) || rule.source.contains(&named) {
                walks.push(format!("{}: {table}.map", rule.file));
            }
            if rule.source.contains(&format!(" in {table} {{"))
                || rule.source.contains(&format!(" in t.{table} {{"))
            {
                walks.push(format!("{}: for … in {table}", rule.file));
            }
        }
    }
    assert!(walks.is_empty(), "{walks:?}");
}
