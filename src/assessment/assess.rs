//! The assessment of one submission: read, decide, rule, score, tell.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::lowest_pack::{range, to_score};
use super::session::{Session, display_path};
use super::{grid_map, row_keys, sample, self_score, team};
use crate::engine::{Decided, Engine, clause_finding, target_finding};
use crate::model::clause::Clauses;
use crate::model::dataset::Dataset;
use crate::model::department;
use crate::model::fault::{Explain, Fault};
use crate::model::finding::{Finding, Severity};
use crate::model::finding_ids;
use crate::model::grid::{self, ByGrid, GridFindings};
use crate::model::grid_map::GridMap;
use crate::model::outcome::Outcome;
use crate::model::plan::Plan;
use crate::model::report::{
    BaseScore, ClauseOutcome, Condition, Eligibility, EligibilityStatus, Organization, PointsByEvidence,
    Range, ReportFinding, Submission,
};
use crate::model::ruling::{Ruling, Whose};
use crate::model::system::{self, Refusal};
use crate::model::text::Text;
use crate::report::{grid_findings, in_order, report_findings};
use crate::resources::progress::{self, ProgressEvent};
use crate::score::{Ruled, RulingContext, Scored, apply_rulings, by_evidence, plan, score};
use crate::script::Layer;
use crate::table::table_schema::TableDecl;

/// Rulings and how they count.
#[derive(Clone, Copy)]
pub struct Rulings<'a> {
    /// All that were read.
    pub all: &'a [Ruling],
    /// A self-evaluation run.
    pub self_evaluation: bool,
}

/// An assessed submission, and the rules that broke on it; as it is also kept in the cache and in files of shards.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// Whose it is.
    pub whose: Whose,
    /// Its part of the report.
    pub organization: Organization,
    /// The same without any ruling, where some name the organization: they count for nobody if another submission turns
    /// out to have its id.
    pub unruled: Option<Box<Organization>>,
    /// Broken rules.
    pub faults: Vec<Fault>,
}

/// Assesses the submission at `path`. Once the run is stopped the result is of no use.
///
/// # Errors
///
/// It cannot be read, or what was put aside for want of memory cannot be read back.
pub fn assess(session: &Session, path: &Path, rulings: Rulings<'_>) -> Result<Assessed, Fault> {
    let dataset = read(session, path)?;
    let mut assessed = judge(session, &dataset, rulings)?;
    let Assessed { organization, unruled, .. } = &mut assessed;
    let all = [Some(organization), unruled.as_deref_mut()].into_iter().flatten();
    let findings = all.flat_map(|organization| &mut organization.findings);
    row_keys::name(session, path, &dataset, findings.flat_map(|finding| &mut finding.locations))?;
    Ok(assessed)
}

/// Reads the submission at `path`, which must say whose it is.
fn read(session: &Session, path: &Path) -> Result<Dataset, Fault> {
    progress::announce(ProgressEvent::Read, &display_path(path));
    let dataset = session.dataset(path)?;
    anonymous(&dataset).map_or(Ok(dataset), |fault| Err(session.masking.fault(fault)))
}

/// Runs the rules over a submission, lays the rulings over what they decide, and scores it.
fn judge(session: &Session, dataset: &Dataset, rulings: Rulings<'_>) -> Result<Assessed, Fault> {
    let engine = Engine {
        rules: &session.book.rules,
        broken: &session.book.broken,
        libraries: &session.book.libraries,
        catalog: &session.book.catalog,
        around: &session.around,
        interpret: session.interpret,
        stop: session.stop.flag(),
        without: &session.without,
        layer: Layer::All,
    };
    let loaded = session.ready(dataset);
    let decided = engine.run(&loaded);
    let base = session.base.as_ref().zip(session.book.base.as_deref());
    let below = base.map(|(base, book)| base.decide(session, book, &loaded, &decided));
    if let Some(lost) = session.memory.failure() {
        return Err(pages_lost(lost));
    }
    let judged = Judged { dataset, decided: &decided, below: below.as_ref() };
    let id = dataset.organization("id");
    let named = rulings.all.iter().any(|ruling| !ruling.names_nobody() && ruling.is_on(&id));
    let unruled = named.then(|| Box::new(ruled(session, &judged, Rulings { all: &[], ..rulings }, None)));
    let organization = ruled(session, &judged, rulings, unruled.as_deref());
    let faults = decided.faults.iter().chain(below.iter().flat_map(|below| &below.faults));
    let faults = faults.map(Explain::fault).collect();
    Ok(Assessed { whose: Whose::of(&id), organization, unruled, faults })
}

/// Pages of columns that cannot be read back from the temporary file: nothing decided since can be trusted.
fn pages_lost(error: &io::Error) -> Fault {
    let Refusal { cause, .. } = system::refusal(error);
    Fault {
        code: "memory.lost",
        message: Text::new(
            format!("暂存到磁盘的数据读不回来：{}", cause.zh),
            format!("data put aside on disk cannot be read back: {}", cause.en),
        ),
        help: Text::new(
            "检查临时文件夹所在的磁盘，或用 --memory 给更多内存",
            "see to the disk of the temporary folder, or give more memory with --memory",
        ),
        ..Fault::default()
    }
}

/// A submission and what the rules decided of it.
struct Judged<'a> {
    dataset: &'a Dataset,
    decided: &'a Decided,
    /// What those of the lowest pack alone decided.
    below: Option<&'a Decided>,
}

/// Lays the rulings over what the rules decided, and scores it; `unruled` is the same without any, where that is known.
fn ruled(
    session: &Session,
    judged: &Judged<'_>,
    rulings: Rulings<'_>,
    unruled: Option<&Organization>,
) -> Organization {
    let Judged { dataset, decided, below } = *judged;
    let id = dataset.organization("id");
    let context = RulingContext {
        organization: &id,
        as_of: session.as_of,
        self_evaluation: rulings.self_evaluation,
        redactor: &dataset.redactor,
        policies: session.score_policies,
    };
    let catalog = &session.book.catalog;
    let ruled = apply_rulings(catalog, &decided.targets, rulings.all, &context);
    let mut scored = score(catalog, session.score_policies, &ruled.judged, catalog.pass);
    let mut procedure = self_score::compare(dataset, catalog, &mut scored.tables);
    let ours: Vec<_> = rulings.all.iter().filter(|ruling| ruling.is_on(&id)).collect();
    procedure.extend(team::findings(dataset, &ours));
    let before = match unruled {
        Some(unruled) => unruled.score.before_rulings,
        None if rulings.all.is_empty() => range(&scored),
        None => {
            let unruled = apply_rulings(catalog, &decided.targets, &[], &context);
            range(&score(catalog, session.score_policies, &unruled.judged, catalog.pass))
        }
    };
    let by_evidence = by_evidence(catalog, &decided.targets, rulings.all, &context, &scored);
    let base = session.base.as_ref().zip(session.book.base.as_deref()).zip(below);
    let below = unruled.and_then(|unruled| unruled.base.as_ref()).map(|base| base.score.before_rulings);
    let base = base.map(|((base, book), decided)| base.score(book, decided, (rulings.all, below), &context));
    let mut findings = findings(session, dataset, decided, &ruled, &scored);
    findings.extend(procedure);
    let findings = in_order(findings);
    let structure = decided.structure(&session.book.clauses);
    let grids = by_grid(session, dataset, &findings);
    let map = grid_map::of(dataset, &findings);
    let eligibility = eligibility(&session.book.clauses, &structure);
    let plan = session.aim.as_ref().map(|aim| plan(catalog, session.score_policies, &ruled.judged, aim));
    let findings = with_departments(dataset, report_findings(findings));
    let beside = Beside { eligibility, plan, base, structure, findings, grids, map };
    organization(session, dataset, (scored, before, by_evidence), beside)
}

/// What a report says beside the score.
struct Beside {
    eligibility: Eligibility,
    plan: Option<Plan>,
    base: Option<BaseScore>,
    structure: Vec<ClauseOutcome>,
    findings: Vec<ReportFinding>,
    grids: GridFindings,
    map: Option<GridMap>,
}

fn findings(
    session: &Session,
    dataset: &Dataset,
    decided: &Decided,
    ruled: &Ruled,
    scored: &Scored,
) -> Vec<Finding> {
    let mut findings = dataset.findings.clone();
    findings.extend(missing_tables(session, dataset));
    findings.extend(ruled.findings.iter().cloned());
    let clauses = &session.book.clauses;
    findings.extend(decided.clauses.iter().filter_map(|decision| clause_finding(clauses, decision)));
    for item in scored.tables.iter().flat_map(|table| &table.items) {
        if item.award.as_ref().is_some_and(|award| award.outcome != Outcome::Unknown) {
            findings.extend(finding_on(session, ruled, &item.id, item.high < item.points));
        }
        for line in &item.requirements {
            let against = matches!(line.outcome, Outcome::Unmet | Outcome::Absent);
            findings.extend(finding_on(session, ruled, &line.id, against));
        }
    }
    findings
}

fn by_grid(session: &Session, dataset: &Dataset, findings: &[Finding]) -> GridFindings {
    let names = |grids: &BTreeSet<String>| grid::names(&dataset.tables, grids, &dataset.redactor);
    grid_findings(findings, names, |finding| session.book.title(&finding.rule, &finding.target))
}

/// Departments by their names where rows name them by code.
fn with_departments(dataset: &Dataset, mut findings: Vec<ReportFinding>) -> Vec<ReportFinding> {
    let names = department::names(&dataset.tables, &dataset.redactor);
    let places = findings.iter_mut().flat_map(|finding| &mut finding.locations);
    for department in places.filter_map(|place| place.department.as_mut()) {
        if let Some(name) = names.get(department) {
            department.clone_from(name);
        }
    }
    findings
}

/// Without its id, rulings and a comparison with the last assessment cannot find the organization.
fn anonymous(dataset: &Dataset) -> Option<Fault> {
    dataset.organization("id").is_empty().then(|| Fault {
        code: "submission.no-organization",
        message: Text::new(
            "申报材料没有写明是哪个单位：缺“被评估单位”表或单位编号",
            "the submission does not say whose it is: the table `organization` or its id is missing",
        ),
        help: Text::new(
            "补一张“被评估单位”表，一行：单位编号、单位名称、层级；数据表须直接放在申报材料的文件夹里",
            "add a table `organization` of one row: id, name, level; tables lie directly in the folder of the submission",
        ),
        file: Some(dataset.path.clone()),
        ..Fault::default()
    })
}

/// One line for all declared tables that are not there: what rests on them is for people on site.
fn missing_tables(session: &Session, dataset: &Dataset) -> Option<Finding> {
    let declared = session.declarations.tables.iter().filter(|table| table.is_sent() && !table.optional);
    // One that was not read has been told of.
    let absent =
        |id: &str| dataset.tables.get(id).is_none_or(|table| !table.present && table.unread.is_empty());
    let missing: Vec<_> = declared.filter(|table| absent(&table.id)).collect();
    let names = |name: fn(&TableDecl) -> &str, sign: &str| {
        missing.iter().map(|table| name(table)).collect::<Vec<_>>().join(sign)
    };
    (!missing.is_empty()).then(|| Finding {
        rule: finding_ids::MISSING_TABLE.to_owned(),
        target: "submission".to_owned(),
        severity: Severity::Advice,
        message: Text::new(
            format!("申报材料中没有这些数据表：{}", names(|table| &table.zh, "、")),
            format!("the submission does not have these tables: {}", names(|table| &table.id, ", ")),
        ),
        help: Text::new(
            "有数据的请补上；依据这些表的要求只能现场核实",
            "add those you have; what rests on them can only be seen on site",
        ),
        locations: Vec::new(),
        total: 0,
        grids: ByGrid::default(),
    })
}

fn finding_on(session: &Session, ruled: &Ruled, target: &str, lost: bool) -> Option<Finding> {
    let judged = ruled.judged.get(target)?;
    target_finding(&session.book.catalog, target, &judged.decision, lost)
}

fn organization(
    session: &Session,
    dataset: &Dataset,
    (scored, before, by_evidence): (Scored, Range, PointsByEvidence),
    Beside { eligibility, plan, base, structure, findings, grids, map }: Beside,
) -> Organization {
    let redactor = &dataset.redactor;
    Organization {
        waivers: Vec::new(),
        id: session.masking.code(&dataset.organization("id")),
        name: redactor.text(&named(dataset)),
        level: level(dataset),
        parent: session.masking.code(&dataset.organization("parent")),
        submission: Submission { path: session.masking.text(&dataset.path), sha256: dataset.sha256.clone() },
        eligibility,
        score: to_score(&scored, before, by_evidence),
        plan,
        last_list: None,
        base,
        verdict: scored.verdict,
        grade: scored.grade,
        notes: scored.notes,
        deciding: scored.deciding,
        tables: scored.tables,
        structure,
        findings,
        grids,
        map,
        attachments: Some(&dataset.attachments).filter(|all| !all.files.is_empty()).cloned(),
        samples: session.sample.as_deref().map(|seed| sample::all(dataset, seed)).unwrap_or_default(),
        left_out: dataset.left_out.clone(),
    }
}

/// Its name, or that of the folder or workbook.
fn named(dataset: &Dataset) -> String {
    let stem = || dataset.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    Some(dataset.organization("name")).filter(|name| !name.is_empty()).unwrap_or_else(stem)
}

/// The id of the declared level, not the word a person reads.
fn level(dataset: &Dataset) -> String {
    let Some(table) = dataset.tables.get("organization") else { return String::new() };
    let word = dataset.organization("level");
    let column = table.decl.column("level");
    let id = column.and_then(|column| column.value_id(column.value_number(&word)?));
    id.unwrap_or_default().to_owned()
}

/// What the clauses on eligibility say; where the packs have none, there is no condition to meet.
fn eligibility(clauses: &Clauses, structure: &[ClauseOutcome]) -> Eligibility {
    let asks = |id: &str| clauses.get(id).is_some_and(|clause| clause.eligibility);
    let conditions: Vec<Condition> = structure
        .iter()
        .filter(|clause| asks(&clause.clause))
        .map(|one| Condition { clause: one.clause.clone(), status: one.outcome, reason: one.reason.clone() })
        .collect();
    let some = |outcome: &[Outcome]| conditions.iter().any(|condition| outcome.contains(&condition.status));
    let status = if some(&[Outcome::Unmet, Outcome::Absent]) {
        EligibilityStatus::Ineligible
    } else if some(&[Outcome::Unknown]) {
        EligibilityStatus::Open
    } else {
        EligibilityStatus::Eligible
    };
    Eligibility { status, conditions }
}
