//! Results worked out once a text, on each thread: they depend on the text and on the circumstances alone.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use ahash::RandomState;

use crate::resources::meter;

/// Results held at most; then all are forgotten.
pub(crate) const MOST: usize = 4_096;
/// Bytes of a text whose result is held; a script makes longer ones as it likes.
const LONGEST: usize = 4_096;

/// Results by text, under the same circumstances.
struct Known<U, T> {
    under: Arc<U>,
    results: HashMap<Box<str>, Arc<T>, RandomState>,
}

/// See the module.
pub(crate) struct Memo<U, T>(RefCell<Option<Known<U, T>>>);

impl<U, T> Default for Memo<U, T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<U, T> Memo<U, T> {
    /// What `make` makes of the text, called at most once while the circumstances are the same.
    pub(crate) fn get(&self, under: &Arc<U>, text: &str, make: impl FnOnce() -> T) -> Arc<T> {
        if text.len() > LONGEST {
            return Arc::new(make());
        }
        let find = |known: &Known<U, T>| {
            Arc::ptr_eq(&known.under, under).then(|| known.results.get(text).map(Arc::clone)).flatten()
        };
        if let Some(result) = self.0.borrow().as_ref().and_then(find) {
            return result;
        }
        // Held beyond the rule that asked first.
        meter::unmetered(|| self.keep(under, text, Arc::new(make())), |_| 0)
    }

    fn keep(&self, under: &Arc<U>, text: &str, result: Arc<T>) -> Arc<T> {
        let mut slot = self.0.borrow_mut();
        let same = slot.take().filter(|known| Arc::ptr_eq(&known.under, under) && known.results.len() < MOST);
        let known = slot
            .insert(same.unwrap_or_else(|| Known { under: Arc::clone(under), results: HashMap::default() }));
        known.results.insert(text.into(), Arc::clone(&result));
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_once_under_the_same_circumstances() {
        let (memo, times) = (Memo::<u8, usize>::default(), std::cell::Cell::new(0));
        let make = || {
            times.set(times.get() + 1);
            times.get()
        };
        let (one, other) = (Arc::new(1), Arc::new(1));
        assert_eq!((*memo.get(&one, "a", make), *memo.get(&one, "a", make)), (1, 1));
        assert_eq!((*memo.get(&other, "a", make), *memo.get(&one, "a", make)), (2, 3));
        let long = "a".repeat(LONGEST + 1);
        assert_eq!((*memo.get(&one, &long, make), *memo.get(&one, &long, make)), (4, 5));
    }
}
