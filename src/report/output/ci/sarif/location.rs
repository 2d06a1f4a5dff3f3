//! Where a result stands: the line of a file, and what that is in the submission.

use super::document::{ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region};
use crate::model::finding;
use crate::model::report::{Organization, ReportFinding};
use crate::report::output::ci::artifact::{Artifact, Place};

/// The places shown of a finding; the submission where it has none, since GitLab refuses results without one.
pub(super) fn locations(one: &Organization, finding: &ReportFinding) -> Vec<Location> {
    if finding.locations.is_empty() {
        return vec![location(one, &finding::Location::default())];
    }
    finding.locations.iter().map(|place| location(one, place)).collect()
}

fn location(one: &Organization, place: &finding::Location) -> Location {
    let Place { artifact, line, column } = Place::new(&one.submission.path, place);
    let logical_locations = logical_locations(one, &artifact, place);
    Location { physical_location: physical_location(&artifact, line, column), logical_locations }
}

/// A line of a file; the first where none is known: GitHub and GitLab want one.
pub(super) fn physical_location(
    artifact: &Artifact,
    line: Option<u32>,
    column: Option<u32>,
) -> PhysicalLocation {
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: artifact.uri() },
        region: Region { start_line: line.unwrap_or(1).max(1), start_column: column },
    }
}

/// From the organization down to the cell, each with the names of all above it.
fn logical_locations(
    one: &Organization,
    artifact: &Artifact,
    place: &finding::Location,
) -> Vec<LogicalLocation> {
    let cell = place.key.as_ref().or(place.cell.as_ref());
    let steps = [
        ("organization", Some(&one.name).filter(|name| !name.is_empty())),
        ("file", artifact.inside.as_ref()),
        ("sheet", place.sheet.as_ref()),
        ("column", place.column.as_ref()),
        (if place.key.is_some() { "row" } else { "cell" }, cell),
    ];
    let mut path = if one.id.is_empty() { one.submission.path.clone() } else { one.id.clone() };
    let mut all = Vec::new();
    for (kind, name) in steps {
        let Some(name) = name else { continue };
        if kind != "organization" {
            path = format!("{path}/{name}");
        }
        all.push(LogicalLocation { name: name.clone(), fully_qualified_name: path.clone(), kind });
    }
    all
}
