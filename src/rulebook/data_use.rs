//! Which items of Appendix A rest on which tables and columns, as far as their rules say it.

use std::collections::BTreeMap;

use super::book::Rulebook;
use crate::script::DataUse;
use crate::table::table_schema::{Declarations, TableDecl};

/// For declared tables and columns the items whose rules look at them, in the order of Appendix A.
#[derive(Clone, Debug, Default)]
pub struct ItemsByData {
    tables: BTreeMap<String, Vec<String>>,
    columns: BTreeMap<(String, String), Vec<String>>,
}

impl ItemsByData {
    /// Items whose rules look at a table.
    pub fn of_table(&self, table: &str) -> &[String] {
        self.tables.get(table).map(Vec::as_slice).unwrap_or_default()
    }

    /// Items whose rules look at a table and name a column of it.
    pub fn of_column(&self, table: &str, column: &str) -> &[String] {
        let key = (table.to_owned(), column.to_owned());
        self.columns.get(&key).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, item: &str, table: &TableDecl, used: &DataUse) {
        if !used.tables.contains(&table.id) && !used.tables.contains(&table.zh) {
            return;
        }
        self.tables.entry(table.id.clone()).or_default().push(item.to_owned());
        let named = |id: &String, zh: &String| used.names.contains(id) || used.names.contains(zh);
        for column in table.columns.iter().filter(|column| named(&column.id, &column.zh)) {
            let key = (table.id.clone(), column.id.clone());
            self.columns.entry(key).or_default().push(item.to_owned());
        }
    }
}

impl Rulebook {
    /// Which items rest on which of these tables and columns.
    pub fn items_by_data(&self, declarations: &Declarations) -> ItemsByData {
        let mut items = ItemsByData::default();
        for item in self.catalog.items() {
            let Some(rule) = self.rules.iter().find(|rule| rule.meta.id == item.id) else { continue };
            let used = rule.data_use(&self.libraries);
            for table in &declarations.tables {
                items.add(&item.id, table, &used);
            }
        }
        items
    }
}
