//! Cells that were not understood, from where kernels stand: what can reach one is left to interpretation, which takes
//! note of each.

use std::collections::BTreeSet;

use rhai::{Dynamic, Map};

use super::ir::Ir;
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::{Group, Row, Rows};
use crate::script::value::rule_context::Tables;
use crate::script::value::tree::Tree;
use crate::table::table_schema::TableDecl;

/// Columns of its row that the closure reads; `None` where it may read any.
pub(crate) fn columns(ir: &Ir, decl: &TableDecl) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    read(ir, decl, &mut found).then_some(found)
}

fn read(ir: &Ir, decl: &TableDecl, found: &mut Vec<usize>) -> bool {
    let name = match ir {
        Ir::Row => return false,
        Ir::Get(value, name) if **value == Ir::Row => Some(name),
        Ir::At(value, index) if **value == Ir::Row => match &**index {
            Ir::Text(name) => Some(name),
            _ => return false,
        },
        _ => None,
    };
    match name {
        Some(name) => {
            found.extend(decl.position(name));
            true
        }
        None => ir.parts().into_iter().all(|part| read(part, decl, found)),
    }
}

/// Whether the closure may read an unclear cell of another row, or a selection that is not sure, through what it
/// captured.
pub(crate) fn reaches(ir: &Ir, captured: &[Dynamic]) -> bool {
    let mut reached = Reached { names: None, ir, captured };
    captured.iter().any(|value| reached.value(value))
}

struct Reached<'i> {
    /// Names the closure mentions, once they are asked for.
    names: Option<BTreeSet<String>>,
    ir: &'i Ir,
    captured: &'i [Dynamic],
}

impl Reached<'_> {
    fn value(&mut self, value: &Dynamic) -> bool {
        if let Some(tables) = value.read_lock::<Tables>() {
            return tables.loaded.indexed().any(|table| self.table(table));
        }
        if let Some(rows) = value.read_lock::<Rows>() {
            return !rows.maybe.is_empty() || rows.doubt.is_some() || self.table(&rows.of);
        }
        if let Some(row) = value.read_lock::<Row>() {
            return self.table(&row.of);
        }
        if let Some(map) = value.read_lock::<Map>() {
            return map.values().any(|value| self.value(value));
        }
        if let Ok(list) = value.as_array_ref() {
            return list.iter().any(|value| self.value(value));
        }
        if let Some(group) = value.read_lock::<Group>() {
            let (_, rows) = group.parts();
            return rows.doubt.is_some() || self.table(&rows.of);
        }
        value.read_lock::<Tree>().is_some_and(|tree| tree.is_doubtful())
    }

    /// Whether the closure mentions a column of the table that has an unclear cell.
    fn table(&mut self, table: &IndexedTable) -> bool {
        if table.unclear_rows().is_empty() {
            return false;
        }
        let names = self.names.get_or_insert_with(|| {
            let mut names = BTreeSet::new();
            mentioned(self.ir, self.captured, &mut names);
            names
        });
        let columns = table.table.decl.columns.iter().enumerate();
        columns
            .filter(|(at, _)| !table.unclear_cells(*at).is_empty())
            .any(|(_, decl)| names.contains(&decl.id) || names.contains(&decl.zh) || names.contains(ANY))
    }
}

/// Stands for a name that is worked out.
const ANY: &str = "";

fn mentioned(ir: &Ir, captured: &[Dynamic], names: &mut BTreeSet<String>) {
    match ir {
        Ir::Get(_, name) | Ir::Text(name) => {
            names.insert(name.clone());
        }
        // A captured text may be the name of a column, and so may one that is taken from a list or a map.
        Ir::Captured(at) => match captured.get(*at) {
            Some(value) if value.is_string() => {
                names.insert(value.to_string());
            }
            Some(value) if value.is_array() || value.is_map() => {
                names.insert(ANY.to_owned());
            }
            _ => {}
        },
        Ir::Join(_) => {
            names.insert(ANY.to_owned());
        }
        _ => {}
    }
    for part in ir.parts() {
        mentioned(part, captured, names);
    }
}
