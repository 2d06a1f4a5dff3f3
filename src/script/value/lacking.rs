//! What a submission lacks: columns that are not there, and sources that were not read.

use std::sync::Arc;

use crate::model::text::Text;
use crate::table::table_schema::TableDecl;
use crate::table::{NotKnown, Source, Table, Unread};

/// What is said of a column that is missing, or a source that was not read.
#[derive(Clone, Debug)]
pub(crate) struct Lacking {
    pub(crate) told: Text,
    /// The program's own words in it.
    pub(crate) own: Text,
}

/// Unknown headers that are named.
const NAMED: usize = 5;

/// What is said of a decision against the organization that rests on a missing column.
pub(crate) fn of_column(table: &Table, column: usize) -> Arc<Lacking> {
    let id = table.decl.columns.get(column).map_or("", |decl| decl.id.as_str());
    let zh = table.decl.columns.get(column).map_or("", |decl| decl.zh.as_str());
    let own = Text::new(
        format!("申报材料缺少列“{}·{zh}”（或列名未识别），无法由数据判断", table.decl.zh),
        format!("the column {}.{id} is missing or its header is not known: data cannot tell", table.decl.id),
    );
    let unknown = table.unknown_headers();
    let some = unknown.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    let told = match unknown.len() {
        0 => own.clone(),
        all if all <= NAMED => Text::new(
            format!("{}；未识别的列名：{some}", own.zh),
            format!("{}; headers not known: {some}", own.en),
        ),
        all => Text::new(
            format!("{}；未识别的列名：{some}等{all}个", own.zh),
            format!("{}; headers not known: {some} and others, {all} in all", own.en),
        ),
    };
    Arc::new(Lacking { told, own })
}

/// What is said of a decision against the organization that rests on a table of which a source was not read.
pub(crate) fn of_table(table: &TableDecl, unread: &Unread) -> Arc<Lacking> {
    let own = match unread.why {
        NotKnown::Name => Text::new(
            format!("可能是{}，表名未识别，没有读取，无法由数据判断", table.zh),
            format!(
                " may be the table {}; its name is not known and it was not read: data cannot tell",
                table.id
            ),
        ),
        NotKnown::Header => Text::new(
            format!("的表头未识别，{}没有读取或没有读全，无法由数据判断", table.zh),
            format!(
                " has no header that is known; the table {} was not read, or not all of it: data cannot tell",
                table.id
            ),
        ),
        NotKnown::Hidden => Text::new(
            format!("是隐藏的，{}没有读取，无法由数据判断", table.zh),
            format!(" is hidden; the table {} was not read: data cannot tell", table.id),
        ),
        NotKnown::Attached => Text::new(
            format!("在附件文件夹中，无法读取，可能是{}，无法由数据判断", table.zh),
            format!(
                " lies among the attachments and cannot be read; it may be the table {}: data cannot tell",
                table.id
            ),
        ),
    };
    let Source { file, sheet } = &*unread.source;
    let place = match sheet {
        Some(sheet) => {
            Text::new(format!("“{file}”的工作表“{sheet}”"), format!("sheet \"{sheet}\" of \"{file}\""))
        }
        None => Text::new(format!("“{file}”"), format!("\"{file}\"")),
    };
    let told = Text::new(format!("{}{}", place.zh, own.zh), format!("{}{}", place.en, own.en));
    Arc::new(Lacking { told, own })
}
