//! Pages read back from the temporary file, as many as the budget allows.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::super::column::page::Page;

/// A store and a place in its file.
pub(super) type Key = (u64, u64);

#[derive(Debug)]
struct Entry {
    page: Arc<Page>,
    bytes: usize,
    used: bool,
}

/// A second-chance cache.
#[derive(Debug)]
pub(super) struct Cache {
    pages: HashMap<Key, Entry>,
    order: VecDeque<Key>,
    bytes: usize,
    most: usize,
}

impl Cache {
    pub(super) fn new(most: usize) -> Self {
        Self { pages: HashMap::new(), order: VecDeque::new(), bytes: 0, most }
    }

    pub(super) fn get(&mut self, key: Key) -> Option<Arc<Page>> {
        let entry = self.pages.get_mut(&key)?;
        entry.used = true;
        Some(Arc::clone(&entry.page))
    }

    /// Keeps a page, and lets go of those not used for long.
    pub(super) fn put(&mut self, key: Key, page: &Arc<Page>) {
        let bytes = page.bytes();
        let entry = Entry { page: Arc::clone(page), bytes, used: false };
        if self.pages.insert(key, entry).is_none() {
            self.bytes = self.bytes.saturating_add(bytes);
            self.order.push_back(key);
        }
        while self.bytes > self.most && self.order.len() > 1 {
            self.evict();
        }
    }

    fn evict(&mut self) {
        let Some(key) = self.order.pop_front() else { return };
        match self.pages.get_mut(&key) {
            Some(entry) if entry.used => {
                entry.used = false;
                self.order.push_back(key);
            }
            _ => self.forget(key),
        }
    }

    fn forget(&mut self, key: Key) {
        if let Some(entry) = self.pages.remove(&key) {
            self.bytes = self.bytes.saturating_sub(entry.bytes);
        }
    }

    /// Lets go of all pages of a store.
    pub(super) fn forget_store(&mut self, store: u64) {
        let gone: Vec<Key> = self.order.iter().filter(|key| key.0 == store).copied().collect();
        self.order.retain(|key| key.0 != store);
        for key in gone {
            self.forget(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_used_again_stay_longer() {
        let page = || Arc::new(Page::Coded(crate::table::column::page::Coded::Byte(vec![0; 10])));
        let mut cache = Cache::new(30);
        for at in 0..3 {
            cache.put((0, at), &page());
        }
        assert!(cache.get((0, 0)).is_some());
        cache.put((0, 3), &page());
        let held: Vec<_> = (0..4).filter(|at| cache.pages.contains_key(&(0, *at))).collect();
        assert_eq!((held, cache.bytes), (vec![0, 2, 3], 30));
        cache.forget_store(0);
        assert_eq!((cache.pages.len(), cache.order.len(), cache.bytes), (0, 0, 0));
    }
}
