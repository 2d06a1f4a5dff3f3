//! What the user chose for a run.

use std::path::PathBuf;

use crate::ingest::ReadOptions;
use crate::model::privacy::Masking;
use crate::rulebook::Trust;
use crate::table::date::Date;

/// Choices of the user that hold for a whole run.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Folders of packs, laid over each other in this order.
    pub packs: Vec<PathBuf>,
    /// What these packs must live up to.
    pub trust: Trust,
    /// Readings set by hand.
    pub policies: Vec<(String, String)>,
    /// A registry of standards in place of the built-in one.
    pub registry: Option<PathBuf>,
    /// Files that say what the exports of a software call tables, columns and values.
    pub mappings: Vec<PathBuf>,
    /// The day on which dates are judged.
    pub as_of: Date,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether personal data is masked.
    pub masking: Masking,
    /// Bytes of memory to work in.
    pub memory: usize,
    /// What is to be planned for.
    pub plan: Option<PlanChoice>,
    /// What samples to look at on site are drawn with, where any are.
    pub sample: Option<String>,
}

/// What a plan is asked for.
#[derive(Clone, Debug, Default)]
pub struct PlanChoice {
    /// Points to have for sure; the pass mark where none are given.
    pub target: Option<u32>,
    /// The file of what it costs to put requirements right.
    pub costs: Option<PathBuf>,
}

impl Choices {
    /// The built-in pack alone, personal data masked, as much memory as there is.
    #[must_use]
    pub fn as_of(day: Date) -> Self {
        Self {
            packs: Vec::new(),
            trust: Trust::default(),
            policies: Vec::new(),
            registry: None,
            mappings: Vec::new(),
            as_of: day,
            read: ReadOptions::default(),
            masking: Masking::On,
            memory: usize::MAX,
            plan: None,
            sample: None,
        }
    }
}
