//! The same submissions judged by both sides.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::hit::{self, Hit};
use super::{Comparing, Sides};
use crate::assessment::assess::{self, Assessed, Rulings};
use crate::batch::addressee::Known;
use crate::batch::executor::{TaskResult, execute};
use crate::batch::rulings::{Asked, RunRulings};
use crate::batch::task_queue::{self, Task};
use crate::console::Console;
use crate::ingest;
use crate::model::catalog::Catalog;
use crate::model::comparison::{Cause, Effect, EffectSummary, Effects};
use crate::model::fault::{Explain, Fault};
use crate::model::report::{Unreadable, Verdict};
use crate::model::ruling::Whose;
use crate::model::text::Text;
use crate::sandbox::interrupt;

/// Judges the submissions by both sides; what could not be judged comes with the effects.
pub(super) fn of(
    sides: &Sides,
    asked: &Comparing,
    console: &Console,
) -> Result<(Effects, Vec<Fault>), Vec<Fault>> {
    let found = ingest::discover(&asked.on, &sides.new.declarations).map_err(|error| vec![error.fault()])?;
    let catalog = together(&sides.old.book.catalog, &sides.new.book.catalog);
    let files = Asked { files: &asked.rulings, found: &found, named: asked.on.len() };
    let all = RunRulings::read(files, &sides.new, &catalog)?;
    console.notices(&all.notices);
    let tasks = task_queue::tasks(found, &sides.new.declarations, true);
    let hits: Mutex<BTreeMap<usize, Both>> = Mutex::default();
    let (mut unread, mut broken): (BTreeMap<usize, (String, Fault)>, Vec<Fault>) = Default::default();
    let stop = &sides.new.stop;
    let assess = |task: &Task| match both(sides, task, &all) {
        // What was judged while the run was stopped is of no use.
        _ if stop.is_cancelled() => None,
        Ok((hit, assessed)) => {
            hits.lock().unwrap_or_else(PoisonError::into_inner).insert(task.at, hit);
            Some(TaskResult::new(task, None, Ok(assessed)))
        }
        Err(fault) => Some(TaskResult::new(task, None, Err(fault))),
    };
    let take = |ended: TaskResult| {
        let ended = ended.masked(sides.new.masking);
        match ended.result {
            Ok(assessed) => {
                let new = assessed.faults.into_iter().filter(|fault| !broken.contains(fault));
                let new = new.collect::<Vec<_>>();
                broken.extend(new);
            }
            Err(fault) => drop(unread.insert(ended.at, (ended.path, fault))),
        }
    };
    execute(&tasks, &sides.old.memory, stop, assess, take).map_err(|fault| vec![fault])?;
    let hits = hits.into_inner().unwrap_or_else(PoisonError::into_inner);
    let left = tasks.len().saturating_sub(hits.len()).saturating_sub(unread.len());
    let mut known = Known::default();
    hits.iter().for_each(|(at, both)| known.add(&both.whose, *at, &both.ruled.effect.path));
    let mut faults: Vec<Fault> = unread.values().map(|(_, fault)| fault.clone()).chain(broken).collect();
    if left > 0 {
        faults.push(interrupted(left));
    } else {
        faults.extend(known.faults(&all.addressees, tasks.len()));
    }
    let hits = hits.into_values().map(|both| match both.unruled {
        Some(unruled) if known.is_shared(&both.whose) => unruled,
        _ => both.ruled,
    });
    let unreadable = unread.into_values().map(|(path, fault)| Unreadable::new(path, &fault));
    Ok((collector(sides, hits.collect(), unreadable.collect()), faults))
}

/// The effect on a submission.
struct Both {
    whose: Whose,
    ruled: Hit,
    /// Without any ruling, where some name the organization.
    unruled: Option<Hit>,
}

/// What changes for one submission, and the faults of the rules of both sides.
fn both(sides: &Sides, task: &Task, all: &RunRulings) -> Result<(Both, Assessed), Fault> {
    if let Some(TaskResult { result: Err(fault), .. }) = TaskResult::link(task) {
        return Err(fault);
    }
    let all = all.on(&task.path);
    let rulings = Rulings { all: &all, self_evaluation: false };
    let before = assess::assess(&sides.old, &task.path, rulings)?;
    let mut after = assess::assess(&sides.new, &task.path, rulings)?;
    after.faults.splice(0..0, before.faults);
    let unruled = before.unruled.as_deref().zip(after.unruled.as_deref());
    let unruled = unruled.map(|(before, after)| hit::of(before, after));
    let ruled = hit::of(&before.organization, &after.organization);
    Ok((Both { whose: after.whose.clone(), ruled, unruled }, after))
}

/// Everything rulings may be about: the new catalog, and what only the old one has.
fn together(old: &Catalog, new: &Catalog) -> Catalog {
    let mut all = new.clone();
    for table in &old.tables {
        let mut more = table.clone();
        more.items.retain(|item| new.item(&item.id).is_none());
        all.tables.push(more);
        for item in table.items.iter().filter(|item| new.item(&item.id).is_some()) {
            let strange = item.requirements.iter().filter(|one| new.requirement(&one.id).is_none()).cloned();
            let same = all.tables.iter_mut().flat_map(|table| &mut table.items).find(|one| one.id == item.id);
            same.into_iter().for_each(|same| same.requirements.extend(strange.clone()));
        }
    }
    all
}

fn collector(sides: &Sides, hits: Vec<Hit>, unreadable: Vec<Unreadable>) -> Effects {
    let mut summary =
        EffectSummary { organizations: hits.len(), unreadable: unreadable.len(), ..Default::default() };
    for hit in &hits {
        let slot = match hit.direction() {
            (low, high) if low == 0 && high == 0 => &mut summary.same,
            (low, high) if low >= 0 && high >= 0 => &mut summary.up,
            (low, high) if low <= 0 && high <= 0 => &mut summary.down,
            _ => &mut summary.mixed,
        };
        *slot = slot.saturating_add(1);
        summary.verdicts = summary.verdicts.saturating_add(usize::from(hit.verdict_changes()));
    }
    let causes = causes(sides, &hits);
    let mut changed: Vec<Hit> = hits.into_iter().filter(Hit::counts).collect();
    changed.sort_by_cached_key(|hit| {
        let (low, high) = hit.direction();
        let grave = match hit.effect.new.verdict {
            Verdict::Unqualified => 0,
            Verdict::Open => 1,
            Verdict::Qualified => 2_u8,
        };
        (!hit.verdict_changes(), grave, low.saturating_add(high), hit.effect.path.clone())
    });
    let organizations: Vec<Effect> = changed.into_iter().map(|hit| hit.effect).collect();
    Effects { summary, causes, organizations, unreadable }
}

/// Items by which scores change.
fn causes(sides: &Sides, hits: &[Hit]) -> Vec<Cause> {
    let mut causes: BTreeMap<&str, Cause> = BTreeMap::new();
    for item in hits.iter().flat_map(|hit| &hit.effect.items) {
        let title = || {
            let title =
                [&sides.new, &sides.old].into_iter().find_map(|side| side.book.catalog.title(&item.id));
            title.cloned().unwrap_or_default()
        };
        let cause = causes.entry(&item.id).or_insert_with(|| Cause {
            item: item.id.clone(),
            title: title(),
            organizations: 0,
            low: 0,
            high: 0,
        });
        let (low, high) = item.change();
        cause.organizations = cause.organizations.saturating_add(1);
        (cause.low, cause.high) = (cause.low.saturating_add(low), cause.high.saturating_add(high));
    }
    let mut causes: Vec<Cause> = causes.into_values().collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.organizations));
    causes
}

fn interrupted(left: usize) -> Fault {
    let message = Text::new(
        format!("已中断：还有 {left} 份申报材料没有比较"),
        format!("interrupted: {left} submissions were not compared"),
    );
    interrupt::interrupted(message, Text::new("上面只含比较完的", "what is told above is of those that were"))
}
