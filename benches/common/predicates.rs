//! The same conditions on a row of events: in rules, by hand, and in the languages of other engines.

use wangge::assessment::session::Session;
use wangge::model::dataset::Dataset;
use wangge::model::outcome::Measure;
use wangge::script::{Loaded, Rule, Run};

use super::native::{self, Events};

/// A condition.
#[derive(Clone, Copy)]
pub struct Predicate {
    /// What it asks.
    pub name: &'static str,
    /// As in a rule.
    pub rhai: &'static str,
    /// As a loop of our own.
    pub native: fn(&Events) -> u64,
    /// In Rego, where `r` is the row, absent cells are null and `data` holds the codes of grids.
    pub rego: &'static str,
    /// In CEL, likewise.
    pub cel: &'static str,
}

/// All of them.
pub const ALL: [Predicate; 8] = [
    Predicate {
        name: "empty cell",
        rhai: "e.closed == ()",
        native: native::null,
        rego: "r.closed == null",
        cel: "r.closed == null",
    },
    Predicate {
        name: "two dates",
        rhai: "e.closed >= e.due",
        native: native::dates,
        rego: "r.closed != null; r.due != null; r.closed >= r.due",
        cel: "r.closed != null && r.due != null && r.closed >= r.due",
    },
    Predicate {
        name: "date in a range",
        rhai: "e.reported >= from && e.reported <= to",
        native: native::range,
        rego: "r.reported != null; r.reported >= data.from; r.reported <= data.to",
        cel: "r.reported != null && r.reported >= from && r.reported <= to",
    },
    Predicate {
        name: "word of four",
        rhai: "e.channel == \"热线转办\"",
        native: native::word,
        rego: "r.channel == \"热线转办\"",
        cel: "r.channel == '热线转办'",
    },
    Predicate {
        name: "pattern, four words",
        rhai: "matches(e.result, \"满意|化解$\")",
        native: native::pattern_of_words,
        rego: "regex.match(\"满意|化解$\", r.result)",
        cel: "r.result.matches('满意|化解$')",
    },
    Predicate {
        name: "pattern, all different",
        rhai: "matches(e.id, \"^SJ2025(0[1-9]|1[0-2])[0-9]{8}$\")",
        native: native::pattern_of_ids,
        rego: "regex.match(\"^SJ2025(0[1-9]|1[0-2])[0-9]{8}$\", r.id)",
        cel: "r.id.matches('^SJ2025(0[1-9]|1[0-2])[0-9]{8}$')",
    },
    Predicate {
        name: "found in 5,000 others",
        rhai: "grids.find(\"id\", e.grid) != ()",
        native: native::found,
        rego: "data.grids[r.grid]",
        cel: "r.grid in grids",
    },
    Predicate {
        name: "five of these in one",
        rhai: "e.closed != () && e.closed <= e.due && e.reported >= from && e.reported <= to \
               && e.channel != \"热线转办\" && grids.find(\"id\", e.grid) != ()",
        native: native::all,
        rego: "r.closed != null; r.due != null; r.closed <= r.due; r.reported >= data.from; r.reported <= data.to; \
               r.channel != \"热线转办\"; data.grids[r.grid]",
        cel: "r.closed != null && r.due != null && r.closed <= r.due && r.reported >= from && r.reported <= to \
              && r.channel != '热线转办' && r.grid in grids",
    },
];

impl Predicate {
    /// A rule that counts the events that meet the condition.
    ///
    /// # Panics
    ///
    /// The rule does not compile.
    pub fn rule(&self, bench: &Session) -> Rule {
        let ((fy, fm, fd), (ty, tm, td)) = (native::FROM, native::TO);
        let source = format!(
            "//! 数。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n    let rows = t.events; let grids = t.grids;\n    \
             let from = date(\"{fy}-{fm:02}-{fd:02}\"); let to = date(\"{ty}-{tm:02}-{td:02}\");\n    \
             measured(rows.count(|e| {}), t.organization, \"\", \"\")\n}}\n",
            self.rhai
        );
        let rule = Rule::compile(&bench.book.libraries, "items/a7/A.7.3.rhai", &source);
        rule.unwrap_or_else(|fault| panic!("{}: {fault:?}", self.name))
    }
}

/// A submission in which the closures that are known by now have run together; what is compiled afterwards runs alone,
/// every time.
///
/// # Panics
///
/// As [`count`].
pub fn warm(bench: &Session, dataset: &Dataset) -> Loaded {
    let loaded = bench.ready(dataset);
    let other = Predicate { name: "nothing else asks this", rhai: "e.id == \"\"", ..ALL[0] };
    count(bench, &loaded, &other.rule(bench), false);
    loaded
}

/// Runs a rule that counts.
///
/// # Panics
///
/// The rule breaks or does not count.
pub fn count(bench: &Session, loaded: &Loaded, rule: &Rule, interpret: bool) -> u64 {
    let run = Run::new(&bench.book.libraries, loaded, &bench.around, interpret);
    let decisions = run.rule(rule).unwrap_or_else(|fault| panic!("{fault:?}"));
    match decisions.values().next().and_then(|decision| decision.measure.clone()) {
        Some(Measure::Number(number)) => u64::try_from(number).expect("a count"),
        _ => panic!("{decisions:?}"),
    }
}
