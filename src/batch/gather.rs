//! Puts results that end in any order into the order of the report, as early as that can be.

use std::collections::{BTreeMap, VecDeque};

use super::addressee::{Addressee, Known};
use super::options::{Gate, Results};
use super::outputs::Outputs;
use super::work::Ended;
use crate::assessment::assess::Assessed;
use crate::assessment::load::Workbench;
use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::report::{Report, SCHEMA, Tool, Unreadable};
use crate::model::summary::Summary;
use crate::model::text::Text;
use crate::report::summary::Fold;
use crate::sandbox::stop;
use crate::script::RuleFault;

/// The report of a run before any organization is in it.
fn header(bench: &Workbench) -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        as_of: bench.as_of.to_string(),
        packs: bench.book.packs.clone(),
        policies: bench.book.readings(),
        overrides: bench.book.overrides.clone(),
        broken: bench.book.broken.iter().map(RuleFault::broken_rule).collect(),
        organizations: Vec::new(),
        unreadable: Vec::new(),
        not_assessed: Vec::new(),
        summary: Summary::default(),
    }
}

/// The growing result of a run.
pub struct Gathered<'a> {
    bench: &'a Workbench,
    report: Report,
    gate: Gate,
    /// Whether organizations are kept: some output is written from all of them.
    keep: bool,
    outputs: Outputs,
    /// Ended before one that comes before them in the report.
    waiting: BTreeMap<usize, Ended>,
    summary: Fold,
    /// Places in the order of the report that are still out.
    out: VecDeque<usize>,
    known: Known,
    passed: bool,
    unreadable: Vec<Fault>,
    broken: Vec<Fault>,
}

/// What came of a run.
pub struct Finished {
    /// The report; without organizations where no output is written from all of them.
    pub report: Report,
    /// The outputs, which have its organizations already but not its end.
    pub outputs: Outputs,
    /// All that kept the run from judging.
    pub faults: Vec<Fault>,
    /// Whether every organization passes the gate.
    pub passed: bool,
}

impl<'a> Gathered<'a> {
    /// Nothing yet; `out` says which places of the report are to be filled.
    pub fn new(bench: &'a Workbench, out: VecDeque<usize>, results: &Results, console: &Console) -> Self {
        let report = header(bench);
        let outputs = Outputs::begin(&report, results, bench, console);
        Self {
            bench,
            report,
            gate: results.gate,
            keep: outputs.need_all(),
            outputs,
            waiting: BTreeMap::new(),
            summary: Fold::default(),
            out,
            known: Known::default(),
            passed: true,
            unreadable: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Takes a result without personal data; those before it may still be out. One on which there are rulings waits for all others: they may
    /// say that they are of the same organization.
    pub fn take(&mut self, ended: Ended) {
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

    fn add(&mut self, ended: Ended) {
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
        // A rule that breaks on one submission mostly breaks on all.
        let new = faults.into_iter().filter(|fault| !self.broken.contains(fault)).collect::<Vec<_>>();
        self.broken.extend(new);
        self.passed &= self.gate.passes(&organization);
        self.summary.add(&organization);
        self.outputs.organization(&organization, self.bench);
        if self.keep {
            self.report.organizations.push(organization);
        }
    }

    /// Nothing more comes. Of the submissions of the run, `all`, those not taken are named in the report.
    pub fn finish(mut self, all: &[String], rulings: &[Addressee]) -> Finished {
        let done = std::mem::take(&mut self.waiting);
        let left: Vec<usize> = self.out.iter().copied().filter(|at| !done.contains_key(at)).collect();
        for ended in done.into_values() {
            self.add(ended);
        }
        self.report.summary = self.bench.summary(self.summary);
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
        Finished { report: self.report, outputs: self.outputs, faults, passed: self.passed }
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
    stop::interrupted(message, help)
}
