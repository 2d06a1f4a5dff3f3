//! From closures given to table operations to kernels over columns.
//!
//! ```text
//! SyntaxTree ─translate─▶ Ir ─bind (table, captured values)─▶ BoundExpr ─plan─▶ Plan ─mask_executor─▶ rows
//! ```
//!
//! A kernel answers only when it is sure to answer what interpreting the closure would: at anything else (an empty
//! cell used as yes-no, an overflow, a comparison the host objects to) it gives up, and the closure is interpreted,
//! which also raises the error at its place. A script is read
//! by [`crate::script::syntax`]; what of it no kernel can hold is said by `refusal`. What a host function answers inside
//! a kernel stands with its declaration ([`crate::script::function`]).

mod bind;
mod bound_expr;
mod builtin;
mod callee;
mod chunk_view;
mod dictionary_predicate;
mod eval_memo;
mod evaluate;
mod fuel;
mod indexed;
mod ir;
mod kernels;
mod mask_executor;
mod matches;
mod memo_comparison;
mod missing_columns;
mod per_code_eval;
mod plan;
mod receivers;
mod refusal;
mod result_cache;
mod row_lookup;
mod shared_scan;
mod translate;
mod unclear_cells;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{Array, Dynamic, FnPtr, NativeCallContext};

use super::error::{Res, exceeded};
use super::value::rows::Rows;
use super::value::selection::Chosen;
use super::value::taint;
use crate::script::function::FunctionTable;
use crate::script::syntax::tree::SyntaxTree;
use bind::Binder;
use eval_memo::EvalMemo;
use ir::Ir;
use matches::bytes_of;
pub(crate) use matches::{MatchQuery, Matches};
use plan::Planner;
use receivers::Receiver;
use refusal::Refusal;
use result_cache::{MemoKey, ResultCache};
use shared_scan::TableClosures;
pub(crate) use translate::Libraries;

use crate::model::text::Text;
use crate::resources::meter;
use crate::table::date::Date;

/// What became of a closure.
#[derive(Clone, Debug)]
enum Lowering {
    /// Its body, over the row and the captured values, and what a row of it costs.
    Lowered(Arc<Ir>, u64),
    /// It is part of one that is lowered.
    Inside,
    /// It is interpreted: its line, and why.
    Interpreted(usize, Refusal),
}

type Lowerings = BTreeMap<String, Lowering>;

/// The closures of a rule and its libraries by the name the script engine gave them.
#[derive(Clone, Debug)]
pub(crate) struct Closures {
    functions: &'static FunctionTable,
    /// Of the rule.
    own: Arc<Lowerings>,
    /// Of the libraries.
    shared: Arc<Lowerings>,
    libraries: Arc<Libraries>,
    by_table: TableClosures,
}

/// What table operations find in the tag of a running rule.
#[derive(Clone, Debug)]
pub(crate) struct Kernels {
    closures: Closures,
    interpret: bool,
    as_of: Date,
}

impl Kernels {
    /// For one run of a rule; `interpret`: without kernels, as a check on them.
    pub(crate) fn new(closures: &Closures, interpret: bool, as_of: Date) -> Self {
        Self { closures: closures.clone(), interpret, as_of }
    }
}

impl Closures {
    /// None yet; these functions may be called.
    pub(crate) fn new(functions: &'static FunctionTable) -> Self {
        let (own, shared, libraries, by_table) = Default::default();
        Self { functions, own, shared, libraries, by_table }
    }

    /// Lowers every closure of the library that can be, beside those `known` already.
    pub(crate) fn add_library(&mut self, name: &str, script: SyntaxTree) {
        let more = lowered(&script, self);
        Arc::make_mut(&mut self.shared).extend(more);
        Arc::make_mut(&mut self.libraries).insert(name.to_owned(), Arc::new(script));
    }

    /// Lowers every closure of the rule that can be, beside those of the libraries.
    pub(crate) fn with(known: &Self, rule: &SyntaxTree) -> Self {
        Self { own: Arc::new(lowered(rule, known)), ..known.clone() }
    }

    /// The libraries by name.
    pub(crate) fn libraries(&self) -> &Arc<Libraries> {
        &self.libraries
    }

    fn get(&self, name: &str) -> Option<&Lowering> {
        self.own.get(name).or_else(|| self.shared.get(name))
    }

    /// Line and reason of the rule's own closures that have to be interpreted.
    pub(crate) fn interpreted(&self) -> Vec<(usize, Text)> {
        let why = self.own.values().filter_map(|lowering| match lowering {
            Lowering::Interpreted(line, why) => Some((*line, why.text())),
            _ => None,
        });
        why.collect()
    }
}

fn lowered(script: &SyntaxTree, known: &Closures) -> Lowerings {
    let mut all = Lowerings::new();
    let mut inside = BTreeSet::new();
    let receivers = receivers::of(script, known.functions);
    let once = receivers::without_row(script);
    for function in script.closures.values().filter(|closure| !once.contains(closure.name.as_str())) {
        let mut inner = Vec::new();
        let translated = translate::closure(function, script, &known.libraries, known.functions, &mut inner);
        let lowering = match translated {
            Ok(ir) => {
                inside.extend(inner);
                let (size, ir) = (ir.size(), Arc::new(ir));
                if let Some(Receiver::Table(table, days)) = receivers.get(&function.name) {
                    known.by_table.add(table, &function.name, &ir, *days);
                }
                Lowering::Lowered(ir, size)
            }
            Err(why) => Lowering::Interpreted(function.start.0, reason(receivers.get(&function.name), why)),
        };
        all.insert(function.name.clone(), lowering);
    }
    for name in inside {
        if let Some(lowering @ Lowering::Interpreted(..)) = all.get_mut(&name) {
            *lowering = Lowering::Inside;
        }
    }
    all
}

fn reason(receiver: Option<&Receiver>, why: Refusal) -> Refusal {
    match receiver {
        Some(Receiver::List) => Refusal::List(Box::new(why)),
        Some(Receiver::Groups) => Refusal::Groups(Box::new(why)),
        _ => why,
    }
}

/// A closure with what it captured, ready for the rows.
struct KernelCall {
    ir: Arc<Ir>,
    captured: Vec<Dynamic>,
    /// Missing columns it reads were noted.
    noted: bool,
}

/// Charges the closure over the rows; `None` where it has to be interpreted.
fn call(kernels: &Kernels, rows: &Rows, closure: &FnPtr) -> Res<Option<KernelCall>> {
    let Some(Lowering::Lowered(ir, size)) = kernels.closures.get(closure.fn_name()) else { return Ok(None) };
    fuel::charge(rows.chosen.len(), *size)?;
    let noted = missing_columns::noted(ir, &rows.of);
    if kernels.interpret {
        return Ok(None);
    }
    let captured: Vec<Dynamic> = closure.iter_curry().map(Dynamic::flatten_clone).collect();
    let call = KernelCall { ir: Arc::clone(ir), captured, noted };
    Ok((!unclear_cells::reaches(ir, &call.captured)).then_some(call))
}

/// What the closure makes of each row; `None` where it has to be interpreted.
pub(crate) fn mapped(context: &NativeCallContext<'_>, rows: &Rows, value: &FnPtr) -> Res<Option<Array>> {
    let kernels = context.tag().and_then(Dynamic::read_lock::<Kernels>);
    let Some(kernels) = kernels else { return Ok(None) };
    let Some(KernelCall { ir, captured, noted }) = call(&kernels, rows, value)? else { return Ok(None) };
    let ir = &ir;
    fuel::charge_captured(ir, rows.chosen.len(), &captured)?;
    let mark = taint::mark();
    let allowance = fuel::allowance();
    let map = || {
        let mut memory = EvalMemo::new(context, allowance);
        let made = Binder::new(&rows.of, &captured, &mut memory).noted(noted).node(ir);
        let made =
            made.and_then(|(node, _)| mask_executor::values(&node, &rows.of, &rows.chosen, &mut memory).ok());
        (made, memory.steps)
    };
    let (made, steps) = meter::unmetered_capped(map, |(made, _)| made.iter().flatten().map(bytes_of).sum());
    exceeded::charge(steps)?;
    if made.is_none() || taint::is_noted_since(&mark) {
        // Interpretation takes its own notes.
        taint::restore(&mark);
        return Ok(None);
    }
    Ok(made)
}

/// Columns of the rows that the closure reads; `None` where it may read any.
pub(crate) fn columns(context: &NativeCallContext<'_>, rows: &Rows, test: &FnPtr) -> Option<Vec<usize>> {
    let kernels = context.tag().and_then(Dynamic::read_lock::<Kernels>)?;
    match kernels.closures.get(test.fn_name())? {
        Lowering::Lowered(ir, _) => unclear_cells::columns(ir, &rows.of.table.decl),
        _ => None,
    }
}

/// Rows for which the closure holds; `None` where it has to be interpreted.
pub(crate) fn matching(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    test: &FnPtr,
    want: MatchQuery,
) -> Res<Option<Matches>> {
    let kernels = context.tag().and_then(Dynamic::read_lock::<Kernels>);
    let Some(kernels) = kernels else { return Ok(None) };
    let Some(KernelCall { ir, captured, noted }) = call(&kernels, rows, test)? else { return Ok(None) };
    let ir = &ir;
    if matches!(rows.chosen, Chosen::All(_)) {
        let by_table = &kernels.closures.by_table;
        let known = || shared_scan::lookup(context, by_table, kernels.as_of, &rows.of, test, ir, want);
        if let Some(known) = meter::unmetered(known, |known| Matches::bytes(known.as_ref())) {
            return Ok(Some(known));
        }
    }
    fuel::charge_captured(ir, rows.chosen.len(), &captured)?;
    let asked = MemoKey::new(ir, &captured, rows, want);
    let allowance = fuel::allowance();
    let stored =
        || asked.as_ref().and_then(|asked| rows.of.results.get::<ResultCache>()?.get(test.fn_name(), asked));
    let known = meter::unmetered(stored, |known| Matches::bytes(known.as_ref().map(|(found, _)| found)));
    if let Some((found, steps)) = known.filter(|(_, steps)| *steps <= allowance.operations) {
        exceeded::charge(steps)?;
        return Ok(Some(found));
    }
    let mark = taint::mark();
    // What a kernel allocates hangs on how the columns are stored.
    let look = || {
        let mut memory = EvalMemo::new(context, allowance);
        (matching_rows(rows, &captured, ir, (want, noted), &mut memory), memory.steps)
    };
    let (found, steps) = meter::unmetered_capped(look, |(found, _)| Matches::bytes(found.as_ref()));
    exceeded::charge(steps)?;
    if found.is_none() || taint::is_noted_since(&mark) {
        // Interpretation takes its own notes.
        taint::restore(&mark);
        return Ok(None);
    }
    if let (Some(asked), Some(found)) = (asked, &found) {
        let keep = || {
            if let Some(cache) = rows.of.results.get::<ResultCache>() {
                cache.keep(test.fn_name(), asked, found, steps);
            }
        };
        meter::unmetered(keep, |()| 0);
    }
    Ok(found)
}

fn matching_rows(
    rows: &Rows,
    captured: &[Dynamic],
    ir: &Ir,
    (want, noted): (MatchQuery, bool),
    memory: &mut EvalMemo<'_>,
) -> Option<Matches> {
    if rows.chosen.is_empty() {
        return Some(Matches::default());
    }
    let (mut chosen, mut count) = (Vec::new(), 0_usize);
    let mut binder = Binder::new(&rows.of, captured, memory).noted(noted);
    let (node, _) = binder.node(ir)?;
    let plan = Planner { binder: &mut binder, memories: 0 }.condition(node);
    mask_executor::run(&plan, &rows.of, &rows.chosen, memory, |lanes, mask, asked| {
        let held = mask.iter().filter(|row| **row).count();
        count = count.saturating_add(held);
        if matches!(want, MatchQuery::Rows | MatchQuery::First) {
            let rows = mask.iter().zip(lanes.range.clone()).filter(|(row, _)| **row);
            chosen.extend(rows.filter_map(|(_, at)| u32::try_from(lanes.row(at)).ok()));
        }
        match want {
            MatchQuery::First => chosen.is_empty(),
            MatchQuery::All => held == asked,
            MatchQuery::Rows | MatchQuery::Count => true,
        }
    })
    .ok()?;
    Some(Matches { rows: chosen.into(), count })
}
