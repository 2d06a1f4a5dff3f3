//! Whether the files of a catalog make sense, each mistake at its place.

use std::collections::BTreeMap;

use super::catalog::CatalogFile;
use crate::model::catalog::{Item, Requirement, ScoreTable};
use crate::model::policy::{COUNTING, Policies};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{Step, locate};
use crate::rulebook::wrong::Wrong;

/// Everything wrong with the tables read from these files.
pub(super) fn faults(
    files: &[CatalogFile<'_>],
    tables: &[ScoreTable],
    policies: &Policies,
) -> Vec<PackFault> {
    let mut checker = Checker { seen: BTreeMap::new(), policies, faults: Vec::new() };
    for (file, table) in files.iter().zip(tables) {
        checker.table(file, table);
    }
    checker.faults
}

struct Checker<'a> {
    /// Files by the ids that stand in them.
    seen: BTreeMap<&'a str, String>,
    policies: &'a Policies,
    faults: Vec<PackFault>,
}

impl<'a> Checker<'a> {
    fn table(&mut self, file: &CatalogFile<'_>, table: &'a ScoreTable) {
        self.id(file, &table.id, &[]);
        let points = table.items.iter().map(|item| item.points.saturating_mul(item.weight));
        let sum = points.fold(0, u32::saturating_add);
        if sum > table.declared {
            let (id, declared) = (&table.id, table.declared);
            let text = Text::new(
                format!("表 {id} 各项合计 {sum} 分，多于标题的 {declared} 分"),
                format!("the items of {id} add up to {sum}, more than the {declared} its heading declares"),
            );
            self.tell(file, &[], Wrong::Sum(text));
        }
        for (at, item) in table.items.iter().enumerate() {
            let steps = [Step::Key("item"), Step::At(at)];
            self.id(file, &item.id, &steps);
            if let Some(text) = strange_item(item) {
                self.tell(file, &steps, Wrong::Value(text));
            }
            for (number, one) in item.requirements.iter().enumerate() {
                let steps = [Step::Key("item"), Step::At(at), Step::Key("requirement"), Step::At(number)];
                self.id(file, &one.id, &steps);
                if let Some(text) = strange_requirement(item, one).or_else(|| self.uncounted(one)) {
                    self.tell(file, &steps, Wrong::Value(text));
                }
            }
        }
    }

    fn id(&mut self, file: &CatalogFile<'_>, id: &'a str, steps: &[Step<'_>]) {
        let shown = file.pack.shown(file.path);
        if let Some(other) = self.seen.insert(id, shown) {
            let what = Text::new(format!("编号“{id}”"), format!("the id `{id}`"));
            self.tell(file, steps, Wrong::Duplicate { what, other });
        }
    }

    /// A deduction that a policy counts names one there is.
    fn uncounted(&self, one: &Requirement) -> Option<Text> {
        let name = one.count.as_ref()?.policy.as_ref()?;
        (name != COUNTING || !self.policies.contains_key(name)).then(|| {
            Text::new(
                format!("count 的 policy 只能是已声明的“{COUNTING}”"),
                format!("the policy of a count is `{COUNTING}`, declared by the pack"),
            )
        })
    }

    /// Points at the id below `steps`.
    fn tell(&mut self, file: &CatalogFile<'_>, steps: &[Step<'_>], wrong: Wrong) {
        let path: Vec<Step<'_>> = steps.iter().copied().chain([Step::Key("id")]).collect();
        let shown = file.pack.shown(file.path);
        let place = locate(&shown, file.text, &path).unwrap_or_else(|| Place::whole(&shown));
        self.faults.push(PackFault::At { at: place, wrong });
    }
}

fn strange_item(item: &Item) -> Option<Text> {
    match (item.requirements.is_empty(), item.award.is_empty()) {
        (true, true) => Some(Text::new(
            format!("“{}”既没有评价要求，也没有得分档", item.id),
            format!("`{}` has neither requirements nor bands", item.id),
        )),
        (false, false) => Some(Text::new(
            format!("“{}”不能既扣分又按档次给分", item.id),
            format!("`{}` cannot both deduct and award by bands", item.id),
        )),
        (true, false) if item.decided.is_none() => Some(Text::new(
            format!("“{}”按档次给分，须写明 decided", item.id),
            format!("`{}` awards by bands and must say how it is decided", item.id),
        )),
        _ => None,
    }
}

fn strange_requirement(item: &Item, one: &Requirement) -> Option<Text> {
    let letter = one.id.strip_prefix(&item.id).and_then(|rest| rest.strip_prefix('.'));
    if letter.is_none_or(|letter| letter.is_empty() || letter.contains('.')) {
        return Some(Text::new(
            format!("“{}”应写成“{}.a”这样的编号", one.id, item.id),
            format!("`{}` should be an id such as `{}.a`", one.id, item.id),
        ));
    }
    let greater = one.superseded_by.as_ref()?;
    let known = item.requirements.iter().any(|other| other.id == *greater && other.id != one.id);
    (!known).then(|| {
        Text::new(
            format!("superseded_by 的“{greater}”不是“{}”的另一条评价要求", item.id),
            format!("`{greater}` in superseded_by is no other requirement of `{}`", item.id),
        )
    })
}
