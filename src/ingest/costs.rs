//! Reads what it costs to put requirements right: a table of ids and costs, or the same in TOML.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use toml::{Spanned, Value};

use super::encoding::{Encoding, Wanted};
use super::error::IngestError;
use super::files;
use super::input::Input;
use super::limit::Limit;
use super::metered::Metered;
use super::plain_table::{self, declaration, text_column};
use super::reporter::ALIKE;
use crate::model::catalog::Catalog;
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest_from;
use crate::model::text::Text;
use crate::model::toml_error::{self, LineIndex};
use crate::model::written::number;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// Costs by target; none for what cannot be put right.
pub type Costs = BTreeMap<String, Option<u32>>;

/// The greatest cost of one target: sums of all stay exact, and the search for a plan stays small.
pub const MOST: u32 = 1_000_000;

/// Words for what cannot be put right.
const EXCLUDED: [&str; 4] = ["excluded", "infeasible", "不可整改", "排除"];

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
enum CostFault {
    /// No requirement, item or table has this id.
    UnknownTarget { suggestion: Option<String> },
    /// It is stated twice.
    Twice,
    /// Neither a cost nor a word that excludes.
    NoCost,
}

impl CostFault {
    const fn code(&self) -> &'static str {
        match self {
            Self::UnknownTarget { .. } => "costs.unknown-target",
            Self::Twice => "costs.twice",
            Self::NoCost => "costs.cost",
        }
    }

    fn texts(&self) -> (Text, Text) {
        match self {
            Self::UnknownTarget { suggestion } => (
                Text::new(
                    "没有这条评价要求、评价内容或评分表",
                    "there is no requirement, item or table with this id",
                ),
                match suggestion {
                    Some(meant) => {
                        Text::new(format!("是否应为“{meant}”？"), format!("is \"{meant}\" meant?"))
                    }
                    None => Text::new("填写编号，如A.1.2.c、A.1.2", "write an id, such as A.1.2.c or A.1.2"),
                },
            ),
            Self::Twice => (
                Text::new("同一编号的成本写了两次", "the cost of this id is stated twice"),
                Text::new("只保留一处", "keep one of them"),
            ),
            Self::NoCost => (
                Text::new("不是成本", "this is no cost"),
                Text::new(
                    format!("填写0至{MOST}的整数；不能整改的填“{}”", EXCLUDED[2]),
                    format!(
                        "write a whole number from 0 to {MOST}, or `{}` for what cannot be put right",
                        EXCLUDED[0]
                    ),
                ),
            ),
        }
    }
}

/// One line of a file: an id, a cost, and how to tell what is wrong with either.
struct CostLine {
    target: String,
    cost: String,
    /// The place of the id, and that of the cost.
    places: [Fault; 2],
}

/// Reads a CSV, XLSX or TOML file. The cost of an item or a table holds for each of its targets that the file does not
/// state more closely.
///
/// # Errors
/// Everything that is wrong, each at its place.
pub fn read(path: &Path, catalog: &Catalog) -> Result<Costs, Vec<Fault>> {
    let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let read = if is_toml { of_toml(path) } else { of_table(path) };
    let (lines, mut faults) = read.map_err(|error| vec![error.fault()])?;
    let mut stated: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for line in lines {
        let [target, cost] = &line.places;
        match (covered(catalog, &line.target), written(&line.cost)) {
            (Err(wrong), _) => faults.push(located(target, &wrong)),
            (_, Err(wrong)) => faults.push(located(cost, &wrong)),
            (Ok(()), Ok(_)) if stated.contains_key(&line.target) => {
                faults.push(located(target, &CostFault::Twice));
            }
            (Ok(()), Ok(cost)) => drop(stated.insert(line.target, cost)),
        }
    }
    if faults.is_empty() { Ok(spread(catalog, &stated)) } else { Err(faults) }
}

fn located(place: &Fault, wrong: &CostFault) -> Fault {
    let (message, help) = wrong.texts();
    Fault { code: wrong.code(), message, help, ..place.clone() }
}

/// Whether something of the catalog has this id.
fn covered(catalog: &Catalog, id: &str) -> Result<(), CostFault> {
    let tables = || catalog.tables.iter().map(|table| &table.id);
    let ids = catalog.ids();
    if ids.contains(id) || tables().any(|table| table == id) {
        return Ok(());
    }
    let known = ids.iter().chain(tables()).map(String::as_str);
    Err(CostFault::UnknownTarget { suggestion: closest_from(ALIKE, id, known).map(str::to_owned) })
}

fn written(text: &str) -> Result<Option<u32>, CostFault> {
    if EXCLUDED.contains(&normalize::name(text).as_str()) {
        return Ok(None);
    }
    let number = number::integer(text).and_then(|number| u32::try_from(number).ok());
    number.filter(|number| *number <= MOST).map(Some).ok_or(CostFault::NoCost)
}

/// The costs of all targets: its own, else that of its item, else that of its table.
fn spread(catalog: &Catalog, stated: &BTreeMap<String, Option<u32>>) -> Costs {
    let mut costs = Costs::new();
    for table in &catalog.tables {
        for item in &table.items {
            for target in item.targets() {
                let above = [target, &item.id, &table.id].into_iter().find_map(|id| stated.get(id));
                costs.extend(above.map(|cost| (target.to_owned(), *cost)));
            }
        }
    }
    costs
}

type Lines = (Vec<CostLine>, Vec<Fault>);

fn of_table(path: &Path) -> Result<Lines, IngestError> {
    let plain_table::PlainTable { rows, faults, .. } = plain_table::read(path, &table())?;
    let at = |row: &plain_table::PlainRow, column| row.fault(column, "", <(Text, Text)>::default());
    let line = |row: &plain_table::PlainRow| CostLine {
        target: row.text(0).to_owned(),
        cost: row.text(1).to_owned(),
        places: [at(row, 0), at(row, 1)],
    };
    Ok((rows.iter().filter(|row| !row.is_empty()).map(line).collect(), faults))
}

fn table() -> Arc<TableDecl> {
    let column = |names, aliases: [&str; 2], key| ColumnDecl {
        aliases: aliases.map(str::to_owned).to_vec(),
        required: true,
        key,
        ..text_column(names)
    };
    let columns = vec![
        column(("target", "编号"), ["id", "评价要求编号"], true),
        column(("cost", "成本"), ["整改成本", "代价"], false),
    ];
    declaration(("costs", "整改成本"), "What it costs to put requirements right.", columns)
}

fn of_toml(path: &Path) -> Result<Lines, IngestError> {
    let metered = Metered::begin(files::bytes(path), None);
    let input = Input::open(path, files::name(path), Limit::Rulings, metered.held())?;
    // TOML is UTF-8 by definition.
    input.decoded(Wanted::Fixed(Encoding::Utf8))?;
    let mut text = String::new();
    input.stream().read_to_string(&mut text).map_err(|error| input.unreadable(&error))?;
    input.unchanged()?;
    let text = text.trim_start_matches('\u{feff}');
    let index = LineIndex::of(text);
    let place = |at: usize| Fault {
        file: Some(input.name.clone()),
        row: u32::try_from(index.line_at(at)).ok(),
        ..Fault::default()
    };
    let lines = toml::from_str::<BTreeMap<Spanned<String>, Spanned<Value>>>(text);
    Ok(match lines {
        Ok(lines) => (
            lines.iter().map(|(id, cost)| line_of_toml(id, cost, place(id.span().start))).collect(),
            Vec::new(),
        ),
        Err(error) => {
            let cause = toml_error::translate(error.message());
            let at = place(error.span().map_or(0, |span| span.start));
            (Vec::new(), vec![Fault { code: "costs.syntax", message: malformed(&cause), help: form(), ..at }])
        }
    })
}

fn line_of_toml(id: &Spanned<String>, cost: &Spanned<Value>, place: Fault) -> CostLine {
    let cost = match cost.get_ref() {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let excerpt = |text: &str| Some((text.to_owned(), 0, text.chars().count()));
    let target = id.get_ref().clone();
    let places = [
        Fault { excerpt: excerpt(&target), ..place.clone() },
        Fault { excerpt: excerpt(&cost), column: Some(target.clone()), ..place },
    ];
    CostLine { target, cost, places }
}

fn malformed(cause: &Text) -> Text {
    Text::new(format!("格式错误：{}", cause.zh), format!("malformed: {}", cause.en))
}

fn form() -> Text {
    Text::new(
        "每行写一个编号和成本，编号加引号，如 \"A.1.2.c\" = 3",
        "write an id and its cost on each line, the id in quotes, such as \"A.1.2.c\" = 3",
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/catalog/a2.toml");
        let table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        Catalog { tables: vec![table], ..Catalog::default() }
    }

    fn of(name: &str, text: &str) -> Result<Costs, Vec<Fault>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        read(&path, &catalog())
    }

    #[test]
    fn the_closest_of_table_item_and_requirement_holds_whatever_the_form_of_the_file() {
        let csv = of("a.csv", "编号,成本,备注\nA.2,2,全部\nA.2.1,不可整改,\nA.2.1.a,7,\n").unwrap();
        let toml = of("a.toml", "'A.2' = 2\n'A.2.1' = \"excluded\"\n'A.2.1.a' = 7\n").unwrap();
        assert_eq!(csv, toml);
        let cost = |id: &str| csv.get(id).copied();
        assert_eq!(
            (cost("A.2.1.a"), cost("A.2.1.b"), cost("A.2.2.a")),
            (Some(Some(7)), Some(None), Some(Some(2)))
        );
        assert_eq!(csv.len(), catalog().requirements().count());
    }

    #[test]
    fn everything_wrong_is_told_at_its_place() {
        let wrong = of("a.csv", "编号,成本\nA.9,1\nA.2,-1\nA.2.1,1000001\nA.2.2,1\nA.2.2,1\n").unwrap_err();
        let told: Vec<_> =
            wrong.iter().map(|fault| (fault.code, fault.row, fault.column.as_deref())).collect();
        let at = |code, row, column| (code, Some(row), Some(column));
        assert_eq!(
            told,
            [
                at("costs.unknown-target", 2, "编号"),
                at("costs.cost", 3, "成本"),
                at("costs.cost", 4, "成本"),
                at("costs.twice", 6, "编号"),
            ]
        );
    }
}
