#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{Engine, FuncInfo};

use super::*;
use crate::model::divisions::Divisions;
use crate::model::lexicon::Lexicon;
use crate::script::runtime::engine;
use crate::script::runtime::rule::{Libraries, Rule};
use crate::script::syntax::COMPARISONS;
use crate::script::testing::{self, Bench};
use crate::script::value::rule_context::RuleContext;
use crate::table::date::Date;

/// What scripts can call in an engine, with values that they can hold.
fn signatures(engine: &Engine) -> BTreeSet<Signature> {
    let one = |info: FuncInfo<'_>| {
        let name = info.metadata.name.as_str();
        let (name, property) = name.strip_prefix("get$").map_or((name, false), |name| (name, true));
        let kinds: Option<Vec<String>> =
            info.metadata.param_types.iter().map(|id| types::word(*id).map(str::to_owned)).collect();
        let callable = !name.starts_with("index$") && !engine::FORBIDDEN.contains(&name);
        Some((name.to_owned(), property, kinds?)).filter(|_| callable)
    };
    engine.collect_fn_metadata(None, one, true).into_iter().collect()
}

fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[test]
fn every_function_of_scripts_is_told_of_and_no_other() {
    let reference = function_reference();
    let all = signatures(&engine::build());
    let own = signatures(&engine_function::packages_alone());
    let mut listed = BTreeSet::new();
    for one in reference.host.iter().filter(|one| one.name != "as_of").chain(&reference.language) {
        listed.extend(
            [Some(&one.name), one.chinese.as_ref()].into_iter().flatten().map(|name| one.signature(name)),
        );
    }
    let strange: Vec<_> = listed.difference(&all).collect();
    assert!(strange.is_empty(), "told of, but not callable: {strange:#?}");
    // Signs of the language itself are not told of, nor comparisons: some of these answer with an error.
    let owed =
        |one: &&Signature| is_name(&one.0) || !(own.contains(one) || COMPARISONS.contains(&one.0.as_str()));
    let missing: Vec<_> = all.difference(&listed).filter(owed).collect();
    assert!(missing.is_empty(), "callable, but not told of: {missing:#?}");
}

#[test]
fn every_entry_is_told_in_both_languages_and_in_known_types() {
    let reference = function_reference();
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let kinds = ["?", "()", "bool", "int", "decimal", "char", "String", "Array", "Map", "FnPtr", "range"];
    let hosts = [
        "inclusive_range",
        "tables",
        "rows",
        "row",
        "group",
        "tree",
        "date",
        "choice",
        "decision",
        "cells",
        "csv_file",
    ];
    for one in reference.host.iter().chain(&reference.language).chain(&reference.testing) {
        assert!(chinese(&one.about.zh) && !chinese(&one.about.en) && !one.about.en.is_empty(), "{one:?}");
        let types = one.takes.iter().map(|(_, kind)| kind.as_str()).chain([one.gives.as_str()]);
        for kind in types {
            assert!(kinds.contains(&kind) || hosts.contains(&kind), "{kind} in {one:?}");
        }
    }
    let used: BTreeSet<_> = reference.language.iter().map(|one| one.name.as_str()).collect();
    let idle: Vec<_> = LANGUAGE.iter().filter(|(name, ..)| !used.contains(name)).collect();
    assert!(idle.is_empty(), "told of, but there is no such function: {idle:?}");
}

fn bench() -> Bench {
    let libraries = Libraries::compile(&[]).unwrap();
    let rule = "//! 一\n//! One\nconst META = #{ id: \"P/1\" };\nfn check(t) { unknown(\"\", \"\") }";
    let rule = Rule::compile(&libraries, "P-1.rhai", rule).unwrap();
    let day = Date::from_ymd(2026, 6, 30).unwrap();
    let (policies, ids) = (BTreeMap::new(), BTreeSet::new());
    let divisions = Divisions::parse(include_str!("../../../rules/registry/divisions.csv")).unwrap();
    let around = RuleContext::new(day, policies, &[], Arc::new(divisions), ids, &Lexicon::default());
    Bench {
        libraries: Arc::new(libraries),
        rule: Arc::new(rule),
        around: Arc::new(around),
        make_tables: Arc::new(|_| Err(Text::default())),
        files: Arc::default(),
        interpret: false,
    }
}

#[test]
fn what_tests_have_besides_is_told_of_and_no_more() {
    let own = signatures(&testing::engine(&bench(), &Arc::default()));
    let besides: BTreeSet<_> = own.difference(&signatures(&engine::build())).cloned().collect();
    let mut listed = BTreeSet::new();
    for one in function_reference().testing {
        listed.extend(
            [Some(&one.name), one.chinese.as_ref()].into_iter().flatten().map(|name| one.signature(name)),
        );
    }
    assert_eq!(besides, listed);
}
