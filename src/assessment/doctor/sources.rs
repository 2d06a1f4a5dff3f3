//! Each file and sheet: what it was taken for and why, its columns and rows, what was found in it.

use std::path::Path;
use std::sync::Arc;

use super::missing::{named_column, named_table};
use super::words;
use crate::assessment::session::Session;
use crate::ingest::{FileInfo, ReadInfo, SheetInfo, Taken};
use crate::model::dataset::Dataset;
use crate::model::diagnosis::{ColumnMatch, SourceDiagnosis, TakenFor, UnknownHeader};
use crate::model::finding::Finding;
use crate::model::finding_ids;
use crate::model::report::ReportFinding;
use crate::model::suggest::closest;
use crate::report::{in_order, report_findings};
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// Every source of a submission, and what was found that concerns none of them alone.
pub(super) fn all(
    session: &Session,
    dataset: &Dataset,
    info: &ReadInfo,
) -> (Vec<SourceDiagnosis>, Vec<ReportFinding>) {
    // Columns that may be left out are told of the whole submission.
    let told = dataset.findings.iter().filter(|finding| finding.rule != finding_ids::OPTIONAL_COLUMN);
    let mut findings = in_order(told.cloned().collect());
    let sources = info.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (file, sheet)));
    let sources: Vec<_> =
        sources.map(|(file, sheet)| one(session, dataset, (file, sheet), &mut findings)).collect();
    (sources, report_findings(findings))
}

fn one(
    session: &Session,
    dataset: &Dataset,
    (file, sheet): (&FileInfo, &SheetInfo),
    findings: &mut Vec<Finding>,
) -> SourceDiagnosis {
    let shown = |text: &str| dataset.redactor.text(text);
    let table = sheet.table.as_deref().and_then(|id| session.declarations.table(id));
    let read = sheet.header.is_some();
    let own =
        table.filter(|_| read).map(|table| words::of(dataset, table, &file.name, sheet.sheet.as_deref()));
    let (unknown_words, day_orders) = own.unwrap_or_default();
    SourceDiagnosis {
        file: shown(&file.name),
        sheet: sheet.sheet.as_deref().map(shown),
        hidden: sheet.hidden,
        encoding: file.encoding.map(|encoding| encoding.to_string()),
        separator: file.separator,
        read,
        taken: taken(file, sheet, table.map(Arc::as_ref)),
        table: table.map(|table| named_table(table)),
        // That of a database is no row.
        header: sheet.header.filter(|row| *row > 0),
        columns: table.map(|table| columns(sheet, table, &shown)).unwrap_or_default(),
        unknown_headers: table.map(|table| unknown_headers(sheet, table, &shown)).unwrap_or_default(),
        rows: sheet.rows,
        left_out: sheet.left_out(),
        findings: report_findings(of_source(findings, &shown(&file.name), sheet.sheet.as_deref().map(shown))),
        unknown_words,
        day_orders,
    }
}

/// What was found in a source, taken out of what was found in all; places elsewhere stay there.
fn of_source(findings: &mut Vec<Finding>, file: &str, sheet: Option<String>) -> Vec<Finding> {
    let (mut own, mut rest) = (Vec::new(), Vec::new());
    for mut finding in std::mem::take(findings) {
        let (here, elsewhere): (Vec<_>, Vec<_>) = std::mem::take(&mut finding.locations)
            .into_iter()
            .partition(|place| place.file == file && place.sheet == sheet);
        let (all, none) = (elsewhere.is_empty(), here.is_empty());
        let total = if all { finding.total } else { here.len() };
        let left = finding.total.saturating_sub(total);
        if !none {
            own.push(Finding { locations: here, total, ..finding.clone() });
        }
        if none || !all {
            rest.push(Finding {
                locations: elsewhere,
                total: if none { finding.total } else { left },
                ..finding
            });
        }
    }
    *findings = rest;
    own
}

fn taken(file: &FileInfo, sheet: &SheetInfo, table: Option<&TableDecl>) -> TakenFor {
    let stem = Path::new(&file.name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let by_name = |name: &str, own: TakenFor, alike: TakenFor| {
        let folded = normalize::name(name);
        let is = |known: &String| normalize::name(known) == folded;
        match table {
            Some(table) if table.mapped.iter().any(is) => TakenFor::Mapping,
            Some(table) if is(&table.id) || is(&table.zh) || table.aliases.iter().any(is) => own,
            _ => alike,
        }
    };
    match sheet.taken {
        Taken::FileName => by_name(stem, TakenFor::FileName, TakenFor::LikeFileName),
        Taken::SheetName => {
            let name = sheet.sheet.as_deref().unwrap_or_default();
            by_name(name, TakenFor::SheetName, TakenFor::LikeSheetName)
        }
        Taken::Header => TakenFor::Header,
        Taken::Hidden => TakenFor::Hidden,
        Taken::OtherHeader => TakenFor::OtherHeader,
        Taken::Explanation => TakenFor::Explanation,
        Taken::Unknown => TakenFor::Unknown,
    }
}

fn columns(sheet: &SheetInfo, table: &TableDecl, shown: &impl Fn(&str) -> String) -> Vec<ColumnMatch> {
    let column = |info: &crate::ingest::ColumnInfo| {
        let column = named_column(table.column(&info.column)?);
        Some(ColumnMatch { place: info.place, header: shown(&info.header), column, by: info.rank.into() })
    };
    let mut columns: Vec<_> = sheet.columns.iter().filter_map(column).collect();
    columns.sort_by_key(|column| column.place);
    columns
}

/// Headers that name no declared column, each with the missing one it is most like.
fn unknown_headers(
    sheet: &SheetInfo,
    table: &TableDecl,
    shown: &impl Fn(&str) -> String,
) -> Vec<UnknownHeader> {
    let is_missing = |column: &&ColumnDecl| !sheet.columns.iter().any(|known| known.column == column.id);
    let missing: Vec<_> = table.columns.iter().filter(is_missing).collect();
    let like = |header: &str| {
        let names = || missing.iter().flat_map(|column| std::iter::once(&column.zh).chain(&column.aliases));
        let near = closest(header, names().map(String::as_str))?;
        let column = missing
            .iter()
            .find(|column| column.zh == near || column.aliases.iter().any(|one| one == near))?;
        Some(named_column(column))
    };
    let header = |header: &String| UnknownHeader { header: shown(header), like: like(header) };
    sheet.ignored.iter().map(header).collect()
}
