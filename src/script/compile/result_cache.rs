//! What closures answered of rows of a small table, kept for the rules that come after: many ask the same, through
//! functions of the same libraries. Each is charged as if it had asked alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use ahash::RandomState;
use rhai::{Dynamic, ImmutableString};

use super::ir::Ir;
use super::matches::{MatchQuery, Matches};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::{Row, Rows};
use crate::script::value::rule_context::{RuleContext, Tables};
use crate::script::value::selection::Chosen;
use crate::table::date::Date;

/// Largest table whose answers are kept.
const ROWS: usize = 4_096;
/// Answers kept of one closure, and closures of one table.
const ANSWERS: usize = 16;
const CLOSURES: usize = 256;
/// Longest list that is compared.
const LISTED: usize = 64;

/// What closures answered of rows of one table, by their name.
#[derive(Debug, Default)]
pub(crate) struct ResultCache(Mutex<HashMap<Box<str>, Vec<CacheEntry>, RandomState>>);

#[derive(Debug)]
struct CacheEntry {
    asked: MemoKey,
    found: Matches,
    steps: u64,
}

/// A closure given to rows: what its answer rests on.
#[derive(Debug)]
pub(crate) struct MemoKey {
    ir: Arc<Ir>,
    captured: Vec<CapturedKey>,
    rows: Chosen,
    want: MatchQuery,
}

/// A captured value that can be told to be the same again.
#[derive(Debug)]
enum CapturedKey {
    Unit,
    Yes(bool),
    Number(i64),
    Text(ImmutableString),
    Day(Date),
    List(Vec<Self>),
    Row(Weak<IndexedTable>, u32),
    Rows(Weak<IndexedTable>, Chosen),
    /// All tables, under certain circumstances. The tables are those of the answers.
    Tables(Arc<RuleContext>),
}

impl MemoKey {
    /// The question, where its answer may be kept.
    pub(crate) fn new(ir: &Arc<Ir>, captured: &[Dynamic], rows: &Rows, want: MatchQuery) -> Option<Self> {
        if rows.of.table.len() > ROWS || rows.chosen.is_empty() {
            return None;
        }
        let captured = captured.iter().map(CapturedKey::of).collect::<Option<_>>()?;
        Some(Self { ir: Arc::clone(ir), captured, rows: rows.chosen.clone(), want })
    }
}

impl PartialEq for MemoKey {
    fn eq(&self, other: &Self) -> bool {
        self.want == other.want
            && (Arc::ptr_eq(&self.ir, &other.ir) || self.ir == other.ir)
            && self.captured == other.captured
            && self.rows == other.rows
    }
}

impl CapturedKey {
    fn of(value: &Dynamic) -> Option<Self> {
        if value.is_unit() {
            return Some(Self::Unit);
        }
        if let Ok(text) = value.as_immutable_string_ref() {
            return Some(Self::Text(text.clone()));
        }
        if let Ok(list) = value.as_array_ref() {
            let list = Some(list).filter(|list| list.len() <= LISTED)?;
            return list.iter().map(Self::of).collect::<Option<_>>().map(Self::List);
        }
        if let Some(row) = value.read_lock::<Row>() {
            return Some(Self::Row(Arc::downgrade(&row.of), row.at));
        }
        if let Some(rows) = value.read_lock::<Rows>() {
            let sure = rows.doubt.is_none() && rows.maybe.is_empty();
            return sure.then(|| Self::Rows(Arc::downgrade(&rows.of), rows.chosen.clone()));
        }
        if let Some(tables) = value.read_lock::<Tables>() {
            return Some(Self::Tables(Arc::clone(&tables.around)));
        }
        let day = value.read_lock::<Date>().map(|day| Self::Day(*day));
        day.or_else(|| value.as_bool().ok().map(Self::Yes)).or_else(|| value.as_int().ok().map(Self::Number))
    }
}

impl PartialEq for CapturedKey {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unit, Self::Unit) => true,
            (Self::Yes(a), Self::Yes(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Day(a), Self::Day(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Row(a, at), Self::Row(b, other)) => at == other && a.ptr_eq(b),
            (Self::Rows(a, rows), Self::Rows(b, others)) => a.ptr_eq(b) && rows == others,
            (Self::Tables(a), Self::Tables(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl ResultCache {
    /// The answer, and the rounds it took.
    pub(crate) fn get(&self, name: &str, asked: &MemoKey) -> Option<(Matches, u64)> {
        let all = self.0.lock().ok()?;
        let known = all.get(name)?.iter().find(|known| known.asked == *asked)?;
        Some((known.found.clone(), known.steps))
    }

    pub(crate) fn keep(&self, name: &str, asked: MemoKey, found: &Matches, steps: u64) {
        let Ok(mut all) = self.0.lock() else { return };
        if all.len() >= CLOSURES && !all.contains_key(name) {
            return;
        }
        let answers = all.entry(name.into()).or_default();
        if answers.len() < ANSWERS {
            answers.push(CacheEntry { asked, found: found.clone(), steps });
        }
    }
}
