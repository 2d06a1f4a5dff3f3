//! Conditions on rows: kernels of the product beside loops written by hand, and beside its own interpreter.

use super::Asked;
use super::common::contest::{Entry, contest};
use super::common::figures::Group;
use super::common::native::{self, Events};
use super::common::predicates::{ALL, count, warm};
use super::common::{data, predicates};
use wangge::demo::Size;

pub fn group(asked: &Asked) -> Group {
    let events = if asked.quick { 100_000 } else { 1_000_000 };
    let options = data::Writing::Utf8.county(&asked.data, Size { events, ..data::LARGE });
    let demo = data::demo(&asked.data, &format!("events-{events}"), &options);
    let folder = data::submissions(&demo).remove(0);
    let bench = data::bench();
    let dataset = bench.dataset(&folder).expect("a submission");
    let own = Events::read(&folder);
    let loaded = warm(&bench, &dataset);
    let rules: Vec<_> = ALL.iter().map(|predicate| (predicate, predicate.rule(&bench))).collect();
    let per = own.len() as f64;
    let mut entries = Vec::new();
    for (predicate, rule) in &rules {
        entries.push(Entry::new(predicate.name, "native", per, || (predicate.native)(&own)));
        entries.push(Entry::new(predicate.name, "lowered", per, || count(&bench, &loaded, rule, false)));
    }
    let texts = "found in 5,000 others";
    entries.push(Entry::new(texts, "native, row by row", per, || native::found_by_text(&own)));
    let mut lines = contest(if asked.quick { 5 } else { 11 }, "native", entries);
    lines.extend(interpreted(&rules, &own, |rule| count(&bench, &loaded, rule, true)));
    Group {
        id: "predicates".to_owned(),
        title: "One condition over all events of a county".to_owned(),
        unit: "ns a row".to_owned(),
        floor: "native".to_owned(),
        note: format!(
            "{events} events, one thread, processor time. *native*: a loop over typed columns written by hand for this \
             one condition; words of a column that repeats itself are asked once each, as the kernel does. *lowered*: \
             the closure of a rule that runs alone, with everything a rule costs but the index of the codes of grids, \
             which is made once an organization. *interpreted*: the same closure without lowering."
        ),
        machine: None,
        lines,
    }
}

fn interpreted(
    rules: &[(&predicates::Predicate, wangge::script::Rule)],
    own: &Events,
    run: impl Fn(&wangge::script::Rule) -> u64,
) -> Vec<super::common::figures::Line> {
    let per = own.len() as f64;
    let mut entries = Vec::new();
    for (predicate, rule) in rules {
        entries.push(Entry::new(predicate.name, "native", per, || (predicate.native)(own)));
        entries.push(Entry::new(predicate.name, "interpreted", per, || run(rule)));
    }
    let lines = contest(1, "native", entries);
    lines.into_iter().filter(|line| line.variant == "interpreted").collect()
}
