//! A workbook as a package of parts: which parts it has, and what they are. Only those that are read are unpacked, and
//! each of these passes the guard before it is.

use std::collections::HashMap;

use quick_xml::events::Event;
use zip::ZipArchive;

use super::Sheet;
use super::cells::{self, Cells, Shared};
use super::strings;
use super::xml::{Xml, attribute};
use crate::ingest::budget::Budget;
use crate::ingest::damage::{Damage, Failure, Suspicion};
use crate::ingest::error::IngestError;
use crate::ingest::guard::{self, Part};
use crate::ingest::input::{Input, Stream};
use crate::ingest::merges::Area;

/// A ZIP that is read from its file.
pub(super) type Zip<'a> = ZipArchive<Box<dyn Stream + 'a>>;

/// A workbook of parts.
pub(in crate::ingest) struct Package<'a> {
    input: &'a Input,
    archive: Zip<'a>,
    /// Places of the parts in the archive, by their names in lower case.
    places: HashMap<String, usize>,
    /// Parts that passed the guard.
    parts: HashMap<usize, Part>,
    /// The folder of the part that lists the sheets, and what that part is related to.
    folder: String,
    relations: Vec<Relation>,
    /// For each sheet its part.
    of_sheets: Vec<Option<usize>>,
    shared: Shared,
}

/// What a part is related to.
pub(super) struct Relation {
    pub(super) id: String,
    /// What it is, in lower case.
    pub(super) kind: String,
    pub(super) target: String,
}

/// Where everything begins.
const ROOT: &str = "_rels/.rels";

/// What cells share: how its relation ends, and where it usually lies.
const STRINGS: (&str, &str) = ("/sharedstrings", "sharedstrings.xml");
const STYLES: (&str, &str) = ("/styles", "styles.xml");

impl<'a> Package<'a> {
    /// The package in `input` with its sheets; every part that will be read has passed the guard, and is charged to `budget`.
    pub(in crate::ingest) fn open(
        input: &'a Input,
        budget: &mut Budget,
    ) -> Result<(Self, Vec<Sheet>), IngestError> {
        let archive = guard::open(input)?;
        let mut package = Self {
            input,
            places: places(&archive),
            archive,
            parts: HashMap::new(),
            folder: String::new(),
            relations: Vec::new(),
            of_sheets: Vec::new(),
            shared: Shared::default(),
        };
        let sheets = package.contents(budget)?;
        Ok((package, sheets))
    }

    /// Reads what the cells of all sheets share.
    pub(in crate::ingest) fn fill(&mut self) -> Result<(), IngestError> {
        if let Some(at) = self.related(STYLES) {
            self.shared.formats = self.read(at, cells::formats)?;
        }
        if let Some(at) = self.related(STRINGS) {
            self.shared.strings = self.read(at, strings::shared)?;
        }
        Ok(())
    }

    /// Whether its days are counted from 1904.
    pub(in crate::ingest) fn is_1904(&self) -> bool {
        self.shared.is_1904
    }

    /// The merged areas of a sheet.
    pub(in crate::ingest) fn merges(
        &mut self,
        sheet: &Sheet,
        budget: &mut Budget,
    ) -> Result<Vec<Area>, IngestError> {
        let Some(at) = self.of_sheets.get(sheet.number).copied().flatten() else { return Ok(Vec::new()) };
        if self.parts.get(&at).is_none_or(|part| part.merges == 0) {
            return Ok(Vec::new());
        }
        self.charge(at, sheet, budget)?;
        let areas = markup(&mut self.archive, at).and_then(cells::merged);
        areas.map_err(|failure| failed(self.input, sheet, None, failure))
    }

    /// The cells of a sheet.
    pub(in crate::ingest) fn cells(
        &mut self,
        sheet: &Sheet,
        budget: &mut Budget,
    ) -> Result<Cells<'_>, IngestError> {
        let missing = || failed(self.input, sheet, None, Failure::Damaged(Damage::Missing, String::new()));
        let at = self.of_sheets.get(sheet.number).copied().flatten().ok_or_else(missing)?;
        self.charge(at, sheet, budget)?;
        let xml = markup(&mut self.archive, at);
        let xml = xml.map_err(|failure| failed(self.input, sheet, None, failure))?;
        Ok(Cells::of(xml, &self.shared))
    }

    /// Charges for a pass over the part of a sheet.
    fn charge(&self, at: usize, sheet: &Sheet, budget: &mut Budget) -> Result<(), IngestError> {
        let bytes = self.parts.get(&at).map_or(0, |part| part.bytes);
        budget.unpack(bytes).map_err(|limit| self.input.too_large(Some(&sheet.name), None, limit))
    }

    /// Finds the sheets and everything else that will be read.
    fn contents(&mut self, budget: &mut Budget) -> Result<Vec<Sheet>, IngestError> {
        let root = self.checked(ROOT, budget)?.map(|at| self.read(at, relations)).transpose()?;
        let main = root.unwrap_or_default().into_iter().find(|one| one.kind.ends_with("/officedocument"));
        let main = resolved("", &main.map_or_else(|| "xl/workbook.xml".to_owned(), |main| main.target));
        let missing = || guard::damaged(self.input, Failure::Damaged(Damage::Missing, main.clone()));
        let book = self.places.get(&main).copied().ok_or_else(missing)?;
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", main.as_str()));
        let beside = resolved(folder, &format!("_rels/{name}.rels"));
        folder.clone_into(&mut self.folder);
        self.check(book, budget)?;
        if let Some(at) = self.checked(&beside, budget)? {
            self.relations = self.read(at, relations)?;
        }
        for kind in [STRINGS, STYLES] {
            if let Some(at) = self.related(kind) {
                self.check(at, budget)?;
            }
        }
        let listed = self.read(book, listed)?;
        (self.shared.is_1904, self.shared.recalculates) = (listed.is_1904, listed.recalculates);
        let mut sheets = Vec::new();
        for ListedSheet { name, hidden, relation } in listed.sheets {
            // Old modules of macros are listed as sheets without a part.
            if relation.trim().is_empty() {
                continue;
            }
            let relation = self.relations.iter().find(|one| one.id == relation);
            // Sheets of charts, dialogues and macros hold no table.
            if relation.is_none_or(|relation| relation.kind.ends_with("/worksheet")) {
                let at =
                    relation.and_then(|one| self.places.get(&resolved(&self.folder, &one.target)).copied());
                self.note(at, budget)?;
                sheets.push(Sheet { name, hidden, number: self.of_sheets.len().saturating_sub(1) });
            }
        }
        Ok(sheets)
    }

    /// Notes the part of the next sheet.
    fn note(&mut self, at: Option<usize>, budget: &mut Budget) -> Result<(), IngestError> {
        if let Some(at) = at {
            let is_shared = self.of_sheets.contains(&Some(at));
            self.check(at, budget)?;
            let part = self.parts.get(&at).filter(|part| is_shared || part.is_run);
            if let Some(part) = part {
                let reason = if is_shared { Suspicion::Shared } else { Suspicion::Run };
                let (file, part) = (self.input.name.clone(), part.name.clone());
                return Err(IngestError::Suspicious { file, part, reason });
            }
        }
        self.of_sheets.push(at);
        Ok(())
    }

    /// Has a part pass the guard, once.
    fn check(&mut self, at: usize, budget: &mut Budget) -> Result<(), IngestError> {
        if !self.parts.contains_key(&at) {
            let part = guard::check_part(self.input, &mut self.archive, at, budget)?;
            self.parts.insert(at, part);
        }
        Ok(())
    }

    /// The place of a part that passed the guard, if there is such a part.
    fn checked(&mut self, name: &str, budget: &mut Budget) -> Result<Option<usize>, IngestError> {
        let at = self.places.get(name).copied();
        at.map_or(Ok(()), |at| self.check(at, budget)).map(|()| at)
    }

    /// The place of what the workbook is related to in this way.
    fn related(&self, (kind, usual): (&str, &str)) -> Option<usize> {
        let related = self.relations.iter().find(|relation| relation.kind.ends_with(kind));
        let target = related.map_or(usual, |relation| relation.target.as_str());
        self.places.get(&resolved(&self.folder, target)).copied()
    }

    fn read<T>(&mut self, at: usize, how: fn(Xml<'_>) -> Result<T, Failure>) -> Result<T, IngestError> {
        markup(&mut self.archive, at).and_then(how).map_err(|failure| guard::damaged(self.input, failure))
    }
}

/// What goes wrong with a sheet, unless it is we who stopped it.
pub(in crate::ingest) fn failed(
    input: &Input,
    sheet: &Sheet,
    row: Option<u32>,
    failure: Failure,
) -> IngestError {
    input.failed(|| failure.of(&input.name, Some(&sheet.name), row))
}

/// Places of the parts in an archive, by their names in lower case.
pub(super) fn places(archive: &Zip<'_>) -> HashMap<String, usize> {
    let names = (0..archive.len()).filter_map(|at| {
        let name = archive.name_for_index(at)?.ok()?;
        Some((name.replace('\\', "/").trim_start_matches('/').to_lowercase(), at))
    });
    names.collect()
}

/// The markup of a part.
pub(super) fn markup<'b>(archive: &'b mut Zip<'_>, at: usize) -> Result<Xml<'b>, Failure> {
    let part = archive.by_index(at).map_err(Failure::from)?;
    Xml::of(part).map_err(|error| Failure::Damaged(Damage::Part, error.to_string()))
}

/// The name of a part, in lower case, that is called `target` in a folder.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/").to_lowercase();
    let folder = if target.starts_with('/') { String::new() } else { folder.to_lowercase() };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub(super) fn relations(mut xml: Xml<'_>) -> Result<Vec<Relation>, Failure> {
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let of = |name| attribute(&element, name).unwrap_or_default();
                relations.push(Relation {
                    id: of("Id"),
                    kind: of("Type").to_lowercase(),
                    target: of("Target"),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// What a workbook says of itself.
#[derive(Default)]
struct Listed {
    sheets: Vec<ListedSheet>,
    /// Whether days are counted from 1904.
    is_1904: bool,
    /// Whether all formulas are to be calculated when it is opened.
    recalculates: bool,
}

/// A sheet as the workbook lists it.
struct ListedSheet {
    name: String,
    hidden: bool,
    /// Id of the relation to its part.
    relation: String,
}

fn listed(mut xml: Xml<'_>) -> Result<Listed, Failure> {
    let mut listed = Listed::default();
    let is_set =
        |value: Option<String>| value.is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"));
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "workbookPr" => listed.is_1904 |= is_set(attribute(&element, "date1904")),
                "calcPr" => listed.recalculates |= is_set(attribute(&element, "fullCalcOnLoad")),
                "sheet" => {
                    let state = attribute(&element, "state").unwrap_or_default();
                    let name = attribute(&element, "name").unwrap_or_default();
                    let hidden = matches!(state.as_str(), "hidden" | "veryHidden");
                    let relation = attribute(&element, "id").unwrap_or_default();
                    listed.sheets.push(ListedSheet { name, hidden, relation });
                }
                _ => {}
            },
            Event::Eof => return Ok(listed),
            _ => {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn sheets_without_a_part_hold_no_table() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let mut archive = zip::ZipWriter::new(&mut file);
        for (name, content) in [
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name='网格' id='a'/><sheet name='模块' id=''/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='x/worksheet' Target='a.xml'/></Relationships>",
            ),
            ("xl/a.xml", "<worksheet><sheetData/></worksheet>"),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        let most = crate::ingest::limit::Limit::Workbook;
        let input = Input::open(file.path(), "网格.xlsx".to_owned(), most, u64::MAX).unwrap();
        let (_, sheets) = Package::open(&input, &mut Budget::default()).unwrap();
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["网格"]);
    }
}
