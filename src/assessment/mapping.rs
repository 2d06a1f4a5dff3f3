//! Mappings given for a run.

use std::fs;
use std::path::{Path, PathBuf};

use super::session::display_path;
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;
use crate::schema;
use crate::table::table_schema::Declarations;

/// Lays the mappings in these files over the declarations, one after the other: what the last says of a name holds.
///
/// # Errors
/// A file cannot be read, or everything that is wrong with one.
pub(super) fn lay_over(declarations: &mut Declarations, files: &[PathBuf]) -> Result<(), Vec<Fault>> {
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| vec![unreadable(file, &error)])?;
        schema::lay_mapping_over(declarations, &display_path(file), &text)?;
    }
    Ok(())
}

fn unreadable(file: &Path, error: &std::io::Error) -> Fault {
    let message = Text::new("对应表读不出来", "the mapping cannot be read");
    system::refusal(error).fault("mapping.unreadable", &message, file)
}
