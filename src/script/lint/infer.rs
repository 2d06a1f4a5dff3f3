//! A walk through a script that knows what kind of value everything is.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Checks;
use super::context::LintContext;
use super::diagnostics::Diagnostics;
use super::methods;
use super::scope::{Scope, changing, element};
use super::symbols::SymbolTable;
use super::value_kind::ValueKind;
use crate::script::stdlib::in_english;
use crate::script::syntax::tree::{Expr, ExprKind, Function, Path, Stmt, StmtKind, SyntaxTree};

/// How deep calls of script functions are followed.
const DEPTH: usize = 6;

/// Calls that are followed: what they are given differs.
const CALLS: usize = 2000;

/// The walk.
pub(crate) struct Inference<'a> {
    pub(crate) context: &'a LintContext<'a>,
    pub(crate) symbols: &'a SymbolTable,
    /// The script at hand: while a library is looked into, that one.
    pub(crate) script: &'a SyntaxTree,
    pub(crate) checks: Checks<'a>,
    params: BTreeSet<String>,
    /// What functions come to by library, name and kinds of arguments.
    known: BTreeMap<String, ValueKind>,
    depth: usize,
}

impl<'a> Inference<'a> {
    pub(crate) fn new(
        context: &'a LintContext<'a>,
        symbols: &'a SymbolTable,
        script: &'a SyntaxTree,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let checks = Checks { context, symbols, diagnostics, library: None, elsewhere: BTreeMap::new() };
        let (params, known) = (BTreeSet::new(), BTreeMap::new());
        Self { context, symbols, script, checks, params, known, depth: 0 }
    }

    /// Looks at a rule with these parameters.
    pub(crate) fn rule(&mut self, params: BTreeSet<String>) {
        self.params = params;
        if let Some(check) = self.script.functions.iter().find(|function| function.name == "check") {
            self.function(check, &[ValueKind::Tables, ValueKind::Params]);
        }
        self.uncalled_functions();
    }

    /// What was found in libraries, called as they are here.
    pub(crate) fn elsewhere(self) -> BTreeMap<String, Diagnostics> {
        self.checks.elsewhere
    }

    /// Looks at a library: what its functions are given is not known, but that `t` is the tables.
    pub(crate) fn library(&mut self) {
        self.uncalled_functions();
    }

    /// Functions that nothing has led to yet.
    fn uncalled_functions(&mut self) {
        for function in &self.script.functions {
            let prefix = format!("/{}/{}/", function.name, function.params.len());
            if !self.known.keys().any(|known| known.starts_with(&prefix)) {
                let kind = |name: &String| if name == "t" { ValueKind::Tables } else { ValueKind::Unknown };
                let kinds: Vec<ValueKind> = function.params.iter().map(kind).collect();
                self.call("", function, &kinds);
            }
        }
    }

    /// What a function comes to when called with values of these kinds.
    pub(crate) fn call(&mut self, library: &str, function: &'a Function, kinds: &[ValueKind]) -> ValueKind {
        let key = format!("{library}/{}/{}/{kinds:?}", function.name, function.params.len());
        if let Some(kind) = self.known.get(&key) {
            return kind.clone();
        }
        if self.depth >= DEPTH || self.known.len() >= CALLS {
            return ValueKind::Unknown;
        }
        // A function that calls itself.
        self.known.insert(key.clone(), ValueKind::Unknown);
        self.depth = self.depth.saturating_add(1);
        let kind = self.function(function, kinds);
        self.depth = self.depth.saturating_sub(1);
        self.known.insert(key, kind.clone());
        kind
    }

    fn function(&mut self, function: &'a Function, kinds: &[ValueKind]) -> ValueKind {
        let mut scope = Scope { changing: changing(self.script, &function.body), ..Scope::default() };
        for (name, kind) in function.params.iter().zip(kinds) {
            scope.set(name, kind.clone());
        }
        let last = self.stmts(&function.body, &mut scope);
        std::mem::take(&mut scope.returns).into_iter().fold(last, ValueKind::or)
    }

    /// What a block comes to.
    fn stmts(&mut self, stmts: &'a [Stmt], scope: &mut Scope) -> ValueKind {
        let mut last = ValueKind::Nothing;
        for stmt in stmts {
            last = self.stmt(stmt, scope);
        }
        last
    }

    fn block(&mut self, stmts: &'a [Stmt], scope: &mut Scope) -> ValueKind {
        let outer = scope.kinds.clone();
        let kind = self.stmts(stmts, scope);
        scope.kinds = outer;
        kind
    }

    fn stmt(&mut self, stmt: &'a Stmt, scope: &mut Scope) -> ValueKind {
        match &stmt.kind {
            StmtKind::Let(name, value) => {
                let kind = self.expr(value, scope);
                scope.set(name, kind);
                ValueKind::Nothing
            }
            StmtKind::Assign(target, value) | StmtKind::AssignOp(target, value) => {
                self.expr(target, scope);
                self.expr(value, scope);
                ValueKind::Nothing
            }
            StmtKind::If(test, yes, no) => {
                self.condition(test, scope);
                let yes = self.block(yes, scope);
                let no = self.block(no, scope);
                yes.or(no)
            }
            StmtKind::While(test, body) => {
                if let Some(test) = test {
                    self.condition(test, scope);
                }
                self.block(body, scope);
                ValueKind::Unknown
            }
            StmtKind::For { variable, counter, over, body } => {
                let element = element(&self.expr(over, scope));
                let outer = scope.kinds.clone();
                scope.set(variable, element);
                if let Some(counter) = counter {
                    scope.set(counter, ValueKind::Int);
                }
                self.stmts(body, scope);
                scope.kinds = outer;
                ValueKind::Unknown
            }
            StmtKind::Return(value) => {
                let kind = value.as_ref().map_or(ValueKind::Nothing, |value| self.expr(value, scope));
                scope.returns.push(kind.clone());
                kind
            }
            StmtKind::Throw(value) | StmtKind::Break(value) => {
                value.iter().for_each(|value| drop(self.expr(value, scope)));
                ValueKind::Unknown
            }
            StmtKind::Import(library, name) => {
                self.checks.import(library, stmt.at);
                scope.imports.insert(name.clone(), library.clone());
                ValueKind::Nothing
            }
            StmtKind::Try(body, otherwise) => {
                self.block(body, scope);
                self.block(otherwise, scope);
                ValueKind::Unknown
            }
            StmtKind::Switch(over, cases) => {
                self.expr(over, scope);
                let mut kinds = cases.iter().map(|(test, value)| {
                    self.expr(test, scope);
                    self.expr(value, scope)
                });
                let first = kinds.next().unwrap_or_default();
                kinds.fold(first, ValueKind::or)
            }
            StmtKind::Expr(value) => self.expr(value, scope),
            StmtKind::Block(stmts) => self.block(stmts, scope),
            StmtKind::Continue | StmtKind::Empty | StmtKind::Other => ValueKind::Nothing,
        }
    }

    /// A condition: yes or no, and never an empty cell.
    fn condition(&mut self, test: &'a Expr, scope: &mut Scope) {
        let kind = self.expr(test, scope);
        self.bare(test, &kind);
    }

    pub(crate) fn bare(&mut self, test: &Expr, kind: &ValueKind) {
        if *kind == ValueKind::YesNo && matches!(test.kind, ExprKind::Property(..) | ExprKind::Index(..)) {
            self.checks.bare(test.at);
        }
    }

    pub(crate) fn exprs(&mut self, all: &'a [Expr], scope: &mut Scope) -> Vec<ValueKind> {
        all.iter().map(|one| self.expr(one, scope)).collect()
    }

    pub(crate) fn expr(&mut self, expr: &'a Expr, scope: &mut Scope) -> ValueKind {
        match &expr.kind {
            ExprKind::Unit => ValueKind::Nothing,
            ExprKind::Bool(_) => ValueKind::Bool,
            ExprKind::Int(_) => ValueKind::Int,
            ExprKind::Decimal(_) => ValueKind::Decimal,
            ExprKind::Text(_) => ValueKind::Text,
            ExprKind::Interpolation(parts) => {
                self.exprs(parts, scope);
                ValueKind::Text
            }
            ExprKind::List(all) => {
                let mut kinds = self.exprs(all, scope).into_iter();
                let first = kinds.next().unwrap_or_default();
                kinds.fold(first, ValueKind::or).list()
            }
            ExprKind::Map(entries) => {
                let entries = entries.iter().map(|(key, _, value)| (key.as_str(), self.expr(value, scope)));
                ValueKind::map(entries)
            }
            ExprKind::Variable(name) => scope.kinds.get(name).cloned().unwrap_or_default(),
            ExprKind::Property(of, name) => {
                let kind = self.expr(of, scope);
                self.property(expr, &kind, name)
            }
            ExprKind::Index(of, index) => {
                let kind = self.expr(of, scope);
                self.expr(index, scope);
                match (&kind, index.text()) {
                    (ValueKind::Tables | ValueKind::Row(_), Some(name)) => self.property(index, &kind, name),
                    // Rows of a table that the run alone knows.
                    (ValueKind::Tables, None) => ValueKind::Rows(String::new()),
                    (ValueKind::List(element), None) => (**element).clone(),
                    _ => ValueKind::Unknown,
                }
            }
            ExprKind::And(all) | ExprKind::Or(all) => {
                all.iter().for_each(|one| self.condition(one, scope));
                ValueKind::Bool
            }
            ExprKind::Coalesce(all) => {
                self.exprs(all, scope);
                ValueKind::Unknown
            }
            ExprKind::Block(stmts) => self.block(stmts, scope),
            ExprKind::Method(of, name, all) => self.method(expr, of, name, all, scope),
            ExprKind::Call { path, name, arguments, .. } => {
                let library = path.as_ref().map(Path::library);
                self.called(expr, library, name, arguments, scope)
            }
            ExprKind::Closure(name, captured) => {
                self.closure(name, captured.len(), &[ValueKind::Unknown, ValueKind::Unknown], scope);
                ValueKind::Unknown
            }
            ExprKind::Char | ExprKind::Literal | ExprKind::Constant(..) | ExprKind::Other => {
                ValueKind::Unknown
            }
        }
    }

    /// What `.name` of something is.
    fn property(&mut self, expr: &Expr, of: &ValueKind, name: &str) -> ValueKind {
        if let Some(known) = methods::properties(of).filter(|known| !known.contains(&in_english(name))) {
            let column = match of {
                ValueKind::Rows(table) => {
                    self.context.declarations.table(table).and_then(|decl| decl.column(name))
                }
                _ => None,
            };
            self.checks.no_property(name, &known, column.is_some(), expr.at);
            return ValueKind::Unknown;
        }
        match of {
            ValueKind::Tables if matches!(name, "as_of" | "截止日") => ValueKind::Date,
            ValueKind::Tables => match self.context.declarations.table(name) {
                Some(table) => ValueKind::Rows(table.id.clone()),
                None => {
                    self.checks.no_table(name, expr.at);
                    ValueKind::Unknown
                }
            },
            ValueKind::Row(table) => self.cell(table, name, expr),
            ValueKind::Params => {
                if !self.params.contains(name) {
                    let params = self.params.clone();
                    self.checks.no_parameter(name, expr.at, &params);
                }
                ValueKind::Unknown
            }
            ValueKind::Rows(_)
            | ValueKind::Group(_)
            | ValueKind::Tree(_)
            | ValueKind::Date
            | ValueKind::Decision => methods::property(of, in_english(name)),
            ValueKind::Map(entries) => entries.get(name).cloned().unwrap_or_else(|| {
                let known: Vec<&str> = entries.keys().map(String::as_str).collect();
                self.checks.no_property(name, &known, false, expr.at);
                ValueKind::Unknown
            }),
            _ => ValueKind::Unknown,
        }
    }

    fn cell(&mut self, table: &str, name: &str, expr: &Expr) -> ValueKind {
        let Some(decl) = self.context.declarations.table(table) else { return ValueKind::Unknown };
        match decl.column(name) {
            Some(column) => ValueKind::of_cell(&decl.id, column),
            None => {
                self.checks.no_column(decl, name, expr.at);
                ValueKind::Unknown
            }
        }
    }

    /// What a closure comes to over such elements; it sees the variables around it.
    pub(crate) fn closure(
        &mut self,
        name: &str,
        captured: usize,
        elements: &[ValueKind],
        scope: &mut Scope,
    ) -> ValueKind {
        let Some(closure) = self.script.closures.get(name) else { return ValueKind::Unknown };
        let outer = scope.kinds.clone();
        let outer_returns = std::mem::take(&mut scope.returns);
        let mut changing = changing(self.script, &closure.body);
        changing.extend(scope.changing.iter().cloned());
        std::mem::swap(&mut scope.changing, &mut changing);
        for (param, kind) in closure.params.iter().skip(captured).zip(elements) {
            scope.set(param, kind.clone());
        }
        let last = self.stmts(&closure.body, scope);
        let kind = std::mem::replace(&mut scope.returns, outer_returns).into_iter().fold(last, ValueKind::or);
        scope.kinds = outer;
        scope.changing = changing;
        kind
    }
}
