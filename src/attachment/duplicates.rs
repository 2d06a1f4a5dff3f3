//! Which files were seen before: with the same bytes, or with the same text.

use std::collections::HashMap;

use super::condition::Examined;
use crate::document::Document;

/// Characters of a text below which many papers are alike by chance.
const FEWEST: u64 = 40;

/// Digests of what was seen, each with the first file that had it.
#[derive(Debug, Default)]
pub(super) struct FirstFiles {
    bytes: HashMap<String, usize>,
    texts: HashMap<String, usize>,
}

impl FirstFiles {
    /// The first file that has the bytes or the text of the one at this place.
    pub(super) fn first_alike(
        &mut self,
        at: usize,
        examined: &Examined,
        document: Option<&Document>,
    ) -> Option<usize> {
        let text = examined.text.as_ref().filter(|_| document.is_some_and(|one| one.characters >= FEWEST));
        let same_bytes =
            seen(&mut self.bytes, Some(&examined.sha256).filter(|digest| !digest.is_empty()), at);
        let same_text = seen(&mut self.texts, text, at);
        same_bytes.or(same_text)
    }
}

/// The first with a digest; this one, if there was none, is it from now on.
fn seen(known: &mut HashMap<String, usize>, digest: Option<&String>, at: usize) -> Option<usize> {
    let first = *known.entry(digest?.clone()).or_insert(at);
    (first != at).then_some(first)
}
