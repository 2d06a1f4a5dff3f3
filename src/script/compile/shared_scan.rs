//! Closures over one whole table run together: each chunk is looked at by all of them while it is in cache, or, where
//! the table is larger than memory, while it is there at all.
//!
//! When the first of them is asked for, all that a rule may ask of this table are answered, and their answers kept as
//! one bit a row. Each is charged to the rule that asks for it, when it asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use rhai::{Dynamic, FnPtr, NativeCallContext};

use super::bind::Binder;
use super::chunk_view::ChunkView;
use super::eval_memo::EvalMemo;
use super::fuel::Allowance;
use super::ir::Ir;
use super::mask_executor::Kernel;
use super::matches::{MatchQuery, Matches};
use super::missing_columns;
use super::plan::{Plan, Planner};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::selection::Chosen;
use crate::script::value::taint;
use crate::table::column::CHUNK;
use crate::table::date::Date;

/// Rows from which on running together pays.
const MIN_ROWS: usize = 32_768;
/// Bytes of texts that are told apart while they run together.
const TEXT_BYTES: usize = 32 * 1024 * 1024;
/// The most closures that run together.
const MAX_CLOSURES: usize = 1_024;

/// The closures that rules may give to whole tables, by table and name; `usize`: how often they capture the as-of day.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableClosures(Arc<Mutex<BTreeMap<String, ByName>>>);

type ByName = BTreeMap<String, (Arc<Ir>, usize)>;

/// What the closures over a table answered, by name.
#[derive(Debug, Default)]
pub(crate) struct Answers(OnceLock<BTreeMap<String, Answer>>);

#[derive(Debug)]
struct Answer {
    ir: Arc<Ir>,
    as_of: Date,
    /// A bit for each row.
    held: Vec<u64>,
    count: usize,
}

impl TableClosures {
    pub(crate) fn add(&self, table: &str, name: &str, ir: &Arc<Ir>, days: usize) {
        let Ok(mut all) = self.0.lock() else { return };
        let closures = all.entry(table.to_owned()).or_default();
        if closures.len() < MAX_CLOSURES {
            closures.entry(name.to_owned()).or_insert_with(|| (Arc::clone(ir), days));
        }
    }

    fn of(&self, table: &IndexedTable) -> Vec<(String, Arc<Ir>, usize)> {
        let Ok(all) = self.0.lock() else { return Vec::new() };
        let named = [table.table.decl.id.as_str(), table.table.decl.zh.as_str()].map(|name| all.get(name));
        let closures = named.into_iter().flatten().flatten();
        closures.map(|(name, (ir, days))| (name.clone(), Arc::clone(ir), *days)).collect()
    }
}

/// What the closure answers of the whole table, where it ran together with others.
pub(crate) fn lookup(
    context: &NativeCallContext<'_>,
    closures: &TableClosures,
    as_of: Date,
    of: &Arc<IndexedTable>,
    test: &FnPtr,
    ir: &Ir,
    want: MatchQuery,
) -> Option<Matches> {
    if of.table.len() < MIN_ROWS {
        return None;
    }
    let answers = of.answers.get::<Answers>()?.0.get_or_init(|| {
        let mark = taint::mark();
        let answers = scan(context, &closures.of(of), as_of, of);
        taint::restore(&mark);
        answers
    });
    let answer = answers.get(test.fn_name()).filter(|answer| *answer.ir == *ir && answer.as_of == as_of)?;
    let is_as_of = |value: &Dynamic| value.flatten_clone().try_cast::<Date>() == Some(as_of);
    test.iter_curry().all(is_as_of).then(|| answer.matches(want))
}

impl Answer {
    fn matches(&self, want: MatchQuery) -> Matches {
        let rows = self.held.iter().zip(0_u32..).flat_map(|(bits, word)| {
            (0..64_u32).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word.saturating_mul(64) + bit)
        });
        let rows = match want {
            MatchQuery::Rows => rows.collect(),
            MatchQuery::First => rows.take(1).collect(),
            MatchQuery::Count | MatchQuery::All => Arc::default(),
        };
        Matches { rows, count: self.count }
    }
}

/// Runs the closures that are kernels throughout; the others go their own way.
fn scan(
    context: &NativeCallContext<'_>,
    closures: &[(String, Arc<Ir>, usize)],
    as_of: Date,
    of: &Arc<IndexedTable>,
) -> BTreeMap<String, Answer> {
    let mut memory = EvalMemo::new(context, Allowance { operations: 0, room: TEXT_BYTES });
    let (mut running, mut memories) = (Vec::new(), 0);
    for (name, ir, days) in closures {
        let captured = vec![Dynamic::from(as_of); *days];
        let mut binder = Binder::new(of, &captured, &mut memory).noted(missing_columns::is_plain(ir, of));
        let Some((node, _)) = binder.node(ir) else { continue };
        let mut planner = Planner { binder: &mut binder, memories };
        let plan = planner.condition(node);
        memories = planner.memories;
        if plan.is_kernel() {
            let held = vec![0_u64; of.table.len().div_ceil(64)];
            let answer = Answer { ir: Arc::clone(ir), as_of, held, count: 0 };
            running.push((name.clone(), plan, Some(answer)));
        }
    }
    let rows = Chosen::All(u32::try_from(of.table.len()).unwrap_or(u32::MAX));
    for spread in rows.spreads(CHUNK) {
        let lanes = ChunkView::new(of, spread.chunk, spread.range);
        for (_, plan, answer) in &mut running {
            scan_chunk(&mut Kernel::new(&lanes, &mut memory), plan, answer);
        }
    }
    running.into_iter().filter_map(|(name, _, answer)| Some((name, answer?))).collect()
}

/// One chunk; a closure that is not sure has no answer.
fn scan_chunk<'c>(kernel: &mut Kernel<'c, '_, '_>, plan: &'c Plan, answer: &mut Option<Answer>) {
    let Some(known) = answer else { return };
    let lanes = kernel.lanes;
    let mut mask = vec![true; lanes.len()];
    if kernel.keep(plan, &mut mask).is_err() {
        *answer = None;
        return;
    }
    for (held, row) in mask.iter().zip(lanes.row(0)..) {
        if let Some(bits) = known.held.get_mut(row / 64).filter(|_| *held) {
            *bits |= 1 << (row % 64);
            known.count = known.count.saturating_add(1);
        }
    }
}
