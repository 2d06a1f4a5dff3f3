//! A run of `check` from the paths to the collected result.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use super::addressee::Addressee;
use super::changed;
use super::executor::{TaskResult, execute};
use super::manifest;
use super::options::{CheckOptions, check_inputs, check_outputs};
use super::ordered_collector::{OrderedCollector, RunResult};
use super::progress::Progress;
use super::rulings::{Asked, RunRulings};
use super::task_queue::{self, Task};
use super::worker;
use super::worker_pool::WorkerPool;
use crate::assessment::assess::{self, Rulings};
use crate::assessment::session::{Session, display_path};
use crate::batch::cache::{Cache, RunKey};
use crate::batch::shard::writer::ShardWriter;
use crate::batch::shard::{FORM, Header, RunFingerprint, Shard};
use crate::batch::snapshot::Snapshot;
use crate::console::Console;
use crate::ingest;
use crate::model::fault::{Explain, Fault};
use crate::model::pack::{PackInfo, SignatureState};
use crate::model::privacy::Masking;
use crate::model::report::Report;
use crate::model::run_inputs::RunInputs;
use crate::model::text::Text;
use crate::resources::process_role::ProcessRole;
use crate::sandbox::interrupt::cancel_on_interrupt;

/// Everything that is known before the first submission is read.
pub struct Prepared<'a> {
    options: &'a CheckOptions,
    /// Rules, declarations, readings.
    pub session: Session,
    tasks: Vec<Task>,
    /// The rulings that count.
    pub rulings: RunRulings,
    /// What the report tells of what was given.
    inputs: RunInputs,
    cache: Option<Cache>,
    /// What the file of a shard says of the run, and where it is.
    shard: Option<(Header, PathBuf)>,
}

impl<'a> Prepared<'a> {
    /// Loads the rules and finds the submissions. A process that assesses none, or those it is sent, needs neither their
    /// sizes nor the cache.
    ///
    /// # Errors
    ///
    /// Everything that keeps the run from starting.
    pub fn new(options: &'a CheckOptions, console: &Console) -> Result<Self, Vec<Fault>> {
        let plans = !matches!(console.role, ProcessRole::Worker | ProcessRole::Load);
        let one = |fault| vec![fault];
        let shard = shard(options).map_err(one)?;
        let outputs = &options.results.outputs;
        check_outputs(outputs).and_then(|()| check_inputs(outputs, options.read_files())).map_err(one)?;
        let masking = options.choices.masking;
        let mut session = Session::load(&options.choices)?;
        session.stop = cancel_on_interrupt(console.lang);
        session.self_evaluation = options.self_evaluation;
        let mut paths = options.paths.clone();
        if let Some(file) = &options.manifest {
            paths.extend(manifest::read(file).map_err(|faults| masked(faults, masking))?);
        }
        let mut found = ingest::discover(&paths, &session.declarations)
            .map_err(|error| masked(vec![error.fault()], masking))?;
        // Every extract has the same tables.
        if let Some((source, first)) = options.source.as_ref().zip(options.extracts.first()) {
            ingest::check_tables(first, source, &session.declarations)
                .map_err(|error| masked(vec![error.fault()], masking))?;
        }
        found.submissions.extend(options.extracts.iter().cloned());
        let mut notices: Vec<Fault> = session.book.packs.iter().filter_map(altered).collect();
        if let Some(by) = &options.changed {
            let all = std::mem::take(&mut found.submissions);
            let (changed, told) =
                changed::only(by, options, all).map_err(|faults| masked(faults, masking))?;
            found.submissions = changed;
            notices.push(masking.fault(told));
        }
        let asked = Asked { files: &options.rulings, found: &found, named: options.paths.len() };
        let mut rulings = RunRulings::read(asked, &session, &session.book.catalog)?;
        rulings.notices.splice(0..0, notices);
        let key = RunKey::of(&session, &options.choices, options.self_evaluation);
        let inputs = options.results.inputs(&key, &rulings.files);
        let cache = if plans { Cache::open(&options.cache, key.clone()).map_err(one)? } else { None };
        let tasks = task_queue::tasks(found, &session.declarations, plans);
        let shard = shard.map(|(shard, path)| {
            let run = RunFingerprint::of(key, display_paths(&tasks), &rulings);
            (Header { form: FORM.to_owned(), shard, run }, path)
        });
        Ok(Self { options, session, tasks, rulings, inputs, cache, shard })
    }

    /// Assesses the submissions, or those of the shard.
    ///
    /// # Errors
    ///
    /// The file of the shard cannot be begun.
    pub fn assess(&self, console: &Console) -> Result<RunResult, Vec<Fault>> {
        let stop = &self.session.stop;
        let part = self.shard.as_ref().map_or(Shard::WHOLE, |(header, _)| header.shard);
        let mut out = part.places(self.tasks.len());
        let results = (&self.options.results, self.options.restarted_after);
        let report = Report { inputs: self.inputs.clone(), ..self.session.report() };
        let mut collector = OrderedCollector::new(&self.session, report, out.clone(), results, console)?;
        let mut results = self.results(&mut out, &mut collector, console).map_err(|fault| vec![fault])?;
        let wanted: BTreeSet<usize> = out.into_iter().collect();
        let tasks: Vec<&Task> = self.tasks.iter().filter(|task| wanted.contains(&task.at)).collect();
        let mut progress = Progress::begin(&tasks, self.options.results.quiet, console);
        let mut unwritten = None;
        // Nothing is told of a submission, or kept of it, but through here.
        let take = |ended: TaskResult| {
            let ended = ended.masked(self.session.masking);
            progress.ended(&ended);
            if let Some(Err(fault)) = results.as_mut().map(|results| results.add(&ended)) {
                // Without its file the shard is of no use.
                unwritten.get_or_insert(fault);
                stop.cancel();
            }
            collector.take(ended);
            if collector.is_unread() {
                stop.cancel();
            }
        };
        execute(tasks, &self.session.memory, stop, |task| self.one(task, console), take)
            .map_err(|fault| vec![fault])?;
        progress.finish();
        let paths: Vec<_> = display_paths(&self.tasks).map(|path| self.session.masking.text(&path)).collect();
        let mut finished = collector.finish(&paths, &self.addressees());
        finished.faults.splice(0..0, unwritten);
        Ok(finished)
    }

    /// Opens the file of the shard. What it holds already and still stands is taken, and no longer `out`.
    fn results(
        &self,
        out: &mut VecDeque<usize>,
        collector: &mut OrderedCollector,
        console: &Console,
    ) -> Result<Option<ShardWriter>, Fault> {
        let Some((header, path)) = &self.shard else { return Ok(None) };
        let keep = |ended: TaskResult| {
            let stands = self.tasks.get(ended.at).is_some_and(|task| {
                ended.stands(&task.path, self.session.masking, &self.session.declarations)
            });
            let place = out.iter().position(|at| *at == ended.at).filter(|_| stands);
            if let Some(place) = place {
                out.remove(place);
                collector.take(ended);
            }
            place.is_some()
        };
        ShardWriter::begin(path, header, self.options.resume, keep, console).map(Some)
    }

    /// Assesses one submission, unless it was before, or the run is stopped meanwhile.
    fn one(&self, task: &Task, console: &Console) -> Option<TaskResult> {
        if let Some(ended) = TaskResult::link(task) {
            return Some(ended);
        }
        let rulings = self.rulings.on(&task.path);
        let watched = self.cache.is_some() || self.shard.is_some();
        let decls = &self.session.declarations;
        let snapshot = if watched { Snapshot::of(&task.path, decls) } else { None };
        let kept = self.cache.as_ref().zip(snapshot.as_ref());
        let find = |(cache, snapshot): (&Cache, _)| cache.find(&task.path, snapshot, &rulings, decls);
        if let Some(found) = kept.and_then(find) {
            return Some(TaskResult::new(task, snapshot, Ok(found)));
        }
        let result = if self.options.careful {
            WorkerPool::new(&self.session.book, console).assess(task).result
        } else {
            assess::assess(
                &self.session,
                &task.path,
                Rulings { all: &rulings, self_evaluation: self.options.self_evaluation },
            )
        };
        if self.session.stop.is_cancelled() {
            return None;
        }
        if let (Some((cache, snapshot)), Ok(assessed)) = (kept, &result) {
            cache.keep(&task.path, snapshot, assessed, &rulings);
        }
        Some(TaskResult::new(task, snapshot, result))
    }

    /// Assesses what another process asks for.
    pub fn serve(mut self) {
        worker::serve(|job| {
            let task = self.tasks.get(job.at)?;
            self.session.without.clone_from(&job.without);
            let rulings = self.rulings.on(&task.path);
            let rulings = Rulings { all: &rulings, self_evaluation: self.options.self_evaluation };
            let result = assess::assess(&self.session, &task.path, rulings);
            Some(TaskResult::new(task, None, result))
        });
    }

    /// Whom the rulings are about; a shard does not know all organizations, `merge` says what is wrong with them.
    fn addressees(&self) -> Vec<Addressee> {
        if self.shard.is_none() { self.rulings.addressees.clone() } else { Vec::new() }
    }
}

/// That a pack is not what was signed; it is used all the same, since no key was asked for.
fn altered(pack: &PackInfo) -> Option<Fault> {
    let id = &pack.id;
    (pack.signature == Some(SignatureState::Altered)).then(|| Fault {
        code: "pack.altered",
        message: Text::new(
            format!("规则包“{id}”签名后改过"),
            format!("pack `{id}` was changed after it was signed"),
        ),
        help: Text::new(
            "核对改动后重新签名；要求签名相符的，用 --trusted-key 给出公钥",
            "look at what changed and sign it again; give --trusted-key to refuse such packs",
        ),
        ..Fault::default()
    })
}

fn masked(faults: Vec<Fault>, masking: Masking) -> Vec<Fault> {
    faults.into_iter().map(|fault| masking.fault(fault)).collect()
}

fn display_paths(tasks: &[Task]) -> impl ExactSizeIterator<Item = String> {
    tasks.iter().map(|task| display_path(&task.path))
}

/// The shard asked for, and its file.
fn shard(options: &CheckOptions) -> Result<Option<(Shard, PathBuf)>, Fault> {
    let outputs = &options.results.outputs;
    let file = outputs.iter().find(|output| output.format.writer.is_none());
    match file.map(|output| output.path.as_deref()) {
        None if options.shard.is_none() && !options.resume => Ok(None),
        Some(Some(path)) if outputs.len() == 1 => {
            Ok(Some((options.shard.unwrap_or(Shard::WHOLE), path.to_owned())))
        }
        _ => Err(shard_alone()),
    }
}

fn shard_alone() -> Fault {
    Fault {
        code: "usage.shard",
        message: Text::new(
            "评估一个分片，要且只要一个输出：分片结果文件",
            "a shard has one output, and no other: the file of its results",
        ),
        help: Text::new(
            "写 --shard 2/7 -o shard:文件；各分片都做完后用 wangge merge 合并输出",
            "write `--shard 2/7 -o shard:FILE`; when all shards are done, `wangge merge` writes the outputs",
        ),
        ..Fault::default()
    }
}
