//! The words that cells offer, on a hidden sheet: a list in a cell itself may have 255 characters alone.

use std::io;

use crate::report::declared;
use crate::report::workbook::{Book, formula_name};
use crate::table::table_schema::ColumnDecl;

/// The name of the sheet; readers know it as one that explains the others.
const SHEET: &str = "选项";

/// Levels from the highest down, as columns of levels name them.
const LEVELS: [&str; 5] = ["city", "county", "town", "village", "community"];

/// The lists of words so far, a column each.
#[derive(Debug, Default)]
pub(super) struct Choices(Vec<Vec<String>>);

impl Choices {
    /// The formula for a list of words; one that is there already is used again.
    pub(super) fn formula(&mut self, words: Vec<String>) -> String {
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let known = self.0.iter().position(|list| *list == words);
        let at = known.unwrap_or_else(|| {
            self.0.push(words);
            self.0.len().saturating_sub(1)
        });
        let column = u16::try_from(at).unwrap_or(u16::MAX);
        let absolute = |row: u32| {
            let name = formula_name((row, column));
            let digits = name.find(|sign: char| sign.is_ascii_digit()).unwrap_or(name.len());
            let (letters, digits) = name.split_at(digits);
            format!("${letters}${digits}")
        };
        format!("={SHEET}!{}:{}", absolute(0), absolute(count.saturating_sub(1)))
    }

    /// Puts the sheet after the others, hidden.
    pub(super) fn write(&self, book: &mut Book) -> io::Result<()> {
        let mut sheet = Book::sheet(&vec![90; self.0.len().max(1)])?;
        for (column, words) in (0_u16..).zip(&self.0) {
            for (row, word) in (0_u32..).zip(words) {
                sheet.text((row, column), word, &book.styles.text)?;
            }
        }
        sheet.inner.set_hidden(true);
        book.add(sheet, SHEET).map(drop)
    }
}

/// The words to choose from at a level of organizations: no levels above it, and of those of the organization its own alone.
pub(super) fn words(column: &ColumnDecl, is_own_level: bool, level: &str) -> Vec<String> {
    let rank = |id: &str| LEVELS.iter().position(|known| *known == id);
    let levels = column.values.keys().filter(|id| rank(id).is_some()).count();
    let (Some(own), true) = (rank(level), levels > 2) else {
        return declared::choices(column).into_iter().map(str::to_owned).collect();
    };
    let fits = |id: &str| match rank(id) {
        Some(rank) => {
            if is_own_level {
                rank == own
            } else {
                rank >= own
            }
        }
        None => !is_own_level,
    };
    let words = column.values.iter().filter(|(id, _)| fits(id)).filter_map(|(_, words)| words.first());
    words.cloned().collect()
}
