//! From what a closure says to [`Ir`]: names resolved, script functions put in place of their calls, `let`, `if` and
//! `return` as expressions. What it refuses, it says in words.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::callee::Callee;
use super::ir::{Comparison, Each, Ir};
use super::refusal::{Form, Refusal};
use crate::script::function::FunctionTable;
use crate::script::syntax::tree::{Expr, ExprKind, Function, Path, Stmt, StmtKind, SyntaxTree};

/// Libraries by name.
pub(crate) type Libraries = BTreeMap<String, Arc<SyntaxTree>>;

/// Steps after which a closure is too large to be put together.
const STEPS: usize = 4_000;
/// Calls of script functions inside each other.
const DEPTH: usize = 8;

pub(crate) type Translated = Result<Ir, Refusal>;

/// A closure as an expression; the names of the closures inside it go to `inner`.
pub(crate) fn closure(
    function: &Function,
    script: &SyntaxTree,
    libraries: &Libraries,
    functions: &'static FunctionTable,
    inner: &mut Vec<String>,
) -> Translated {
    let mut translator = Translator { libraries, functions, slots: 0, steps: STEPS, inner };
    let last = function.params.len().saturating_sub(1);
    let place = |at: usize| if at == last { Ir::Row } else { Ir::Captured(at) };
    let names = function.params.iter().enumerate().map(|(at, name)| Binding::fixed(name, place(at)));
    let mut scope = Scope { script, bindings: names.collect(), depth: 0 };
    translator.block(&mut scope, &function.body, Continuation::Nothing)
}

struct Translator<'a> {
    libraries: &'a Libraries,
    functions: &'static FunctionTable,
    slots: usize,
    steps: usize,
    inner: &'a mut Vec<String>,
}

#[derive(Clone)]
struct Scope<'a> {
    script: &'a SyntaxTree,
    bindings: Vec<Binding>,
    depth: usize,
}

#[derive(Clone)]
struct Binding {
    name: String,
    value: Ir,
    /// Made in this function, so that it may be changed.
    assignable: bool,
}

impl Binding {
    fn fixed(name: &str, value: Ir) -> Self {
        Self { name: name.to_owned(), value, assignable: false }
    }
}

/// What follows a block; nothing where its value is the answer.
#[derive(Clone, Copy)]
enum Continuation<'b> {
    Nothing,
    Statements(&'b [Stmt], usize, &'b Continuation<'b>),
    Iterations(&'b str, &'b [Expr], &'b [Stmt], usize, &'b Continuation<'b>),
}

fn refuse(what: Form) -> Translated {
    Err(Refusal::Form(what))
}

impl Translator<'_> {
    fn slot(&mut self) -> usize {
        let slot = self.slots;
        self.slots = self.slots.saturating_add(1);
        slot
    }

    fn step(&mut self) -> Result<(), Refusal> {
        self.steps = self.steps.checked_sub(1).ok_or(Refusal::Form(Form::Length))?;
        Ok(())
    }

    fn block(&mut self, scope: &mut Scope<'_>, block: &[Stmt], after: Continuation<'_>) -> Translated {
        self.step()?;
        let Some((first, rest)) = block.split_first() else { return self.follow(scope, after) };
        if let Some(form) = Form::of_stmt(first) {
            return refuse(form);
        }
        match &first.kind {
            StmtKind::Return(Some(value)) => self.expression(scope, value),
            StmtKind::Return(None) => {
                self.step()?;
                Ok(Ir::Unit)
            }
            StmtKind::Let(name, value) => {
                let value = self.expression(scope, value)?;
                let slot = self.slot();
                scope.bindings.push(Binding { name: name.clone(), value: Ir::Slot(slot), assignable: true });
                Ok(Ir::Let(slot, Box::new(value), Box::new(self.block(scope, rest, after)?)))
            }
            StmtKind::Assign(target, value) => {
                let value = self.expression(scope, value)?;
                self.change(scope, target.variable().unwrap_or_default(), value, rest, after)
            }
            StmtKind::If(test, yes, no) => {
                let test = self.expression(scope, test)?;
                let after = Continuation::Statements(rest, scope.bindings.len(), &after);
                let next = if is_last(&after) { Continuation::Nothing } else { after };
                let yes = self.block(&mut scope.clone(), yes, next)?;
                let no = self.block(scope, no, next)?;
                Ok(Ir::If(Box::new([test, yes, no])))
            }
            StmtKind::Block(inner) => {
                let after = Continuation::Statements(rest, scope.bindings.len(), &after);
                let next = if is_last(&after) { Continuation::Nothing } else { after };
                self.block(scope, inner, next)
            }
            StmtKind::For { variable, over: Expr { kind: ExprKind::List(list), .. }, body, .. } => {
                let after = Continuation::Statements(rest, scope.bindings.len(), &after);
                self.follow(
                    scope,
                    Continuation::Iterations(variable, list, body, scope.bindings.len(), &after),
                )
            }
            StmtKind::Expr(value) => self.plain(scope, value, rest, after),
            StmtKind::Empty | StmtKind::Import(..) => self.block(scope, rest, after),
            _ => refuse(Form::Unknown),
        }
    }

    fn follow(&mut self, scope: &mut Scope<'_>, after: Continuation<'_>) -> Translated {
        match after {
            Continuation::Nothing => Ok(Ir::Unit),
            Continuation::Statements(rest, names, after) => {
                scope.bindings.truncate(names);
                self.block(scope, rest, *after)
            }
            Continuation::Iterations(name, list, body, names, after) => {
                scope.bindings.truncate(names);
                let Some((first, rest)) = list.split_first() else { return self.follow(scope, *after) };
                let (slot, value) = (self.slot(), self.expression(scope, first)?);
                scope.bindings.push(Binding {
                    name: name.to_owned(),
                    value: Ir::Slot(slot),
                    assignable: true,
                });
                let round =
                    self.block(scope, body, Continuation::Iterations(name, rest, body, names, after))?;
                Ok(Ir::Let(slot, Box::new(value), Box::new(round)))
            }
        }
    }

    /// A statement that is an expression: the answer where it is the last, else what it changes.
    fn plain(
        &mut self,
        scope: &mut Scope<'_>,
        value: &Expr,
        rest: &[Stmt],
        after: Continuation<'_>,
    ) -> Translated {
        if let ExprKind::Method(receiver, method, arguments) = &value.kind
            && let ExprKind::Variable(name) = &receiver.kind
            && let Some(changed) = Callee::changed(method).filter(|_| !value.optional)
        {
            let mut all = vec![variable(scope, name)?];
            all.extend(self.all(scope, arguments)?);
            return self.change(scope, name, Ir::Call(changed, all), rest, after);
        }
        let value = match &value.kind {
            // Here `return` leaves the closure, not only the block.
            ExprKind::Block(block) if is_last(&Continuation::Statements(rest, 0, &after)) => {
                return self.block(scope, block, Continuation::Nothing);
            }
            _ => self.expression(scope, value)?,
        };
        if is_last(&Continuation::Statements(rest, 0, &after)) {
            return Ok(value);
        }
        Ok(Ir::Let(self.slot(), Box::new(value), Box::new(self.block(scope, rest, after)?)))
    }

    /// The variable has another value from here on.
    fn change(
        &mut self,
        scope: &mut Scope<'_>,
        name: &str,
        value: Ir,
        rest: &[Stmt],
        after: Continuation<'_>,
    ) -> Translated {
        let slot = self.slot();
        match scope.bindings.iter_mut().rev().find(|known| known.name == name) {
            Some(known) if known.assignable => known.value = Ir::Slot(slot),
            _ => return refuse(Form::Change),
        }
        Ok(Ir::Let(slot, Box::new(value), Box::new(self.block(scope, rest, after)?)))
    }

    fn all(&mut self, scope: &mut Scope<'_>, list: &[Expr]) -> Result<Vec<Ir>, Refusal> {
        list.iter().map(|one| self.expression(scope, one)).collect()
    }

    fn boxed(&mut self, scope: &mut Scope<'_>, one: &Expr) -> Result<Box<Ir>, Refusal> {
        self.expression(scope, one).map(Box::new)
    }

    fn expression(&mut self, scope: &mut Scope<'_>, one: &Expr) -> Translated {
        self.step()?;
        if let Some(form) = Form::of_expr(one) {
            return refuse(form);
        }
        match &one.kind {
            ExprKind::Unit => Ok(Ir::Unit),
            ExprKind::Bool(yes) => Ok(Ir::Bool(*yes)),
            ExprKind::Int(number) => Ok(Ir::Int(*number)),
            ExprKind::Decimal(number) => Ok(Ir::Decimal(*number)),
            ExprKind::Text(text) => Ok(Ir::Text(text.clone())),
            ExprKind::Interpolation(parts) => Ok(Ir::Join(self.all(scope, parts)?)),
            ExprKind::List(list) => Ok(Ir::List(self.all(scope, list)?)),
            ExprKind::And(list) => Ok(Ir::And(self.all(scope, list)?)),
            ExprKind::Or(list) => Ok(Ir::Or(self.all(scope, list)?)),
            ExprKind::Coalesce(list) => self.coalesce(scope, list),
            ExprKind::Variable(name) => variable(scope, name),
            ExprKind::Property(value, name) => Ok(Ir::Get(self.boxed(scope, value)?, name.clone())),
            ExprKind::Index(value, index) => Ok(Ir::At(self.boxed(scope, value)?, self.boxed(scope, index)?)),
            ExprKind::Method(receiver, name, arguments) => self.method(scope, receiver, name, arguments),
            ExprKind::Call { path, name, arguments, .. } => {
                self.call(scope, path.as_ref().map(Path::library), name, arguments)
            }
            ExprKind::Block(block) if returns(block) => refuse(Form::Return),
            ExprKind::Block(block) => self.block(&mut scope.clone(), block, Continuation::Nothing),
            ExprKind::Closure(..) => refuse(Form::Elsewhere),
            _ => refuse(Form::Unknown),
        }
    }

    fn captured(&mut self, scope: &Scope<'_>, name: &str) -> Translated {
        self.step()?;
        variable(scope, name)
    }

    fn coalesce(&mut self, scope: &mut Scope<'_>, list: &[Expr]) -> Translated {
        let Some((first, rest)) = list.split_first() else { return Ok(Ir::Unit) };
        let value = self.expression(scope, first)?;
        if rest.is_empty() {
            return Ok(value);
        }
        let (slot, other) = (self.slot(), self.coalesce(scope, rest)?);
        let missing = Ir::Compare(Comparison::Equal, Box::new(Ir::Slot(slot)), Box::new(Ir::Unit));
        Ok(Ir::Let(slot, Box::new(value), Box::new(Ir::If(Box::new([missing, other, Ir::Slot(slot)])))))
    }

    fn method(
        &mut self,
        scope: &mut Scope<'_>,
        receiver: &Expr,
        name: &str,
        arguments: &[Expr],
    ) -> Translated {
        let receiver_value = self.boxed(scope, receiver)?;
        if let [Expr { kind: ExprKind::Closure(closure, captured), .. }] = arguments {
            let each = Each::of(self.functions, name).ok_or_else(|| Refusal::Given(name.to_owned()))?;
            // The engine holds the variable while the closure runs, and objects when the closure reads it.
            if captured.iter().any(|name| receiver.root() == Some(name)) {
                return refuse(Form::Caught);
            }
            return self.each(scope, each, receiver_value, closure, captured);
        }
        if scope.script.function(name, arguments.len()).is_some() {
            return refuse(Form::ScriptMethod);
        }
        let mut all = vec![*receiver_value];
        all.extend(self.all(scope, arguments)?);
        host_call(self.functions, name, all)
    }

    fn each(
        &mut self,
        scope: &mut Scope<'_>,
        each: Each,
        values: Box<Ir>,
        closure: &str,
        captured: &[String],
    ) -> Translated {
        let function = scope.script.closure(closure, captured.len().saturating_add(1));
        let function = function.ok_or(Refusal::Form(Form::Parameters))?;
        let captured =
            captured.iter().map(|name| self.captured(scope, name)).collect::<Result<Vec<_>, _>>()?;
        let slot = self.slot();
        let names = function.params.iter().zip(captured).map(|(name, value)| Binding::fixed(name, value));
        let mut inner = Scope { script: scope.script, bindings: names.collect(), depth: scope.depth };
        let item = function.params.last().cloned().unwrap_or_default();
        inner.bindings.push(Binding { name: item, value: Ir::Slot(slot), assignable: true });
        let body = self.block(&mut inner, &function.body, Continuation::Nothing)?;
        self.inner.push(closure.to_owned());
        Ok(Ir::Each(each, values, slot, Box::new(body)))
    }

    fn call(
        &mut self,
        scope: &mut Scope<'_>,
        library: Option<&str>,
        name: &str,
        arguments: &[Expr],
    ) -> Translated {
        let libraries = self.libraries;
        let script = match library {
            None => Some(scope.script),
            Some(alias) => {
                scope.script.imports.get(alias).and_then(|path| libraries.get(path)).map(AsRef::as_ref)
            }
        };
        let script = script.ok_or_else(|| Refusal::Library(library.unwrap_or_default().to_owned()))?;
        let all = self.all(scope, arguments)?;
        match script.function(name, all.len()) {
            Some(function) => self.inline(script, scope.depth, function, all),
            None if library.is_some() => Err(Refusal::Function(name.to_owned())),
            None => host_call(self.functions, name, all),
        }
    }

    fn inline(&mut self, script: &SyntaxTree, depth: usize, function: &Function, all: Vec<Ir>) -> Translated {
        if depth >= DEPTH {
            return refuse(Form::Depth);
        }
        let slots: Vec<usize> = all.iter().map(|_| self.slot()).collect();
        let own = |(name, slot): (&String, &usize)| Binding {
            name: name.clone(),
            value: Ir::Slot(*slot),
            assignable: true,
        };
        let names = function.params.iter().zip(&slots).map(own).collect();
        let mut scope = Scope { script, bindings: names, depth: depth.saturating_add(1) };
        let body = self.block(&mut scope, &function.body, Continuation::Nothing)?;
        let bound = slots.into_iter().zip(all).rev();
        Ok(bound.fold(body, |body, (slot, value)| Ir::Let(slot, Box::new(value), Box::new(body))))
    }
}

fn variable(scope: &Scope<'_>, name: &str) -> Translated {
    let known = scope.bindings.iter().rev().find(|known| known.name == name);
    known.map(|known| known.value.clone()).ok_or_else(|| Refusal::Variable(name.to_owned()))
}

/// Whether nothing follows.
fn is_last(after: &Continuation<'_>) -> bool {
    match after {
        Continuation::Nothing => true,
        Continuation::Statements(rest, _, after) => rest.iter().all(does_nothing) && is_last(after),
        Continuation::Iterations(..) => false,
    }
}

fn does_nothing(stmt: &Stmt) -> bool {
    matches!(stmt.kind, StmtKind::Empty | StmtKind::Import(..))
}

fn returns(block: &[Stmt]) -> bool {
    block.iter().any(|one| match &one.kind {
        StmtKind::Return(_) => true,
        StmtKind::If(_, yes, no) => returns(yes) || returns(no),
        StmtKind::For { counter: None, body, .. }
        | StmtKind::Block(body)
        | StmtKind::Expr(Expr { kind: ExprKind::Block(body), .. }) => returns(body),
        _ => false,
    })
}

/// An operator or function of the host.
fn host_call(functions: &FunctionTable, name: &str, mut all: Vec<Ir>) -> Translated {
    if let Some(comparison) = Comparison::of(name).filter(|_| all.len() == 2) {
        let b = all.pop().unwrap_or(Ir::Unit);
        let a = all.pop().unwrap_or(Ir::Unit);
        return Ok(Ir::Compare(comparison, Box::new(a), Box::new(b)));
    }
    match (name, all.as_slice()) {
        ("!", [one]) => Ok(Ir::Not(Box::new(one.clone()))),
        ("contains", [list, needle]) => Ok(Ir::In(Box::new(needle.clone()), Box::new(list.clone()))),
        _ => match Callee::of(functions, name) {
            Some(known) => Ok(Ir::Call(known, all)),
            None => Err(Refusal::Function(name.to_owned())),
        },
    }
}
