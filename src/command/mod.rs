//! One module for each command: wiring only.

pub mod baseline;
pub mod cache;
pub mod check;
pub mod demo;
pub mod diff;
pub mod doctor;
pub mod explain;
pub mod init;
mod own_output;
pub mod report;
pub mod rules;
pub mod rulings;
pub mod sample;
pub mod schema;
pub mod source;
