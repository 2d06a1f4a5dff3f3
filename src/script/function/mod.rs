//! What a host function is: its names in both languages, parameters, result, cost, whether kernels may use it, and what
//! the function reference says of it. Engine, lints, cost, kernels and documents are derived from this one declaration.
//!
//! Every function of the host reads and changes nothing: what it gives has to be used.

pub(crate) mod bare_engine;
pub(crate) mod charged;
pub(crate) mod cost;
mod declaration;
mod sizes;
mod table;
mod types;

pub use declaration::Circumstance;
pub(crate) use declaration::{DirectKernel, HostFunction, Kernel, function, operator, property, unnamed};
pub(crate) use table::FunctionTable;
pub(crate) use types::{ColumnArgument, Type, documented};
