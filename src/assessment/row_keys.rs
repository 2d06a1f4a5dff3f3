//! Places in a database: a row is named by its key, since nobody sees its number there.

use std::collections::BTreeSet;
use std::path::Path;

use super::session::{Session, display_path};
use crate::ingest::{self, Numbered, RowKey};
use crate::model::dataset::Dataset;
use crate::model::fault::{Explain, Fault};
use crate::model::finding::Location;

/// Names the rows at these places of the submission at `path` by their keys, if it came out of a database. A key is masked
/// as its column is declared, or as any text where no declared column carries it.
///
/// # Errors
///
/// They cannot be read any more.
pub(super) fn name<'a>(
    session: &Session,
    path: &Path,
    dataset: &Dataset,
    places: impl Iterator<Item = &'a mut Location>,
) -> Result<(), Fault> {
    let shown = display_path(path);
    let file = shown.split('/').next().unwrap_or_default();
    let mut places: Vec<_> = places.filter(|place| place.file == file).collect();
    let wanted: BTreeSet<_> = places.iter().filter_map(|place| numbered(place)).collect();
    let keys = ingest::row_keys(path, &wanted).map_err(|error| session.masking.fault(error.fault()))?;
    let Some(keys) = keys else { return Ok(()) };
    let keys = masked(dataset, keys);
    for place in &mut places {
        // Cells of a database have no names of a spreadsheet, and the header is no row of it.
        place.cell = None;
        place.row = place.row.filter(|row| *row > 0);
        place.key = numbered(place).and_then(|row| keys.get(&row)).cloned();
    }
    Ok(())
}

fn numbered(place: &Location) -> Option<(String, u32)> {
    place.sheet.clone().zip(place.row)
}

fn masked(dataset: &Dataset, keys: Numbered<RowKey>) -> Numbered<String> {
    let shown = |source: &str, key: &RowKey| {
        let declared = dataset.tables.values().find_map(|table| {
            let of_source = |sheet: &Option<String>| sheet.as_deref() == Some(source);
            let segment = table.segments.iter().find(|segment| of_source(&segment.source.sheet))?;
            let is_key = |header: &Option<(u32, String)>| {
                header.as_ref().is_some_and(|(_, header)| *header == key.column)
            };
            Some((table, segment.headers.iter().position(is_key)?))
        });
        match declared {
            Some((table, column)) => dataset.redactor.cell_text(table, column, &key.value),
            None => dataset.redactor.text(&key.value),
        }
    };
    let keys = keys.into_iter().map(|(row, key)| {
        let named = format!("{}={}", key.column, shown(&row.0, &key));
        (row, named)
    });
    keys.collect()
}
