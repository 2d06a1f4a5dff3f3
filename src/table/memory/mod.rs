//! Memory within a budget: full pages of columns stay where there is room, the others lie in a temporary file.

mod cache;
mod file;
mod size;
mod store;

use std::io;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use self::cache::Cache;
pub use self::file::folder;
pub use self::size::{default_budget, parse_size};
pub(crate) use self::store::{Slot, Store};
use super::column::page::Page;

/// What the program and its rules take before there is any data.
const OWN: usize = 64 << 20;

/// What each use may take of the rest, in sixteenths; what is left is for the rules at work.
const PAGES: usize = 4;
const READING: usize = 4;
const LOADED: usize = 2;
const SPARE: usize = 1;
const WHOLE: usize = 16;

/// Below this, pages read back would have to be read again for every row.
const LEAST_LOADED: usize = 2 << 20;

/// The memory of a run. What does not fit makes a run slower, never different.
#[derive(Debug)]
pub struct MemoryBudget {
    /// Room for data.
    room: usize,
    held: AtomicUsize,
    stores: AtomicU64,
    loaded: Mutex<Cache>,
    spare: Mutex<Spare>,
    admitted: Mutex<Admitted>,
    failure: OnceLock<io::Error>,
}

/// Pages of past submissions whose memory the next ones use.
#[derive(Debug, Default)]
struct Spare {
    pages: Vec<Page>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Admitted {
    count: usize,
    bytes: usize,
}

/// Room for one submission, given back when dropped.
#[derive(Debug)]
pub struct Admission {
    memory: Arc<MemoryBudget>,
    bytes: usize,
}

/// Memory that something other than pages takes, given back when dropped.
#[derive(Debug)]
pub(crate) struct Reserved<'a> {
    memory: &'a MemoryBudget,
    bytes: usize,
}

impl MemoryBudget {
    /// A budget of so many bytes.
    pub fn new(budget: usize) -> Arc<Self> {
        let room = budget.saturating_sub(OWN).max(budget / 4);
        Arc::new(Self {
            room,
            held: AtomicUsize::new(0),
            stores: AtomicU64::new(0),
            loaded: Mutex::new(Cache::new((room / WHOLE * LOADED).max(LEAST_LOADED))),
            spare: Mutex::default(),
            admitted: Mutex::default(),
            failure: OnceLock::new(),
        })
    }

    /// No budget: everything stays in memory.
    pub fn unlimited() -> Arc<Self> {
        Self::new(usize::MAX)
    }

    /// Bytes that reading one file may hold beside the pages it fills.
    pub fn reading(&self) -> u64 {
        u64::try_from(self.room / WHOLE * READING).unwrap_or(u64::MAX)
    }

    /// Bytes taken now.
    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Room for a submission whose files have so many bytes, beside those admitted now; `None` where it has to wait
    /// for one of them to end. The only one there is always has room: its pages go to the file if need be.
    pub fn admit(self: &Arc<Self>, bytes: usize) -> Option<Admission> {
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = admitted.bytes.saturating_add(bytes);
        if admitted.count > 0 && sum > self.room / WHOLE * PAGES {
            return None;
        }
        *admitted = Admitted { count: admitted.count.saturating_add(1), bytes: sum };
        Some(Admission { memory: Arc::clone(self), bytes })
    }

    /// What kept a page from being read back, if anything: nothing assessed since can be trusted.
    pub fn failure(&self) -> Option<&io::Error> {
        self.failure.get()
    }

    /// Keeps the first error: the others follow from it.
    fn fail(&self, error: io::Error) {
        let _ = self.failure.set(error);
    }

    /// Counts memory that something other than pages takes, so that pages leave it room.
    pub(crate) fn reserve(&self, bytes: usize) -> Reserved<'_> {
        self.count(bytes);
        Reserved { memory: self, bytes }
    }

    /// Counts memory until [`Self::uncount`].
    pub(crate) fn count(&self, bytes: usize) {
        self.held.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts it no longer.
    pub(crate) fn uncount(&self, bytes: usize) {
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Takes room for a page; false where there is none.
    fn take(&self, bytes: usize) -> bool {
        let before = self.held.fetch_add(bytes, Ordering::Relaxed);
        let fits = before.saturating_add(bytes) <= self.room / WHOLE * PAGES;
        if !fits {
            self.uncount(bytes);
        }
        fits
    }

    /// Memory of a page like `like`, empty.
    pub(crate) fn recycled(&self, like: &Page) -> Option<Page> {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |page: &Page| std::mem::discriminant(page) == std::mem::discriminant(like);
        let at = spare.pages.iter().rposition(same)?;
        let page = spare.pages.swap_remove(at);
        spare.bytes = spare.bytes.saturating_sub(page.bytes());
        Some(page)
    }

    /// Keeps the memory of a page for the next.
    fn recycle(&self, mut page: Page) {
        page.clear();
        // Text takes exactly what it needs, which fits nothing else.
        let bytes = if matches!(page, Page::Plain(_)) { 0 } else { page.bytes() };
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes > 0 && spare.bytes.saturating_add(bytes) <= (self.room / WHOLE * SPARE).min(MOST_SPARE) {
            spare.bytes = spare.bytes.saturating_add(bytes);
            spare.pages.push(page);
        }
    }
}

/// More than this is not kept for reuse, whatever the budget.
const MOST_SPARE: usize = 256 << 20;

impl Drop for Admission {
    fn drop(&mut self) {
        let mut admitted = self.memory.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        admitted.count = admitted.count.saturating_sub(1);
        admitted.bytes = admitted.bytes.saturating_sub(self.bytes);
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        self.memory.uncount(self.bytes);
    }
}
