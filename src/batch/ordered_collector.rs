//! Collects results in whatever order they come and passes them on in the order of the report, each as early as
//! possible.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

use super::addressee::{Addressee, Known};
use super::assessment_log;
use super::executor::TaskResult;
use super::gate_files;
use super::last_list;
use super::options::OutputOptions;
use super::outputs::Outputs;
use crate::assessment::assess::Assessed;
use crate::assessment::session::Session;
use crate::console::Console;
use crate::gate::GateResult;
use crate::gate::baseline::Baseline;
use crate::gate::waivers::Waivers;
use crate::ingest::last_list::LastLists;
use crate::model::fault::{Explain, Fault};
use crate::model::report::{Organization, Report, Unreadable};
use crate::model::text::Text;
use crate::report::json::ReportDigest;
use crate::report::summary::Fold;
use crate::sandbox::interrupt;

/// The growing result of a run.
pub struct OrderedCollector<'a> {
    session: &'a Session,
    report: Report,
    gate: GateResult,
    /// Findings that are known, and where they stand.
    baseline: Option<(PathBuf, Baseline)>,
    /// What is not asked of some organizations, and where it stands.
    waivers: Option<(PathBuf, Waivers)>,
    /// The lists of last time, where they were given.
    last_lists: Option<LastLists>,
    /// The log to add to, and the digest of the report so far.
    log: Option<(PathBuf, ReportDigest)>,
    /// Whether organizations are kept: some output is written from all of them.
    keep: bool,
    outputs: Outputs,
    /// Results that wait for one that comes before them in the report, by place.
    waiting: BTreeMap<usize, TaskResult>,
    summary: Fold,
    /// Places of the report, in order, whose results were not passed on yet.
    out: VecDeque<usize>,
    known: Known,
    unreadable: Vec<Fault>,
    broken: Vec<Fault>,
}

/// The report of a run with all errors.
pub struct RunResult {
    /// The report; without organizations where no output is written from all of them.
    pub report: Report,
    /// The outputs, which have its organizations already but not its end.
    pub outputs: Outputs,
    /// All that kept the run from judging.
    pub faults: Vec<Fault>,
    /// What the gate made of the organizations.
    pub gate: GateResult,
    /// What is worth knowing of the baseline.
    pub notices: Vec<Fault>,
    /// The log to add to, and the digest of the report without its end.
    pub log: Option<(PathBuf, ReportDigest)>,
}

impl<'a> OrderedCollector<'a> {
    /// Nothing yet; `report` is as it is before the first organization, `out` says which places of it are to be filled. `restarted_after` so many lines of results
    /// are on stdout already.
    ///
    /// # Errors
    ///
    /// Outputs that cannot be opened: nothing is assessed for them.
    pub fn new(
        session: &'a Session,
        report: Report,
        out: VecDeque<usize>,
        (results, restarted_after): (&OutputOptions, usize),
        console: &Console,
    ) -> Result<Self, Vec<Fault>> {
        let last_lists =
            results.last_list.as_ref().map(|file| last_list::read(file, session.masking, console.lang));
        let last_lists = last_lists.transpose()?;
        let faults =
            report.standard.as_ref().map(|standard| results.gate.faults(standard)).unwrap_or_default();
        if !faults.is_empty() {
            return Err(faults);
        }
        let known = |path: &PathBuf| {
            gate_files::baseline(path, &report.as_of).map(|baseline| (path.clone(), baseline))
        };
        let baseline = results.baseline.as_ref().map(known).transpose()?;
        let waived =
            |path: &PathBuf| gate_files::waivers(path, &report.as_of).map(|waivers| (path.clone(), waivers));
        let waivers = results.waivers.as_ref().map(waived).transpose()?;
        let ratchet = results.ratchet.as_deref().map(gate_files::ratchet).transpose()?;
        let gate = results.gate.clone();
        let gate = if baseline.is_some() { gate.with_findings() } else { gate };
        if let Some(path) = &results.log {
            assessment_log::check(path).map_err(|error| vec![error.fault()])?;
        }
        let outputs = Outputs::begin(&report, (results, restarted_after), console)?;
        Ok(Self {
            session,
            report,
            gate: GateResult::new(gate, ratchet),
            baseline,
            waivers,
            last_lists,
            log: results.log.clone().map(|path| (path, ReportDigest::default())),
            keep: outputs.need_all(),
            outputs,
            waiting: BTreeMap::new(),
            summary: Fold::default(),
            out,
            known: Known::default(),
            unreadable: Vec::new(),
            broken: Vec::new(),
        })
    }

    /// Takes a result without personal data; those before it may still be out. One on which there are rulings waits for
    /// all others: they may say that they are of the same organization.
    pub fn take(&mut self, ended: TaskResult) {
        if let Ok(Assessed { whose, .. }) = &ended.result {
            self.known.add(whose, ended.at, &ended.path);
        }
        self.waiting.insert(ended.at, ended);
        let all = self.waiting.len() == self.out.len();
        while let Some(at) = self.out.front().copied() {
            match self.waiting.remove(&at) {
                Some(ended) if all || !ended.is_ruled() => self.add(ended),
                Some(ended) => return drop(self.waiting.insert(at, ended)),
                None => return,
            }
            self.out.pop_front();
        }
    }

    fn add(&mut self, ended: TaskResult) {
        match ended.result {
            Ok(assessed) => self.assessed(assessed),
            Err(fault) => {
                self.summary.unreadable();
                self.report.unreadable.push(Unreadable::new(ended.path, &fault));
                self.unreadable.push(fault);
            }
        }
    }

    fn assessed(&mut self, assessed: Assessed) {
        let Assessed { whose, organization, unruled, faults } = assessed;
        let organization = match unruled {
            Some(unruled) if self.known.is_shared(&whose) => *unruled,
            _ => organization,
        };
        let last = |lists: &LastLists| lists.get(&organization.id).cloned().unwrap_or_default();
        let last_list = self.last_lists.as_ref().map(last);
        let mut organization = Organization { last_list, ..organization };
        if let Some((_, baseline)) = &mut self.baseline {
            baseline.accept(&organization.id, &mut organization.findings);
        }
        if let Some((_, waivers)) = &mut self.waivers {
            waivers.apply(&mut organization);
        }
        // A rule that breaks on one submission mostly breaks on all.
        let new = faults.into_iter().filter(|fault| !self.broken.contains(fault)).collect::<Vec<_>>();
        self.broken.extend(new);
        if let Some((_, digest)) = &mut self.log {
            // Every organization has a JSON form.
            let _ = digest.organization(&organization);
        }
        self.gate.add(&organization);
        self.summary.add(&organization);
        self.outputs.organization(&organization);
        if self.keep {
            self.report.organizations.push(organization);
        }
    }

    /// Whether nobody reads what is written.
    pub fn is_unread(&self) -> bool {
        self.outputs.are_unread()
    }

    /// Nothing more comes. Of the submissions of the run, `all`, those not taken are named in the report.
    pub fn finish(mut self, all: &[String], rulings: &[Addressee]) -> RunResult {
        let done = std::mem::take(&mut self.waiting);
        let left: Vec<usize> = self.out.iter().copied().filter(|at| !done.contains_key(at)).collect();
        for ended in done.into_values() {
            self.add(ended);
        }
        self.report.summary = self.session.summary(self.summary);
        let mut faults = self.unreadable;
        let ended = self.report.summary.organizations;
        if left.is_empty() {
            faults.extend(self.known.faults(rulings, ended));
        } else {
            faults.push(interrupted(ended, left.len()));
        }
        faults.append(&mut self.broken);
        self.report.summary.organizations = ended.saturating_add(left.len());
        self.report.not_assessed = left.iter().filter_map(|at| all.get(*at).cloned()).collect();
        let known = self.baseline.map(|(path, baseline)| gate_files::notices(&path, &baseline));
        let waived = self.waivers.map(|(path, waivers)| gate_files::waiver_notices(&path, &waivers));
        let notices = known.into_iter().chain(waived).flatten().collect();
        let log = self.log;
        RunResult { report: self.report, outputs: self.outputs, faults, gate: self.gate, notices, log }
    }
}

fn interrupted(done: usize, left: usize) -> Fault {
    let all = done.saturating_add(left);
    let message = Text::new(
        format!("已中断：共 {all} 份申报材料，处理完 {done} 份，还有 {left} 份没有评估"),
        format!("interrupted: {done} of {all} submissions are done, {left} were not assessed"),
    );
    let help = Text::new(
        "输出只含处理完的；没有评估的列在报告的 not_assessed 中",
        "the outputs hold what is done; the report lists the others under `not_assessed`",
    );
    interrupt::interrupted(message, help)
}
