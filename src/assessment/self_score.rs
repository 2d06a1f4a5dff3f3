//! The organization's own score sheet beside the score found.

use rust_decimal::Decimal;

use crate::model::catalog::Catalog;
use crate::model::dataset::Dataset;
use crate::model::finding::{Finding, Location, Severity};
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::model::report::{ScoreItem, ScoreTable};
use crate::model::text::Text;
use crate::table::Table;
use crate::table::column::CellValue;

/// Table that holds it, and its columns.
const TABLE: &str = "self_scores";
const ITEM: &str = "item";
const SCORE: &str = "score";

/// Writes the stated scores beside those found, and says where they differ.
pub(super) fn compare(dataset: &Dataset, catalog: &Catalog, tables: &mut [ScoreTable]) -> Vec<Finding> {
    let Some(table) = dataset.tables.get(TABLE).filter(|table| table.present) else { return Vec::new() };
    let (Some(item), Some(score)) = (table.decl.position(ITEM), table.decl.position(SCORE)) else {
        return Vec::new();
    };
    let mut gather = FindingCollector::default();
    for row in 0..table.len() {
        let Some(stated) = number(table, row, score) else { continue };
        let id = table.display(row, item);
        let place = |column| Location::of(table, row, Some(column), &dataset.redactor);
        match find(tables, &id) {
            Some(line) if stated > Decimal::from(line.points) || stated.is_sign_negative() => {
                gather.add(of_row(SCORE), || beyond(line), || place(score));
            }
            Some(line) => {
                line.self_score = Some(stated.normalize().to_string());
                if stated < Decimal::from(line.low) || stated > Decimal::from(line.high) {
                    let kind = FindingKey { rule: finding_ids::SELF_SCORE, target: &line.id, detail: "" };
                    gather.add(kind, || differs(line, stated), || place(score));
                }
            }
            // Sums, and scores by requirement, are not compared.
            None if catalog.requirement(&id).is_some() || catalog.tables.iter().any(|one| one.id == id) => {}
            None => gather.add(of_row(ITEM), unknown_item, || place(item)),
        }
    }
    gather.finish()
}

fn of_row(detail: &'static str) -> FindingKey<'static> {
    FindingKey { rule: finding_ids::SELF_SCORE_ROW, target: TABLE, detail }
}

fn number(table: &Table, row: usize, column: usize) -> Option<Decimal> {
    match table.cell(row, column) {
        CellValue::Decimal(number) => Some(number),
        CellValue::Integer(number) => Some(Decimal::from(number)),
        _ => None,
    }
}

fn find<'t>(tables: &'t mut [ScoreTable], id: &str) -> Option<&'t mut ScoreItem> {
    tables.iter_mut().flat_map(|table| &mut table.items).find(|item| item.id == id)
}

fn differs(line: &ScoreItem, stated: Decimal) -> Notice {
    let (stated, low, high) = (stated.normalize(), line.low, line.high);
    let (zh, en) = if low == high {
        (format!("{low}分"), low.to_string())
    } else {
        (format!("{low}至{high}分"), format!("{low} to {high}"))
    };
    Notice {
        severity: Severity::Advice,
        message: Text::new(
            format!("{}自评{stated}分，按申报数据和裁定为{zh}", line.id),
            format!("{}: the organization gives itself {stated}, data and rulings {en}", line.id),
        ),
        help: Text::new(
            "核对该项的扣分依据；自评有遗漏的更正自评，数据有遗漏的补报",
            "compare the grounds; correct the self-evaluation, or send what is missing in the data",
        ),
    }
}

fn beyond(line: &ScoreItem) -> Notice {
    Notice {
        severity: Severity::Warning,
        message: Text::new(
            format!("自评得分超出该项分值：{}满分{}分", line.id, line.points),
            format!("a stated score is not within the points of its item: {} has {}", line.id, line.points),
        ),
        help: Text::new("更正自评得分", "correct the stated score"),
    }
}

fn unknown_item() -> Notice {
    Notice {
        severity: Severity::Warning,
        message: Text::new(
            "自评得分所列编号不是附录A的评价内容，未作比较",
            "a stated score names no item of the catalog; it is not compared",
        ),
        help: Text::new("填写评价内容编号，如A.1.1", "give the id of an item, such as A.1.1"),
    }
}
