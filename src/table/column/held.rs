//! A page to look at, wherever it lies.

use std::sync::Arc;

use super::Column;
use super::page::Page;

/// A page to look at.
#[derive(Debug)]
pub(super) enum Held<'a> {
    Here(&'a Page),
    Loaded(Arc<Page>),
}

impl Held<'_> {
    pub(super) fn page(&self) -> &Page {
        match self {
            Self::Here(page) => page,
            Self::Loaded(page) => page,
        }
    }
}

/// Bytes that cells usually hold at most.
const USUAL: usize = 256;

/// Bytes of a text beyond those that cells usually hold.
pub(super) fn surplus(text: &str) -> u64 {
    u64::try_from(text.len().saturating_sub(USUAL)).unwrap_or(u64::MAX)
}

impl Column {
    /// Bytes of its texts beyond those that cells usually hold.
    pub fn surplus(&self) -> u64 {
        self.surplus
    }
}
