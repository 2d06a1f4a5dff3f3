//! `wangge rules diff`: what changes between two sets of packs, and whom it hits.

mod effects;
mod hit;
mod tables;

use std::path::PathBuf;

use super::ResultFormat;
use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::comparison::{COMPARISON, Comparison};
use crate::model::fault::Fault;
use crate::model::text::Lang;
use crate::report::{comparison, json};
use crate::rulebook::{Trust, compare};
use crate::sandbox::interrupt::cancel_on_interrupt;

/// What is compared.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// The old pack; none for the built-in one.
    pub old: Vec<PathBuf>,
    /// The new pack; none for the built-in one.
    pub new: Vec<PathBuf>,
    /// Submissions on which the effect is to be seen.
    pub on: Vec<PathBuf>,
    /// Files of rulings on them.
    pub rulings: Vec<PathBuf>,
    /// Form of the result.
    pub format: ResultFormat,
    /// Lines of each list for a person; 0 for all.
    pub top: usize,
}

/// Both sides, ready to judge.
struct Sides {
    old: Session,
    new: Session,
}

/// Runs the command: exit 1 where there is a difference.
pub fn run(asked: &Comparing, choices: &Choices, console: &Console) -> Exit {
    match compared(asked, choices, console) {
        Ok((comparison, faults)) => {
            let told = tell(&comparison, asked, console);
            console.faults(&faults);
            let differs = !comparison.changes.is_empty() || !comparison.later.is_empty();
            match (told, faults.is_empty()) {
                (Exit::Passed, true) if differs => Exit::GateNotMet,
                (Exit::Passed, true) => Exit::Passed,
                _ => Exit::CouldNotJudge,
            }
        }
        Err(faults) => {
            console.faults(&faults);
            Exit::CouldNotJudge
        }
    }
}

fn compared(
    asked: &Comparing,
    choices: &Choices,
    console: &Console,
) -> Result<(Comparison, Vec<Fault>), Vec<Fault>> {
    let sides = Sides::load(asked, choices, console.lang)?;
    let (mut changes, later) = compare(&sides.old.book, &sides.new.book);
    changes.extend(tables::compare(&sides.old.declarations, &sides.new.declarations));
    changes.sort_by_key(|change| change.section);
    let (effects, faults) = if asked.on.is_empty() {
        (None, Vec::new())
    } else {
        effects::of(&sides, asked, console).map(|(effects, faults)| (Some(effects), faults))?
    };
    let packs = |session: &Session| session.book.packs.clone();
    let comparison = Comparison {
        schema: COMPARISON.to_owned(),
        as_of: choices.as_of.to_string(),
        old: packs(&sides.old),
        new: packs(&sides.new),
        changes,
        later,
        effects,
    };
    Ok((comparison, faults))
}

impl Sides {
    /// Both are loaded as they are: a lock says what is in use, not what may be compared.
    fn load(asked: &Comparing, choices: &Choices, lang: Lang) -> Result<Self, Vec<Fault>> {
        let load = |packs: &[PathBuf]| {
            let trust = Trust { unlocked: true, ..choices.trust.clone() };
            Session::load(&Choices { packs: packs.to_vec(), trust, ..choices.clone() })
        };
        let (mut old, mut new) = (load(&asked.old)?, load(&asked.new)?);
        (old.stop, new.stop) = (cancel_on_interrupt(lang), cancel_on_interrupt(lang));
        // One after the other they work in the same memory.
        new.memory = std::sync::Arc::clone(&old.memory);
        Ok(Self { old, new })
    }
}

fn tell(comparison: &Comparison, asked: &Comparing, console: &Console) -> Exit {
    match asked.format {
        ResultFormat::Text => {
            let look = comparison::Look {
                lang: console.lang,
                color: console.color_out,
                width: console.width,
                top: asked.top,
            };
            console.print_result(&comparison::render(comparison, &look))
        }
        ResultFormat::Json => match json::to_string(comparison) {
            Ok(text) => console.print_result(&text),
            Err(error) => console.fail_with(crate::console::unserializable(&error)),
        },
    }
}
