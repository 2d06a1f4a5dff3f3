//! What `doctor` says: on a terminal, as JSON, as a workbook to send back, and as the draft of a mapping.

mod mapping;
mod terminal;
mod words;
mod workbook;

pub use self::mapping::draft;
pub use self::terminal::terminal;
pub use self::workbook::{Marked, file_name, workbook};
