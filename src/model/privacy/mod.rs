//! Masks for personal data. Everything that leaves the program goes through them unless the user asks for plain text.
//!
//! One function decides what is shown, from the declared privacy of a column, its type and the text: [`Redactor::cell`]
//! for cells, [`Redactor::text`] for texts that were made of data.

mod coordinates;
mod forms;
mod mask;
mod names;
mod numbers;
mod own;
mod plain_chars;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use forms::Form;
use names::Names;

pub use own::{declared, holds};

use super::fault::Fault;
use super::finding::{Finding, Location};
use super::grid;
use crate::resources::meter;
use crate::table::Table;
use crate::table::table_schema::{ColumnDecl, ColumnType, Privacy, TableDecl};

/// Whether personal data is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Masking {
    /// Masked.
    #[default]
    On,
    /// As it stands (`--unmask`).
    Off,
}

/// Digits of the shortest number of a person.
const FEWEST: usize = 10;

impl Masking {
    /// Running text of which no names are known: numbers of persons in it are masked.
    pub fn text(self, text: &str) -> String {
        match self {
            Self::On => running(text, Vec::new),
            Self::Off => text.to_owned(),
        }
    }

    /// A code: it is masked if it is the number of a person as a whole.
    pub fn code(self, code: &str) -> String {
        match self {
            Self::On => coded(code, Form::Code),
            Self::Off => code.to_owned(),
        }
    }

    /// What is wrong with a file: numbers of persons in its name, and in what it shows of the file, are masked.
    #[must_use]
    pub fn fault(self, fault: Fault) -> Fault {
        if self == Self::Off {
            return fault;
        }
        let some = |text: Option<String>| text.map(|text| self.text(&text));
        Fault {
            message: fault.message.map(|text| self.text(text)),
            help: fault.help.map(|text| self.text(text)),
            file: some(fault.file),
            sheet: some(fault.sheet),
            column: some(fault.column),
            // Masked text has as many characters as before.
            excerpt: fault.excerpt.map(|(line, at, length)| (self.text(&line), at, length)),
            ..fault
        }
    }

    /// A cell of a table as it was read, while not all names are known.
    pub fn raw(self, decl: &TableDecl, column: usize, text: &str) -> String {
        match self {
            Self::On => mask_cell(decl, column, text, None),
            Self::Off => text.to_owned(),
        }
    }
}

/// Masks the personal data of one submission, whose names it knows.
#[derive(Debug, Default)]
pub struct Redactor {
    masking: Masking,
    tables: Vec<Arc<Table>>,
    /// Names of persons, gathered when a text is first shown.
    names: OnceLock<Names>,
}

impl Redactor {
    /// For the submission with these tables.
    pub fn new(masking: Masking, tables: &BTreeMap<String, Arc<Table>>) -> Self {
        let named = |table: &&Arc<Table>| {
            let mut columns = table.decl.columns.iter();
            !table.is_empty()
                && !table.decl.reference
                && columns.any(|column| column.privacy == Some(Privacy::Name))
        };
        Self { masking, tables: tables.values().filter(named).cloned().collect(), names: OnceLock::new() }
    }

    /// Whether personal data is masked.
    pub(super) fn masks(&self) -> bool {
        self.masking == Masking::On
    }

    fn names(&self) -> &Names {
        let gather = || Names::of(self.tables.iter().map(AsRef::as_ref));
        self.names.get_or_init(|| meter::unmetered(gather, |_| 0))
    }

    /// A cell as it may be shown.
    pub fn cell(&self, table: &Table, row: usize, column: usize) -> String {
        self.cell_text(table, column, &table.display(row, column))
    }

    /// The text of a cell as it may be shown.
    pub fn cell_text(&self, table: &Table, column: usize, text: &str) -> String {
        if self.masks() { self.masked_cell(table, column, text) } else { text.to_owned() }
    }

    /// The text of a cell as it is shown to whom personal data is not.
    pub(super) fn masked_cell(&self, table: &Table, column: usize, text: &str) -> String {
        let decl = &table.decl;
        if decl.columns.get(column).is_some_and(|column| is_word(column, text)) {
            return text.to_owned();
        }
        mask_cell(decl, column, text, Some(self.names()))
    }

    /// A text made of data: numbers and names of persons in it are masked.
    pub fn text(&self, text: &str) -> String {
        self.mask_except(text, |_, _| false)
    }

    /// A text made of data and of words of the program, which are not masked: `own` says of a name at these bytes of
    /// the text whether it is part of one.
    pub fn mask_except(&self, text: &str, own: impl Fn(&str, Range<usize>) -> bool) -> String {
        if !self.masks() {
            return text.to_owned();
        }
        running(text, || named(self.names(), text, &own))
    }

    /// The code of a grid as it may be shown.
    pub fn grid(&self, code: &str) -> String {
        if self.masks() { self.masked_grid(code) } else { code.to_owned() }
    }

    /// The code of a grid as it is shown to whom personal data is not.
    pub(super) fn masked_grid(&self, code: &str) -> String {
        if is_plain_grid(code) { code.to_owned() } else { self.with_names(&coded(code, Form::Grid)) }
    }

    fn with_names(&self, text: &str) -> String {
        hide_names(self.names(), text)
    }

    /// What was found while not all names were known.
    pub fn finding(&self, finding: &mut Finding, own: impl Fn(&str, Range<usize>) -> bool) {
        // A name of a file perhaps. It goes into the fingerprint, which is the same either way.
        let target = &finding.target;
        finding.target = running(target, || named(self.names(), target, &own));
        if self.masks() {
            let quoted = |text: &str| {
                let quoted = LazyCell::new(|| Quoted::of(text));
                self.mask_except(text, |text, bytes| !quoted.at(bytes.start) || own(text, bytes))
            };
            finding.message = finding.message.map(quoted);
            finding.help = finding.help.map(quoted);
            let grids = finding.grids.iter().map(|(grid, places)| (self.with_names(grid), *places));
            finding.grids = grid::merged(grids);
        }
        let places = std::mem::take(&mut finding.locations);
        finding.locations = places.into_iter().map(|place| self.place(place)).collect();
    }

    /// A place as it was read, as it may be shown; where nothing is masked, with the masked one beside it.
    #[must_use]
    pub fn place(&self, mut place: Location) -> Location {
        if self.masks() {
            self.mask_place(&mut place);
            return place;
        }
        let mut masked = place.masked.take().unwrap_or_else(|| Box::new(place.clone()));
        self.mask_place(&mut masked);
        Location { masked: Some(masked), ..place }
    }

    fn mask_place(&self, place: &mut Location) {
        place.file = self.masked_text(&place.file);
        let parts = [&mut place.sheet, &mut place.column];
        parts.into_iter().flatten().for_each(|part| *part = self.masked_text(part));
        let texts = [&mut place.value, &mut place.grid, &mut place.department].into_iter().flatten();
        let cells = place.excerpt.iter_mut().flat_map(|cell| [&mut cell.header, &mut cell.value]);
        texts.chain(cells).for_each(|text| *text = self.with_names(text));
    }

    /// The text as it is shown to whom personal data is not.
    pub(super) fn masked_text(&self, text: &str) -> String {
        running(text, || named(self.names(), text, &|_, _| false))
    }
}

/// The text of a cell with what its column declares as personal masked, and of the rest what looks like it.
fn mask_cell(decl: &TableDecl, column: usize, text: &str, names: Option<&Names>) -> String {
    let declared = decl.columns.get(column);
    match declared.and_then(|declared| declared.privacy) {
        Some(Privacy::Name) => return mask::names(text),
        Some(Privacy::IdNumber | Privacy::Phone) => return mask::number(text),
        None => {}
    }
    let form = match declared.map(|declared| declared.kind) {
        Some(ColumnType::Code | ColumnType::Codes) if grid::is_code(decl, column) => Form::Grid,
        Some(ColumnType::Code | ColumnType::Codes) => Form::Code,
        // A number or a day. What was not understood stands there as it was written, and may be anything.
        Some(ColumnType::Integer | ColumnType::Decimal | ColumnType::Date | ColumnType::Month)
            if text.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-')) =>
        {
            Form::Code
        }
        _ => Form::Running,
    };
    if form == Form::Running {
        return running(text, || names.map_or_else(Vec::new, |names| named(names, text, &|_, _| false)));
    }
    let text = coded(text, form);
    names.map_or_else(|| text.clone(), |names| hide_names(names, &text))
}

/// Whether the text is one of the words that a column declares.
fn is_word(column: &ColumnDecl, text: &str) -> bool {
    let declared = || column.values.values().flatten().any(|word| word == text);
    match column.kind {
        ColumnType::YesNo => matches!(text, "是" | "否"),
        ColumnType::Enumerated => declared(),
        _ => false,
    }
}

/// The text with its names hidden.
fn hide_names(names: &Names, text: &str) -> String {
    hidden_in(text, named(names, text, &|_, _| false))
}

/// Running text with its numbers hidden, and the characters that `more` says.
fn running(text: &str, more: impl FnOnce() -> Vec<usize>) -> String {
    let mut hidden = more();
    if plain_chars::has_digits(text, FEWEST) {
        let signs = plain_chars::signs(text);
        let places = numbers::hidden(&signs);
        hidden.extend(characters(&signs, places));
    }
    hidden_in(text, hidden)
}

/// The text with these characters hidden, if there are any.
fn hidden_in(text: &str, hidden: Vec<usize>) -> String {
    if hidden.is_empty() { text.to_owned() } else { mask::hide(text, hidden) }
}

/// The characters that signs come from.
fn characters(signs: &[plain_chars::PlainChar], places: Vec<usize>) -> impl Iterator<Item = usize> {
    places.into_iter().filter_map(|at| signs.get(at)).map(|sign| sign.from)
}

/// Codes, of which those are hidden that are numbers of persons as a whole. What has ideographs in it is text.
fn coded(text: &str, form: Form) -> String {
    if !plain_chars::has_digits(text, FEWEST) {
        return text.to_owned();
    }
    let one = |code: &str| {
        if code.chars().any(plain_chars::is_han) {
            return running(code, Vec::new);
        }
        let signs = plain_chars::signs(code);
        let places = numbers::hidden_of_code(&signs, form);
        hidden_in(code, characters(&signs, places).collect())
    };
    text.split_inclusive(mask::LIST)
        .map(|part| {
            let code = part.trim_end_matches(mask::LIST);
            one(code) + part.get(code.len()..).unwrap_or_default()
        })
        .collect()
}

/// A quick yes for codes of grids that are no numbers of persons by their length alone.
fn is_plain_grid(code: &str) -> bool {
    !forms::may_be_number(code.len()) && code.bytes().all(|c| c.is_ascii_digit())
}

/// Characters of names that are hidden.
fn named(names: &Names, text: &str, own: &dyn Fn(&str, Range<usize>) -> bool) -> Vec<usize> {
    let found = names.find(text);
    if found.is_empty() {
        return Vec::new();
    }
    let (starts, chars): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
    let offset = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    let foreign = found.into_iter().filter(|span| !own(text, offset(span.start)..offset(span.end)));
    foreign.flat_map(|span| mask::of_name(&chars, &span)).collect()
}

/// Where a text shows data: between quotation marks, and after a colon. From each of these bytes on, whether it does.
struct Quoted(Vec<(usize, bool)>);

impl Quoted {
    fn of(text: &str) -> Self {
        let (mut open, mut double, mut tick, mut colon) = (0_usize, false, false, false);
        let changes = text.char_indices().filter_map(|(at, c)| {
            match c {
                '“' | '「' => open = open.saturating_add(1),
                '”' | '」' => open = open.saturating_sub(1),
                '"' => double = !double,
                '`' => tick = !tick,
                '：' | ':' => colon = true,
                _ => return None,
            }
            Some((at.saturating_add(c.len_utf8()), open > 0 || double || tick || colon))
        });
        Self(changes.collect())
    }

    /// Whether data is shown at this byte.
    fn at(&self, byte: usize) -> bool {
        let last = self.0.partition_point(|(from, _)| *from <= byte).checked_sub(1);
        last.and_then(|last| self.0.get(last)).is_some_and(|(_, quoted)| *quoted)
    }
}

/// Whether something stands between quotation marks, or after a colon: there the program's messages show data.
pub fn is_quoted(text: &str, bytes: &Range<usize>) -> bool {
    Quoted::of(text.get(..bytes.start).unwrap_or_default()).at(bytes.start)
}

#[cfg(test)]
mod tests;
