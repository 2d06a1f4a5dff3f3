//! What there is to say of the rows of a table, and what to do about it.

use super::table_rows::MOST_ALIKE;
use crate::model::text::Text;

pub(super) fn binary_cells(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!("“{column}”列有{count}个二进制值，没有读取"),
            format!("{count} values of `{column}` are bytes and no text; they were not read"),
        ),
        Text::new(
            "不需要这一列时，不要把它查询出来",
            "leave the column out of the query if it is not needed",
        ),
    )
}

/// Rows of one key, which is that of the organization where nobody named another.
pub(super) fn repeated_key(column: &str, count: u64, is_of_organization: bool) -> (Text, Text) {
    let message = Text::new(
        format!("有{count}行的“{column}”与别的行相同，问题的位置分不清是哪一行"),
        format!("{count} rows have the `{column}` of another: places of findings do not tell them apart"),
    );
    let help = if is_of_organization {
        Text::new(
            "没有写 key 时用第一列，这里是单位编号；用 key 写一列不重复的，如主键",
            "without `key` it is the first column, here the code of the organization; name a column without repetitions with `key`, such as the primary key",
        )
    } else {
        Text::new(
            "用 key 写一列不重复的，如主键",
            "name a column without repetitions with `key`, such as the primary key",
        )
    };
    (message, help)
}

pub(super) fn unordered(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!(
                "有{count}个“{column}”的值各有超过{MOST_ALIKE}行（或过多内容），这些行没有全部排序，每次检查的顺序可能不同"
            ),
            format!(
                "{count} values of `{column}` have more than {MOST_ALIKE} rows (or too much in them) each: these were not put in order as a whole, which may differ from run to run"
            ),
        ),
        Text::new(
            "用 key 写一列不重复的，如主键",
            "name a column without repetitions with `key`, such as the primary key",
        ),
    )
}

pub(super) fn rows_of_nobody(column: &str, count: u64) -> (Text, Text) {
    (
        Text::new(
            format!("有{count}行的“{column}”是空的，不知道属于哪个单位，没有读取"),
            format!("{count} rows have no `{column}`: whose they are is not known, they were not read"),
        ),
        Text::new("在数据库里补上单位编号", "fill it in in the database"),
    )
}
