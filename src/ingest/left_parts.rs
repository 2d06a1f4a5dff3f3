//! Files in folders inside a submission that are not read: told, and never taken for the absence of their table.

use std::path::Path;
use std::sync::Arc;

use super::discover::ORGANIZATION;
use super::error::IngestError;
use super::info::{SheetInfo, Taken};
use super::members::is_of_attachments;
use super::part_notices;
use super::submission::SubmissionReader;
use crate::model::fault::Explain;
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingKey, Notice};
use crate::model::finding_ids;
use crate::table::table_schema::TableDecl;
use crate::table::{NotKnown, Source, Unread};

impl SubmissionReader<'_, '_> {
    /// Whether this is the name of the table that says whose a submission is.
    pub(super) fn is_organization(&self, name: &str) -> bool {
        self.names.find(name).is_some_and(|table| table.id == ORGANIZATION)
    }

    /// One that cannot be read.
    pub(super) fn unreadable_part(&mut self, file: &str, error: &IngestError) -> SheetInfo {
        let table = self.names.find(&self.names.of_member(Path::new(file)));
        let why = if is_attachment(file) { NotKnown::Attached } else { NotKnown::Header };
        let unread = table.map(|table| (table, Some(why)));
        self.left((file, None), unread, || part_notices::unreadable_part(file, &error.fault()))
    }

    /// One that has a table's name and not its header. An attachment that is called like a table says nothing of it.
    pub(super) fn headless_part(
        &mut self,
        file: &str,
        sheet: Option<&str>,
        table: &Arc<TableDecl>,
    ) -> SheetInfo {
        let why = (!is_attachment(file)).then_some(NotKnown::Header);
        let info = self.left((file, sheet), Some((table, why)), || part_notices::headless_part(file, table));
        SheetInfo { taken: Taken::OtherHeader, ..info }
    }

    /// A workbook that says whose it is.
    pub(super) fn foreign_workbook(&mut self, file: &str) -> SheetInfo {
        self.left((file, None), None, || part_notices::foreign_workbook(file))
    }

    fn left(
        &mut self,
        (file, sheet): (&str, Option<&str>),
        unread: Option<(&Arc<TableDecl>, Option<NotKnown>)>,
        notice: impl FnOnce() -> Notice,
    ) -> SheetInfo {
        let source = Source { file: file.to_owned(), sheet: sheet.map(str::to_owned) };
        let key =
            FindingKey { rule: finding_ids::NESTED_FOLDER, target: file, detail: sheet.unwrap_or_default() };
        self.out.findings.add(key, notice, || Some(Location::in_source(&source, None, None)));
        if let Some((table, Some(why))) = unread {
            self.out.unread(table, Unread { source: Arc::new(source.clone()), why });
        }
        let table = unread.map(|(table, _)| table.id.clone());
        SheetInfo { sheet: source.sheet, table, taken: Taken::Unknown, ..SheetInfo::default() }
    }
}

/// Whether a file lies in a folder of attachments, by the folder's name.
fn is_attachment(file: &str) -> bool {
    let folders = file.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(is_of_attachments)
}
