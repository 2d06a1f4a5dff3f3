//! What the rules say of an organization that lists one standard.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use wangge::assessment::session::Session;
use wangge::engine::Engine;
use wangge::model::outcome::Outcome;
use wangge::script::Layer;

/// What the rules said of a title.
#[derive(Default)]
pub struct Said {
    /// Requirements that are met.
    pub met: BTreeSet<String>,
    /// Requirements that are unknown.
    pub open: BTreeSet<String>,
}

/// One organization that lists this standard alone: with a text, in force, applied.
pub fn judge(session: &Session, number: &str, title: &str) -> Said {
    let number = if number.is_empty() { "Q/LJWG TG4•9-2024" } else { number };
    let level = if number.starts_with("Q/") { "组织标准" } else { "" };
    let tables = BTreeMap::from([
        ("被评估单位", "单位编号,单位名称,层级\n1,临江区网格化综合治理中心,区\n".to_owned()),
        (
            "标准明细表",
            format!(
                "标准编号,标准体系分类代号,标准名称,实施日期,实施部门,标准级别,状态,标准文本\n{number},TG4,\"{title}\",2025-01-01,综合管理科,{level},现行,a.pdf\n"
            ),
        ),
        ("实施记录", format!("记录编号,标准编号,开始实施日期,实施记录\n1,{number},2025-02-01,实施记录表\n")),
    ]);
    let tables = tables.into_iter().map(|(name, csv)| (id(session, name), csv)).collect();
    let loaded = session.make_tables()(&tables).unwrap();
    let rules: Vec<_> = session.book.rules.iter().filter(|rule| is_subject(&rule.meta.id)).cloned().collect();
    let stop = AtomicBool::new(false);
    let engine = Engine {
        rules: &rules,
        broken: &[],
        libraries: &session.book.libraries,
        catalog: &session.book.catalog,
        around: &session.around,
        interpret: false,
        stop: &stop,
        without: &BTreeMap::new(),
        layer: Layer::All,
    };
    let decided = engine.run(&loaded);
    assert!(decided.faults.is_empty(), "{title}: {:?}", decided.faults);
    let of = |outcome: Outcome| {
        let such = decided.targets.iter().filter(|(_, decision)| decision.outcome == outcome);
        such.map(|(target, _)| target.clone()).collect()
    };
    Said { met: of(Outcome::Met), open: of(Outcome::Unknown) }
}

fn id(session: &Session, name: &str) -> String {
    session.declarations.tables.iter().find(|table| table.zh == name).unwrap().id.clone()
}

/// Items that ask for a standard on a subject.
pub fn is_subject(id: &str) -> bool {
    let asks = ["A.2.", "A.3.", "A.4.", "A.5."].iter().any(|table| id.starts_with(table));
    asks && !id.ends_with(".1") || id == "A.4.6.1"
}
