//! Who assesses: the leader of the team, and recusal of persons who work for the organization assessed.
//!
//! Neither part of the standard makes these a requirement (Part 5, 4.2 only says how the team is made up), so they are
//! findings of the procedure and cost no points.

use std::collections::BTreeSet;

use crate::model::dataset::Dataset;
use crate::model::finding::{Finding, Location, Severity};
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::model::ruling::{Role, Ruling};
use crate::model::text::Text;
use crate::table::Table;
use crate::table::column::CellValue;
use crate::table::normalize;
use crate::table::table_schema::Privacy;

/// Table of the team; its names are not those of the organization's people.
const TEAM: &str = "team";
/// Tables of people who belong to the organization.
const STAFF: [&str; 3] = ["personnel", "committee", "grid_members"];

/// Findings on the team and on the persons who ruled for it.
pub(super) fn findings(dataset: &Dataset, rulings: &[&Ruling]) -> Vec<Finding> {
    let mut gather = FindingCollector::default();
    let team = dataset.tables.get(TEAM).filter(|table| table.present && !table.is_empty());
    if let Some(team) = team {
        leader(team, dataset, &mut gather);
        recusal_of_members(team, dataset, &mut gather);
    }
    persons_ruling(dataset, team.map(|team| names(team)), rulings, &mut gather);
    gather.finish()
}

fn leader(team: &Table, dataset: &Dataset, gather: &mut FindingCollector) {
    let Some(role) = team.decl.position("role") else { return };
    let leader = team.decl.columns.get(role).and_then(|column| column.value_number("leader"));
    let is_leader = |row: &usize| matches!(team.cell(*row, role), CellValue::Enumerated(number) if Some(usize::from(number)) == leader);
    let leaders = (0..team.len()).filter(is_leader).count();
    if team.has_column(role) && leaders != 1 {
        let kind = FindingKey { rule: finding_ids::TEAM_LEADER, target: TEAM, detail: "" };
        let notice = || {
            advice(
                Text::new(
                    match leaders {
                        0 => "评估组应有1名组长，名单中没有写明".to_owned(),
                        _ => format!("评估组应有1名组长，名单中有{leaders}名"),
                    },
                    format!("the team should have one leader; its list has {leaders}"),
                ),
                Text::new("在评估组名单中写明组长", "name the leader in the list of the team"),
            )
        };
        gather.add(kind, notice, || Location::of(team, 0, Some(role), &dataset.redactor));
    }
}

fn recusal_of_members(team: &Table, dataset: &Dataset, gather: &mut FindingCollector) {
    let Some(column) = team.decl.position("organization") else { return };
    let assessed = normalize::name(&dataset.organization("name"));
    for row in (0..team.len())
        .filter(|row| !assessed.is_empty() && normalize::name(&team.display(*row, column)) == assessed)
    {
        let kind = FindingKey { rule: finding_ids::TEAM_RECUSAL, target: TEAM, detail: "" };
        let notice = || {
            warning(
                Text::new(
                    "评估组成员在被评估单位任职，应当回避",
                    "a member of the team works for the organization assessed",
                ),
                Text::new("更换该成员", "replace this member"),
            )
        };
        gather.add(kind, notice, || Location::of(team, row, Some(column), &dataset.redactor));
    }
}

fn persons_ruling(
    dataset: &Dataset,
    team: Option<BTreeSet<String>>,
    rulings: &[&Ruling],
    gather: &mut FindingCollector,
) {
    let ruled: Vec<_> = rulings.iter().filter(|ruling| ruling.role == Role::Team).collect();
    if ruled.is_empty() {
        return;
    }
    let tables = STAFF.iter().filter_map(|id| dataset.tables.get(*id));
    let staff: BTreeSet<String> = tables.flat_map(|table| names(table)).collect();
    let mut told = BTreeSet::new();
    for ruling in ruled {
        let name = normalize::name(&ruling.by);
        if !told.insert(name.clone()) {
            continue;
        }
        if staff.contains(&name) {
            let kind = FindingKey { rule: finding_ids::RULING_RECUSAL, target: "rulings", detail: "" };
            gather.add(kind, namesake, || Some(ruling.location(&dataset.redactor)));
        } else if team.as_ref().is_some_and(|team| !team.contains(&name)) {
            let kind = FindingKey { rule: finding_ids::RULING_OUTSIDER, target: "rulings", detail: "" };
            gather.add(kind, outsider, || Some(ruling.location(&dataset.redactor)));
        }
    }
}

fn namesake() -> Notice {
    warning(
        Text::new(
            "裁定人与被评估单位人员同名；如为同一人，应当回避",
            "a person who ruled bears the name of a member of the organization; if it is the same person, another should rule",
        ),
        Text::new(
            "核实是否同一人；确属同一人的，由其他评估人员重新裁定",
            "find out; if so, have another assessor rule again",
        ),
    )
}

fn outsider() -> Notice {
    advice(
        Text::new("裁定人不在评估组名单中", "a person who ruled is not in the list of the team"),
        Text::new(
            "核对裁定人姓名，或在评估组名单中补列",
            "check the name, or add it to the list of the team",
        ),
    )
}

/// Names of persons in a table, as they are compared.
fn names(table: &Table) -> BTreeSet<String> {
    let columns = table.decl.columns.iter().enumerate();
    let named: Vec<_> =
        columns.filter(|(_, column)| column.privacy == Some(Privacy::Name)).map(|(at, _)| at).collect();
    let cells = named
        .iter()
        .flat_map(|column| (0..table.len()).map(|row| normalize::name(&table.display(row, *column))));
    cells.filter(|name| !name.is_empty()).collect()
}

fn advice(message: Text, help: Text) -> Notice {
    Notice { severity: Severity::Advice, message, help }
}

fn warning(message: Text, help: Text) -> Notice {
    Notice { severity: Severity::Warning, message, help }
}
