//! How what rests on rows is known: whether there are files behind them.

use super::cell_refs::CellRefs;
use super::loaded_table::Loaded;
use crate::model::assurance::Assurance;

impl Loaded {
    /// How what rests on these places is known, and how many of the rows among them ought to have a file and have none.
    pub(crate) fn assurance(&self, cells: &CellRefs) -> (Assurance, usize) {
        let (mut is_examined, mut backed, mut without) = (false, 0_usize, 0_usize);
        for of_table in cells.tables() {
            let decl = &of_table.of.table.decl;
            let rows = of_table.rows.as_ref().filter(|rows| !rows.is_empty());
            is_examined |= decl.derived && rows.is_some();
            let Some((rows, evidence)) = rows.zip(self.evidence.of(&decl.id)) else { continue };
            let with_file =
                rows.iter().filter(|at| evidence.get(*at as usize).is_some_and(|file| *file)).count();
            backed = backed.saturating_add(with_file);
            without = without.saturating_add(rows.len().saturating_sub(with_file));
        }
        let assurance = match (without, is_examined, backed) {
            (0, true, _) => Assurance::Examined,
            (0, false, 1..) => Assurance::Evidenced,
            _ => Assurance::Claimed,
        };
        (assurance, without)
    }
}
