//! Boundaries drawn in a column, and how much their lines cross.

pub(crate) mod bearable;
pub(crate) mod drawing;
pub(crate) mod drawings;
pub(crate) mod rings;
pub(crate) mod sweep;
