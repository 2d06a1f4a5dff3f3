//! stub until merged
use super::IngestError;
use crate::model::{catalog::Catalog, ruling::Ruling};
use std::path::Path;
/// stub
pub fn read(_: &Path, _: &Catalog, _: bool) -> Result<Vec<Ruling>, Vec<IngestError>> {
    Ok(Vec::new())
}
