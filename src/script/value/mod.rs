//! What rules see of a submission: loaded tables and their indexes, selections of rows, cells and their places.
//!
//! Knows neither kernels nor host functions: what these keep with a table is an [`extension`].

pub(crate) mod boundary;
pub(crate) mod calls;
pub(crate) mod cell_refs;
pub(crate) mod cells;
pub(crate) mod column_codes;
pub(crate) mod column_scans;
pub(crate) mod days;
pub(crate) mod decision;
pub(crate) mod enumerated;
pub(crate) mod extension;
pub(crate) mod join_index;
pub(crate) mod kernel_value;
pub(crate) mod kinds;
pub(crate) mod lacking;
pub(crate) mod loaded_table;
pub(crate) mod maybe;
pub(crate) mod memo;
pub(crate) mod patterns;
pub(crate) mod reference;
mod row_assurance;
pub(crate) mod row_set;
pub(crate) mod rows;
pub(crate) mod rule_context;
pub(crate) mod selection;
pub(crate) mod settle;
pub(crate) mod taint;
pub(crate) mod texts;
pub(crate) mod tree;
pub(crate) mod unclear;
pub(crate) mod unclear_index;
