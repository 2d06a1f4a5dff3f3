//! The rulings of a run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::command::load::{Workbench, within};
use crate::ingest;
use crate::model::catalog::Catalog;
use crate::model::fault::{Explain, Fault};
use crate::model::ruling::Ruling;
use crate::model::text::Text;
use crate::score::LineF;

/// Reads the files of rulings that were named, and those lying beside a batch among the paths given.
///
/// # Errors
///
/// Everything that is wrong with them.
pub fn read(
    named: &[PathBuf],
    given: &[PathBuf],
    bench: &Workbench,
    submissions: &[PathBuf],
) -> Result<Vec<Ruling>, Vec<Fault>> {
    read_with(named, given, (bench, &bench.book.catalog), submissions)
}

/// The same, about what stands in a catalog.
///
/// # Errors
///
/// Everything that is wrong with them.
pub fn read_with(
    named: &[PathBuf],
    given: &[PathBuf],
    (bench, catalog): (&Workbench, &Catalog),
    submissions: &[PathBuf],
) -> Result<Vec<Ruling>, Vec<Fault>> {
    let batches = given.iter().filter(|path| submissions.binary_search(path).is_err());
    let beside = batches.flat_map(|path| rulings_in(path));
    let (mut rulings, mut faults) = (Vec::new(), Vec::new());
    let each_counts = bench.score_policies.line_f == LineF::Each;
    for file in named.iter().cloned().chain(beside) {
        match ingest::rulings::read(&file, catalog, each_counts) {
            Ok(read) => rulings.extend(read),
            Err(errors) => faults.extend(errors.iter().map(|error| within(&file, error.fault()))),
        }
    }
    if faults.is_empty() { Ok(rulings) } else { Err(faults) }
}

fn rulings_in(folder: &Path) -> Vec<PathBuf> {
    let candidates = ["csv", "xlsx", "toml"].map(|ending| folder.join(format!("rulings.{ending}")));
    candidates.into_iter().filter(|path| path.is_file()).collect()
}

/// Whom a ruling is about, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Organization id; empty where the ruling names none.
    pub organization: String,
    /// File the ruling stands in.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row in the file.
    pub row: u32,
}

impl Addressee {
    /// That of `ruling`.
    pub fn of(ruling: &Ruling) -> Self {
        let Ruling { organization, file, sheet, row, .. } = ruling.clone();
        Self { organization, file, sheet, row }
    }

    /// A ruling must say which organization it is about where there are several, and name one that is there.
    pub fn fault(&self, known: &BTreeSet<String>, organizations: usize) -> Option<Fault> {
        let faulty = match self.organization.as_str() {
            "" => organizations > 1,
            id => !known.contains(id),
        };
        faulty.then(|| self.no_such_organization())
    }

    fn no_such_organization(&self) -> Fault {
        let message = if self.organization.is_empty() {
            Text::new(
                "有多个被评估单位，裁定未写明是哪一个",
                "there are several organizations; the ruling names none",
            )
        } else {
            Text::new(
                format!("没有编号为“{}”的被评估单位", self.organization),
                format!("there is no organization `{}`", self.organization),
            )
        };
        Fault {
            code: "ruling.organization",
            message,
            help: Text::new(
                "organization 列写申报材料中的单位编号",
                "write the id of its submission in the column organization",
            ),
            file: Some(self.file.clone()),
            sheet: self.sheet.clone(),
            row: Some(self.row),
            column: Some("organization".to_owned()),
            excerpt: None,
        }
    }
}
