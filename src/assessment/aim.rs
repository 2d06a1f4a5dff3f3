//! What a plan aims at, checked against the catalog in force.

use super::session::{PlanChoice, within};
use crate::ingest;
use crate::model::catalog::Catalog;
use crate::model::fault::Fault;
use crate::model::plan::Aim;
use crate::model::text::Text;

/// The points to have for sure, by default the pass mark, and what it may cost.
pub(super) fn of(asked: &PlanChoice, catalog: &Catalog) -> Result<Aim, Vec<Fault>> {
    let full = catalog.tables.iter().fold(0, |sum: u32, table| sum.saturating_add(table.declared));
    let target = asked.target.unwrap_or(catalog.pass);
    if target > full {
        return Err(vec![beyond(target, full)]);
    }
    let costs = asked.costs.as_ref().map(|file| {
        let located =
            |faults: Vec<Fault>| faults.into_iter().map(|fault| within(file, fault)).collect::<Vec<_>>();
        ingest::costs::read(file, catalog).map_err(located)
    });
    Ok(Aim { target, costs: costs.transpose()?.unwrap_or_default() })
}

fn beyond(target: u32, full: u32) -> Fault {
    Fault {
        code: "usage.target",
        message: Text::new(
            format!("目标{target}分超过满分{full}分"),
            format!("a target of {target} points is beyond the full mark of {full}"),
        ),
        help: Text::new(
            format!("--target 写0至{full}的整数；默认为合格线"),
            format!("give --target a whole number from 0 to {full}; it is the pass mark otherwise"),
        ),
        ..Fault::default()
    }
}
