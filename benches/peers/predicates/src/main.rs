//! Conditions on rows in rules of `wangge`, by hand, in Rego (regorus) and in CEL, in turns.
//!
//! `cargo run --release --manifest-path benches/peers/predicates/Cargo.toml [-- --json FILE]`
#![allow(dead_code, reason = "shared with the benches of the program")]

#[path = "../../../common/mod.rs"]
mod common;

use std::path::PathBuf;

use common::contest::{Entry, contest};
use common::data;
use common::figures::{Figures, Group, Machine};
use common::native::{EMPTY, Events, FROM, TO};
use common::predicates::{ALL, Predicate, count, warm};
use wangge::demo::Size;
use wangge::table::date::Date;

/// Rows for the kernels, and for what is too slow for as many.
const MANY: u64 = 1_000_000;
const FEW: u64 = 20_000;
const ROUNDS: usize = 5;

fn main() {
    let mut machine = Machine::here();
    let lines = {
        let (many, few) = (county(MANY), county(FEW));
        let bench = data::bench();
        let dataset = bench.dataset(&many).expect("a submission");
        let loaded = warm(&bench, &dataset);
        let (all, some) = (Events::read(&many), Events::read(&few));
        let rules: Vec<_> = ALL.iter().map(|predicate| (predicate, predicate.rule(&bench))).collect();
        let mut entries = Vec::new();
        for (predicate, rule) in &rules {
            let (name, wanted, found) = (predicate.name, (predicate.native)(&some), (predicate.native)(&all));
            // The peers see fewer rows: each holds its count to that of the loop by itself.
            let held = move |count: u64| if count == wanted { found } else { u64::MAX };
            entries.push(Entry::new(name, "lowered", MANY as f64, || count(&bench, &loaded, rule, false)));
            entries.push(Entry::new(name, "native", MANY as f64, || (predicate.native)(&all)));
            let mut rego = rego(predicate, &some);
            entries.push(Entry::new(name, "regorus", FEW as f64, move || held(rego())));
            let mut cel = cel(predicate, &some);
            entries.push(Entry::new(name, "cel", FEW as f64, move || held(cel())));
        }
        contest(ROUNDS, "lowered", entries)
    };
    machine.ended();
    let group = Group {
        id: "peers".to_owned(),
        title: "One condition over all events, in other languages".to_owned(),
        unit: "ns a row".to_owned(),
        floor: "lowered".to_owned(),
        note: format!(
            "One thread, processor time; {MANY} rows for *lowered* and *native*, {FEW} for the others, whose input is made \
             beforehand: *regorus* evaluates one rule over a list of rows, *cel* one program a row. Dates are numbers to \
             both. All find the same rows."
        ),
        machine: None,
        lines,
    };
    println!("{}", group.table());
    let figures = Figures { machine, groups: vec![group] };
    figures.write(&json()).expect("the figures are written");
}

fn json() -> PathBuf {
    let told = std::env::args().skip_while(|word| word != "--json").nth(1).map(PathBuf::from);
    told.unwrap_or_else(|| {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../docs/benchmarks/predicates.json")
    })
}

fn county(events: u64) -> PathBuf {
    let folder = std::env::temp_dir().join("wangge-bench");
    let options = data::Writing::Utf8.county(&folder, Size { events, ..data::LARGE });
    let demo = data::demo(&folder, &format!("events-{events}"), &options);
    data::submissions(&demo).remove(0)
}

fn days((year, month, day): (i16, i8, i8)) -> i32 {
    Date::from_ymd(year, month, day).map_or(EMPTY, Date::days)
}

fn or_null(day: i32) -> serde_json::Value {
    if day == EMPTY { serde_json::Value::Null } else { day.into() }
}

/// A row as both peers want it.
fn row(events: &Events, at: usize) -> serde_json::Value {
    serde_json::json!({
        "id": events.id.get(at),
        "grid": events.grid_text.get(at),
        "reported": or_null(events.reported[at]),
        "due": or_null(events.due[at]),
        "closed": or_null(events.closed[at]),
        "channel": events.channel.words[events.channel.codes[at] as usize],
        "result": events.result.words[events.result.codes[at] as usize],
    })
}

fn rego(predicate: &Predicate, events: &Events) -> impl FnMut() -> u64 + use<> {
    let rows: Vec<_> = (0..events.len()).map(|at| row(events, at)).collect();
    let grids: serde_json::Map<_, _> = events.grids.iter().map(|code| (code.clone(), true.into())).collect();
    let data = serde_json::json!({ "grids": grids, "from": days(FROM), "to": days(TO) });
    let value = |json: &serde_json::Value| regorus::Value::from_json_str(&json.to_string()).expect("JSON");
    let policy =
        format!("package bench\nimport rego.v1\nn := count([1 | some r in input.rows; {}])", predicate.rego);
    let mut engine = regorus::Engine::new();
    engine.add_policy("bench.rego".to_owned(), policy).expect("a policy");
    engine.add_data(value(&data)).expect("data");
    engine.set_input(value(&serde_json::json!({ "rows": rows })));
    move || {
        let found = engine.eval_rule("data.bench.n".to_owned()).expect("a count");
        found.as_u64().expect("a count")
    }
}

fn cel(predicate: &Predicate, events: &Events) -> impl FnMut() -> u64 + use<> {
    let program = cel::Program::compile(predicate.cel).expect("a program");
    let value = |json: serde_json::Value| cel::to_value(json).expect("a value");
    let rows: Vec<cel::Value> = (0..events.len()).map(|at| value(row(events, at))).collect();
    let grids: serde_json::Map<_, _> = events.grids.iter().map(|code| (code.clone(), true.into())).collect();
    let mut context = cel::Context::default();
    context.add_variable_from_value("grids", value(grids.into()));
    context.add_variable_from_value("from", i64::from(days(FROM)));
    context.add_variable_from_value("to", i64::from(days(TO)));
    move || {
        let passes = |row: &&cel::Value| {
            let mut inner = context.new_inner_scope();
            inner.add_variable_from_value("r", (*row).clone());
            program.execute(&inner).is_ok_and(|answer| answer == cel::Value::Bool(true))
        };
        rows.iter().filter(passes).count() as u64
    }
}
