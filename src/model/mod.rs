//! The nouns of the program. Depends on nothing else in the crate; everything else depends on this.

pub mod catalog;
pub mod clause;
pub mod column;
pub mod dataset;
pub mod date;
pub mod declare;
pub mod digest;
pub mod divisions;
pub mod explanation;
pub mod fault;
pub mod finding;
pub mod fold;
pub mod gather;
pub mod identity;
pub mod kind;
pub mod outcome;
pub mod policy;
pub mod privacy;
pub mod report;
pub mod row;
pub mod ruling;
pub mod suggest;
pub mod table;
pub mod text;
pub mod written;
