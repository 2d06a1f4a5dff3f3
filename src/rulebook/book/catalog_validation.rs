//! Validates the files of a catalog: ids are unique, items add up to what their table declares, and what an item and
//! its requirements say is consistent. Each error is located in its file.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::catalog::CatalogFile;
use super::item_validation::{self, ItemError, blank};
use crate::model::catalog::{Catalog, Item, Requirement, ScoreTable};
use crate::model::policy::{COUNTING, Policies};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Pack, Setting, limit_exceeded};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{MOST_ERRORS, Outline, Step};
use crate::table::date::Date;

/// Items and requirements of a catalog together.
const MOST_LINES: usize = 5_000;

/// All errors of the tables read from these files, at most [`MOST_ERRORS`].
pub(super) fn errors_in(
    files: &[CatalogFile<'_>],
    tables: &[ScoreTable],
    policies: &Policies,
) -> Vec<PackFault> {
    let mut checker = Checker { seen: BTreeMap::new(), policies, lines: 0, faults: Vec::new() };
    for (file, table) in files.iter().zip(tables) {
        let file = CatalogText {
            path: file.pack.display_path(file.path),
            text: file.text,
            outline: OnceCell::new(),
        };
        checker.table(&file, table);
    }
    checker.faults
}

/// Errors that settings of packs bring into a catalog without errors, each at the last setting that contributes to it.
pub(super) fn errors_of_settings(packs: &[Pack], as_of: Date, catalog: &Catalog) -> Vec<PackFault> {
    let settings: Vec<&Setting> = packs.iter().flat_map(|pack| &pack.manifest.settings).collect();
    let place = |error: &ItemError| {
        let about = |one: &&&Setting| {
            let fields = error.fields.iter().any(|(id, field)| *id == one.target && *field == one.field);
            fields && one.basis.holds(as_of)
        };
        settings.iter().rfind(about).map(|one| one.valued.clone())
    };
    let strange = catalog.items().flat_map(item_validation::errors_in);
    // What no setting touches was consistent before.
    let errors =
        strange.filter_map(|one| Some(PackFault::At { at: place(&one)?, error: PackError::Value(one.text) }));
    errors.take(MOST_ERRORS).collect()
}

/// A file of the catalog; it is parsed a second time, for the places of values, only once it has an error.
struct CatalogText<'t> {
    /// As shown in messages.
    path: String,
    text: &'t str,
    outline: OnceCell<Outline<'t>>,
}

impl CatalogText<'_> {
    fn place(&self, path: &[Step<'_>]) -> Place {
        self.outline.get_or_init(|| Outline::new(&self.path, self.text)).place(path)
    }
}

struct Checker<'a> {
    /// Files by the ids that stand in them.
    seen: BTreeMap<&'a str, String>,
    policies: &'a Policies,
    /// Items and requirements so far.
    lines: usize,
    faults: Vec<PackFault>,
}

impl<'a> Checker<'a> {
    fn table(&mut self, file: &CatalogText<'_>, table: &'a ScoreTable) {
        let lines = table.items.iter().map(|item| item.requirements.len().saturating_add(1));
        self.lines = lines.fold(self.lines, usize::saturating_add);
        if self.lines > MOST_LINES {
            return self.add_error(
                file,
                &[],
                limit_exceeded("评价内容和评价要求", "items and requirements", MOST_LINES),
            );
        }
        self.id(file, &table.id, &[]);
        let points = table.items.iter().map(|item| item.points.saturating_mul(item.weight));
        let sum = points.fold(0, u32::saturating_add);
        if sum > table.declared {
            let (id, declared) = (&table.id, table.declared);
            let text = Text::new(
                format!("表 {id} 各项合计 {sum} 分，多于标题的 {declared} 分"),
                format!("the items of {id} add up to {sum}, more than the {declared} its heading declares"),
            );
            self.add_error(file, &[], PackError::Sum(text));
        }
        for (at, item) in table.items.iter().enumerate() {
            let steps = [Step::Key("item"), Step::At(at)];
            self.id(file, &item.id, &steps);
            for strange in item_validation::errors_in(item) {
                self.add_error_at(
                    file,
                    &[&steps[..], &strange.path].concat(),
                    PackError::Value(strange.text),
                );
            }
            if let Some(text) = item_error(item) {
                self.add_error(file, &steps, PackError::Value(text));
            }
            for (number, one) in item.requirements.iter().enumerate() {
                let steps = [Step::Key("item"), Step::At(at), Step::Key("requirement"), Step::At(number)];
                self.id(file, &one.id, &steps);
                if let Some(text) = requirement_error(item, one).or_else(|| self.uncounted(one)) {
                    self.add_error(file, &steps, PackError::Value(text));
                }
            }
        }
    }

    fn id(&mut self, file: &CatalogText<'_>, id: &'a str, steps: &[Step<'_>]) {
        if let Some(text) = blank(id) {
            return self.add_error(file, steps, PackError::Value(text));
        }
        if let Some(other) = self.seen.insert(id, file.path.clone()) {
            let what = Text::new(format!("编号“{id}”"), format!("the id `{id}`"));
            self.add_error(file, steps, PackError::Duplicate { what, other });
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

    /// Reports an error at the id of the table, item or requirement that `steps` lead to.
    fn add_error(&mut self, file: &CatalogText<'_>, steps: &[Step<'_>], error: PackError) {
        let path: Vec<Step<'_>> = steps.iter().copied().chain([Step::Key("id")]).collect();
        self.add_error_at(file, &path, error);
    }

    fn add_error_at(&mut self, file: &CatalogText<'_>, path: &[Step<'_>], error: PackError) {
        if self.faults.len() < MOST_ERRORS {
            self.faults.push(PackFault::At { at: file.place(path), error });
        }
    }
}

fn item_error(item: &Item) -> Option<Text> {
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

fn requirement_error(item: &Item, one: &Requirement) -> Option<Text> {
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
