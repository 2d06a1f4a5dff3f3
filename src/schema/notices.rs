//! What typing, keys and references say about the data.

use super::typing::Wrong;
use crate::model::finding::Severity;
use crate::model::finding_collector::Notice;
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

fn error(message: Text, help: Text) -> Notice {
    Notice { severity: Severity::Error, message, help }
}

/// A cell that is not of its column's type.
pub(super) fn wrong(wrong: Wrong, table: &TableDecl, column: &ColumnDecl) -> Notice {
    let (zh, en) = (format!("{}的“{}”", table.zh, column.zh), format!("{}.{}", table.id, column.id));
    match wrong {
        Wrong::Fault => error(
            Text::new(
                format!("{zh}是出错的公式，按空值处理"),
                format!("{en} is a formula that failed; taken as empty"),
            ),
            Text::new("改正公式，或填入数值", "mend the formula, or enter the value"),
        ),
        Wrong::Uncalculated => error(
            Text::new(
                format!("{zh}是从未计算过的公式，没有结果可读，相关要求待定"),
                format!("{en} is a formula that was never calculated; what rests on it is unknown"),
            ),
            Text::new(
                "用Excel或WPS打开工作簿，待公式算出后保存，再提交",
                "open the workbook in Excel or WPS, save it once the formulas are calculated, and submit it again",
            ),
        ),
        Wrong::Damaged => error(
            Text::new(
                format!("{zh}在工作簿中的存储有误，内容读不出，相关要求待定"),
                format!(
                    "{en} is stored in the workbook in a way that cannot be read; what rests on it is unknown"
                ),
            ),
            Text::new(
                "用Excel或WPS打开核对该单元格，重新录入后另存",
                "open it in Excel or WPS, check the cell, enter it again, and save the workbook anew",
            ),
        ),
        Wrong::Type => other_type(&zh, &en, column),
        Wrong::DayMissing => error(
            Text::new(
                format!("{zh}只有年月，缺少日；年月不足以判断的要求待定"),
                format!("{en} has a month but no day; what the month does not settle is unknown"),
            ),
            Text::new("写明年月日，如 2024-03-01", "give the day too, such as 2024-03-01"),
        ),
        Wrong::YearMissing => error(
            Text::new(
                format!("{zh}只有月日，没有年份，不推断是哪一年，相关要求待定"),
                format!("{en} has no year, which is not guessed; what rests on it is unknown"),
            ),
            Text::new("写明年月日，如 2024-03-01", "give the year too, such as 2024-03-01"),
        ),
        Wrong::DateForCode => error(
            Text::new(
                format!("{zh}被表格软件改成了日期，原编号已丢失，相关要求待定"),
                format!(
                    "{en} was turned into a date by the office program and is lost; what rests on it is unknown"
                ),
            ),
            Text::new("把该列设为“文本”格式后重新录入", "format the column as text and enter the code again"),
        ),
        Wrong::Value => unknown_value(&zh, &en, column),
        Wrong::Ditto => error(
            Text::new(
                format!("{zh}填写“同上”，没有写明内容，相关要求待定"),
                format!("{en} repeats the cell above it in a word; what rests on it is unknown"),
            ),
            Text::new("逐行写明各自的内容，不用“同上”", "write out what each row says"),
        ),
        Wrong::Range => error(
            Text::new(
                format!("{zh}的数值超出合理范围，按空值处理"),
                format!("{en} is a number beyond any reason; taken as empty"),
            ),
            Text::new(
                "核对数值和单位：绝对值不超过一万亿，不为零的不小于百万分之一",
                "check the number and its unit: at most 1,000,000,000,000, and at least 0.000001 where it is not zero",
            ),
        ),
    }
}

fn other_type(zh: &str, en: &str, column: &ColumnDecl) -> Notice {
    let (kind, form) = kind(column.kind);
    error(
        Text::new(
            format!("{zh}应为{}，所填内容无法识别，相关要求待定", kind.zh),
            format!("{en} should be {}; what rests on it is unknown", kind.en),
        ),
        form,
    )
}

fn unknown_value(zh: &str, en: &str, column: &ColumnDecl) -> Notice {
    let first = |words: &Vec<String>| words.first().cloned().unwrap_or_default();
    let words: Vec<_> = column.values.values().map(first).collect();
    let ids: Vec<_> = column.values.keys().map(String::as_str).collect();
    error(
        Text::new(
            format!("{zh}所填内容不在可选范围内，无法识别，相关要求待定"),
            format!("{en} is none of the declared values; what rests on it is unknown"),
        ),
        Text::new(
            format!("请改为下列之一：{}", words.join("、")),
            format!("use one of: {} (in Chinese: {})", ids.join(", "), words.join(", ")),
        ),
    )
}

/// What a type is called, and how to write it.
fn kind(kind: ColumnType) -> (Text, Text) {
    let (zh, en, form_zh, form_en) = match kind {
        ColumnType::Text => ("文字", "text", "填写文字", "enter text"),
        ColumnType::Code | ColumnType::Codes => {
            ("编号", "a code", "以文本格式填写编号", "enter the code as text")
        }
        ColumnType::Integer => {
            ("整数", "a whole number", "只写数字，不带单位，如 12", "write digits without a unit, such as 12")
        }
        ColumnType::Decimal => {
            ("数字", "a number", "只写数字，不带单位，如 3.5", "write digits without a unit, such as 3.5")
        }
        ColumnType::Date => ("日期", "a date", "写成 2024-03-01", "write it as 2024-03-01"),
        ColumnType::Month => ("年月", "a month", "写成 2024-03", "write it as 2024-03"),
        ColumnType::YesNo => ("是或否", "yes or no", "填“是”或“否”", "enter yes (是) or no (否)"),
        ColumnType::Enumerated => {
            ("规定的取值", "a declared value", "填规定的取值", "enter a declared value")
        }
    };
    (Text::new(zh, en), Text::new(form_zh, form_en))
}

/// A cell with a word that says nothing.
pub(super) fn placeholder(table: &TableDecl, column: &ColumnDecl) -> Notice {
    Notice {
        severity: Severity::Advice,
        message: Text::new(
            format!("{}的“{}”所填的词没有内容，视同未填", table.zh, column.zh),
            format!("what {}.{} says is no content: taken as empty", table.id, column.id),
        ),
        help: Text::new("有内容的如实填写，没有的留空", "say what there is, or leave the cell empty"),
    }
}

/// A required cell that is empty.
pub(super) fn missing_value(table: &TableDecl, column: &ColumnDecl) -> Notice {
    error(
        Text::new(
            format!("{}的“{}”必填，却是空的", table.zh, column.zh),
            format!("{}.{} is required but empty", table.id, column.id),
        ),
        Text::new("补填该单元格", "fill the cell in"),
    )
}

/// An identifier that lost digits.
pub(super) fn lost_digits(table: &TableDecl, column: &ColumnDecl) -> Notice {
    error(
        Text::new(
            format!("{}的“{}”以数字保存，超过15位的部分已被表格软件改写，不可采信", table.zh, column.zh),
            format!(
                "{}.{} was stored as a number: digits beyond the 15th were overwritten and cannot be trusted",
                table.id, column.id
            ),
        ),
        Text::new(
            "把该列设为“文本”格式，从原始资料重新录入",
            "format the column as text and enter the original again",
        ),
    )
}

/// Percentages and plain numbers in one column.
pub(super) fn mixed_units(table: &TableDecl, column: &ColumnDecl) -> Notice {
    Notice {
        severity: Severity::Warning,
        message: Text::new(
            format!("{}的“{}”有的写百分数，有的写普通数字", table.zh, column.zh),
            format!("{}.{} has percentages and plain numbers", table.id, column.id),
        ),
        help: Text::new(
            "统一写法：85%按85读取，0.85按0.85读取",
            "write them alike: 85% is read as 85, 0.85 as 0.85",
        ),
    }
}

/// Two rows with one key.
pub(super) fn duplicate_key(table: &TableDecl, keys: &[&ColumnDecl]) -> Notice {
    let zh: Vec<_> = keys.iter().map(|key| key.zh.as_str()).collect();
    let en: Vec<_> = keys.iter().map(|key| key.id.as_str()).collect();
    error(
        Text::new(
            format!("{}中有几行的“{}”相同", table.zh, zh.join("＋")),
            format!("rows of {} have the same {}", table.id, en.join(" + ")),
        ),
        Text::new("删除重复的行，或改正编号", "remove the repeated row, or correct its code"),
    )
}

/// Rows of a part that stand in an earlier part too.
pub(super) fn repeated_rows(table: &TableDecl, earlier: &str, later: &str) -> Notice {
    Notice {
        severity: Severity::Warning,
        message: Text::new(
            format!("{}：“{later}”中有的行与“{earlier}”中的行内容完全相同，可能重复报送", table.zh),
            format!(
                "{}: rows of \"{later}\" stand in \"{earlier}\" word by word; they were most likely sent twice",
                table.id
            ),
        ),
        help: Text::new(
            "确是重复的，删去一处后重新提交；不是重复的，可不理会",
            "if they are the same, remove one and submit again; if they are not, ignore this",
        ),
    }
}

/// Several rows in a table of one.
pub(super) fn extra_row(table: &TableDecl) -> Notice {
    error(
        Text::new(
            format!("{}应只有一行，却有多行；只采用第一行", table.zh),
            format!("{} should have one row; only the first is used", table.id),
        ),
        Text::new("只保留本单位的一行", "keep the row of this organization only"),
    )
}

/// References that name a row instead of its code.
pub(super) fn by_name(table: &TableDecl, column: &ColumnDecl, target: (&TableDecl, &ColumnDecl)) -> Notice {
    let (other, key) = target;
    Notice {
        severity: Severity::Advice,
        message: Text::new(
            format!("{}的“{}”填的是名称或简称，已按{}中唯一相符的一行读取", table.zh, column.zh, other.zh),
            format!(
                "{}.{} gives names: each was read as the one row of {} it fits",
                table.id, column.id, other.id
            ),
        ),
        help: Text::new(
            format!("填写{}的“{}”", other.zh, key.zh),
            format!("give the {} of {}", key.id, other.id),
        ),
    }
}

/// Parents that follow from levels and codes.
pub(super) fn by_level(table: &TableDecl, column: &ColumnDecl) -> Notice {
    Notice {
        severity: Severity::Advice,
        message: Text::new(
            format!("{}的“{}”没有填写，已按层次和编号推出", table.zh, column.zh),
            format!("{}.{} is empty: it was told by levels and codes", table.id, column.id),
        ),
        help: Text::new("核对推出的上级，或补填该列", "check what was told, or fill the column in"),
    }
}

/// Cells that repeat the one above them.
pub(super) fn as_above(table: &TableDecl, column: &ColumnDecl) -> Notice {
    Notice {
        severity: Severity::Advice,
        message: Text::new(
            format!("{}的“{}”填写“同上”，已按上一行的内容读取", table.zh, column.zh),
            format!("{}.{} repeats the cell above it: it was read as that", table.id, column.id),
        ),
        help: Text::new("逐行写明内容，不用“同上”", "write out what each row says"),
    }
}

/// A reference that leads nowhere.
pub(super) fn dangling(table: &TableDecl, column: &ColumnDecl, target: (&TableDecl, &ColumnDecl)) -> Notice {
    let (other, key) = target;
    error(
        Text::new(
            format!("{}的“{}”在{}的“{}”中找不到", table.zh, column.zh, other.zh, key.zh),
            format!("{}.{} is not found in {}.{}", table.id, column.id, other.id, key.id),
        ),
        Text::new(
            format!("改正编号，或在{}中补上这一行", other.zh),
            format!("correct the code, or add its row to {}", other.id),
        ),
    )
}

/// A reference that only looks as if it led somewhere.
pub(super) fn look_alike(
    table: &TableDecl,
    column: &ColumnDecl,
    target: (&TableDecl, &ColumnDecl),
) -> Notice {
    let (other, key) = target;
    error(
        Text::new(
            format!(
                "{}的“{}”与{}的“{}”看似相同，实际有全角字符或不可见字符之差",
                table.zh, column.zh, other.zh, key.zh
            ),
            format!(
                "{}.{} looks like a value of {}.{}, but differs by a full-width or invisible character",
                table.id, column.id, other.id, key.id
            ),
        ),
        Text::new(
            "两处用同样的半角字符重新录入，不留空格和隐藏字符",
            "enter both again with the same half-width characters, without spaces or hidden characters",
        ),
    )
}
