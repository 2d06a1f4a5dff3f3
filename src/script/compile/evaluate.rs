//! Evaluates a bound closure for one row as the script engine would, and gives up where it would object.

use std::sync::Arc;

use rhai::{Array, Dynamic, Map};

use super::bound_expr::BoundExpr;
use super::callee::Callee;
use super::chunk_view::ChunkView;
use super::eval_memo::EvalMemo;
use super::ir::{Comparison, Each};
use super::{builtin, fuel};
use crate::model::written;
use crate::script::error::sizes;
use crate::script::value::cells;
use crate::script::value::enumerated::Choice;
use crate::script::value::kernel_value::{Fallback, Fixed, KernelResult, Value};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::{Row, Rows};
use crate::script::value::rule_context::{self, Tables};

/// Evaluates for rows of one chunk.
pub(crate) struct Evaluator<'c, 'e, 'h> {
    pub(crate) lanes: &'c ChunkView<'c>,
    /// Row of the chunk.
    pub(crate) at: usize,
    slots: Vec<Option<Value<'c>>>,
    pub(crate) memory: &'e mut EvalMemo<'h>,
}

impl<'c, 'e, 'h> Evaluator<'c, 'e, 'h> {
    pub(crate) fn new(lanes: &'c ChunkView<'c>, memory: &'e mut EvalMemo<'h>) -> Self {
        Self { lanes, at: 0, slots: Vec::new(), memory }
    }

    fn of(&self) -> &Arc<IndexedTable> {
        self.lanes.of
    }

    /// A condition's answer.
    pub(crate) fn yes(&mut self, node: &'c BoundExpr) -> KernelResult<bool> {
        match self.value(node)? {
            Value::Bool(yes) => Ok(yes),
            _ => Err(Fallback),
        }
    }

    pub(crate) fn value(&mut self, node: &'c BoundExpr) -> KernelResult<Value<'c>> {
        match node {
            BoundExpr::Fixed(fixed) => Ok(fixed.get()),
            BoundExpr::Cell(column) => self.lanes.cell(*column, self.at).ok_or(Fallback),
            BoundExpr::Row => Ok(Value::Row(u32::try_from(self.lanes.row(self.at)).map_err(|_| Fallback)?)),
            BoundExpr::Slot(slot) => self.slots.get(*slot).cloned().flatten().ok_or(Fallback),
            BoundExpr::List(list) => self.list(list),
            BoundExpr::Join(parts) => self.join(parts),
            BoundExpr::Get(value, name) => {
                let value = self.value(value)?;
                self.get(&value, name)
            }
            BoundExpr::RowLookup(reach, text) => {
                let text = self.value(text)?;
                reach.cell(&text, self.of())
            }
            BoundExpr::At(pair) => {
                let [value, index] = &**pair;
                let (value, index) = (self.value(value)?, self.value(index)?);
                self.at(&value, &index)
            }
            BoundExpr::Compare(comparison, pair) => {
                let [a, b] = &**pair;
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.compare(*comparison, &a, &b)
            }
            BoundExpr::And(parts) => self.all_hold(parts),
            BoundExpr::Or(parts) => self.any_holds(parts),
            BoundExpr::Not(inner) => self.yes(inner).map(|yes| Value::Bool(!yes)),
            BoundExpr::In(pair) => {
                let [needle, list] = &**pair;
                self.within(needle, list)
            }
            BoundExpr::Call(callee, arguments) => self.call(*callee, arguments),
            BoundExpr::Let(slot, pair) => {
                let [value, body] = &**pair;
                let value = self.value(value)?;
                self.set(*slot, value.shared());
                self.value(body)
            }
            BoundExpr::If(parts) => {
                let [test, yes, no] = &**parts;
                if self.yes(test)? { self.value(yes) } else { self.value(no) }
            }
            BoundExpr::Each(each, slot, pair) => self.each(*each, *slot, pair),
            BoundExpr::Once(place, column, inner) => self.per_code(*place, *column, inner),
        }
    }

    fn all_hold(&mut self, parts: &'c [BoundExpr]) -> KernelResult<Value<'c>> {
        for part in parts {
            if !self.yes(part)? {
                return Ok(Value::Bool(false));
            }
        }
        Ok(Value::Bool(true))
    }

    fn any_holds(&mut self, parts: &'c [BoundExpr]) -> KernelResult<Value<'c>> {
        for part in parts {
            if self.yes(part)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }

    fn set(&mut self, slot: usize, value: Value<'c>) {
        if self.slots.len() <= slot {
            self.slots.resize(slot.saturating_add(1), None);
        }
        if let Some(place) = self.slots.get_mut(slot) {
            *place = Some(value);
        }
    }

    fn dynamic(&mut self, node: &'c BoundExpr) -> KernelResult<Dynamic> {
        let value = self.value(node)?;
        Ok(value.dynamic(self.of()))
    }

    fn list(&mut self, list: &'c [BoundExpr]) -> KernelResult<Value<'c>> {
        let list: KernelResult<Array> = list.iter().map(|one| self.dynamic(one)).collect();
        Ok(Value::Other(list?.into()))
    }

    fn join(&mut self, parts: &'c [BoundExpr]) -> KernelResult<Value<'c>> {
        let mut text = String::new();
        for part in parts {
            match self.value(part)? {
                Value::Int(number) => text.push_str(&number.to_string()),
                Value::Day(day) => text.push_str(&day.to_string()),
                Value::Choice(column, number) => {
                    text.push_str(&Choice::new(&self.of().table.decl, column, number).to_string());
                }
                part => part.with_text(|part| text.push_str(part)).ok_or(Fallback)?,
            }
        }
        if text.len() > sizes::TEXT { Err(Fallback) } else { Ok(Value::Other(text.into())) }
    }

    fn get(&mut self, value: &Value<'c>, name: &str) -> KernelResult<Value<'c>> {
        if let Some(known) = builtin::property(value, name) {
            return Ok(known);
        }
        let Some(value) = value.other() else {
            return match value {
                Value::Row(at) => cell(&Row { of: Arc::clone(self.of()), at: *at }, name),
                _ => Err(Fallback),
            };
        };
        if let Some(row) = value.read_lock::<Row>() {
            return cell(&row, name);
        }
        if let Some(map) = value.read_lock::<Map>() {
            return map.get(name).cloned().map(Value::from).ok_or(Fallback);
        }
        if let Some(tables) = value.read_lock::<Tables>() {
            let mut tables = tables.clone();
            return rule_context::table(&mut tables, name.into()).map(Value::from).map_err(|_| Fallback);
        }
        self.native(&format!("get${name}"), vec![value.clone()])
    }

    fn at(&mut self, value: &Value<'c>, index: &Value<'c>) -> KernelResult<Value<'c>> {
        if let Value::Lent(fixed) = value
            && let Some(entries) = fixed.entries()
        {
            return index.with_text(|name| entries.get(name)).flatten().map(Fixed::get).ok_or(Fallback);
        }
        let named = matches!(value, Value::Row(_))
            || value.other().is_some_and(|holder| holder.is::<Row>() || holder.is_map());
        if named {
            return index.with_text(|name| self.get(value, name)).ok_or(Fallback)?;
        }
        let list = value.other().ok_or(Fallback)?.as_array_ref().map_err(|_| Fallback)?;
        let Value::Int(at) = index else { return Err(Fallback) };
        let at = usize::try_from(*at).map_err(|_| Fallback)?;
        list.get(at).cloned().map(Value::from).ok_or(Fallback)
    }

    fn compare(&mut self, comparison: Comparison, a: &Value<'c>, b: &Value<'c>) -> KernelResult<Value<'c>> {
        if let Some(known) = builtin::compare(&self.of().table.decl, comparison, a, b) {
            return Ok(Value::Bool(known));
        }
        let arguments = vec![a.dynamic(self.of()), b.dynamic(self.of())];
        self.native(comparison.sign(), arguments)
    }

    fn within(&mut self, needle: &'c BoundExpr, list: &'c BoundExpr) -> KernelResult<Value<'c>> {
        // The engine looks at the list first; either has no effect but to be there.
        let (list, needle) = (self.value(list)?, self.value(needle)?);
        let found = match needle {
            Value::Int(number) => builtin::among(number, &list),
            _ => needle.with_text(|text| builtin::within(text, &list)).flatten(),
        };
        if let Some(found) = found {
            return Ok(Value::Bool(found));
        }
        let arguments = vec![list.dynamic(self.of()), needle.dynamic(self.of())];
        self.native("contains", arguments)
    }

    fn call(&mut self, callee: Callee, arguments: &'c [BoundExpr]) -> KernelResult<Value<'c>> {
        let values: KernelResult<Vec<Value<'c>>> = arguments.iter().map(|one| self.value(one)).collect();
        let values = values?;
        if let Some(known) = known(callee, &values, self.of()) {
            self.pay(&known)?;
            return known;
        }
        let mut arguments: Vec<Dynamic> = values.iter().map(|one| one.dynamic(self.of())).collect();
        let Callee::Changed(method) = callee else { return self.native(callee.name(), arguments) };
        drop(self.memory.ask(method, true, &mut arguments)?);
        arguments.into_iter().next().map(Value::from).ok_or(Fallback)
    }

    /// Rows that were chosen are paid for.
    fn pay(&mut self, answer: &KernelResult<Value<'c>>) -> KernelResult<()> {
        let Ok(Value::Other(value)) = answer else { return Ok(()) };
        let rows = value.read_lock::<Rows>().map_or(0, |rows| rows.chosen.len());
        self.memory.spend(fuel::choosing(rows))
    }

    /// What the host's own function answers.
    fn native(&mut self, name: &str, mut arguments: Vec<Dynamic>) -> KernelResult<Value<'c>> {
        self.memory.ask(name, false, &mut arguments).map(Value::from)
    }

    fn each(&mut self, each: Each, slot: usize, pair: &'c [BoundExpr; 2]) -> KernelResult<Value<'c>> {
        let [values, body] = pair;
        let values = self.value(values)?;
        if let Value::Codes(codes) = values
            && !matches!(each, Each::Any | Each::Count)
        {
            let items = written::codes(codes).map(Value::Text);
            return self.each_of(each, slot, body, items, Self::listed);
        }
        let values = values.other().ok_or(Fallback)?;
        if let Some(rows) = values.read_lock::<Rows>().filter(|_| each != Each::Some) {
            let items = rows.iter().map(|row| Value::Other(Dynamic::from(row)));
            return self.each_of(each, slot, body, items, |_, found| chosen(&rows, found));
        }
        let list = values.as_array_ref().map_err(|_| Fallback)?;
        if matches!(each, Each::Any | Each::Count) {
            return Err(Fallback);
        }
        self.each_of(each, slot, body, list.iter().cloned().map(Value::from), Self::listed)
    }

    fn listed(&self, found: &[Value<'c>]) -> Value<'c> {
        let list: Array = found.iter().map(|one| one.dynamic(self.of())).collect();
        Value::Other(list.into())
    }

    fn each_of(
        &mut self,
        each: Each,
        slot: usize,
        body: &'c BoundExpr,
        items: impl Iterator<Item = Value<'c>>,
        filtered: impl FnOnce(&Self, &[Value<'c>]) -> Value<'c>,
    ) -> KernelResult<Value<'c>> {
        let (mut found, mut count) = (Vec::new(), 0_i64);
        for item in items {
            self.memory.step()?;
            self.set(slot, item.clone());
            let answer = self.value(body)?;
            match (each, answer) {
                (Each::Map, answer) => found.push(answer),
                (Each::Some | Each::Any, Value::Bool(true)) => return Ok(Value::Bool(true)),
                (Each::All, Value::Bool(false)) => return Ok(Value::Bool(false)),
                (Each::Filter, Value::Bool(true)) => found.push(item),
                (Each::Count, Value::Bool(yes)) => count = count.saturating_add(i64::from(yes)),
                (_, Value::Bool(_)) => {}
                _ => return Err(Fallback),
            }
        }
        match each {
            Each::Some | Each::Any => Ok(Value::Bool(false)),
            Each::All => Ok(Value::Bool(true)),
            Each::Count => Ok(Value::Int(count)),
            Each::Map => Ok(self.listed(&found)),
            Each::Filter => Ok(filtered(self, &found)),
        }
    }

    fn per_code(&mut self, place: usize, column: usize, inner: &'c BoundExpr) -> KernelResult<Value<'c>> {
        let Some(code) = self.lanes.code(column, self.at) else { return self.value(inner) };
        if let Some(known) = self.memory.known(place, code) {
            return known;
        }
        let before = self.memory.steps;
        let found = self.value(inner);
        let owned = found.as_ref().map(|value| value.to_owned_value(self.of())).map_err(|_| Fallback);
        self.memory.keep(place, code, owned, before);
        found
    }
}

/// What the language or the function itself answers without the script engine.
fn known<'c>(
    callee: Callee,
    values: &[Value<'c>],
    of: &Arc<IndexedTable>,
) -> Option<KernelResult<Value<'c>>> {
    if let (Some(answer), [Value::Text(text)]) = (callee.of_text(), values) {
        return Some(Ok(Value::Bool(answer(text))));
    }
    let name = if matches!(callee, Callee::Changed(_)) { return None } else { callee.name() };
    builtin::call(name, values).or_else(|| callee.direct()?(values, of))
}

/// A cell of another row, of any table.
fn cell<'c>(row: &Row, name: &str) -> KernelResult<Value<'c>> {
    let column = row.of.table.decl.position(name).filter(|column| !row.of.lacks(*column)).ok_or(Fallback)?;
    Ok(Value::from(cells::cell(&row.of.table, row.index(), column)))
}

/// Those of the rows that were found.
fn chosen<'c>(rows: &Rows, found: &[Value<'_>]) -> Value<'c> {
    let at = found.iter().filter_map(|one| match one {
        Value::Other(row) => row.read_lock::<Row>().map(|row| row.at),
        _ => None,
    });
    Value::Other(Dynamic::from(rows.choose(at).beside_maybe_of(rows)))
}
