//! The tests beside a rule.

use super::allow_comments::allowed;
use super::context::TestedFile;
use super::diagnostics::{Diagnostics, words};
use super::list;
use crate::model::lint::LintFinding;
use crate::model::text::Text;
use crate::script::error::Script;
use crate::script::runtime::rule::Rule;

/// That a rule has no test.
pub(crate) fn missing(rule: &Rule, diagnostics: &mut Diagnostics) {
    let at = rule.script().find("const META").unwrap_or((1, 1));
    let message = Text::new("规则没有测试", "the rule has no test");
    let help = Text::new("在旁边写 .test.rhai", "put a `.test.rhai` beside it");
    diagnostics.add(list::NO_TEST, at, message, help);
}

/// What is found in the tests of a rule.
pub(crate) fn check(rule: &Rule, tests: &TestedFile) -> Vec<LintFinding> {
    let mut diagnostics = Diagnostics::default();
    let file = Script { rule: &rule.meta.id, file: &tests.file, source: &tests.text };
    for (name, failure) in &tests.failed {
        let at = file.find(&format!("fn {name}(")).unwrap_or((1, 1));
        if let Some(failure) = failure {
            let why = failure.message.map(|text| text.lines().next().unwrap_or_default().to_owned());
            let message = Text::new(
                format!("测试“{name}”没有通过：{}", why.zh),
                format!("the test `{name}` fails: {}", why.en),
            );
            let help = Text::new("wangge rules test 说明差在哪里", "`wangge rules test` tells what differs");
            diagnostics.add(list::FAILING_TEST, at, message, help);
        } else if tests.empty.contains(name) {
            let message = words!("测试“{name}”没有写预期", "the test `{name}` expects nothing");
            diagnostics.add(
                list::EMPTY_TEST,
                at,
                message,
                Text::new("写上 expect(表, 结论)", "write expect(tables, outcomes)"),
            );
        }
    }
    allowed(&file, diagnostics, &|_| true)
}
