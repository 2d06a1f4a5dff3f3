//! Rows to typed tables: declarations, the types of cells, keys and references.

mod builder;
mod date;
mod declarations;
mod keys;
mod notices;
mod number;
mod references;
mod typing;
mod words;

pub use builder::Builder;
pub use declarations::{SchemaError, declarations};
