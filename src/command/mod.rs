//! One module for each command: wiring only.

pub mod baseline;
pub mod cache;
pub mod check;
pub mod demo;
pub mod diff;
pub mod doctor;
pub mod explain;
pub mod history;
pub mod init;
pub mod log;
mod own_output;
pub mod report;
pub mod rules;
pub mod rulings;
pub mod sample;
pub mod schema;
mod secret_key;
pub mod sign;
pub mod source;
pub mod standard_input;
pub mod verify;
pub mod waiver;
