//! What there is to say of the data: declared tables, kinds of findings; and of the tables of Appendix A.

use std::fmt::Write as _;

use super::book::Rulebook;
use crate::model::catalog::ScoreTable;
use crate::model::explanation::{Body, Explanation, Part};
use crate::model::finding_kinds::{self, FindingKind};
use crate::model::suggest::closest;
use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, Declarations, TableDecl};

/// Words of a value that are listed.
const WORDS: usize = 8;

fn part(label: (&str, &str), body: Body) -> Part {
    Part { label: Text::new(label.0, label.1), body }
}

fn same(text: impl Into<String>) -> Text {
    let text = text.into();
    Text::new(text.clone(), text)
}

impl Rulebook {
    /// Explains a declared table by its id or one of its names, one of its columns as `table.column`, a table of Appendix A,
    /// or a kind of finding.
    pub fn explain_data(&self, id: &str, declarations: &Declarations) -> Option<Explanation> {
        let section = self.catalog.tables.iter().find(|table| table.id == id).map(section);
        let found = || finding_kinds::kind(id).map(finding);
        let declared = || named(declarations, id).map(|table| self.table(table, declarations));
        let column = || {
            let (table, column) = id.split_once(['.', '·'])?;
            let table = named(declarations, table)?;
            Some(self.column(table, table.column(column)?, declarations))
        };
        section.or_else(found).or_else(declared).or_else(column)
    }

    /// The name of data nearest to a misspelt one.
    pub fn nearest_data(&self, id: &str, declarations: &Declarations) -> Option<String> {
        let tables = declarations.tables.iter().flat_map(|table| [table.zh.as_str(), table.id.as_str()]);
        let kinds = finding_kinds::KINDS.iter().map(|kind| kind.id);
        closest(id, tables.chain(kinds)).map(str::to_owned)
    }

    fn table(&self, table: &TableDecl, declarations: &Declarations) -> Explanation {
        let items = self.items_by_data(declarations);
        let entry = |id: &String| (Some(id.clone()), self.catalog.title(id).cloned().unwrap_or_default());
        let looked_at = items.of_table(&table.id).iter().map(entry).collect();
        let columns = table.columns.iter().map(|column| (None, line(column))).collect();
        let mut parts = vec![part(("英文名", "Id"), Body::Text(same(&table.id)))];
        if !table.aliases.is_empty() {
            parts.push(part(("也可写作", "Also named"), Body::Text(same(table.aliases.join("、")))));
        }
        parts.push(part(("列", "Columns"), Body::List(columns)));
        parts.push(part(("涉及的评价内容", "Items that rest on it"), Body::List(looked_at)));
        let title = Text::new(table.zh.clone(), table.about.clone());
        explanation(&table.id, ("数据表", "table"), title, parts)
    }

    fn column(&self, table: &TableDecl, column: &ColumnDecl, declarations: &Declarations) -> Explanation {
        let items = self.items_by_data(declarations);
        let entry = |id: &String| (Some(id.clone()), self.catalog.title(id).cloned().unwrap_or_default());
        let looked_at: Vec<_> = items.of_column(&table.id, &column.id).iter().map(entry).collect();
        let values = column.values.iter().map(|(id, words)| {
            (Some(id.clone()), same(words.iter().take(WORDS).cloned().collect::<Vec<_>>().join("、")))
        });
        let values: Vec<_> = values.collect();
        let mut parts = vec![part(("填写要求", "Wanted"), Body::Text(line(column)))];
        if !column.aliases.is_empty() {
            parts.push(part(("也可写作", "Also named"), Body::Text(same(column.aliases.join("、")))));
        }
        if !values.is_empty() {
            parts.push(part(("取值", "Values"), Body::List(values)));
        }
        if !looked_at.is_empty() {
            parts.push(part(("涉及的评价内容", "Items that rest on it"), Body::List(looked_at)));
        }
        let title = Text::new(format!("{}·{}", table.zh, column.zh), column.id.clone());
        explanation(&format!("{}.{}", table.id, column.id), ("列", "column"), title, parts)
    }
}

/// The table with this id, Chinese name or alias.
fn named<'d>(declarations: &'d Declarations, name: &str) -> Option<&'d TableDecl> {
    let by_alias =
        || declarations.tables.iter().find(|table| table.aliases.iter().any(|alias| alias == name));
    declarations.table(name).or_else(by_alias).map(AsRef::as_ref)
}

/// A column in a line: its names, what it holds, whether it is required.
fn line(column: &ColumnDecl) -> Text {
    let (zh, en) = column.kind.name();
    let refers = column.refers.as_deref();
    let marks = [
        (column.required, "必填", "required"),
        (column.key, "不得重复", "key"),
        (column.privacy.is_some(), "个人信息", "personal data"),
    ];
    let (mut in_zh, mut in_en) = (format!("{}（{zh}", column.zh), format!("{} ({en}", column.id));
    for (_, word, english) in marks.into_iter().filter(|(set, ..)| *set) {
        let _ = write!(in_zh, "，{word}");
        let _ = write!(in_en, ", {english}");
    }
    if let Some(to) = refers {
        let _ = write!(in_zh, "，引用 {to}");
        let _ = write!(in_en, ", refers to {to}");
    }
    let words: Vec<&str> =
        column.values.values().filter_map(|words| words.first()).map(String::as_str).collect();
    if !words.is_empty() {
        let _ = write!(in_zh, "：{}", words.join("、"));
        let ids: Vec<&str> = column.values.keys().map(String::as_str).collect();
        let _ = write!(in_en, ": {}", ids.join(", "));
    }
    Text::new(in_zh + "）", in_en + ")")
}

/// A table of Appendix A: its points and its items.
fn section(table: &ScoreTable) -> Explanation {
    let sum = table.items.iter().fold(0_u32, |sum, item| sum.saturating_add(item.points));
    let items = table.items.iter().map(|item| {
        let title = &item.title;
        let told = Text::new(
            format!("{}（{}分）", title.zh, item.points),
            format!("{} ({} points)", title.en, item.points),
        );
        (Some(item.id.clone()), told)
    });
    let points = Text::new(
        format!("标题写明{}分，各评价内容合计{sum}分", table.declared),
        format!("{} points by its heading; its items add up to {sum}", table.declared),
    );
    let mut parts = vec![part(("分值", "Points"), Body::Text(points))];
    if !table.source.is_empty() {
        parts.push(part(("出处", "Source"), Body::Text(table.source.clone())));
    }
    parts.push(part(("评价内容", "Items"), Body::List(items.collect())));
    explanation(&table.id, ("评分表", "score table"), table.title.clone(), parts)
}

/// A kind of finding.
fn finding(kind: &FindingKind) -> Explanation {
    let parts = vec![
        part(("对评价的影响", "Effect on the assessment"), Body::Text(kind.effect())),
        part(("改法", "What to do"), Body::Text(kind.fix())),
    ];
    explanation(kind.id, ("数据问题", "finding about the data"), kind.title(), parts)
}

fn explanation(id: &str, kind: (&str, &str), title: Text, parts: Vec<Part>) -> Explanation {
    Explanation { id: id.to_owned(), kind: Text::new(kind.0, kind.1), title, parts }
}
