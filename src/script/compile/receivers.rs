//! What closures are given to, as far as the script shows: which of them look at a whole table and know all they
//! capture before the run, and which do not look at rows at all.

use std::collections::{BTreeMap, BTreeSet};

use super::refusal::Form;
use crate::script::function::FunctionTable;
use crate::script::syntax::tree::{Expr, ExprKind, Function, Node, Stmt, StmtKind, SyntaxTree};

/// What a closure is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// A whole table, by name; the closure captures the as-of day so many times and nothing else.
    Table(String, usize),
    /// A list.
    List,
    /// Groups of rows.
    Groups,
    /// Rows, or something the script does not show.
    Unknown,
}

#[derive(Clone, PartialEq, Eq)]
enum ValueKind {
    Tables,
    Table(String),
    AsOf,
    List,
    Groups,
    Other,
}

/// Methods of any value that give a list, and those of a list that give a list.
const LISTS: [&str; 6] = ["map", "unique", "keys", "values", "split", "extract"];

/// The receivers of the closures in the script's functions, by the closure's name.
pub(crate) fn of(script: &SyntaxTree, functions: &'static FunctionTable) -> BTreeMap<String, Receiver> {
    let mut all: Vec<&Function> = script.functions.iter().collect();
    all.sort_by_key(|function| (&function.name, function.params.len()));
    let tables = all.iter().find(|function| function.name == "check");
    let tables = tables.and_then(|check| check.params.first()).map_or("t", String::as_str);
    let mut found = BTreeMap::new();
    for function in &all {
        let mut variables = BTreeMap::new();
        if function.params.iter().any(|name| name == tables) {
            variables.insert(tables.to_owned(), ValueKind::Tables);
        }
        ReceiverFinder { variables, functions, found: &mut found }.statements(&function.body);
    }
    found
}

/// The closures `|| …`: they take no row, and are called once where they stand.
pub(crate) fn without_row(script: &SyntaxTree) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    script.walk_all(&mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Closure(name, captured), .. }) = node {
            found.extend(script.closure(name, captured.len()).map(|_| name.as_str()));
        }
    });
    found
}

fn is_followed(stmt: &Stmt) -> bool {
    matches!(Form::of_stmt(stmt), None | Some(Form::OpenLoop))
}

struct ReceiverFinder<'a> {
    variables: BTreeMap<String, ValueKind>,
    functions: &'static FunctionTable,
    found: &'a mut BTreeMap<String, Receiver>,
}

impl ReceiverFinder<'_> {
    fn statements(&mut self, all: &[Stmt]) {
        for one in all.iter().filter(|stmt| is_followed(stmt)) {
            match &one.kind {
                StmtKind::Let(name, value)
                | StmtKind::Assign(Expr { kind: ExprKind::Variable(name), .. }, value) => {
                    let kind = self.kind(value);
                    self.variables.insert(name.clone(), kind);
                }
                StmtKind::If(test, yes, no) => {
                    self.kind(test);
                    self.statements(yes);
                    self.statements(no);
                }
                StmtKind::For { variable, over, body, .. } => {
                    self.kind(over);
                    self.variables.insert(variable.clone(), ValueKind::Other);
                    self.statements(body);
                }
                StmtKind::Return(Some(value)) | StmtKind::Expr(value) => {
                    self.kind(value);
                }
                StmtKind::Block(body) => self.statements(body),
                _ => {}
            }
        }
    }

    fn variable(&self, name: &str) -> ValueKind {
        self.variables.get(name).cloned().unwrap_or(ValueKind::Other)
    }

    fn kind(&mut self, one: &Expr) -> ValueKind {
        if Form::of_expr(one).is_some() {
            return ValueKind::Other;
        }
        match &one.kind {
            ExprKind::Variable(name) => self.variable(name),
            ExprKind::Property(value, name) => match (self.kind(value), name.as_str()) {
                (ValueKind::Tables, "as_of" | "截止日") => ValueKind::AsOf,
                (ValueKind::Tables, name) => ValueKind::Table(name.to_owned()),
                _ => ValueKind::Other,
            },
            ExprKind::Method(value, name, arguments) => {
                let receiver = self.kind(value);
                self.arguments(arguments, &receiver);
                match (receiver, self.functions.in_english(name)) {
                    (_, "group") => ValueKind::Groups,
                    (_, name) if LISTS.contains(&name) => ValueKind::List,
                    (kept @ (ValueKind::List | ValueKind::Groups), "filter") => kept,
                    _ => ValueKind::Other,
                }
            }
            ExprKind::List(all) => {
                self.arguments(all, &ValueKind::Other);
                ValueKind::List
            }
            ExprKind::Call { arguments: all, .. }
            | ExprKind::Interpolation(all)
            | ExprKind::And(all)
            | ExprKind::Or(all)
            | ExprKind::Coalesce(all) => {
                self.arguments(all, &ValueKind::Other);
                ValueKind::Other
            }
            ExprKind::Index(value, index) => {
                self.kind(value);
                self.kind(index);
                ValueKind::Other
            }
            ExprKind::Block(body) => {
                self.statements(body);
                ValueKind::Other
            }
            _ => ValueKind::Other,
        }
    }

    fn arguments(&mut self, arguments: &[Expr], receiver: &ValueKind) {
        for one in arguments {
            let ExprKind::Closure(name, captured) = &one.kind else {
                self.kind(one);
                continue;
            };
            let known = captured.iter().all(|name| self.variable(name) == ValueKind::AsOf);
            let receiver = match receiver {
                ValueKind::Table(table) if known => Receiver::Table(table.clone(), captured.len()),
                ValueKind::List => Receiver::List,
                ValueKind::Groups => Receiver::Groups,
                _ => Receiver::Unknown,
            };
            self.found.insert(name.clone(), receiver);
        }
    }
}
