//! Boundaries drawn in a column, and how much their lines cross.

pub(crate) mod area;
pub(crate) mod bearable;
pub(crate) mod column_boundaries;
pub(crate) mod rings;
pub(crate) mod sweep;
