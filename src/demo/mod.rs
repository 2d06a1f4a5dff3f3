//! `wangge demo`: invented submissions of any size, the same for a seed on every machine.
//!
//! Most are clean; some have faults, each listed in `manifest.json` with the rule that is expected to tell it.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::divisions::Divisions;
use crate::table::date::Date;
use crate::table::table_schema::Declarations;

mod area;
mod calendar;
mod events;
mod faults;
mod file;
mod gbk;
mod layout;
mod manifest;
mod names;
mod places;
mod random;
mod row;
mod staff;
mod submission;
mod template;
mod text;

pub use places::Level;

use faults::Fault;
use manifest::{Manifest, Organization};

/// The day on which demos are to be judged.
pub const AS_OF: (i16, i8, i8) = (2026, 6, 30);

/// How large a submission is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Base grids.
    pub grids: usize,
    /// Events of a year.
    pub events: u64,
    /// Staff; no fewer than there are departments.
    pub staff: u64,
    /// Persons and bodies served; no fewer than there are grids.
    pub objects: u64,
}

/// Which submissions have faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Faults {
    /// None.
    None,
    /// Every fifth, a few of them.
    Some,
    /// One submission for each known fault, and as many clean ones as are left.
    Each,
}

/// What is to be invented.
#[derive(Clone, Debug)]
pub struct Options {
    /// Number of submissions.
    pub organizations: usize,
    /// The level of the organizations.
    pub level: Level,
    /// The size of each.
    pub size: Size,
    /// Which have faults.
    pub faults: Faults,
    /// The same seed gives the same submissions.
    pub seed: u64,
    /// Write the texts of own standards, too.
    pub attachments: bool,
    /// Write where an earlier demo lies.
    pub force: bool,
}

/// Why a demo cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file cannot be written.
    #[error("{0}: {1}")]
    Unwritable(PathBuf, io::Error),
    /// The folder holds something that no demo made, or a demo that is to be kept.
    #[error("{0} is not empty")]
    Occupied(PathBuf),
    /// More than there are codes or numbers for.
    #[error("at most {most} {what} are possible")]
    TooMany {
        /// What there is too much of, as the option says.
        what: &'static str,
        /// The most there can be.
        most: u64,
    },
    /// The program's own list of faults is broken.
    #[error("the list of faults: {0}")]
    List(#[from] toml::de::Error),
}

/// What was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Submissions.
    pub organizations: usize,
    /// Faults in all of them.
    pub faults: usize,
}

/// Writes submissions and their manifest into a folder.
///
/// # Errors
///
/// The folder is in use or cannot be written, or more is asked for than there are codes.
pub fn generate(
    folder: &Path,
    declarations: &Declarations,
    divisions: &Divisions,
    options: &Options,
) -> Result<Made, DemoError> {
    within_bounds(options)?;
    let known = faults::all()?;
    let (year, month, day) = AS_OF;
    let today = Date::from_ymd(year, month, day).unwrap_or(Date::from_days(0));
    let places = places::places(divisions, today, options.level, options.organizations, options.seed);
    bounded("organizations", options.organizations as u64, places.len() as u64)?;
    manifest::clear(folder, options.force)?;
    let mut manifest = Manifest::new(options.seed, places.iter().map(Organization::of).collect());
    manifest.write(folder)?;
    let shared = shared(declarations, options);
    let written: Result<Vec<_>, DemoError> = places
        .par_iter()
        .enumerate()
        .map(|(nth, place)| {
            let chosen = chosen(&known, options, nth);
            let inside = folder.join(manifest::folder_of(place));
            submission::write(&shared, place, &inside, &chosen)
                .map_err(|error| DemoError::Unwritable(inside, error))
        })
        .collect();
    manifest.add_faults(written?);
    manifest.write(folder)?;
    Ok(Made { organizations: places.len(), faults: manifest.faults() })
}

fn shared<'a>(declarations: &'a Declarations, options: &Options) -> submission::Shared<'a> {
    let raw = template::raw(declarations);
    let training = raw.iter().find(|raw| raw.table == "training");
    submission::Shared {
        declarations,
        sessions: training.map(|training| staff::sessions(training, declarations)).unwrap_or_default(),
        templates: raw.iter().map(|raw| template::Template::new(raw, declarations)).collect(),
        calendar: calendar::Calendar::new(),
        size: options.size,
        seed: options.seed,
        texts: options.attachments,
    }
}

/// The faults of the `nth` submission.
fn chosen<'a>(known: &'a [Fault], options: &Options, nth: usize) -> Vec<&'a Fault> {
    match options.faults {
        Faults::Each => known.get(nth).into_iter().collect(),
        Faults::Some if nth % 5 == 4 => {
            faults::sample(known, &mut random::Random::new(options.seed, nth as u64))
        }
        Faults::None | Faults::Some => Vec::new(),
    }
}

fn within_bounds(options: &Options) -> Result<(), DemoError> {
    let size = &options.size;
    bounded("grids", size.grids as u64, layout::Layout::most(options.level) as u64)?;
    bounded("events", size.events, events::most(size.grids))?;
    bounded("staff", size.staff, names::PEOPLE)?;
    bounded("objects", size.objects, names::PEOPLE)
}

fn bounded(what: &'static str, asked: u64, most: u64) -> Result<(), DemoError> {
    if asked > most { Err(DemoError::TooMany { what, most }) } else { Ok(()) }
}
