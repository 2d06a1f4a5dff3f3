//! Rules compiled and run: the script engine, limits, masking, the prompt.

pub(crate) mod coverage;
pub(crate) mod data_use;
pub(crate) mod engine;
pub(crate) mod limits;
pub(crate) mod lost;
pub(crate) mod masking;
pub(crate) mod prompt;
pub(crate) mod rule;
pub(crate) mod run;
