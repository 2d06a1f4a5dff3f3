//! What a reader of the total must know: how it was read, and whether the verdict hangs on that.

use crate::model::report::Verdict;
use crate::model::text::Text;

use super::item_score::ItemScore;
use super::policy::{AbsentItem, OwedUnit, ScorePolicies, UnearnablePoints};
use super::total::{TableSum, total};
use super::verdict::of_total as verdict;

/// The notes on one total, in a fixed order; `otherwise` are the same tables with items and tables exchanged in 7.2.
pub(super) fn notes(
    sums: &[TableSum<'_>],
    otherwise: &[TableSum<'_>],
    policies: ScorePolicies,
    pass: u32,
    owed: &Text,
) -> Vec<Text> {
    let mut notes: Vec<_> = sums
        .iter()
        .filter(|table| table.unearnable() > 0)
        .map(|table| unearnable(table, policies.unearnable_points))
        .collect();
    notes.extend(hanging(sums, pass));
    notes.extend(hanging_on_unit(sums, otherwise, policies, pass, owed));
    notes.extend(zeroed(sums, policies.absent_item, owed));
    notes
}

fn unearnable(table: &TableSum<'_>, reading: UnearnablePoints) -> Text {
    let (id, declared, earnable, rest) =
        (&table.table.id, table.table.declared, table.earnable(), table.unearnable());
    let (zh, en) = match reading {
        UnearnablePoints::Withheld => ("不计入", "withheld"),
        UnearnablePoints::Granted => ("在该表得分时一并计入", "granted once the table earns any"),
    };
    Text::new(
        format!("{id}的标题为{declared}分，各项评价内容合计{earnable}分，相差的{rest}分无从取得：本次{zh}"),
        format!(
            "The heading of {id} declares {declared} points, its items add up to {earnable}; \
             the {rest} points nobody can earn are {en}"
        ),
    )
}

/// Said when reading the unearnable points the other way would change the verdict.
fn hanging(sums: &[TableSum<'_>], pass: u32) -> Option<Text> {
    let read = |reading| verdict(total(sums, reading), pass);
    let (withheld, granted) = (read(UnearnablePoints::Withheld), read(UnearnablePoints::Granted));
    let (if_withheld, if_granted) = (word(withheld), word(granted));
    (withheld != granted).then(|| {
        Text::new(
            format!("结论取决于这些无从取得的分：不计入为“{}”，计入为“{}”", if_withheld.zh, if_granted.zh),
            format!(
                "The verdict hangs on the points nobody can earn: {} if they are withheld, {} if granted",
                if_withheld.en, if_granted.en
            ),
        )
    })
}

/// Said when it would change the verdict whether items or tables score nothing where they are owed and not met.
fn hanging_on_unit(
    sums: &[TableSum<'_>],
    otherwise: &[TableSum<'_>],
    policies: ScorePolicies,
    pass: u32,
    owed: &Text,
) -> Option<Text> {
    let read = |sums| verdict(total(sums, policies.unearnable_points), pass);
    let (here, there) = (read(sums), read(otherwise));
    let (items, tables) = match policies.owed_unit {
        OwedUnit::Item => (word(here), word(there)),
        OwedUnit::Table => (word(there), word(here)),
    };
    (here != there).then(|| {
        Text::new(
            format!(
                "结论取决于应有而未满足的按什么计0分{}：按评价内容为“{}”，按整张表为“{}”",
                cited(&owed.zh, "（", "）"),
                items.zh,
                tables.zh
            ),
            format!(
                "The verdict hangs on what scores 0 where it is owed and not met{}: {} if items do, {} if whole tables",
                cited(&owed.en, " (", ")"),
                items.en,
                tables.en
            ),
        )
    })
}

/// Names the items or tables whose deductions alone would not explain their zero.
fn zeroed(sums: &[TableSum<'_>], reading: AbsentItem, owed: &Text) -> Option<Text> {
    let items = sums.iter().flat_map(|table| &table.sheets).filter(|sheet| sheet.zeroed()).map(ItemScore::id);
    let tables = sums.iter().filter(|table| table.zeroed()).map(|table| table.table.id.as_str());
    let named: Vec<_> = items.chain(tables).collect();
    let (zh, en) = match reading {
        AbsentItem::Partly => ("有一处未满足", "Not met in full"),
        AbsentItem::Zero | AbsentItem::Deductions => ("整项缺失", "Wholly absent"),
    };
    (!named.is_empty()).then(|| {
        Text::new(
            format!("{zh}，{}计0分：{}", cited(&owed.zh, "按", ""), named.join("、")),
            format!("{en} and therefore 0 points{}: {}", cited(&owed.en, " (", ")"), named.join(", ")),
        )
    })
}

/// A clause between these signs; nothing where there is none to cite.
pub(super) fn cited(clause: &str, before: &str, after: &str) -> String {
    if clause.is_empty() { String::new() } else { format!("{before}{clause}{after}") }
}

fn word(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Qualified => Text::new("合格", "qualified"),
        Verdict::Unqualified => Text::new("不合格", "unqualified"),
        Verdict::Open => Text::new("待定", "open"),
    }
}
