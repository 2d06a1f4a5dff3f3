//! What every assessing command needs before it looks at a submission: rules, declarations, registry, readings.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use super::choices::{Choices, PlanChoice};
use super::lowest_pack::LowestPack;
use super::{aim, mapping};
use crate::attachment::{self, Examination};
pub(crate) use crate::ingest::display_path;
use crate::ingest::{self, ReadInfo, ReadOptions};
use crate::model::dataset::Dataset;
use crate::model::divisions::{Divisions, DivisionsError};
use crate::model::fault::{Explain, Fault};
use crate::model::lexicon::{Lexicon, LexiconError};
use crate::model::plan::Aim;
use crate::model::privacy::Masking;
use crate::model::report::{Report, SCHEMA, Tool};
use crate::model::run_inputs::RunInputs;
use crate::model::standard::Standard;
use crate::model::summary::Summary;
use crate::model::text::Text;
use crate::report::summary::{Fold, Titles};
use crate::resources::cancellation::CancellationToken;
use crate::rulebook::{Rulebook, Sources};
use crate::schema::{self, Builder, Built};
use crate::score::ScorePolicies;
use crate::script::testing::MakeTables;
use crate::script::{Loaded, Lost, RuleContext, RuleFault};
use crate::standard_text::{self, Listed};
use crate::table::Table;
use crate::table::date::Date;
use crate::table::memory::MemoryBudget;
use crate::table::table_schema::Declarations;

/// What is loaded once for all submissions of a run: packs, declared tables, readings, the memory budget.
pub struct Session {
    /// Packs, catalog, rules.
    pub book: Rulebook,
    /// Declared tables.
    pub declarations: Arc<Declarations>,
    /// Registries of standards: that of the packs, and over it one of the user's own.
    pub registry: Vec<Arc<Table>>,
    /// The circumstances rules see.
    pub around: Arc<RuleContext>,
    /// The readings that change points.
    pub score_policies: ScorePolicies,
    /// What is planned for.
    pub aim: Option<Aim>,
    /// What samples to look at on site are drawn with, where any are.
    pub sample: Option<String>,
    /// The lowest pack alone, where others are laid over it.
    pub base: Option<LowestPack>,
    /// How files are read.
    pub read: ReadOptions,
    /// Whether personal data is masked.
    pub masking: Masking,
    /// The day on which dates are judged.
    pub as_of: Date,
    /// The memory tables are kept in.
    pub memory: Arc<MemoryBudget>,
    /// Interpret every closure of a rule instead of running kernels.
    pub interpret: bool,
    /// Rules that are left out over the submission at hand, and why.
    pub without: BTreeMap<String, Lost>,
    /// Set once the run is to end with what it has.
    pub stop: CancellationToken,
    /// Whether organizations assess themselves, which the report says.
    pub self_evaluation: bool,
}

const REGISTRY: &str = "registry";

impl Session {
    /// Loads the packs and all that follows from the options.
    ///
    /// # Errors
    ///
    /// Every error found in packs, readings, registry and tables, together.
    ///
    /// # Examples
    ///
    /// A pack laid over the built-in one, whose points add up to more:
    ///
    /// ```
    /// use wangge::assessment::session::{Choices, Session};
    /// use wangge::table::date::Date;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let day = Date::from_iso("2026-06-30").ok_or("no such day")?;
    /// let choices = Choices { packs: vec!["fixtures/packs/province".into()], ..Choices::as_of(day) };
    /// let session = Session::load(&choices).map_err(|faults| format!("{faults:#?}"))?;
    /// assert_eq!(session.book.packs.len(), 2);
    /// assert!(session.book.catalog.item("A.8.1").is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn load(choices: &Choices) -> Result<Self, Vec<Fault>> {
        let mut book =
            Rulebook::load(&Sources { packs: &choices.packs, as_of: choices.as_of, trust: &choices.trust })
                .map_err(|faults| explained(&faults))?;
        for (name, value) in &choices.policies {
            book.set_policy(name, value).map_err(|fault| vec![fault.fault()])?;
        }
        let tables = || {
            let mut declarations =
                schema::declarations_of(&book.tables).map_err(|faults| explained(&faults))?;
            mapping::lay_over(&mut declarations, &choices.mappings)?;
            let declarations = Arc::new(declarations);
            registries(&book, &declarations, choices).map(|registry| (declarations, registry))
        };
        let (tables, divisions) = rayon::join(tables, || Divisions::parse(&book.divisions));
        let (declarations, registry) = tables?;
        let score_policies = ScorePolicies::from(&book.policies).map_err(|fault| vec![fault.fault()])?;
        let masked = |faults: Vec<Fault>| {
            faults.into_iter().map(|fault| choices.masking.fault(fault)).collect::<Vec<_>>()
        };
        let aim =
            choices.plan.as_ref().map(|asked| aim::of(asked, &book.catalog)).transpose().map_err(masked)?;
        let masking = choices.masking;
        let divisions = Arc::new(divisions.map_err(|error| vec![no_divisions(&error)])?);
        let around = |book: &Rulebook| {
            let (readings, ids) = (book.readings(), book.catalog.ids());
            let (day, divisions) = (choices.as_of, Arc::clone(&divisions));
            let words = Lexicon::of(&book.lexicon).map_err(|error| vec![no_lexicon(error)])?;
            Ok(Arc::new(RuleContext::new(day, readings, &registry, divisions, ids, &words)))
        };
        let base = base(&book, around)?;
        let around = around(&book)?;
        let memory = MemoryBudget::new(choices.memory);
        let (read, as_of) = (ReadOptions { memory: Some(memory.reading()), ..choices.read }, choices.as_of);
        Ok(Self {
            book,
            declarations,
            registry,
            around,
            score_policies,
            aim,
            sample: choices.sample.clone(),
            base,
            read,
            masking,
            as_of,
            memory,
            interpret: false,
            without: BTreeMap::new(),
            stop: CancellationToken::default(),
            self_evaluation: false,
        })
    }

    /// Reads one submission.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use wangge::assessment::session::{Choices, Session};
    /// use wangge::table::date::Date;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let day = Date::from_iso("2026-06-30").ok_or("no such day")?;
    /// let session = Session::load(&Choices::as_of(day)).map_err(|faults| format!("{faults:#?}"))?;
    /// let read = session.dataset(Path::new("fixtures/broken/wrong-type")).map_err(|fault| format!("{fault:#?}"))?;
    /// // What is wrong with the data is a finding at its cell, not an error of reading.
    /// assert!(!read.findings.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn dataset(&self, path: &Path) -> Result<Dataset, Fault> {
        self.dataset_with_info(path).map(|(dataset, _)| dataset)
    }

    /// Reads one submission, and tells how each of its files was read.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn dataset_with_info(&self, path: &Path) -> Result<(Dataset, ReadInfo), Fault> {
        let mut builder = Builder::within(&self.memory, Arc::clone(&self.declarations), self.masking);
        let info = ingest::read(path, &self.declarations, self.read, &mut builder)
            .map_err(|error| self.masking.fault(within(path, error.fault())))?;
        let Built { mut tables, mut findings, redactor } = builder.finish();
        let files = ingest::attachments(path, &self.declarations, &info)
            .map_err(|error| self.masking.fault(within(path, error.fault())))?;
        let mut texts = Builder::within(&self.memory, Arc::clone(&self.declarations), self.masking);
        let mut writer = standard_text::Writer::default();
        let write = |text: Listed<'_>| writer.write(text, &self.declarations, &mut texts);
        let read = info.tables();
        let examination = attachment::examine(&files, &tables, (&read, &redactor), write);
        let derived = texts.finish().tables.into_iter().filter(|(_, table)| table.decl.derived);
        tables.extend(derived);
        let Examination { attachments, evidence, findings: of_files, mut digests } = examination;
        findings.extend(of_files);
        // Those that were read as tables are digested with these.
        let not_tables = info.not_tables();
        digests.retain(|(file, _)| !not_tables.contains(file.as_str()));
        let sha256 = ingest::submission_digest(&info.sha256, &digests);
        let (path, left_out) = (display_path(path), info.left_out(&redactor));
        let evidence = Arc::new(evidence);
        Ok((Dataset { path, sha256, tables, findings, attachments, evidence, left_out, redactor }, info))
    }

    /// Makes a dataset ready for rules.
    pub fn ready(&self, dataset: &Dataset) -> Loaded {
        Loaded::new(dataset, self.registry.as_slice())
    }

    /// The report of a run, before any organization is in it.
    pub fn report(&self) -> Report {
        Report {
            schema: SCHEMA.to_owned(),
            tool: Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            as_of: self.as_of.to_string(),
            self_evaluation: self.self_evaluation,
            unmasked: self.masking == Masking::Off,
            packs: self.book.packs.clone(),
            policies: self.book.readings(),
            overrides: self.book.overrides.clone(),
            inputs: RunInputs::default(),
            broken: self.book.broken.iter().map(RuleFault::broken_rule).collect(),
            standard: Some(Arc::new(Standard {
                catalog: self.book.catalog.clone(),
                clauses: self.book.clauses.clone(),
                policies: self.book.policies.clone(),
            })),
            organizations: Vec::new(),
            unreadable: Vec::new(),
            not_assessed: Vec::new(),
            summary: Summary::default(),
            digest: String::new(),
        }
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
        let masking = self.masking;
        Arc::new(move |inline: &BTreeMap<String, String>| {
            let dataset = inline_dataset(&declarations, masking, inline)?;
            Ok(Loaded::of_example(&dataset, registry.as_slice()))
        })
    }
}

fn base(
    book: &Rulebook,
    around: impl Fn(&Rulebook) -> Result<Arc<RuleContext>, Vec<Fault>>,
) -> Result<Option<LowestPack>, Vec<Fault>> {
    let of = |base: &Rulebook| {
        let policies = ScorePolicies::from(&base.policies).map_err(|fault| vec![fault.fault()])?;
        Ok(LowestPack::new(book, base, around(base)?, policies))
    };
    book.base.as_deref().map(of).transpose()
}

fn inline_dataset(
    declarations: &Arc<Declarations>,
    masking: Masking,
    inline: &BTreeMap<String, String>,
) -> Result<Dataset, Text> {
    let mut builder = Builder::new(Arc::clone(declarations), masking);
    for (name, csv) in inline {
        let decl = declarations.table(name);
        let decl = decl
            .ok_or_else(|| Text::new(format!("没有数据表“{name}”"), format!("there is no table `{name}`")))?;
        let told = |error: ingest::IngestError| error.fault().message;
        ingest::read_text(decl, &format!("{name}.csv"), csv, &mut builder).map_err(told)?;
    }
    let Built { tables, findings, redactor } = builder.finish();
    Ok(Dataset::inline(tables, findings, redactor))
}

fn explained<E: Explain>(errors: &[E]) -> Vec<Fault> {
    errors.iter().map(Explain::fault).collect()
}

/// The failure, with its file as the user can find it among many submissions.
pub(crate) fn within(path: &Path, fault: Fault) -> Fault {
    let file = fault.file.as_deref().map_or_else(|| display_path(path), |file| ingest::locate(path, file));
    Fault { file: Some(file), ..fault }
}

/// The registry of the packs, and over it that of the user's own.
fn registries(
    book: &Rulebook,
    declarations: &Arc<Declarations>,
    choices: &Choices,
) -> Result<Vec<Arc<Table>>, Vec<Fault>> {
    let Some(decl) = declarations.table(REGISTRY) else { return Ok(Vec::new()) };
    let mut builder = Builder::new(Arc::clone(declarations), Masking::Off);
    ingest::read_text(decl, "registry/standards.csv", &book.registry, &mut builder)
        .map_err(|error| vec![error.fault()])?;
    let mut tables: Vec<_> = builder.finish().tables.get(REGISTRY).cloned().into_iter().collect();
    if let Some(path) = &choices.registry {
        let mut builder = Builder::new(Arc::clone(declarations), Masking::Off);
        ingest::read_as(path, decl, choices.read, &mut builder).map_err(|error| vec![error.fault()])?;
        let own = builder.finish().tables.get(REGISTRY).filter(|table| !table.is_empty()).cloned();
        tables.push(own.ok_or_else(|| vec![empty_registry(path)])?);
    }
    Ok(tables)
}

fn empty_registry(path: &Path) -> Fault {
    Fault {
        code: "registry.empty",
        message: Text::new(
            "标准登记库中没有读到标准：没有找到含“标准号”“标准名称”的表头，或表头下没有数据",
            "no standard was read from the registry: no header with 标准号 and 标准名称 was found, or nothing stands below it",
        ),
        help: Text::new(
            "把标准查询结果导出为 CSV 或 XLSX，保留标准号、标准名称、标准状态、发布日期、实施日期等表头",
            "export the result of a query of standards as CSV or XLSX with its headers, such as 标准号, 标准名称, 标准状态, 发布日期, 实施日期",
        ),
        file: Some(display_path(path)),
        ..Fault::default()
    }
}

fn no_lexicon(error: LexiconError) -> Fault {
    let LexiconError { file, line, cause } = error;
    Fault {
        code: "pack.lexicon",
        message: Text::new(
            format!("名称用词表不能读取：{}", cause.zh),
            format!("the words of titles cannot be read: {}", cause.en),
        ),
        help: Text::new(
            "写法见内置规则包的 lexicon.toml：groups、domain、plain、particles、joiners、trades、papers",
            "write it as the lexicon.toml of the built-in pack: groups, domain, plain, particles, joiners, trades, papers",
        ),
        file: Some(file),
        row: u32::try_from(line).ok(),
        ..Fault::default()
    }
}

fn no_divisions(error: &DivisionsError) -> Fault {
    Fault {
        code: "registry.divisions",
        message: Text::new(
            format!("区划代码表不能读取：{}", error.zh()),
            format!("the table of division codes cannot be read: {error}"),
        ),
        help: Text::new(
            "列为 代码,名称,启用,停用,继任；日期写成 2026-06-30",
            "its columns are 代码,名称,启用,停用,继任; days are written 2026-06-30",
        ),
        ..Fault::default()
    }
}
