//! Rows that may belong to a selection: whether they do hangs on a cell that was not understood.

use std::sync::Arc;

use super::selection::Chosen;
use super::unclear::Cause;

/// A row that may be chosen, and the cell that would tell.
#[derive(Clone, Debug)]
pub(crate) struct Perhaps {
    pub(crate) at: u32,
    pub(crate) cause: Cause,
}

/// Rows that may be chosen, in table order, none of them chosen for sure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maybe(Option<Arc<[Perhaps]>>);

impl Maybe {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Perhaps> {
        self.0.iter().flat_map(|rows| rows.iter())
    }

    /// Their rows.
    pub(crate) fn rows(&self) -> Chosen {
        self.iter().map(|one| one.at).collect()
    }

    pub(crate) fn causes(&self) -> impl Iterator<Item = &Cause> {
        self.iter().map(|one| &one.cause)
    }

    /// The cell that would tell of this row.
    pub(crate) fn cause(&self, row: u32) -> Option<&Cause> {
        let rows = self.0.as_deref()?;
        let at = rows.binary_search_by_key(&row, |one| one.at).ok()?;
        rows.get(at).map(|one| &one.cause)
    }
}

impl FromIterator<Perhaps> for Maybe {
    fn from_iter<I: IntoIterator<Item = Perhaps>>(rows: I) -> Self {
        let mut rows: Vec<Perhaps> = rows.into_iter().collect();
        rows.sort_by_key(|one| one.at);
        rows.dedup_by_key(|one| one.at);
        Self((!rows.is_empty()).then(|| rows.into()))
    }
}

/// What is known of one row.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Yes,
    No,
    Unclear(Cause),
}

impl Answer {
    pub(crate) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// A cell that was not understood tells nothing.
pub(crate) fn open(one: &Perhaps) -> Answer {
    Answer::Unclear(one.cause.clone())
}
