//! Reads one submission: its files in order, each as the table its name says.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::attached_file::AttachedFile;
use super::beside::Beside;
use super::book::{self, Sheet};
use super::csv::{self, Records, Separator};
use super::discover::ORGANIZATION;
use super::encoding::{Encoding, Wanted};
use super::error::IngestError;
use super::files::{self, Form};
use super::info::{FileInfo, ReadInfo, SheetInfo, Taken};
use super::input::{Decoded, Input};
use super::limit::Limit;
use super::members::{Member, is_inside};
use super::merges::Merges;
use super::metered::Metered;
use super::parts::{self, Part};
use super::recognise::{By, Names};
use super::sheet::{Out, SheetReader};
use super::workbook::{Head, Workbook};
use super::{ReadOptions, notices, source};
use crate::model::digest::hex;
use crate::model::finding::Location;
use crate::model::finding_collector::FindingKey;
use crate::model::finding_ids;
use crate::model::row::{Rows, TableSink};
use crate::resources::progress::{self, ProgressEvent};
use crate::table::table_schema::{Declarations, TableDecl};
use crate::table::{NotKnown, Source, Unread};

/// Reads the submission at `path`, a folder, a ZIP of one, or one file, and hands its rows to `sink`.
///
/// # Errors
/// When a file of it cannot be read: then the submission as a whole cannot be judged.
pub fn read(
    path: &Path,
    decls: &Declarations,
    options: ReadOptions,
    sink: &mut dyn TableSink,
) -> Result<ReadInfo, IngestError> {
    let mut reader = SubmissionReader::new(Names::new(decls), options, sink);
    source::at(path, reader.names).read(&mut reader)?;
    reader.out.finish();
    Ok(ReadInfo { sha256: hex(&reader.digest.finalize()), files: reader.files })
}

/// Reads one file as this table, whatever its name and those of its sheets, and hands its rows to `sink`.
///
/// # Errors
/// When it cannot be read.
pub fn read_as(
    path: &Path,
    table: &Arc<TableDecl>,
    options: ReadOptions,
    sink: &mut dyn TableSink,
) -> Result<(), IngestError> {
    let mut reader = SubmissionReader::new(Names::only(table), options, sink);
    reader.member(&Member::alone(path))?;
    reader.out.finish();
    Ok(())
}

/// Reads inline CSV as one table, by the same code as files.
///
/// # Errors
/// When it is not proper CSV.
pub fn read_text(
    table: &Arc<TableDecl>,
    name: &str,
    csv: &str,
    sink: &mut dyn TableSink,
) -> Result<(), IngestError> {
    let input = Input::text(name, csv);
    let mut out = Out::new(sink);
    read_csv(&input, &input.decoded(Wanted::Fixed(Encoding::Utf8))?, table, &mut out)?;
    out.finish();
    Ok(())
}

/// The files of the submission at `path` that hold no table, sorted by name, after it was read.
///
/// # Errors
/// When it cannot be listed.
pub fn attachments(
    path: &Path,
    decls: &Declarations,
    read: &ReadInfo,
) -> Result<Vec<AttachedFile>, IngestError> {
    source::at(path, Names::new(decls)).attachments(&read.not_tables())
}

/// Takes the tables of a submission from its source, and hands their rows on.
pub(super) struct SubmissionReader<'a, 'b> {
    pub(super) names: Names<'a>,
    options: ReadOptions,
    pub(super) out: Out<'b>,
    pub(super) digest: Sha256,
    pub(super) files: Vec<FileInfo>,
}

impl<'a, 'b> SubmissionReader<'a, 'b> {
    fn new(names: Names<'a>, options: ReadOptions, sink: &'b mut dyn TableSink) -> Self {
        Self { names, options, out: Out::new(sink), digest: Sha256::new(), files: Vec::new() }
    }

    /// Bytes of memory that reading may hold.
    pub(super) const fn memory(&self) -> Option<u64> {
        self.options.memory
    }

    /// Reads a file on disk.
    pub(super) fn member(&mut self, member: &Member) -> Result<(), IngestError> {
        progress::announce(ProgressEvent::Read, &member.path.display().to_string());
        let mut metered = Metered::begin(files::bytes(&member.path), self.options.memory);
        let input = open(member, metered.held())?;
        self.input(&input, &mut metered)?;
        input.unchanged()
    }

    /// Reads a file, wherever its bytes are.
    pub(super) fn input(&mut self, input: &Input, metered: &mut Metered) -> Result<(), IngestError> {
        input.digest(&mut self.digest)?;
        let file = match self.file(input, metered) {
            // What lies in a folder inside may be an attachment with the name of a table.
            Err(error) if is_inside(&input.name) && error.is_of_content() => {
                file_info(input, vec![self.unreadable_part(&input.name, &error)])
            }
            file => file?,
        };
        self.files.push(file);
        Ok(())
    }

    fn file(&mut self, input: &Input, metered: &mut Metered) -> Result<FileInfo, IngestError> {
        let path = Path::new(&input.name);
        Ok(match files::form(path) {
            Some(Form::Text) => self.text(input, path)?,
            Some(Form::Unsupported) => file_info(input, self.unsupported(input, path)?),
            _ if files::may_be_text(path) && book::is_text(input)? => self.text(input, path)?,
            _ => file_info(input, self.workbook(input, path, metered)?),
        })
    }

    /// A table in a form that is not read: an attachment, unless it has the name of a table.
    fn unsupported(&mut self, input: &Input, path: &Path) -> Result<Vec<SheetInfo>, IngestError> {
        let stem = files::stem(path);
        if self.names.named(&stem).is_some() {
            return Err(IngestError::UnsupportedFormat { file: input.name.clone() });
        }
        Ok(vec![self.unknown(&input.name, None, &stem)])
    }

    /// Tells what lies beside the tables.
    pub(super) fn beside(&mut self, beside: &Beside) {
        beside.tell(&mut self.out.findings);
    }

    fn text(&mut self, input: &Input, path: &Path) -> Result<FileInfo, IngestError> {
        let stem = self.names.of_member(path);
        let named = self.names.named(&stem);
        if named.is_none() && files::is_note(path) {
            return Ok(file_info(input, Vec::new()));
        }
        let decoded = input.decoded(self.options.encoding.map_or(Wanted::Either, Wanted::Asked));
        let decoded = match (decoded, named) {
            // What has no table's name is an attachment, in whatever form.
            (
                Err(
                    IngestError::Encoding { .. }
                    | IngestError::Utf16 { .. }
                    | IngestError::Big5 { .. }
                    | IngestError::MixedEncodings { .. },
                ),
                None,
            ) => return Ok(file_info(input, vec![self.unknown(&input.name, None, &stem)])),
            (decoded, _) => decoded?,
        };
        let (separator, info) = match named {
            Some((table, By::Name)) if is_inside(&input.name) && !is_text_of(input, &decoded, table)? => {
                (None, self.headless_part(&input.name, None, table))
            }
            Some((table, By::Name)) => {
                let (separator, info) = read_csv(input, &decoded, table, &mut self.out)?;
                (Some(separator), info)
            }
            found => self.by_header(input, &decoded, &stem, found.map(|(table, _)| table))?,
        };
        Ok(FileInfo { encoding: Some(decoded.encoding), separator, ..file_info(input, vec![info]) })
    }

    /// Reads a text whose name only ends like that of a table, or like none, as the table whose header it has.
    fn by_header(
        &mut self,
        input: &Input,
        decoded: &Decoded<'_>,
        stem: &str,
        ending: Option<&'a Arc<TableDecl>>,
    ) -> Result<(Option<char>, SheetInfo), IngestError> {
        let heads = csv::heads(input, decoded)?.into_iter();
        let heads: Vec<Head> = heads.map(|(_, rows)| Head { rows, merges: Merges::default() }).collect();
        if let Some(table) = ending.filter(|table| heads.iter().any(|head| parts::is_headed(table, head))) {
            let (separator, info) = read_csv(input, decoded, table, &mut self.out)?;
            return Ok((Some(separator), info));
        }
        match heads.iter().find_map(|head| parts::likely(&self.names, stem, head)) {
            Some((table, share)) => {
                self.read_by_header(&input.name, None, (table, share));
                let (separator, info) = read_csv(input, decoded, table, &mut self.out)?;
                Ok((Some(separator), SheetInfo { taken: Taken::Header, ..info }))
            }
            None => Ok((None, self.unknown(&input.name, None, stem))),
        }
    }

    /// Tells that something was read by its header.
    fn read_by_header(&mut self, file: &str, sheet: Option<&str>, (table, share): (&TableDecl, u32)) {
        let source = Source { file: file.to_owned(), sheet: sheet.map(str::to_owned) };
        let name = sheet.unwrap_or(file);
        let notice = || notices::read_by_header(name, table, share);
        let kind = FindingKey { rule: finding_ids::READ_BY_HEADER, target: name, detail: file };
        self.out.findings.add(kind, notice, || Some(Location::in_source(&source, None, None)));
    }

    fn workbook(
        &mut self,
        input: &Input,
        path: &Path,
        metered: &mut Metered,
    ) -> Result<Vec<SheetInfo>, IngestError> {
        let stem = self.names.of_member(path);
        let mut book = match Workbook::open(input, metered) {
            // Old forms are those of attachments as often as those of tables.
            Err(IngestError::NotAWorkbook { .. } | IngestError::Damaged { .. })
                if files::may_be_text(path) && self.names.named(&stem).is_none() =>
            {
                return Ok(vec![self.unknown(&input.name, None, &stem)]);
            }
            book => book?,
        };
        let sheets = book.sheets();
        let mut infos = Vec::new();
        let parts = parts::of(&self.names, &stem, &sheets, &mut book)?;
        let inside = is_inside(&input.name);
        if inside && parts.iter().any(|part| part.is_of(ORGANIZATION)) && !self.is_organization(&stem) {
            return Ok(vec![self.foreign_workbook(&input.name)]);
        }
        for (sheet, part) in sheets.iter().zip(parts) {
            infos.push(match part {
                Part::Empty => continue,
                Part::Of(table) if inside && !parts::is_surely_headed(table, &book.head(sheet)?) => {
                    self.headless_part(&input.name, Some(&sheet.name), table)
                }
                Part::Of(table) => {
                    let taken = self.taken(&sheet.name, path, table);
                    SheetInfo { taken, ..book.read(sheet, table, &mut self.out)? }
                }
                Part::ByHeader(table, share) => {
                    self.read_by_header(&input.name, Some(&sheet.name), (table, share));
                    SheetInfo { taken: Taken::Header, ..book.read(sheet, table, &mut self.out)? }
                }
                part => self.not_read(&input.name, sheet, part),
            });
        }
        Ok(infos)
    }

    /// By what a sheet is a table.
    fn taken(&self, sheet: &str, path: &Path, table: &TableDecl) -> Taken {
        let names = |name: &str| self.names.find(name).is_some_and(|named| named.id == table.id);
        match () {
            () if names(sheet) => Taken::SheetName,
            () if names(&self.names.of_member(path)) => Taken::FileName,
            () => Taken::Header,
        }
    }

    /// A sheet that is left out: told, unless it only explains the others, and never taken for the absence of its table.
    fn not_read(&mut self, file: &str, sheet: &Sheet, part: Part<'_>) -> SheetInfo {
        let name = sheet.name.as_str();
        let left_out = match part {
            Part::Hidden(table) => {
                Some((table, NotKnown::Hidden, finding_ids::HIDDEN_SHEET, notices::hidden_sheet(name, table)))
            }
            Part::Other(table) => Some((
                table,
                NotKnown::Header,
                finding_ids::UNKNOWN_TABLE,
                notices::other_header(name, table),
            )),
            Part::Unknown => {
                let info = self.unknown(file, Some(name), name);
                return SheetInfo { hidden: sheet.hidden, ..info };
            }
            Part::Empty | Part::Explanation | Part::Of(_) | Part::ByHeader(..) => None,
        };
        let taken = match part {
            Part::Hidden(_) => Taken::Hidden,
            Part::Other(_) => Taken::OtherHeader,
            _ => Taken::Explanation,
        };
        let table = left_out.as_ref().map(|(table, ..)| table.id.clone());
        if let Some((table, why, rule, notice)) = left_out {
            let source = Source { file: file.to_owned(), sheet: Some(sheet.name.clone()) };
            let place = || Some(Location::in_source(&source, None, None));
            self.out.findings.add(FindingKey { rule, target: name, detail: file }, || notice, place);
            self.out.unread(table, Unread { source: Arc::new(source.clone()), why });
        }
        let (name, hidden) = (Some(sheet.name.clone()), sheet.hidden);
        SheetInfo { sheet: name, hidden, table, taken, ..SheetInfo::default() }
    }

    /// What has the name of no table that is known.
    pub(super) fn unknown(&mut self, file: &str, sheet: Option<&str>, name: &str) -> SheetInfo {
        let source = Source { file: file.to_owned(), sheet: sheet.map(str::to_owned) };
        let suggestion = self.names.suggestion(name);
        if let Some(meant) = suggestion {
            let unread = Unread { source: Arc::new(source.clone()), why: NotKnown::Name };
            self.out.unread(&meant.table, unread);
        }
        let notice = || notices::unknown_table(name, suggestion.map(|meant| meant.name.as_str()));
        let kind = FindingKey { rule: finding_ids::UNKNOWN_TABLE, target: name, detail: file };
        self.out.findings.add(kind, notice, || Some(Location::in_source(&source, None, None)));
        let table = suggestion.map(|meant| meant.table.id.clone());
        SheetInfo { sheet: source.sheet, table, taken: Taken::Unknown, ..SheetInfo::default() }
    }
}

/// A file without an encoding of its own.
pub(super) fn file_info(input: &Input, sheets: Vec<SheetInfo>) -> FileInfo {
    FileInfo { name: input.name.clone(), bytes: input.bytes, encoding: None, separator: None, sheets }
}

/// Opens a file of tables.
pub(super) fn open(Member { path, name }: &Member, memory: u64) -> Result<Input, IngestError> {
    let name = name.clone();
    match files::form(path) {
        Some(Form::Text) => Input::open(path, name, Limit::File, memory),
        Some(Form::Workbook | Form::Unsupported) => Input::open(path, name, Limit::Workbook, memory),
        None => Err(IngestError::UnsupportedFormat { file: name }),
    }
}

/// Reads a CSV file as a table; the sign between its cells, and how it was read.
pub(super) fn read_csv(
    input: &Input,
    decoded: &Decoded<'_>,
    table: &Arc<TableDecl>,
    out: &mut Out<'_>,
) -> Result<(char, SheetInfo), IngestError> {
    let source = Arc::new(Source { file: input.name.clone(), sheet: None });
    let separator = separator(input, decoded, table)?;
    let separated = csv::separated(decoded, separator);
    let mut records = Records::of(input, separated.as_ref().unwrap_or(decoded), separator);
    let mut reader = SheetReader::new(table, source, out);
    while let Some((batch, last)) = records.next()? {
        reader.records(batch, last);
    }
    let info = reader.finish(&Merges::default(), &mut Rows::new(table.columns.len()));
    Ok((records.separator(), info))
}

/// Whether a text shows the header of a table.
fn is_text_of(input: &Input, decoded: &Decoded<'_>, table: &Arc<TableDecl>) -> Result<bool, IngestError> {
    let heads = csv::heads(input, decoded)?.into_iter();
    let mut heads = heads.map(|(_, rows)| Head { rows, merges: Merges::default() });
    Ok(heads.any(|head| parts::is_surely_headed(table, &head)))
}

/// The separator under which most of the header of a table is found.
fn separator(input: &Input, decoded: &Decoded<'_>, table: &TableDecl) -> Result<Separator, IngestError> {
    let mut best = (Separator::Byte(b','), 0);
    for (at, (separator, rows)) in csv::heads(input, decoded)?.into_iter().enumerate() {
        let found = parts::columns_found(table, &rows);
        if at == 0 || found > best.1 {
            best = (separator, found);
        }
    }
    Ok(best.0)
}
