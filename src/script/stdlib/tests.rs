#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use crate::model::function_reference::EntryKind;
use crate::script::function::{Circumstance, ColumnArgument, HostFunction, Type, function};
use crate::script::function_reference::function_reference;
use crate::script::runtime::rule::{Libraries, Rule};
use crate::script::stdlib::functions;
use crate::script::value::texts;

/// A function that unit tests add: one declaration, and everything knows it.
pub(super) const ADDED: &[HostFunction] =
    &[function("added_by_a_test", "测试所加", "text: String", Type::Bool, r#"added_by_a_test("a1")"#)
        .about("测试所加的函数", "a function that a test adds")
        .kernel()
        .by(|to| to.add(|text: rhai::ImmutableString| texts::has_digit(&text)))];

#[test]
fn a_function_is_declared_once_and_known_everywhere() {
    let libraries = Libraries::compile(&[]).unwrap();
    for name in ["added_by_a_test", "测试所加"] {
        // The engine.
        assert!(libraries.engine.eval::<bool>(&format!("{name}(\"a1\")")).unwrap());
        // Kernels.
        let source = format!(
            "//! 一\n//! One\nconst META = #{{ id: \"P/1\" }};\n\
             fn check(t) {{ require(t.grids.filter(|r| {name}(r.code)), \"\", \"\") }}"
        );
        let rule = Rule::compile(&libraries, "P-1.rhai", &source).unwrap();
        assert!(rule.interpreted_closures().is_empty(), "{:?}", rule.interpreted_closures());
    }
    // The function reference, of which documents and definitions are made.
    let entry = function_reference().host.into_iter().find(|one| one.name == "added_by_a_test").unwrap();
    assert_eq!((entry.kind, entry.chinese.as_deref()), (EntryKind::Function, Some("测试所加")));
    assert_eq!(entry.takes, [("text".to_owned(), "String".to_owned())]);
    assert_eq!(entry.example_under("测试所加").as_deref(), Some("测试所加(\"a1\")"));
    // What lints go by.
    assert_eq!(functions().in_english("测试所加"), "added_by_a_test");
    let known: Vec<_> = functions().named("added_by_a_test").map(|one| (one.receiver(), one.gives)).collect();
    assert_eq!(known, [("String", Type::Bool)]);
}

#[test]
fn parameters_say_which_of_them_name_columns() {
    let columns = |name: &str| functions().named(name).next().unwrap().columns();
    assert_eq!(columns("where"), [ColumnArgument::Own(0), ColumnArgument::Value(1, 0)]);
    assert_eq!(
        columns("outside"),
        [ColumnArgument::Own(0), ColumnArgument::Own(1), ColumnArgument::Of(3, 2)]
    );
    assert_eq!(columns("mentions"), []);
}

#[test]
fn circumstances_are_told_in_both_languages() {
    assert_eq!(Circumstance::Reading.functions(), ["policy", "口径"]);
    assert_eq!(Circumstance::Ids.functions(), ["known_requirement", "有此要求"]);
    let titles = Circumstance::Titles.functions();
    assert!(titles.len() == 14 && titles.contains(&"名称相符") && titles.contains(&"titled"));
}
