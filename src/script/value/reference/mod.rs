//! What is known beside the submission: numbers and registers of standards, the words of titles.

pub(crate) mod forms;
pub(crate) mod numbering;
pub(crate) mod registry;
pub(crate) mod standards;
pub(crate) mod title_dictionary;
