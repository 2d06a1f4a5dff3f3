//! Rows to typed tables: declarations, the types of cells, keys and references.

mod builder;
mod column_builder;
mod declarations;
mod keys;
mod mapping;
mod naming;
mod nothing;
mod notices;
mod outline;
mod phrase;
mod quantities;
mod references;
mod referred;
mod repeats;
mod resolve;
mod typing;
mod unnest;
mod words;
mod wrong;

pub use builder::{Builder, Built};
pub use declarations::{SchemaError, declarations, declarations_of};
pub use mapping::{lay_mapping_over, mapping_schema};
