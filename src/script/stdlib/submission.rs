//! What a rule asks of the submission as a whole: readings in force, standings of standards, codes of divisions.

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::answer_memo;
use crate::model::divisions::Standing;
use crate::script::error::Res;
use crate::script::value::maybe::open;
use crate::script::value::rows::Rows;
use crate::script::value::rule_context::Tables;

/// The reading in force under this name.
pub(crate) fn policy(tables: &mut Tables, name: ImmutableString) -> Res<ImmutableString> {
    let reading = tables.around.policies.get(name.as_str()).map(ImmutableString::from);
    reading.ok_or_else(|| tables.around.no_policy(&name))
}

/// The standing of a standard on the as-of day.
pub(crate) fn edition(tables: &mut Tables, number: ImmutableString) -> Dynamic {
    (*answer_memo::edition(&tables.around, &number)).clone()
}

/// Rows whose number is that of a standard abolished or replaced on the as-of day.
pub(crate) fn lapsed(tables: &mut Tables, rows: Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let around = &tables.around;
        let gone = rows.of.lapsed(column, around.as_of, |text| around.registry.gone(text, around.as_of));
        let pick =
            |rows: &Rows| Ok(rows.choose(rows.chosen.iter().filter(|at| gone.binary_search(at).is_ok())));
        rows.settled(&[column], pick, open)
    })
}

/// Whether the catalog has an item or requirement of this id.
pub(crate) fn known_requirement(tables: &mut Tables, id: ImmutableString) -> bool {
    tables.around.requirements.contains(id.as_str())
}

/// What a six-digit code is on the as-of day: `status` is `current`, `abolished`, `not-yet` or `unknown`; `name`;
/// `ended` and `successors` of an abolished one;
/// `predecessors`, the names of those that have gone into it.
pub(crate) fn division(tables: &mut Tables, code: ImmutableString) -> Map {
    let (status, name, ended, successors) = match tables.around.divisions.standing(&code, tables.around.as_of)
    {
        Standing::Current { name } => ("current", name, None, Vec::new()),
        Standing::Abolished { name, on, successors } => ("abolished", name, on, successors),
        Standing::NotYet { name, from: _ } => ("not-yet", name, None, Vec::new()),
        Standing::Unknown => ("unknown", String::new(), None, Vec::new()),
    };
    let successors: Array = successors.into_iter().map(Dynamic::from).collect();
    let before = tables.around.divisions.predecessors(&code, tables.around.as_of);
    let predecessors: Array = before.into_iter().map(|name| Dynamic::from(name.to_owned())).collect();
    Map::from_iter([
        ("status".into(), status.into()),
        ("name".into(), name.into()),
        ("ended".into(), ended.map_or(Dynamic::UNIT, Dynamic::from)),
        ("successors".into(), successors.into()),
        ("predecessors".into(), predecessors.into()),
    ])
}
