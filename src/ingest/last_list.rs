//! Reads the list of last time: the sheet of a workbook that the program wrote and people filled in, or the same as CSV.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::plain_table::{self, PlainRow, PlainTable, declaration, text_column};
use crate::model::fault::{Explain, Fault};
use crate::model::last_list::{LastProblem, ListField, of_key};
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// The lines of each organization, by its id.
pub type LastLists = BTreeMap<String, Vec<LastProblem>>;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListFault {
    /// It has no key, or one that is not the program's.
    Key,
    /// Another line has the same key and says something else.
    Twice,
}

impl ListFault {
    const fn code(self) -> &'static str {
        match self {
            Self::Key => "list.key",
            Self::Twice => "list.twice",
        }
    }

    fn texts(self) -> (Text, Text) {
        match self {
            Self::Key => (
                Text::new(
                    "本行没有隐藏的标识，或标识被改动，无法与本次的问题对应",
                    "this line has lost its hidden key, or it was changed, so that nothing can be matched with it",
                ),
                Text::new(
                    "从程序写出的清单恢复标识；手工增加的行移到另一张工作表",
                    "restore the key from the list that the program wrote; move lines of your own to another sheet",
                ),
            ),
            Self::Twice => (
                Text::new(
                    "同一问题在清单中有两行，内容不同",
                    "the list has two lines for the same problem, which say different things",
                ),
                Text::new("只保留一行", "keep one of them"),
            ),
        }
    }
}

/// Reads a list. Sheets that repeat lines of others, as workbooks of several organizations have them, are no error.
///
/// # Errors
/// Everything that is wrong, each at its place.
pub fn read(path: &Path) -> Result<LastLists, Vec<Fault>> {
    let PlainTable { rows, mut faults, .. } =
        plain_table::read(path, &table()).map_err(|error| vec![error.fault()])?;
    let key = ListField::ALL.len().saturating_sub(1);
    let mut lists = LastLists::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let mut told = |wrong: ListFault| faults.push(row.fault(key, wrong.code(), wrong.texts()));
        let Some((organization, line)) = of_key(row.text(key)) else {
            told(ListFault::Key);
            continue;
        };
        let line = filled(row, line);
        let list = lists.entry(organization).or_default();
        match list.iter().find(|other| other.fingerprint == line.fingerprint) {
            None => list.push(line),
            Some(other) if *other == line => {}
            Some(_) => told(ListFault::Twice),
        }
    }
    if faults.is_empty() { Ok(lists) } else { Err(faults) }
}

fn filled(row: &PlainRow, mut line: LastProblem) -> LastProblem {
    for (at, field) in ListField::ALL.into_iter().enumerate() {
        let place = match field {
            ListField::Problem => &mut line.problem,
            ListField::Clause => &mut line.clause,
            ListField::Measure => &mut line.measure,
            ListField::Department => &mut line.department,
            ListField::Until => &mut line.until,
            ListField::Status => &mut line.status,
            ListField::Checked => &mut line.checked,
            ListField::Objection => &mut line.objection,
            ListField::Reply => &mut line.reply,
            ListField::Key => continue,
        };
        row.text(at).clone_into(place);
    }
    line
}

fn table() -> Arc<TableDecl> {
    let column = |field: ListField| {
        let (zh, en) = field.title();
        ColumnDecl {
            required: matches!(field, ListField::Key | ListField::Status),
            key: field == ListField::Key,
            ..text_column((en, zh))
        }
    };
    let columns = ListField::ALL.into_iter().map(column).collect();
    declaration(("rectification", "整改清单"), "What was to be put right last time.", columns)
}
