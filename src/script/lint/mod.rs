//! Lints: what is most likely wrong with a rule, told without running it.
//!
//! ```text
//! text ─syntax─▶ SyntaxTree ─metadata, names, flow, numbers, texts, targets─▶ diagnostics
//!                       └─kinds (declared tables, libraries)────────▶ diagnostics ─allow─▶ findings
//! ```
//!
//! All lints are declared in [`list`]. Those that need the tests of a rule are told by the rulebook.

mod allow_comments;
mod calls;
mod check;
mod context;
mod diagnostics;
mod flow;
mod infer;
pub mod list;
mod metadata;
mod methods;
mod names;
mod numbers;
mod rule_tests;
mod scope;
mod symbols;
mod targets;
mod texts;
mod value_kind;

use std::collections::{BTreeMap, BTreeSet};

use super::error::{RuleFault, Script};
use super::runtime::rule::{Libraries, Rule};
use crate::script::syntax::tree::{Node, SyntaxTree};
use allow_comments::allowed;
pub use context::{LintContext, TestedFile};
use diagnostics::Diagnostics;
use infer::Inference;
use symbols::SymbolTable;

use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::Text;

/// Looks at rules, libraries and tests in one context.
pub struct Linter<'g> {
    context: LintContext<'g>,
    symbols: SymbolTable,
}

/// What is found in libraries when rules call them.
#[derive(Default)]
pub struct InLibraries(BTreeMap<String, Diagnostics>);

impl InLibraries {
    /// What is found here and there.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (library, diagnostics) in other.0 {
            self.0.entry(library).or_default().take(&diagnostics);
        }
        self
    }
}

impl<'g> Linter<'g> {
    /// Reads the libraries.
    pub fn new(context: LintContext<'g>) -> Self {
        Self { context, symbols: SymbolTable::of(context.libraries) }
    }

    /// What is found in the text of a rule, whether it compiles or not.
    pub fn text(&self, file: &str, source: &str) -> Vec<LintFinding> {
        match Rule::compile(self.context.libraries, file, source) {
            Ok(rule) => self.rule(&rule, None).0,
            Err(fault) => vec![broken(&fault)],
        }
    }

    /// What is found in a rule with the parameters in force, and whether it has tests, where that is known; and what is
    /// found in libraries when they are called as they are here.
    pub fn rule(&self, rule: &Rule, tested: Option<bool>) -> (Vec<LintFinding>, InLibraries) {
        let script = SyntaxTree::read(&rule.ast);
        let mut diagnostics = Diagnostics::default();
        metadata::check(&self.context, rule, &script, &mut diagnostics);
        names::check(&script, &mut diagnostics);
        names::unused_functions(&rule.script(), &script, "check", &mut diagnostics);
        body(&script, &mut diagnostics);
        targets::check(&self.context, rule, &script, &mut diagnostics);
        let mut inference = Inference::new(&self.context, &self.symbols, &script, &mut diagnostics);
        let in_force = self.context.rules.iter().filter(|known| known.meta.id == rule.meta.id);
        let known = in_force.map(|known| &**known).chain([rule]).flat_map(|rule| rule.meta.params.keys());
        inference.rule(known.map(ToString::to_string).collect());
        let libraries = InLibraries(inference.elsewhere());
        for (line, why) in rule.interpreted_closures() {
            // It is interpreted for the very slip that is told.
            if diagnostics.has(list::ASSIGNED, line) {
                continue;
            }
            interpreted(&rule.source, line, &why, &mut diagnostics);
        }
        if tested == Some(false) {
            rule_tests::missing(rule, &mut diagnostics);
        }
        (allowed(&rule.script(), diagnostics, &|code| tested.is_some() || code != list::NO_TEST), libraries)
    }

    /// What is found in the text of a library, and was when rules called it; `called` are the functions of it that
    /// anything calls.
    pub fn library(
        &self,
        file: &str,
        source: &str,
        called: &dyn Fn(&str) -> bool,
        by_rules: &InLibraries,
    ) -> Vec<LintFinding> {
        let at = Script { rule: "", file, source };
        let engine = &self.context.libraries.engine;
        let ast = match at
            .check_signs()
            .and_then(|()| engine.compile(source).map_err(|error| at.parse_fault(engine, &error)))
        {
            Ok(ast) => ast,
            Err(fault) => return vec![broken(&fault)],
        };
        let script = SyntaxTree::read(&ast);
        let mut diagnostics = Diagnostics::default();
        names::check(&script, &mut diagnostics);
        for function in script.functions.iter().filter(|function| !called(&function.name)) {
            names::unused_function(&at, function, &mut diagnostics);
        }
        body(&script, &mut diagnostics);
        Inference::new(&self.context, &self.symbols, &script, &mut diagnostics).library();
        if let Some(found) = by_rules.0.get(symbols::library_name(file)) {
            diagnostics.take(found);
        }
        allowed(&at, diagnostics, &|_| true)
    }

    /// What is found in the tests of a rule.
    pub fn tests(&self, rule: &Rule, tests: &TestedFile) -> Vec<LintFinding> {
        rule_tests::check(rule, tests)
    }
}

fn body(script: &SyntaxTree, diagnostics: &mut Diagnostics) {
    flow::check(script, diagnostics);
    numbers::check(script, diagnostics);
    texts::check(script, diagnostics);
}

/// Functions a script calls, of its own and of libraries, by name.
pub fn called_names(libraries: &Libraries, source: &str) -> BTreeSet<String> {
    let mut called = BTreeSet::new();
    if let Ok(ast) = libraries.engine.compile(source) {
        SyntaxTree::read(&ast).walk_all(&mut |node| {
            if let Node::Expr(expr) = node {
                called.extend(names::called(expr));
            }
        });
    }
    called
}

/// A file that does not compile.
pub fn broken(fault: &RuleFault) -> LintFinding {
    let rule = fault.rule.clone();
    LintFinding { level: LintLevel::Error, rule, fault: fault.noted(list::BROKEN) }
}

fn interpreted(source: &str, line: usize, why: &Text, diagnostics: &mut Diagnostics) {
    let text = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let column = text.find('|').and_then(|at| text.get(..at)).map_or(1, |before| before.chars().count() + 1);
    let message = Text::new(
        format!("这个闭包逐行解释执行：{}", why.zh),
        format!("this closure is interpreted row by row: {}", why.en),
    );
    let help = Text::new(
        "结果不变，只是慢；docs/writing-rules.md 说明哪些写法快",
        "the answer is the same, it is only slow; docs/writing-rules.md tells what is fast",
    );
    diagnostics.add(list::INTERPRETED, (line, column), message, help);
}
