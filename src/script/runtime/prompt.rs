//! Expressions tried on a submission, one after the other, with the same functions and limits as rules.

use std::sync::Arc;

use rhai::{AST, Dynamic, ImmutableString, Map, Scope};

use super::engine::check_size;
use super::limits;
use super::masking::{Source, Words};
use super::rule::Libraries;
use super::run::{self, Run};
use crate::model::evaluation::{EvaluatedRows, EvaluatedValue, TriedRow};
use crate::model::text::Text;
use crate::resources::unwind;
use crate::script::compile::{Closures, Kernels};
use crate::script::error::{RuleFault, Script, exceeded};
use crate::script::stdlib::decisions;
use crate::script::syntax::tree::SyntaxTree;
use crate::script::value::decision::{Cells, RuleDecision};
use crate::script::value::enumerated::Choice;
use crate::script::value::loaded_table::{IndexedTable, Loaded};
use crate::script::value::rows::{Group, Row, Rows};
use crate::script::value::rule_context::{RuleContext, Tables};
use crate::script::value::{calls, kinds};
use crate::table::date::Date;

/// Entries of a list that are shown.
const ENTRIES: usize = 20;
/// Rows that are shown of each group.
const OF_A_GROUP: usize = 3;
/// How deep lists in lists are shown.
const DEPTH: usize = 3;

/// A submission and what was said about it so far.
pub struct Prompt<'a> {
    libraries: &'a Libraries,
    loaded: &'a Loaded,
    around: &'a Arc<RuleContext>,
    scope: Scope<'static>,
    /// Functions declared so far, closures among them.
    functions: AST,
    /// Rows that are shown of a table.
    rows: usize,
    /// What was entered last.
    entry: String,
}

/// What came of an entry.
struct Entered {
    value: Dynamic,
    scope: Scope<'static>,
    functions: AST,
}

impl<'a> Prompt<'a> {
    /// About a submission, which is `t`; of tables `rows` rows are shown.
    pub fn new(
        libraries: &'a Libraries,
        loaded: &'a Loaded,
        around: &'a Arc<RuleContext>,
        rows: usize,
    ) -> Self {
        let mut scope = Scope::new();
        scope.push_dynamic("t", Dynamic::from(Tables { loaded: loaded.clone(), around: Arc::clone(around) }));
        let (functions, entry) = (AST::empty(), String::new());
        Self { libraries, loaded, around, scope, functions, rows, entry }
    }

    /// What the text comes to; variables and functions it declares stay.
    ///
    /// # Errors
    ///
    /// It does not compile, or stopped; nothing of it stays.
    pub fn run(&mut self, source: &str) -> Result<EvaluatedValue, RuleFault> {
        let stopped = |beyond| {
            let (message, help) = exceeded::described(beyond);
            RuleFault::whole("", "", message, help)
        };
        let entered = limits::within(limits::of(self.loaded), || self.bounded(source), stopped);
        let personal = |fault: RuleFault| {
            let words = Words::new(Source::Entry(source), self.libraries, self.loaded);
            RuleFault { message: words.without_in_fault(&fault.message), ..fault }
        };
        let Entered { value, scope, functions } = entered.map_err(personal)?;
        (self.scope, self.functions) = (scope, functions);
        source.clone_into(&mut self.entry);
        if says_nothing(source) && value.is_unit() {
            Ok(EvaluatedValue::Nothing)
        } else {
            self.evaluated(&value, 0)
        }
    }

    fn bounded(&self, source: &str) -> Result<Entered, RuleFault> {
        let script = Script { rule: "", file: "", source };
        check_size(&script)?;
        script.check_signs()?;
        let engine = &self.libraries.engine;
        let ast = engine
            .compile_with_scope(&self.scope, source)
            .map_err(|error| script.parse_fault(engine, &error))?;
        let ast = self.functions.merge(&ast);
        let closures = Closures::with(&self.libraries.closures, &SyntaxTree::read(&ast));
        let tag = Dynamic::from(Kernels::new(&closures, false, self.around.as_of));
        run::begin(&Arc::default());
        let mut scope = self.scope.clone();
        let called = unwind::caught(|| calls::statements(engine, &ast, tag, &mut scope));
        let value = called.map_err(|_| panicked())?;
        let value = value.map_err(|error| self.libraries.run_fault(&script, &error, Some(self.loaded)))?;
        Ok(Entered { value, scope: latest(&scope), functions: ast.clone_functions_only() })
    }

    fn evaluated(&self, value: &Dynamic, depth: usize) -> Result<EvaluatedValue, RuleFault> {
        if let Some(simple) = self.simple(value) {
            return Ok(simple);
        }
        if value.is::<RuleDecision>() || value.is::<Cells>() {
            return Ok(self.decided(value));
        }
        if let Ok(list) = value.as_array_ref() {
            if depth >= DEPTH {
                return Ok(EvaluatedValue::Other(kinds::kind_of(value)));
            }
            let first = list.iter().take(ENTRIES).map(|one| self.evaluated(one, depth.saturating_add(1)));
            return Ok(EvaluatedValue::List(first.collect::<Result<_, _>>()?, list.len()));
        }
        if let Some(map) = value.read_lock::<Map>().filter(|_| depth < DEPTH) {
            let entries = map
                .iter()
                .map(|(name, one)| Ok((self.masked(name), self.evaluated(one, depth.saturating_add(1))?)));
            return Ok(EvaluatedValue::Map(entries.collect::<Result<_, RuleFault>>()?));
        }
        if let Some(group) = value.read_lock::<Group>() {
            let (key, rows) = group.parts();
            let key = ("key".to_owned(), EvaluatedValue::Value(self.masked(key)));
            return Ok(EvaluatedValue::Map(vec![
                key,
                (
                    "rows".to_owned(),
                    self.some_rows(
                        &rows.of,
                        rows.chosen.iter().map(|at| at as usize).take(OF_A_GROUP),
                        rows.chosen.len(),
                    ),
                ),
            ]));
        }
        Ok(EvaluatedValue::Other(kinds::kind_of(value)))
    }

    fn simple(&self, value: &Dynamic) -> Option<EvaluatedValue> {
        if value.is_unit() {
            return Some(EvaluatedValue::Empty);
        }
        if let Ok(answer) = value.as_bool() {
            return Some(EvaluatedValue::Answer(answer));
        }
        if let Some(rows) = value.read_lock::<Rows>() {
            return Some(self.rows_of(&rows));
        }
        if let Some(row) = value.read_lock::<Row>() {
            return Some(self.some_rows(&row.of, std::iter::once(row.at as usize), 1));
        }
        let plain = value.is_int() || value.is_decimal() || value.is::<Date>() || value.is::<Choice>();
        if plain {
            return Some(EvaluatedValue::Value(self.masked(&value.to_string())));
        }
        value.read_lock::<ImmutableString>().map(|text| EvaluatedValue::Value(self.masked(&text)))
    }

    /// A decision, or the cells as those of one.
    fn decided(&self, value: &Dynamic) -> EvaluatedValue {
        let decision = match value.clone().try_cast::<RuleDecision>() {
            Some(decision) => Ok(decision),
            None => decisions::met(value.clone()),
        };
        let run = Run::new(self.libraries, self.loaded, self.around, false);
        decision.map_or_else(
            |_| EvaluatedValue::Other(kinds::kind_of(value)),
            |decision| EvaluatedValue::Decision(run.decision(decision, Source::Entry(&self.entry))),
        )
    }

    fn rows_of(&self, rows: &Rows) -> EvaluatedValue {
        self.some_rows(&rows.of, rows.chosen.iter().map(|at| at as usize), rows.chosen.len())
    }

    fn some_rows(
        &self,
        of: &IndexedTable,
        rows: impl Iterator<Item = usize>,
        total: usize,
    ) -> EvaluatedValue {
        let (table, redactor) = (&of.table, &self.loaded.redactor);
        let row = |at: usize| {
            let cell = |column: usize| redactor.cell(table, at, column);
            let source = table.segment(at).map(|segment| &segment.source);
            let sheet = source.and_then(|source| source.sheet.as_ref().map(|sheet| format!(" {sheet}")));
            TriedRow {
                source: source
                    .map(|source| redactor.text(&format!("{}{}", source.file, sheet.unwrap_or_default())))
                    .unwrap_or_default(),
                row: table.source_rows.get(at).unwrap_or_default(),
                cells: (0..table.columns.len()).map(cell).collect(),
            }
        };
        EvaluatedValue::Rows(EvaluatedRows {
            table: Text::new(table.decl.zh.clone(), table.decl.id.clone()),
            present: table.present,
            total,
            columns: table.decl.columns.iter().map(|one| Text::new(one.zh.clone(), one.id.clone())).collect(),
            rows: rows.take(self.rows).map(row).collect(),
        })
    }

    /// A text without personal data: a value that was taken out of its cell no longer says that it is some.
    fn masked(&self, text: &str) -> String {
        self.loaded.redactor.text(text)
    }
}

/// Variables under their latest meaning: there may be only so many.
fn latest(scope: &Scope<'_>) -> Scope<'static> {
    let mut names: Vec<String> = Vec::new();
    for (name, _, _) in scope.iter() {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let mut fresh = Scope::new();
    for name in names {
        if let Some(value) = scope.get(&name) {
            fresh.push_dynamic(name.as_str(), value.clone());
        }
    }
    fresh
}

/// Whether nothing is expected of the text: it only declares something.
fn says_nothing(source: &str) -> bool {
    let source = source.trim();
    source.ends_with(';') || ["let ", "const ", "fn ", "import "].iter().any(|word| source.starts_with(word))
}

fn panicked() -> RuleFault {
    let message = Text::new("表达式使程序内部出错", "the expression made the program fail inside");
    RuleFault::whole("", "", message, Text::new("请报告这个表达式", "please report this expression"))
}
