//! One module for each command: wiring only.

pub mod assess;
pub mod base;
pub mod check;
pub mod console;
pub mod demo;
pub mod explain;
pub mod load;
pub mod rules;
pub mod schema;

pub use console::Console;
