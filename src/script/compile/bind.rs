//! From [`Ir`] to a [`BoundExpr`] for one table: columns are found, what is the same for all rows is worked out, short
//! lists are written out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::Dynamic;

use super::bound_expr::{BoundExpr, Dependencies};
use super::chunk_view::ChunkView;
use super::eval_memo::EvalMemo;
use super::evaluate::Evaluator;
use super::ir::{Each, Ir};
use super::row_lookup::RowLookup;
use crate::script::value::kernel_value::{Fixed, Value};
use crate::script::value::loaded_table::IndexedTable;
use crate::table::table_schema::ColumnType;

/// Longest list over which a closure is written out.
const WRITTEN_OUT: usize = 32;

/// What closures are bound with.
pub(crate) struct Binder<'a, 'h> {
    pub(crate) of: &'a Arc<IndexedTable>,
    pub(crate) captured: &'a [Dynamic],
    pub(crate) memory: &'a mut EvalMemo<'h>,
    /// Missing columns of the row read as empty cells: it is noted that they may be read.
    noted: bool,
    /// Captured values that are used.
    held: BTreeMap<usize, Arc<Fixed>>,
    slots: BTreeMap<usize, SlotBinding>,
    memories: usize,
    budget: usize,
}

#[derive(Clone)]
enum SlotBinding {
    /// Stands for the slot wherever it is read.
    Same(BoundExpr, Dependencies),
    /// The slot is set; what its value rests on.
    Set(Dependencies),
}

type Made = Option<(BoundExpr, Dependencies)>;

fn of_column(column: usize) -> Dependencies {
    Dependencies { columns: [column].into(), ..Dependencies::default() }
}

impl<'a, 'h> Binder<'a, 'h> {
    pub(crate) fn new(
        of: &'a Arc<IndexedTable>,
        captured: &'a [Dynamic],
        memory: &'a mut EvalMemo<'h>,
    ) -> Self {
        let (held, slots) = (BTreeMap::new(), BTreeMap::new());
        Self { of, captured, memory, noted: false, held, slots, memories: 0, budget: 10_000 }
    }

    /// The same; `noted`: the missing columns it may read were noted.
    pub(crate) fn noted(self, noted: bool) -> Self {
        Self { noted, ..self }
    }

    /// The node, and what it rests on; `None` where the closure has to be interpreted.
    pub(crate) fn node(&mut self, ir: &Ir) -> Made {
        self.budget = self.budget.checked_sub(1)?;
        let (node, rests) = self.made(ir)?;
        if matches!(node, BoundExpr::Fixed(_)) || !rests.on_nothing() || matches!(node, BoundExpr::Slot(_)) {
            return Some((node, rests));
        }
        // An error here is raised only if a row comes by.
        let folded = self.worked_out(&node).unwrap_or(node);
        Some((folded, rests))
    }

    fn made(&mut self, ir: &Ir) -> Made {
        let fixed =
            |value: Dynamic| Some((BoundExpr::Fixed(Arc::new(Fixed::new(value))), Dependencies::default()));
        match ir {
            Ir::Unit => fixed(Dynamic::UNIT),
            Ir::Bool(yes) => fixed((*yes).into()),
            Ir::Int(number) => fixed((*number).into()),
            Ir::Decimal(number) => fixed(Dynamic::from_decimal(*number)),
            Ir::Text(text) => fixed(text.into()),
            Ir::Captured(at) => Some((BoundExpr::Fixed(self.held(*at)?), Dependencies::default())),
            Ir::Row => Some((BoundExpr::Row, Dependencies { row: true, ..Dependencies::default() })),
            Ir::Slot(slot) => match self.slots.get(slot)? {
                SlotBinding::Same(node, rests) => Some((node.clone(), rests.clone())),
                SlotBinding::Set(rests) => Some((BoundExpr::Slot(*slot), rests.clone())),
            },
            Ir::Get(value, name) => self.get(value, name),
            Ir::At(value, index) => self.at(value, index),
            Ir::List(all) => self.several(all, BoundExpr::List),
            Ir::Join(all) => self.several(all, BoundExpr::Join),
            Ir::And(all) => self.several(all, BoundExpr::And),
            Ir::Or(all) => self.several(all, BoundExpr::Or),
            Ir::Call(callee, all) => self.several(all, |all| BoundExpr::Call(*callee, all)),
            Ir::Not(inner) => {
                let (inner, rests) = self.node(inner)?;
                Some((BoundExpr::Not(Box::new(inner)), rests))
            }
            Ir::Compare(comparison, a, b) => self.pair(a, b, |pair| BoundExpr::Compare(*comparison, pair)),
            Ir::In(needle, list) => self.pair(needle, list, BoundExpr::In),
            Ir::Let(slot, value, body) => self.bound(*slot, value, body),
            Ir::If(parts) => self.branch(parts),
            Ir::Each(each, values, slot, body) => self.each(*each, values, *slot, body),
        }
    }

    fn held(&mut self, at: usize) -> Option<Arc<Fixed>> {
        let value = self.captured.get(at)?;
        let held = self.held.entry(at).or_insert_with(|| Arc::new(Fixed::new(value.clone())));
        Some(Arc::clone(held))
    }

    fn several(&mut self, all: &[Ir], make: impl FnOnce(Vec<BoundExpr>) -> BoundExpr) -> Made {
        let mut rests = Dependencies::default();
        let mut nodes = Vec::with_capacity(all.len());
        for one in all {
            let (node, more) = self.node(one)?;
            nodes.push(node);
            rests = rests.and(more);
        }
        Some((make(nodes), rests))
    }

    fn pair(&mut self, a: &Ir, b: &Ir, make: impl FnOnce(Box<[BoundExpr; 2]>) -> BoundExpr) -> Made {
        let ((a, rests), (b, more)) = (self.node(a)?, self.node(b)?);
        Some((make(Box::new([a, b])), rests.and(more)))
    }

    /// Interpretation takes note of every missing column that is read.
    fn column(&self, name: &str) -> Made {
        let known = |column: &usize| self.noted || !self.of.lacks(*column);
        let column = self.of.table.decl.position(name).filter(known)?;
        Some((BoundExpr::Cell(column), of_column(column)))
    }

    fn get(&mut self, value: &Ir, name: &str) -> Made {
        match self.node(value)? {
            (BoundExpr::Row, _) => self.column(name),
            (value, rests) => Some(match RowLookup::of(&value, name) {
                Some((reach, text)) => (BoundExpr::RowLookup(reach, Box::new(text)), rests),
                None => (BoundExpr::Get(Box::new(value), name.to_owned()), rests),
            }),
        }
    }

    fn at(&mut self, value: &Ir, index: &Ir) -> Made {
        let ((value, rests), (index, more)) = (self.node(value)?, self.node(index)?);
        match (&value, &index) {
            (BoundExpr::Row, BoundExpr::Fixed(name)) => self.column(name.text()?),
            _ => Some((BoundExpr::At(Box::new([value, index])), rests.and(more))),
        }
    }

    fn bound(&mut self, slot: usize, value: &Ir, body: &Ir) -> Made {
        let (value, rests) = self.node(value)?;
        // These neither fail nor cost anything, so they may be read later, or never.
        let free =
            matches!(value, BoundExpr::Fixed(_) | BoundExpr::Cell(_) | BoundExpr::Row | BoundExpr::Slot(_));
        let bound = if free {
            SlotBinding::Same(value.clone(), rests.clone())
        } else {
            SlotBinding::Set(rests.clone())
        };
        self.slots.insert(slot, bound);
        let (body, more) = self.node(body)?;
        if free {
            return Some((body, more));
        }
        Some((BoundExpr::Let(slot, Box::new([value, body])), rests.and(more)))
    }

    fn branch(&mut self, parts: &[Ir; 3]) -> Made {
        let [test, yes, no] = parts;
        let (test, rests) = self.node(test)?;
        if let BoundExpr::Fixed(fixed) = &test
            && let Value::Bool(holds) = fixed.value
        {
            return self.node(if holds { yes } else { no });
        }
        let ((yes, more), (no, most)) = (self.node(yes)?, self.node(no)?);
        Some((BoundExpr::If(Box::new([test, yes, no])), rests.and(more).and(most)))
    }

    fn each(&mut self, each: Each, values: &Ir, slot: usize, body: &Ir) -> Made {
        let (values, rests) = self.node(values)?;
        if let (BoundExpr::Fixed(list), Each::Some | Each::All) = (&values, each)
            && let Value::Other(list) = &list.value
            && let Ok(list) = list.as_array_ref()
            && list.len() <= WRITTEN_OUT
        {
            return self.written_out(each, &list, slot, body);
        }
        let mut item = rests.clone();
        item.items.insert(slot);
        self.slots.insert(slot, SlotBinding::Set(item));
        let (body, mut more) = self.node(body)?;
        more.items.remove(&slot);
        Some((BoundExpr::Each(each, slot, Box::new([values, body])), rests.and(more)))
    }

    fn written_out(&mut self, each: Each, list: &[Dynamic], slot: usize, body: &Ir) -> Made {
        let mut rests = Dependencies::default();
        let mut parts = Vec::with_capacity(list.len());
        for one in list {
            let fixed = BoundExpr::Fixed(Arc::new(Fixed::new(one.clone())));
            self.slots.insert(slot, SlotBinding::Same(fixed, Dependencies::default()));
            let (part, more) = self.node(body)?;
            parts.push(part);
            rests = rests.and(more);
        }
        Some((if each == Each::All { BoundExpr::And(parts) } else { BoundExpr::Or(parts) }, rests))
    }

    fn worked_out(&mut self, node: &BoundExpr) -> Option<BoundExpr> {
        let lanes = ChunkView::new(self.of, 0, 0..0);
        let value = Evaluator::new(&lanes, self.memory).value(node).ok()?.dynamic(self.of);
        Some(BoundExpr::Fixed(Arc::new(Fixed::new(value))))
    }

    /// Lets the host's answers that rest on one column of texts be worked out once for each text.
    pub(crate) fn remembering(&mut self, node: BoundExpr) -> BoundExpr {
        if matches!(node, BoundExpr::Once(..)) {
            return node;
        }
        if asks_host(&node)
            && let Some(column) = rests_on(&node).and_then(|rests| rests.on_one_column())
            && self.is_text(column)
        {
            let place = self.memories;
            self.memories = place.saturating_add(1);
            return BoundExpr::Once(place, column, Box::new(node));
        }
        node.with_parts(&mut |inner| self.remembering(inner))
    }

    fn is_text(&self, column: usize) -> bool {
        let kind = self.of.table.decl.columns.get(column).map(|decl| decl.kind);
        matches!(kind, Some(ColumnType::Text | ColumnType::Code | ColumnType::Codes))
    }
}

/// Whether something in the node is for the host to answer.
fn asks_host(node: &BoundExpr) -> bool {
    match node {
        BoundExpr::Call(..) | BoundExpr::RowLookup(..) | BoundExpr::Each(..) | BoundExpr::In(_) => true,
        _ => node.parts().into_iter().any(asks_host),
    }
}

/// What the node rests on; `None` where it rests on a value bound outside of it.
pub(crate) fn rests_on(node: &BoundExpr) -> Option<Dependencies> {
    rests_inside(node, &mut Vec::new())
}

fn rests_inside(node: &BoundExpr, bound: &mut Vec<usize>) -> Option<Dependencies> {
    match node {
        BoundExpr::Cell(column) => return Some(of_column(*column)),
        BoundExpr::Row => return Some(Dependencies { row: true, ..Dependencies::default() }),
        BoundExpr::Slot(slot) => return bound.contains(slot).then(Dependencies::default),
        BoundExpr::Let(slot, _) | BoundExpr::Each(_, slot, _) => bound.push(*slot),
        _ => {}
    }
    let mut parts = node.parts().into_iter();
    parts.try_fold(Dependencies::default(), |rests, part| Some(rests.and(rests_inside(part, bound)?)))
}
