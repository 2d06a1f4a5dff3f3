//! The functions that rules can call, a file a family.

pub(crate) mod api;
pub(crate) mod boundaries;
pub(crate) mod comparisons;
pub(crate) mod conditions;
pub(crate) mod conjunction;
pub(crate) mod decisions;
pub(crate) mod engine_function;
pub(crate) mod excess;
pub(crate) mod identity;
pub(crate) mod lists;
pub(crate) mod lookups;
pub(crate) mod operators;
pub(crate) mod remembered;
pub(crate) mod reuse;
pub(crate) mod selections;
pub(crate) mod spread;
pub(crate) mod submission;
pub(crate) mod suspicion;
pub(crate) mod tally;
pub(crate) mod titles;
