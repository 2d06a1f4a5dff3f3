//! From what a closure says to [`Ir`]: names resolved, script functions put in place of their calls, `let`, `if` and
//! `return` as expressions. What it refuses, it says in words.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::callee::Callee;
use super::ir::{Comparison, Each, Ir};
use super::refusal::{Form, Refusal};
use super::syntax::{Expression, Function, Statement, Unit};
use crate::script::function::FunctionTable;

/// Libraries by name.
pub(crate) type Libraries = BTreeMap<String, Arc<Unit>>;

/// Steps after which a closure is too large to be put together.
const STEPS: usize = 4_000;
/// Calls of script functions inside each other.
const DEPTH: usize = 8;

pub(crate) type Translated = Result<Ir, Refusal>;

/// A closure as an expression; the names of the closures inside it go to `inner`.
pub(crate) fn closure(
    function: &Function,
    unit: &Unit,
    libraries: &Libraries,
    functions: &'static FunctionTable,
    inner: &mut Vec<String>,
) -> Translated {
    let mut work = Work { libraries, functions, slots: 0, steps: STEPS, inner };
    let last = function.params.len().saturating_sub(1);
    let place = |at: usize| if at == last { Ir::Row } else { Ir::Captured(at) };
    let names = function.params.iter().enumerate().map(|(at, name)| Name::fixed(name, place(at)));
    let mut scope = Scope { unit, names: names.collect(), depth: 0 };
    work.block(&mut scope, &function.body, After::Nothing)
}

struct Work<'a> {
    libraries: &'a Libraries,
    functions: &'static FunctionTable,
    slots: usize,
    steps: usize,
    inner: &'a mut Vec<String>,
}

#[derive(Clone)]
struct Scope<'a> {
    unit: &'a Unit,
    names: Vec<Name>,
    depth: usize,
}

#[derive(Clone)]
struct Name {
    word: String,
    stands_for: Ir,
    /// Made in this function, so that it may be changed.
    own: bool,
}

impl Name {
    fn fixed(name: &str, stands_for: Ir) -> Self {
        Self { word: name.to_owned(), stands_for, own: false }
    }
}

/// What follows a block; nothing where its value is the answer.
#[derive(Clone, Copy)]
enum After<'b> {
    Nothing,
    Statements(&'b [Statement], usize, &'b After<'b>),
    Rounds(&'b str, &'b [Expression], &'b [Statement], usize, &'b After<'b>),
}

fn refused(what: Form) -> Translated {
    Err(Refusal::Form(what))
}

impl Work<'_> {
    fn slot(&mut self) -> usize {
        let slot = self.slots;
        self.slots = self.slots.saturating_add(1);
        slot
    }

    fn step(&mut self) -> Result<(), Refusal> {
        self.steps = self.steps.checked_sub(1).ok_or(Refusal::Form(Form::Length))?;
        Ok(())
    }

    fn block(&mut self, scope: &mut Scope<'_>, block: &[Statement], after: After<'_>) -> Translated {
        self.step()?;
        let Some((first, rest)) = block.split_first() else { return self.follow(scope, after) };
        match first {
            Statement::Nothing => self.block(scope, rest, after),
            Statement::Odd(what) => refused(*what),
            Statement::Return(value) => self.expression(scope, value),
            Statement::Let(name, value) => {
                let value = self.expression(scope, value)?;
                let slot = self.slot();
                scope.names.push(Name { word: name.clone(), stands_for: Ir::Slot(slot), own: true });
                Ok(Ir::Let(slot, Box::new(value), Box::new(self.block(scope, rest, after)?)))
            }
            Statement::Assign(name, value) => {
                let value = self.expression(scope, value)?;
                self.change(scope, name, value, rest, after)
            }
            Statement::If(test, yes, no) => {
                let test = self.expression(scope, test)?;
                let after = After::Statements(rest, scope.names.len(), &after);
                let next = if is_last(&after) { After::Nothing } else { after };
                let yes = self.block(&mut scope.clone(), yes, next)?;
                let no = self.block(scope, no, next)?;
                Ok(Ir::If(Box::new([test, yes, no])))
            }
            Statement::Block(inner) => {
                let after = After::Statements(rest, scope.names.len(), &after);
                let next = if is_last(&after) { After::Nothing } else { after };
                self.block(scope, inner, next)
            }
            Statement::For(name, Expression::List(list), body) => {
                let after = After::Statements(rest, scope.names.len(), &after);
                self.follow(scope, After::Rounds(name, list, body, scope.names.len(), &after))
            }
            Statement::For(..) => refused(Form::OpenLoop),
            Statement::Plain(value) => self.plain(scope, value, rest, after),
        }
    }

    fn follow(&mut self, scope: &mut Scope<'_>, after: After<'_>) -> Translated {
        match after {
            After::Nothing => Ok(Ir::Unit),
            After::Statements(rest, names, after) => {
                scope.names.truncate(names);
                self.block(scope, rest, *after)
            }
            After::Rounds(name, list, body, names, after) => {
                scope.names.truncate(names);
                let Some((first, rest)) = list.split_first() else { return self.follow(scope, *after) };
                let (slot, value) = (self.slot(), self.expression(scope, first)?);
                scope.names.push(Name { word: name.to_owned(), stands_for: Ir::Slot(slot), own: true });
                let round = self.block(scope, body, After::Rounds(name, rest, body, names, after))?;
                Ok(Ir::Let(slot, Box::new(value), Box::new(round)))
            }
        }
    }

    /// A statement that is an expression: the answer where it is the last, else what it changes.
    fn plain(
        &mut self,
        scope: &mut Scope<'_>,
        value: &Expression,
        rest: &[Statement],
        after: After<'_>,
    ) -> Translated {
        if let Expression::Method(receiver, method, arguments) = value
            && let Expression::Variable(name) = &**receiver
            && let Some(changed) = Callee::changed(method)
        {
            let mut all = vec![variable(scope, name)?];
            all.extend(self.all(scope, arguments)?);
            return self.change(scope, name, Ir::Call(changed, all), rest, after);
        }
        let value = match value {
            // Here `return` leaves the closure, not only the block.
            Expression::Block(block) if is_last(&After::Statements(rest, 0, &after)) => {
                return self.block(scope, block, After::Nothing);
            }
            _ => self.expression(scope, value)?,
        };
        if is_last(&After::Statements(rest, 0, &after)) {
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
        rest: &[Statement],
        after: After<'_>,
    ) -> Translated {
        let slot = self.slot();
        match scope.names.iter_mut().rev().find(|known| known.word == name) {
            Some(known) if known.own => known.stands_for = Ir::Slot(slot),
            _ => return refused(Form::Change),
        }
        Ok(Ir::Let(slot, Box::new(value), Box::new(self.block(scope, rest, after)?)))
    }

    fn all(&mut self, scope: &mut Scope<'_>, list: &[Expression]) -> Result<Vec<Ir>, Refusal> {
        list.iter().map(|one| self.expression(scope, one)).collect()
    }

    fn boxed(&mut self, scope: &mut Scope<'_>, one: &Expression) -> Result<Box<Ir>, Refusal> {
        self.expression(scope, one).map(Box::new)
    }

    fn expression(&mut self, scope: &mut Scope<'_>, one: &Expression) -> Translated {
        self.step()?;
        match one {
            Expression::Unit => Ok(Ir::Unit),
            Expression::Bool(yes) => Ok(Ir::Bool(*yes)),
            Expression::Int(number) => Ok(Ir::Int(*number)),
            Expression::Decimal(number) => Ok(Ir::Decimal(*number)),
            Expression::Text(text) => Ok(Ir::Text(text.clone())),
            Expression::Join(parts) => Ok(Ir::Join(self.all(scope, parts)?)),
            Expression::List(list) => Ok(Ir::List(self.all(scope, list)?)),
            Expression::And(list) => Ok(Ir::And(self.all(scope, list)?)),
            Expression::Or(list) => Ok(Ir::Or(self.all(scope, list)?)),
            Expression::Coalesce(list) => self.coalesce(scope, list),
            Expression::Variable(name) => variable(scope, name),
            Expression::Get(value, name) => Ok(Ir::Get(self.boxed(scope, value)?, name.clone())),
            Expression::At(value, index) => Ok(Ir::At(self.boxed(scope, value)?, self.boxed(scope, index)?)),
            Expression::Method(receiver, name, arguments) => self.method(scope, receiver, name, arguments),
            Expression::Call(library, name, arguments) => {
                self.call(scope, library.as_deref(), name, arguments)
            }
            Expression::Block(block) if returns(block) => refused(Form::Return),
            Expression::Block(block) => self.block(&mut scope.clone(), block, After::Nothing),
            Expression::Closure(..) => refused(Form::Elsewhere),
            Expression::Map(_) => refused(Form::Map),
            Expression::Odd(what) => refused(*what),
        }
    }

    fn coalesce(&mut self, scope: &mut Scope<'_>, list: &[Expression]) -> Translated {
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
        receiver: &Expression,
        name: &str,
        arguments: &[Expression],
    ) -> Translated {
        let receiver_value = self.boxed(scope, receiver)?;
        if let [Expression::Closure(closure, captured)] = arguments {
            let each = Each::of(self.functions, name).ok_or_else(|| Refusal::Given(name.to_owned()))?;
            // The engine holds the variable while the closure runs, and objects when the closure reads it.
            if captured.iter().any(|one| root(one) == root(receiver) && root(one).is_some()) {
                return refused(Form::Caught);
            }
            return self.each(scope, each, receiver_value, closure, captured);
        }
        if scope.unit.functions.contains_key(&(name.to_owned(), arguments.len())) {
            return refused(Form::ScriptMethod);
        }
        let mut all = vec![*receiver_value];
        all.extend(self.all(scope, arguments)?);
        host(self.functions, name, all)
    }

    fn each(
        &mut self,
        scope: &mut Scope<'_>,
        each: Each,
        values: Box<Ir>,
        closure: &str,
        captured: &[Expression],
    ) -> Translated {
        let key = (closure.to_owned(), captured.len().saturating_add(1));
        let function = scope.unit.functions.get(&key).ok_or(Refusal::Form(Form::Parameters))?;
        let (captured, slot) = (self.all(scope, captured)?, self.slot());
        let names = function.params.iter().zip(captured).map(|(name, value)| Name::fixed(name, value));
        let mut inner = Scope { unit: scope.unit, names: names.collect(), depth: scope.depth };
        let item = function.params.last().cloned().unwrap_or_default();
        inner.names.push(Name { word: item, stands_for: Ir::Slot(slot), own: true });
        let body = self.block(&mut inner, &function.body, After::Nothing)?;
        self.inner.push(closure.to_owned());
        Ok(Ir::Each(each, values, slot, Box::new(body)))
    }

    fn call(
        &mut self,
        scope: &mut Scope<'_>,
        library: Option<&str>,
        name: &str,
        arguments: &[Expression],
    ) -> Translated {
        let libraries = self.libraries;
        let unit = match library {
            None => Some(scope.unit),
            Some(alias) => {
                scope.unit.imports.get(alias).and_then(|path| libraries.get(path)).map(AsRef::as_ref)
            }
        };
        let unit = unit.ok_or_else(|| Refusal::Library(library.unwrap_or_default().to_owned()))?;
        let all = self.all(scope, arguments)?;
        match unit.functions.get(&(name.to_owned(), all.len())) {
            Some(function) => self.inline(unit, scope.depth, function, all),
            None if library.is_some() => Err(Refusal::Function(name.to_owned())),
            None => host(self.functions, name, all),
        }
    }

    fn inline(&mut self, unit: &Unit, depth: usize, function: &Function, all: Vec<Ir>) -> Translated {
        if depth >= DEPTH {
            return refused(Form::Depth);
        }
        let slots: Vec<usize> = all.iter().map(|_| self.slot()).collect();
        let own = |(name, slot): (&String, &usize)| Name {
            word: name.clone(),
            stands_for: Ir::Slot(*slot),
            own: true,
        };
        let names = function.params.iter().zip(&slots).map(own).collect();
        let mut scope = Scope { unit, names, depth: depth.saturating_add(1) };
        let body = self.block(&mut scope, &function.body, After::Nothing)?;
        let bound = slots.into_iter().zip(all).rev();
        Ok(bound.fold(body, |body, (slot, value)| Ir::Let(slot, Box::new(value), Box::new(body))))
    }
}

fn variable(scope: &Scope<'_>, name: &str) -> Translated {
    let known = scope.names.iter().rev().find(|known| known.word == name);
    known.map(|known| known.stands_for.clone()).ok_or_else(|| Refusal::Variable(name.to_owned()))
}

/// The variable that an expression of columns and methods begins with.
fn root(one: &Expression) -> Option<&str> {
    match one {
        Expression::Variable(name) => Some(name),
        Expression::Get(inner, _) | Expression::At(inner, _) | Expression::Method(inner, _, _) => root(inner),
        _ => None,
    }
}

/// Whether nothing follows.
fn is_last(after: &After<'_>) -> bool {
    match after {
        After::Nothing => true,
        After::Statements(rest, _, after) => {
            rest.iter().all(|one| matches!(one, Statement::Nothing)) && is_last(after)
        }
        After::Rounds(..) => false,
    }
}

fn returns(block: &[Statement]) -> bool {
    block.iter().any(|one| match one {
        Statement::Return(_) => true,
        Statement::If(_, yes, no) => returns(yes) || returns(no),
        Statement::For(_, _, body) | Statement::Block(body) | Statement::Plain(Expression::Block(body)) => {
            returns(body)
        }
        _ => false,
    })
}

/// An operator or function of the host.
fn host(functions: &FunctionTable, name: &str, mut all: Vec<Ir>) -> Translated {
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
