//! The words of a diagnosis in both languages.

use std::collections::BTreeMap;

use crate::model::diagnosis::{MatchedBy, Named, SourceDiagnosis, TakenFor};
use crate::model::report::ReportFinding;
use crate::model::text::Lang;
use crate::report::place;
use crate::report::words::{left_out as counted, pick, rows as rows_of};

/// A table, column or value by the name a reader knows.
pub(super) fn name(named: &Named, lang: Lang) -> &str {
    pick(lang, &named.zh, &named.id)
}

/// Why a source was taken for what it was.
pub(super) const fn taken(taken: TakenFor, lang: Lang) -> &'static str {
    match taken {
        TakenFor::Mapping => pick(lang, "对应表指明", "named in the mapping"),
        TakenFor::FileName => pick(lang, "文件名就是表名", "the file has the table's name"),
        TakenFor::SheetName => pick(lang, "工作表名就是表名", "the sheet has the table's name"),
        TakenFor::LikeFileName => {
            pick(lang, "文件名中有表名", "the file has the table's name with more around it")
        }
        TakenFor::LikeSheetName => {
            pick(lang, "工作表名中有表名", "the sheet has the table's name with more around it")
        }
        TakenFor::Header => pick(lang, "表头是该表的表头", "it has the table's header"),
        TakenFor::Hidden => pick(lang, "隐藏的工作表，没有读取", "a hidden sheet, not read"),
        TakenFor::OtherHeader => {
            pick(lang, "表头与工作簿所属的表不同，没有读取", "another header than the table's, not read")
        }
        TakenFor::Explanation => pick(lang, "说明页，不读取", "a page of explanations, passed over"),
        TakenFor::Unknown => pick(lang, "不是已知的数据表，没有读取", "no table that is known, not read"),
    }
}

/// By what a column was recognised.
pub(super) const fn matched(by: MatchedBy, lang: Lang) -> &'static str {
    match by {
        MatchedBy::Name => pick(lang, "按列名", "by name"),
        MatchedBy::Alias => pick(lang, "按别名", "by alias"),
        MatchedBy::Mapping => pick(lang, "按对应表", "by the mapping"),
        MatchedBy::Meaning => pick(lang, "按同义词", "by words that mean the same"),
        MatchedBy::Words => pick(lang, "按近似名称", "by a name with words around it"),
        MatchedBy::RunningNumber => pick(lang, "以序号代编号", "the running number for the code"),
        MatchedBy::Layout => pick(lang, "按单元格位置", "by place"),
    }
}

/// Encoding, separator and row of the header.
pub(super) fn form(source: &SourceDiagnosis, lang: Lang) -> String {
    let separator = source.separator.map(|sign| separator(sign, lang));
    let header = source.header.map(|row| match lang {
        Lang::Zh => format!("表头在第{row}行"),
        Lang::En => format!("header in row {row}"),
    });
    let missing = (source.table.is_some() && !source.read && was_looked_at(source.taken))
        .then(|| pick(lang, "找不到表头", "no header found").to_owned());
    let parts = [source.encoding.clone(), separator, header.or(missing)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(pick(lang, "，", ", "))
}

/// Whether a header was looked for.
pub(super) const fn was_looked_at(taken: TakenFor) -> bool {
    !matches!(taken, TakenFor::Hidden | TakenFor::OtherHeader | TakenFor::Explanation | TakenFor::Unknown)
}

fn separator(sign: char, lang: Lang) -> String {
    let (zh, en) = match sign {
        ',' => ("逗号", "commas"),
        ';' => ("分号", "semicolons"),
        '\t' => ("制表符", "tabs"),
        '|' => ("竖线", "bars"),
        '，' => ("中文逗号", "full-width commas"),
        other => return format!("{}{other}", pick(lang, "分隔符", "separator ")),
    };
    match lang {
        Lang::Zh => format!("{zh}分隔"),
        Lang::En => format!("separated by {en}"),
    }
}

/// How many columns were recognised by what.
pub(super) fn columns(source: &SourceDiagnosis, lang: Lang) -> String {
    let mut counts: BTreeMap<MatchedBy, usize> = BTreeMap::new();
    for column in &source.columns {
        let count = counts.entry(column.by).or_default();
        *count = count.saturating_add(1);
    }
    let each = counts.iter().map(|(by, count)| format!("{}{count}", spaced(matched(*by, lang), lang)));
    let each = each.collect::<Vec<_>>().join(pick(lang, "、", ", "));
    match (lang, source.columns.len()) {
        (Lang::Zh, 0) => "没有认出的列".to_owned(),
        (Lang::En, 0) => "none recognised".to_owned(),
        (Lang::Zh, all) => format!("认出{all}列：{each}"),
        (Lang::En, all) => format!("{all} recognised: {each}"),
    }
}

fn spaced(text: &str, lang: Lang) -> String {
    format!("{text}{}", pick(lang, "", " "))
}

/// Rows read, and rows left out with their reasons.
pub(super) fn rows(source: &SourceDiagnosis, lang: Lang) -> String {
    let read = match lang {
        Lang::Zh => format!("读取{}行", source.rows),
        Lang::En => format!("{} read", source.rows),
    };
    let left = source.left_out.iter().map(|left| {
        let rows = rows_of(&left.rows, left.total, lang);
        format!("{}{rows}", counted(left.reason, left.total, lang))
    });
    let left: Vec<_> = left.collect();
    match lang {
        _ if left.is_empty() => read,
        Lang::Zh => format!("{read}；略去{}", left.join("、")),
        Lang::En => format!("{read}; left out: {}", left.join(", ")),
    }
}

/// Ids of items as a list, neighbours as a run; that there are none where there are none.
pub(super) fn items(items: &[String], lang: Lang) -> String {
    if items.is_empty() {
        return pick(lang, "不计分，用于核对其他条款", "no points; for other clauses").to_owned();
    }
    let follows = |one: &String, next: &String| {
        let parts = |id: &String| {
            let (table, number) = id.rsplit_once('.')?;
            Some((table.to_owned(), number.parse::<u32>().ok()?))
        };
        matches!((parts(one), parts(next)), (Some((a, one)), Some((b, next))) if a == b && one.checked_add(1) == Some(next))
    };
    let runs = items.chunk_by(follows).map(|run| match run {
        [first, .., last] => format!("{first}{}{last}", pick(lang, "~", "-")),
        [one] => one.clone(),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

/// Where in its source something was found.
pub(super) fn places(finding: &ReportFinding, lang: Lang) -> String {
    let text = place::counted(&finding.locations, finding.total, lang);
    let source = finding.locations.first().map(|at| place::source(&at.file, at.sheet.as_deref(), lang));
    let source = source.unwrap_or_default();
    let inside = text.strip_prefix(source.as_str()).map(str::trim_start);
    inside.filter(|inside| !inside.is_empty()).map_or_else(|| text.clone(), str::to_owned)
}
