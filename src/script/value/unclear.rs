//! Cells that were filled but not understood, as rules meet them.

use std::sync::Arc;

use super::loaded_table::IndexedTable;

use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, ColumnType};

/// Cells that are noted and told at most.
pub(crate) const TOLD: usize = 20;

/// A cell that was not understood.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) of: Arc<IndexedTable>,
    pub(crate) row: u32,
    pub(crate) column: usize,
}

impl PartialEq for Cause {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row && self.column == other.column && Arc::ptr_eq(&self.of, &other.of)
    }
}

/// What is said of a decision that rests on cells that were not understood.
pub(crate) fn reason(causes: &[Cause]) -> Text {
    let Some(first) = causes.first() else { return Text::default() };
    let said = first.said();
    if causes.len() < 2 {
        return said;
    }
    // Of those that are told more may not have been noted.
    let count = causes.len();
    let (zh, en) = if count < TOLD { ("共有", "in all") } else { ("至少有", "at least") };
    let count = count.min(TOLD);
    Text::new(
        format!("{}；{zh}{count}处这样的单元格", said.zh),
        format!("{}; such cells {en}: {count}", said.en),
    )
}

impl Cause {
    fn decl(&self) -> Option<&ColumnDecl> {
        self.of.table.decl.columns.get(self.column)
    }

    /// `标准明细表第12行“状态”填写“已生效试行”，无法识别；请填写…`.
    fn said(&self) -> Text {
        let table = &self.of.table;
        let Some(decl) = self.decl() else { return Text::default() };
        let row = table.source_rows.get(self.row as usize).unwrap_or_default();
        let word = table.display(self.row as usize, self.column);
        let shown = decl.privacy.is_none() && !word.is_empty();
        let (zh, en) = if shown {
            (format!("填写“{word}”，"), format!(" says \"{word}\", which"))
        } else {
            (String::new(), String::new())
        };
        let advice = advice(decl);
        Text::new(
            format!("{}第{row}行“{}”{zh}无法识别；{}", table.decl.zh, decl.zh, advice.zh),
            format!("{} row {row}: {}{en} is not understood; {}", table.decl.id, decl.id, advice.en),
        )
    }
}

/// What to write instead.
fn advice(decl: &ColumnDecl) -> Text {
    let (zh, en) = match decl.kind {
        ColumnType::Enumerated => {
            let words: Vec<&str> =
                decl.values.values().filter_map(|words| words.first()).map(String::as_str).collect();
            let ids: Vec<&str> = decl.value_ids().collect();
            return Text::new(
                format!("请填写{}之一", words.join("、")),
                format!("write one of {}", ids.join(", ")),
            );
        }
        ColumnType::Integer => ("请填写整数，不带单位", "write a whole number without a unit"),
        ColumnType::Decimal => ("请填写数字，不带单位", "write a number without a unit"),
        ColumnType::Date => ("请写明年月日，如2024-03-01", "write year, month and day, such as 2024-03-01"),
        ColumnType::Month => ("请写明年月，如2024-03", "write year and month, such as 2024-03"),
        ColumnType::YesNo => ("请填写“是”或“否”", "write yes or no"),
        _ => ("请以文本格式重新填写", "enter it again as text"),
    };
    Text::new(zh, en)
}
