//! A walk through a script that knows what kind of value everything is.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Checks;
use super::context::LintContext;
use super::kind::Kind;
use super::known::Shelf;
use super::methods;
use super::notes::Notes;
use super::scope::{Scope, changing, element};
use crate::script::stdlib::in_english;
use crate::script::syntax::tree::{Expr, ExprKind, Function, Path, Stmt, StmtKind, SyntaxTree};

/// How deep calls of script functions are followed.
const DEPTH: usize = 6;

/// Calls that are followed: what they are given differs.
const CALLS: usize = 2000;

/// The walk.
pub(crate) struct Inference<'a> {
    pub(crate) context: &'a LintContext<'a>,
    pub(crate) shelf: &'a Shelf,
    /// The script at hand: while a library is looked into, that one.
    pub(crate) script: &'a SyntaxTree,
    pub(crate) checks: Checks<'a>,
    params: BTreeSet<String>,
    /// What functions come to by library, name and kinds of arguments.
    known: BTreeMap<String, Kind>,
    depth: usize,
}

impl<'a> Inference<'a> {
    pub(crate) fn new(
        context: &'a LintContext<'a>,
        shelf: &'a Shelf,
        script: &'a SyntaxTree,
        notes: &'a mut Notes,
    ) -> Self {
        let checks = Checks { context, shelf, notes, library: None, elsewhere: BTreeMap::new() };
        let (params, known) = (BTreeSet::new(), BTreeMap::new());
        Self { context, shelf, script, checks, params, known, depth: 0 }
    }

    /// Looks at a rule with these parameters.
    pub(crate) fn rule(&mut self, params: BTreeSet<String>) {
        self.params = params;
        if let Some(check) = self.script.functions.iter().find(|function| function.name == "check") {
            self.function(check, &[Kind::Tables, Kind::Params]);
        }
        self.rest();
    }

    /// What was found in libraries, called as they are here.
    pub(crate) fn elsewhere(self) -> BTreeMap<String, Notes> {
        self.checks.elsewhere
    }

    /// Looks at a library: what its functions are given is not known, but that `t` is the tables.
    pub(crate) fn library(&mut self) {
        self.rest();
    }

    /// Functions that nothing has led to yet.
    fn rest(&mut self) {
        for function in &self.script.functions {
            let prefix = format!("/{}/{}/", function.name, function.params.len());
            if !self.known.keys().any(|known| known.starts_with(&prefix)) {
                let kind = |name: &String| if name == "t" { Kind::Tables } else { Kind::Unknown };
                let kinds: Vec<Kind> = function.params.iter().map(kind).collect();
                self.call("", function, &kinds);
            }
        }
    }

    /// What a function comes to when called with values of these kinds.
    pub(crate) fn call(&mut self, library: &str, function: &'a Function, kinds: &[Kind]) -> Kind {
        let key = format!("{library}/{}/{}/{kinds:?}", function.name, function.params.len());
        if let Some(kind) = self.known.get(&key) {
            return kind.clone();
        }
        if self.depth >= DEPTH || self.known.len() >= CALLS {
            return Kind::Unknown;
        }
        // A function that calls itself.
        self.known.insert(key.clone(), Kind::Unknown);
        self.depth = self.depth.saturating_add(1);
        let kind = self.function(function, kinds);
        self.depth = self.depth.saturating_sub(1);
        self.known.insert(key, kind.clone());
        kind
    }

    fn function(&mut self, function: &'a Function, kinds: &[Kind]) -> Kind {
        let mut scope = Scope { changing: changing(self.script, &function.body), ..Scope::default() };
        for (name, kind) in function.params.iter().zip(kinds) {
            scope.set(name, kind.clone());
        }
        let last = self.stmts(&function.body, &mut scope);
        std::mem::take(&mut scope.returns).into_iter().fold(last, Kind::or)
    }

    /// What a block comes to.
    fn stmts(&mut self, stmts: &'a [Stmt], scope: &mut Scope) -> Kind {
        let mut last = Kind::Nothing;
        for stmt in stmts {
            last = self.stmt(stmt, scope);
        }
        last
    }

    fn block(&mut self, stmts: &'a [Stmt], scope: &mut Scope) -> Kind {
        let outer = scope.kinds.clone();
        let kind = self.stmts(stmts, scope);
        scope.kinds = outer;
        kind
    }

    fn stmt(&mut self, stmt: &'a Stmt, scope: &mut Scope) -> Kind {
        match &stmt.kind {
            StmtKind::Let(name, value) => {
                let kind = self.expr(value, scope);
                scope.set(name, kind);
                Kind::Nothing
            }
            StmtKind::Assign(target, value) | StmtKind::AssignOp(target, value) => {
                self.expr(target, scope);
                self.expr(value, scope);
                Kind::Nothing
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
                Kind::Unknown
            }
            StmtKind::For { variable, counter, over, body } => {
                let element = element(&self.expr(over, scope));
                let outer = scope.kinds.clone();
                scope.set(variable, element);
                if let Some(counter) = counter {
                    scope.set(counter, Kind::Int);
                }
                self.stmts(body, scope);
                scope.kinds = outer;
                Kind::Unknown
            }
            StmtKind::Return(value) => {
                let kind = value.as_ref().map_or(Kind::Nothing, |value| self.expr(value, scope));
                scope.returns.push(kind.clone());
                kind
            }
            StmtKind::Throw(value) | StmtKind::Break(value) => {
                value.iter().for_each(|value| drop(self.expr(value, scope)));
                Kind::Unknown
            }
            StmtKind::Import(library, name) => {
                self.checks.import(library, stmt.at);
                scope.imports.insert(name.clone(), library.clone());
                Kind::Nothing
            }
            StmtKind::Try(body, otherwise) => {
                self.block(body, scope);
                self.block(otherwise, scope);
                Kind::Unknown
            }
            StmtKind::Switch(over, cases) => {
                self.expr(over, scope);
                let mut kinds = cases.iter().map(|(test, value)| {
                    self.expr(test, scope);
                    self.expr(value, scope)
                });
                let first = kinds.next().unwrap_or_default();
                kinds.fold(first, Kind::or)
            }
            StmtKind::Expr(value) => self.expr(value, scope),
            StmtKind::Block(stmts) => self.block(stmts, scope),
            StmtKind::Continue | StmtKind::Empty | StmtKind::Other => Kind::Nothing,
        }
    }

    /// A condition: yes or no, and never an empty cell.
    fn condition(&mut self, test: &'a Expr, scope: &mut Scope) {
        let kind = self.expr(test, scope);
        self.bare(test, &kind);
    }

    pub(crate) fn bare(&mut self, test: &Expr, kind: &Kind) {
        if *kind == Kind::YesNo && matches!(test.kind, ExprKind::Property(..) | ExprKind::Index(..)) {
            self.checks.bare(test.at);
        }
    }

    pub(crate) fn exprs(&mut self, all: &'a [Expr], scope: &mut Scope) -> Vec<Kind> {
        all.iter().map(|one| self.expr(one, scope)).collect()
    }

    pub(crate) fn expr(&mut self, expr: &'a Expr, scope: &mut Scope) -> Kind {
        match &expr.kind {
            ExprKind::Unit => Kind::Nothing,
            ExprKind::Bool(_) => Kind::Bool,
            ExprKind::Int(_) => Kind::Int,
            ExprKind::Decimal(_) => Kind::Decimal,
            ExprKind::Text(_) => Kind::Text,
            ExprKind::Interpolation(parts) => {
                self.exprs(parts, scope);
                Kind::Text
            }
            ExprKind::List(all) => {
                let mut kinds = self.exprs(all, scope).into_iter();
                let first = kinds.next().unwrap_or_default();
                kinds.fold(first, Kind::or).list()
            }
            ExprKind::Map(entries) => {
                let entries = entries.iter().map(|(key, _, value)| (key.as_str(), self.expr(value, scope)));
                Kind::map(entries)
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
                    (Kind::Tables | Kind::Row(_), Some(name)) => self.property(index, &kind, name),
                    // Rows of a table that the run alone knows.
                    (Kind::Tables, None) => Kind::Rows(String::new()),
                    (Kind::List(element), None) => (**element).clone(),
                    _ => Kind::Unknown,
                }
            }
            ExprKind::And(all) | ExprKind::Or(all) => {
                all.iter().for_each(|one| self.condition(one, scope));
                Kind::Bool
            }
            ExprKind::Coalesce(all) => {
                self.exprs(all, scope);
                Kind::Unknown
            }
            ExprKind::Block(stmts) => self.block(stmts, scope),
            ExprKind::Method(of, name, all) => self.method(expr, of, name, all, scope),
            ExprKind::Call { path, name, arguments, .. } => {
                let library = path.as_ref().map(Path::library);
                self.called(expr, library, name, arguments, scope)
            }
            ExprKind::Closure(name, captured) => {
                self.closure(name, captured.len(), &[Kind::Unknown, Kind::Unknown], scope);
                Kind::Unknown
            }
            ExprKind::Char | ExprKind::Literal | ExprKind::Constant(..) | ExprKind::Other => Kind::Unknown,
        }
    }

    /// What `.name` of something is.
    fn property(&mut self, expr: &Expr, of: &Kind, name: &str) -> Kind {
        if let Some(known) = methods::properties(of).filter(|known| !known.contains(&in_english(name))) {
            let column = match of {
                Kind::Rows(table) => {
                    self.context.declarations.table(table).and_then(|decl| decl.column(name))
                }
                _ => None,
            };
            self.checks.no_property(name, &known, column.is_some(), expr.at);
            return Kind::Unknown;
        }
        match of {
            Kind::Tables if matches!(name, "as_of" | "截止日") => Kind::Date,
            Kind::Tables => match self.context.declarations.table(name) {
                Some(table) => Kind::Rows(table.id.clone()),
                None => {
                    self.checks.no_table(name, expr.at);
                    Kind::Unknown
                }
            },
            Kind::Row(table) => self.cell(table, name, expr),
            Kind::Params => {
                if !self.params.contains(name) {
                    let params = self.params.clone();
                    self.checks.no_parameter(name, expr.at, &params);
                }
                Kind::Unknown
            }
            Kind::Rows(_) | Kind::Group(_) | Kind::Tree(_) | Kind::Date | Kind::Decision => {
                methods::property(of, in_english(name))
            }
            Kind::Map(entries) => entries.get(name).cloned().unwrap_or_else(|| {
                let known: Vec<&str> = entries.keys().map(String::as_str).collect();
                self.checks.no_property(name, &known, false, expr.at);
                Kind::Unknown
            }),
            _ => Kind::Unknown,
        }
    }

    fn cell(&mut self, table: &str, name: &str, expr: &Expr) -> Kind {
        let Some(decl) = self.context.declarations.table(table) else { return Kind::Unknown };
        match decl.column(name) {
            Some(column) => Kind::of_cell(&decl.id, column),
            None => {
                self.checks.no_column(decl, name, expr.at);
                Kind::Unknown
            }
        }
    }

    /// What a closure comes to over such elements; it sees the variables around it.
    pub(crate) fn closure(
        &mut self,
        name: &str,
        captured: usize,
        elements: &[Kind],
        scope: &mut Scope,
    ) -> Kind {
        let Some(closure) = self.script.closures.get(name) else { return Kind::Unknown };
        let outer = scope.kinds.clone();
        let outer_returns = std::mem::take(&mut scope.returns);
        let mut changing = changing(self.script, &closure.body);
        changing.extend(scope.changing.iter().cloned());
        std::mem::swap(&mut scope.changing, &mut changing);
        for (param, kind) in closure.params.iter().skip(captured).zip(elements) {
            scope.set(param, kind.clone());
        }
        let last = self.stmts(&closure.body, scope);
        let kind = std::mem::replace(&mut scope.returns, outer_returns).into_iter().fold(last, Kind::or);
        scope.kinds = outer;
        scope.changing = changing;
        kind
    }
}
