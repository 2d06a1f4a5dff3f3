//! What every assessing command needs before it looks at a submission: rules, declarations, registry, readings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::base::Base;
use super::stop::Stop;
use crate::ingest::{self, ReadInfo, ReadOptions};
use crate::model::dataset::Dataset;
use crate::model::date::Date;
use crate::model::declare::Declarations;
use crate::model::divisions::{Divisions, DivisionsError};
use crate::model::fault::{Explain, Fault};
use crate::model::memory::Memory;
use crate::model::privacy::Masking;
use crate::model::summary::Summary;
use crate::model::table::Table;
use crate::model::text::Text;
use crate::report::summary::{Fold, Titles};
use crate::rulebook::{Rulebook, Sources, Trust};
use crate::schema::{self, Builder};
use crate::score::ScorePolicies;
use crate::script::testing::MakeTables;
use crate::script::{Loaded, Surroundings};

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
    /// The day on which dates are judged.
    pub as_of: Date,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether personal data is masked.
    pub masking: Masking,
    /// Bytes of memory to work in.
    pub memory: usize,
}

/// Everything that is the same for all submissions of a run.
pub struct Workbench {
    /// Packs, catalog, rules.
    pub book: Rulebook,
    /// Declared tables.
    pub declarations: Arc<Declarations>,
    /// The registry of standards, where the packs declare one.
    pub registry: Option<Arc<Table>>,
    /// The circumstances rules see.
    pub around: Arc<Surroundings>,
    /// The readings that change points.
    pub score_policies: ScorePolicies,
    /// The lowest pack alone, where others are laid over it.
    pub base: Option<Base>,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether personal data is masked.
    pub masking: Masking,
    /// The day on which dates are judged.
    pub as_of: Date,
    /// The memory tables are kept in.
    pub memory: Arc<Memory>,
    /// Interpret every closure of a rule instead of running kernels.
    pub interpret: bool,
    /// Rules that ended a process over the submission at hand, and why.
    pub without: BTreeMap<String, Text>,
    /// Set once the run is to end with what it has.
    pub stop: Stop,
}

const REGISTRY: &str = "registry";

impl Workbench {
    /// Loads and checks everything; all that is wrong is told together.
    ///
    /// # Errors
    ///
    /// All that is wrong.
    pub fn load(choices: &Choices) -> Result<Self, Vec<Fault>> {
        let mut book =
            Rulebook::load(&Sources { packs: &choices.packs, as_of: choices.as_of, trust: &choices.trust })
                .map_err(|faults| explained(&faults))?;
        for (name, value) in &choices.policies {
            book.set_policy(name, value).map_err(|fault| vec![fault.fault()])?;
        }
        let tables = || {
            let declarations = schema::declarations_of(&book.tables).map_err(|faults| explained(&faults))?;
            let declarations = Arc::new(declarations);
            registry(&book, &declarations, choices).map(|registry| (declarations, registry))
        };
        let (tables, divisions) = rayon::join(tables, || Divisions::parse(&book.divisions));
        let (declarations, registry) = tables?;
        let score_policies = ScorePolicies::from(&book.policies).map_err(|fault| vec![fault.fault()])?;
        let masking = choices.masking;
        let divisions = Arc::new(divisions.map_err(|error| vec![no_divisions(&error)])?);
        let around = |book: &Rulebook| {
            let (readings, ids) = (book.readings(), book.catalog.ids());
            let divisions = Arc::clone(&divisions);
            Arc::new(Surroundings::new(choices.as_of, readings, registry.as_deref(), divisions, ids, masking))
        };
        let base = base(&book, around)?;
        let around = around(&book);
        let (read, as_of) = (choices.read, choices.as_of);
        Ok(Self {
            book,
            declarations,
            registry,
            around,
            score_policies,
            base,
            read,
            masking,
            as_of,
            memory: Memory::new(choices.memory),
            interpret: false,
            without: BTreeMap::new(),
            stop: Stop::default(),
        })
    }

    /// Reads one submission.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn dataset(&self, path: &Path) -> Result<Dataset, Fault> {
        let mut builder = Builder::within(&self.memory, Arc::clone(&self.declarations), self.masking);
        let info = ingest::read(path, &self.declarations, self.read, &mut builder)
            .map_err(|error| within(path, error.fault()))?;
        let (tables, findings) = builder.finish();
        let unrecognized = unrecognized(&info);
        Ok(Dataset { path: shown(path), sha256: info.sha256, tables, unrecognized, findings })
    }

    /// Makes a dataset ready for rules.
    pub fn ready(&self, dataset: &Dataset) -> Loaded {
        Loaded::new(dataset, self.registry.as_slice())
    }

    /// The summary of a run, with the titles and names that are known here.
    pub fn summary(&self, fold: Fold) -> Summary {
        let titles = Titles { catalog: &self.book.catalog, clauses: &self.book.clauses };
        let mut summary = fold.finish(titles);
        summary.name_regions(|id| self.around.place_name(id));
        summary
    }

    /// Reads the inline tables of rule tests.
    pub fn make_tables(&self) -> Arc<MakeTables> {
        let (declarations, registry) = (Arc::clone(&self.declarations), self.registry.clone());
        Arc::new(move |inline: &BTreeMap<String, String>| {
            let dataset = inline_dataset(&declarations, inline)?;
            Ok(Loaded::of_example(&dataset, registry.as_slice()))
        })
    }
}

fn base(
    book: &Rulebook,
    around: impl Fn(&Rulebook) -> Arc<Surroundings>,
) -> Result<Option<Base>, Vec<Fault>> {
    let of = |base: &Rulebook| {
        let policies = ScorePolicies::from(&base.policies).map_err(|fault| vec![fault.fault()])?;
        Ok(Base::new(book, base, around(base), policies))
    };
    book.base.as_deref().map(of).transpose()
}

fn inline_dataset(
    declarations: &Arc<Declarations>,
    inline: &BTreeMap<String, String>,
) -> Result<Dataset, Text> {
    let mut builder = Builder::new(Arc::clone(declarations), Masking::Off);
    for (name, csv) in inline {
        let decl = declarations.table(name);
        let decl = decl
            .ok_or_else(|| Text::new(format!("没有数据表“{name}”"), format!("there is no table `{name}`")))?;
        let told = |error: ingest::IngestError| error.fault().message;
        ingest::read_text(decl, &format!("{name}.csv"), csv, &mut builder).map_err(told)?;
    }
    let (tables, findings) = builder.finish();
    Ok(Dataset {
        path: String::new(),
        sha256: String::new(),
        tables,
        unrecognized: BTreeSet::new(),
        findings,
    })
}

/// Headers that say nothing about a missing column.
const PLAIN_HEADERS: [&str; 6] = ["序号", "备注", "说明", "no", "no.", "remark"];

fn unrecognized(info: &ReadInfo) -> BTreeSet<String> {
    let telling = |header: &String| !PLAIN_HEADERS.contains(&header.trim().to_lowercase().as_str());
    let sheets = info.files.iter().flat_map(|file| &file.sheets);
    sheets.filter(|sheet| sheet.ignored.iter().any(telling)).filter_map(|sheet| sheet.table.clone()).collect()
}

fn explained<E: Explain>(errors: &[E]) -> Vec<Fault> {
    errors.iter().map(Explain::fault).collect()
}

/// The failure, with its file as the user can find it among many submissions.
pub(super) fn within(path: &Path, fault: Fault) -> Fault {
    let whole = shown(path);
    let file = match &fault.file {
        Some(file) if path.is_dir() && !file.starts_with(&whole) => format!("{whole}/{file}"),
        _ => whole,
    };
    Fault { file: Some(file), ..fault }
}

/// A path as reports show it: with `/`, whatever the system.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn registry(
    book: &Rulebook,
    declarations: &Arc<Declarations>,
    choices: &Choices,
) -> Result<Option<Arc<Table>>, Vec<Fault>> {
    let mut builder = Builder::new(Arc::clone(declarations), Masking::Off);
    let read = match (&choices.registry, declarations.table(REGISTRY)) {
        (Some(path), _) => ingest::read(path, declarations, choices.read, &mut builder).map(|_| ()),
        (None, Some(decl)) => ingest::read_text(decl, "registry/standards.csv", &book.registry, &mut builder),
        (None, None) => return Ok(None),
    };
    read.map_err(|error| vec![error.fault()])?;
    let (tables, _) = builder.finish();
    Ok(tables.get(REGISTRY).cloned())
}

fn no_divisions(error: &DivisionsError) -> Fault {
    Fault {
        code: "registry.divisions",
        message: Text::new(
            format!("区划代码表不能读取：{error}"),
            format!("the table of division codes cannot be read: {error}"),
        ),
        help: Text::new(
            "列为 代码,名称,启用,停用,继任；日期写成 2026-06-30",
            "its columns are 代码,名称,启用,停用,继任; days are written 2026-06-30",
        ),
        ..Fault::default()
    }
}
