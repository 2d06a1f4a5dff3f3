//! A folder of tables.

use std::collections::BTreeSet;
use std::path::Path;

use sha2::Sha256;

use super::{TableSource, display_path, file};
use crate::ingest::attached_file::AttachedFile;
use crate::ingest::error::IngestError;
use crate::ingest::files::{self, Content};
use crate::ingest::members::{Member, Members, is_inside};
use crate::ingest::recognise::Names;
use crate::ingest::stamp::{Listing, Stamp};
use crate::ingest::submission::SubmissionReader;

/// The folder at a path.
pub(super) struct Folder<'p>(pub(super) &'p Path, pub(super) Names<'p>);

impl TableSource for Folder<'_> {
    fn read(&self, reader: &mut SubmissionReader<'_, '_>) -> Result<(), IngestError> {
        let members = self.listed()?;
        members.tables.iter().try_for_each(|member| reader.member(member))?;
        reader.beside(&members.beside);
        Ok(())
    }

    fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        self.listed()?.tables.iter().try_for_each(|member| file::digest(member, into))
    }

    fn attachments(&self, not_tables: &BTreeSet<&str>) -> Result<Vec<AttachedFile>, IngestError> {
        let attached = |member| AttachedFile::on_disk(self.0, member);
        Ok(self.listed()?.without_table(not_tables).map(attached).collect())
    }

    fn size(&self) -> u64 {
        let files = self.members().map(|members| members.tables).unwrap_or_default();
        files.iter().map(|member| files::bytes(&member.path)).fold(0, u64::saturating_add)
    }

    fn listing(&self) -> Result<Listing, IngestError> {
        let Members { tables, attachments, beside } = self.listed()?;
        let mut files = tables.iter().map(Stamp::of).collect::<Result<Vec<_>, _>>()?;
        // One that cannot be looked at costs nothing else, and is never taken for one that has not changed.
        files.extend(
            attachments.iter().map(|member| Stamp::of(member).unwrap_or_else(|_| Stamp::none(member))),
        );
        Ok(Listing { files, beside })
    }

    fn locate(&self, file: &str) -> String {
        let whole = display_path(self.0);
        let is_path = file.strip_prefix(&whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if is_path { whole } else { format!("{whole}/{file}") }
    }
}

impl Folder<'_> {
    /// The files in it that may hold tables, whether readable or not, and what lies beside them.
    fn members(&self) -> Result<Members, IngestError> {
        let content = Content::of(self.0)?;
        let mut members = Members::of(&self.1, &content, &|folder| Content::of(folder).ok());
        // A note, or what lies further in, costs no more than itself.
        let is_lesser = |member: &Member| {
            is_inside(&member.name)
                || (files::is_note(&member.path) && self.1.find(&files::stem(&member.path)).is_none())
        };
        let is_odd = |member: &Member| !member.path.is_file() || files::leads_out(self.0, &member.path);
        let (odd, tables) =
            members.tables.into_iter().partition(|member| is_lesser(member) && is_odd(member));
        members.tables = tables;
        members.attachments.extend::<Vec<Member>>(odd);
        members.tables.iter().try_for_each(|member| usable(self.0, member))?;
        Ok(members)
    }

    /// The same; some must lie directly in it.
    fn listed(&self) -> Result<Members, IngestError> {
        let members = self.members()?;
        if members.tables.is_empty() {
            return Err(IngestError::Nothing { path: self.0.display().to_string() });
        }
        Ok(members)
    }
}

/// What a submission shows must be in it. A link that leads nowhere is no file, which is told when it is opened.
fn usable(folder: &Path, member: &Member) -> Result<(), IngestError> {
    if files::leads_out(folder, &member.path) {
        return Err(IngestError::Link { file: member.name.clone() });
    }
    Ok(())
}
