//! Where the pages of one submission are.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};

use super::super::column::page::Page;
use super::{MemoryBudget, file};

/// The pages of one submission: its file goes with it.
#[derive(Debug)]
pub(crate) struct Store {
    memory: Arc<MemoryBudget>,
    number: u64,
    file: OnceLock<Option<File>>,
    end: AtomicU64,
}

/// A full page: in memory, or in the file.
#[derive(Debug)]
pub(crate) enum Slot {
    /// In memory, with the bytes it is counted with.
    Held(Page, usize),
    /// In the file.
    Aside(PageLocation),
}

/// A place in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageLocation {
    at: u64,
    bytes: usize,
    rows: usize,
}

impl Store {
    /// For one submission of a run.
    pub(crate) fn new(memory: &Arc<MemoryBudget>) -> Arc<Self> {
        let number = memory.stores.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self { memory: Arc::clone(memory), number, file: OnceLock::new(), end: AtomicU64::new(0) })
    }

    /// The memory of the run.
    pub(crate) fn memory(&self) -> &MemoryBudget {
        &self.memory
    }

    /// Takes a full page: into memory where there is room, else into the file. Where the file cannot be written it
    /// stays in memory: a budget that is not kept is better than a submission that is not assessed.
    pub(crate) fn keep(&self, page: Page) -> Slot {
        let bytes = page.bytes();
        if self.memory.take(bytes) {
            return Slot::Held(page, bytes);
        }
        if let Ok(spot) = self.aside(&page) {
            self.memory.recycle(page);
            return Slot::Aside(spot);
        }
        self.memory.count(bytes);
        Slot::Held(page, bytes)
    }

    fn aside(&self, page: &Page) -> io::Result<PageLocation> {
        let file = self.file.get_or_init(|| file::open().ok()).as_ref().ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = Vec::with_capacity(page.bytes().saturating_add(64));
        page.write(&mut bytes);
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        file::write_at(file, &bytes, at)?;
        Ok(PageLocation { at, bytes: bytes.len(), rows: page.rows() })
    }

    /// The page there. One that cannot be read fails the run, so its empty cells are never told.
    pub(crate) fn load(&self, spot: PageLocation) -> Arc<Page> {
        let key = (self.number, spot.at);
        if let Some(page) = self.memory.loaded.lock().unwrap_or_else(PoisonError::into_inner).get(key) {
            return page;
        }
        let page = self.read(spot).unwrap_or_else(|error| {
            self.memory.fail(error);
            Page::Blank(spot.rows)
        });
        let page = Arc::new(page);
        self.memory.loaded.lock().unwrap_or_else(PoisonError::into_inner).put(key, &page);
        page
    }

    fn read(&self, spot: PageLocation) -> io::Result<Page> {
        let file = self.file.get().and_then(Option::as_ref).ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = vec![0; spot.bytes];
        file::read_at(file, &mut bytes, spot.at)?;
        let page = Page::read(&bytes).filter(|page| page.rows() == spot.rows);
        page.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Gives back what a page took.
    pub(crate) fn discard(&self, slot: Slot) {
        if let Slot::Held(page, bytes) = slot {
            self.memory.uncount(bytes);
            self.memory.recycle(page);
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.file.get().is_some() {
            self.memory.loaded.lock().unwrap_or_else(PoisonError::into_inner).forget_store(self.number);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn aside(store: &Store) -> PageLocation {
        match store.keep(Page::Blank(3)) {
            Slot::Aside(spot) => spot,
            Slot::Held(..) => store.aside(&Page::Blank(3)).unwrap(),
        }
    }

    #[test]
    fn a_page_that_is_lost_fails_the_run() {
        let memory = MemoryBudget::new(0);
        let store = Store::new(&memory);
        let (kept, lost) = (aside(&store), aside(&store));
        assert_eq!(store.load(kept).rows(), 3);
        assert!(memory.failure().is_none());
        store.file.get().unwrap().as_ref().unwrap().set_len(lost.at).unwrap();
        assert_eq!(store.load(lost).rows(), 3);
        assert!(memory.failure().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof));
    }

    #[test]
    fn submissions_are_admitted_while_they_fit() {
        let memory = MemoryBudget::new(1 << 30);
        let large = memory.admit(1 << 31);
        assert!(large.is_some(), "alone, any");
        assert!(memory.admit(1).is_none());
        drop(large);
        let (one, two) = (memory.admit(1 << 26), memory.admit(1 << 26));
        assert!(one.is_some() && two.is_some() && memory.admit(1 << 27).is_none());
        drop(one);
        assert!(memory.admit(1 << 27).is_some());
    }
}
