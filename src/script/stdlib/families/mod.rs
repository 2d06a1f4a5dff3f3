//! The declarations of the host functions, a file a family.

pub(crate) mod boundaries;
pub(crate) mod comparisons;
pub(crate) mod dates;
pub(crate) mod decisions;
pub(crate) mod enumerated;
pub(crate) mod lists;
pub(crate) mod rows;
pub(crate) mod submission;
pub(crate) mod texts;
pub(crate) mod trees;
