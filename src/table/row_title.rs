//! By what a row is known to people: its code, and what it is called.

use super::table_schema::{ColumnDecl, ColumnType, TableDecl};

impl TableDecl {
    /// Positions of the columns with the codes of rows.
    pub fn code_columns(&self) -> impl Iterator<Item = usize> {
        self.positions(|column| column.key && column.kind == ColumnType::Code)
    }

    /// Position of the column that tells what a row is called: that of names, else the first required text.
    pub fn title_column(&self) -> Option<usize> {
        let text = |column: &ColumnDecl| column.kind == ColumnType::Text;
        let named = self.positions(move |column| column.names && text(column)).next();
        named.or_else(|| self.positions(move |column| column.required && text(column)).next())
    }

    fn positions(&self, is: impl Fn(&ColumnDecl) -> bool) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, column)| is(column)).map(|(at, _)| at)
    }
}
