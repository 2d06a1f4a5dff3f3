//! A page to look at, wherever it lies.

use std::sync::Arc;

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
