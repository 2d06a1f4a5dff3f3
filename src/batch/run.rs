//! A run of `check` from the paths to the gathered result.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;

use super::addressee::Addressee;
use super::crew::Crew;
use super::gather::{Finished, Gathered};
use super::manifest;
use super::options::{CheckOptions, check_outputs};
use super::plan::{self, Task};
use super::progress::Progress;
use super::rulings::{Asked, RunRulings};
use super::work::{Ended, work};
use super::worker;
use crate::assessment::assess::{self, Rulings};
use crate::assessment::load::{Workbench, shown};
use crate::batch::cache::{Cache, RunKey};
use crate::batch::shard::write::Results;
use crate::batch::shard::{FORM, Header, Run, Shard};
use crate::batch::visit::Visit;
use crate::console::Console;
use crate::ingest;
use crate::model::fault::{Explain, Fault};
use crate::model::privacy::Masking;
use crate::model::text::{Lang, Text};
use crate::sandbox::stop::Stop;

/// Everything that is known before the first submission is read.
pub struct Prepared<'a> {
    options: &'a CheckOptions,
    /// Rules, declarations, readings.
    pub bench: Workbench,
    tasks: Vec<Task>,
    /// The rulings that count.
    pub rulings: RunRulings,
    cache: Option<Cache>,
    /// What the file of a shard says of the run, and where it is.
    shard: Option<(Header, PathBuf)>,
}

impl<'a> Prepared<'a> {
    /// Loads the rules and finds the submissions.
    ///
    /// # Errors
    ///
    /// Everything that keeps the run from starting.
    pub fn new(options: &'a CheckOptions, lang: Lang) -> Result<Self, Vec<Fault>> {
        let one = |fault| vec![fault];
        let shard = shard(options).map_err(one)?;
        check_outputs(&options.results.outputs).map_err(one)?;
        let masking = options.choices.masking;
        let mut bench = Workbench::load(&options.choices)?;
        bench.stop = Stop::listen(lang);
        let mut paths = options.paths.clone();
        if let Some(file) = &options.manifest {
            paths.extend(manifest::read(file).map_err(|faults| masked(faults, masking))?);
        }
        let found = ingest::discover(&paths, &bench.declarations)
            .map_err(|error| masked(vec![error.fault()], masking))?;
        let asked = Asked { files: &options.rulings, found: &found, named: options.paths.len() };
        let rulings = RunRulings::read(asked, &bench, &bench.book.catalog)?;
        let key = RunKey::of(&bench, &options.choices, options.own);
        let key = key.map_err(|error| one(error.fault()))?;
        let cache = Cache::open(&options.cache, key.clone()).map_err(one)?;
        let tasks = plan::tasks(found);
        let shard = shard.map(|(shard, path)| {
            let run = Run::of(key, shown_paths(&tasks), &rulings);
            (Header { form: FORM.to_owned(), shard, run }, path)
        });
        Ok(Self { options, bench, tasks, rulings, cache, shard })
    }

    /// Assesses the submissions, or those of the shard.
    ///
    /// # Errors
    ///
    /// The file of the shard cannot be begun.
    pub fn assess(&self, console: &Console) -> Result<Finished, Vec<Fault>> {
        let stop = &self.bench.stop;
        let part = self.shard.as_ref().map_or(Shard::WHOLE, |(header, _)| header.shard);
        let mut out = part.places(self.tasks.len());
        let mut gathered = Gathered::new(&self.bench, out.clone(), &self.options.results, console);
        let mut results = self.results(&mut out, &mut gathered, console).map_err(|fault| vec![fault])?;
        let wanted: BTreeSet<usize> = out.into_iter().collect();
        let tasks: Vec<&Task> = self.tasks.iter().filter(|task| wanted.contains(&task.at)).collect();
        let mut progress = Progress::begin(&tasks, self.options.results.quiet, console);
        let mut unwritten = None;
        // Nothing is told of a submission, or kept of it, but through here.
        let take = |ended: Ended| {
            let ended = ended.masked(self.bench.masking);
            progress.ended(&ended);
            if let Some(Err(fault)) = results.as_mut().map(|results| results.add(&ended)) {
                // Without its file the shard is of no use.
                unwritten.get_or_insert(fault);
                stop.press();
            }
            gathered.take(ended);
        };
        work(tasks, &self.bench.memory, stop, |task| self.one(task), take).map_err(|fault| vec![fault])?;
        progress.finish();
        let paths: Vec<_> = shown_paths(&self.tasks).map(|path| self.bench.masking.text(&path)).collect();
        let mut finished = gathered.finish(&paths, &self.addressees());
        finished.faults.splice(0..0, unwritten);
        Ok(finished)
    }

    /// Opens the file of the shard. What it holds already and still stands is taken, and no longer `out`.
    fn results(
        &self,
        out: &mut VecDeque<usize>,
        gathered: &mut Gathered,
        console: &Console,
    ) -> Result<Option<Results>, Fault> {
        let Some((header, path)) = &self.shard else { return Ok(None) };
        let keep = |ended: Ended| {
            let stands =
                self.tasks.get(ended.at).is_some_and(|task| ended.stands(&task.path, self.bench.masking));
            let place = out.iter().position(|at| *at == ended.at).filter(|_| stands);
            if let Some(place) = place {
                out.remove(place);
                gathered.take(ended);
            }
            place.is_some()
        };
        Results::begin(path, header, self.options.resume, keep, console).map(Some)
    }

    /// Assesses one submission, unless it was before, or the run is stopped meanwhile.
    fn one(&self, task: &Task) -> Option<Ended> {
        if let Some(ended) = Ended::link(task) {
            return Some(ended);
        }
        let rulings = self.rulings.on(&task.path);
        let watched = self.cache.is_some() || self.shard.is_some();
        let visit = if watched { Visit::of(&task.path) } else { None };
        let kept = self.cache.as_ref().zip(visit.as_ref());
        if let Some(found) = kept.and_then(|(cache, visit)| cache.find(&task.path, visit, &rulings)) {
            return Some(Ended::new(task, visit, Ok(found)));
        }
        let result = if self.options.careful {
            Crew::new(&self.bench.book).assess(task).result
        } else {
            assess::assess(&self.bench, &task.path, Rulings { all: &rulings, own: self.options.own })
        };
        if self.bench.stop.is_pressed() {
            return None;
        }
        if let (Some((cache, visit)), Ok(assessed)) = (kept, &result) {
            cache.keep(&task.path, visit, assessed, &rulings);
        }
        Some(Ended::new(task, visit, result))
    }

    /// Assesses what another process asks for.
    pub fn serve(mut self) {
        worker::serve(|job| {
            let task = self.tasks.get(job.at)?;
            self.bench.without.clone_from(&job.without);
            let rulings = self.rulings.on(&task.path);
            let rulings = Rulings { all: &rulings, own: self.options.own };
            let result = assess::assess(&self.bench, &task.path, rulings);
            Some(Ended::new(task, None, result))
        });
    }

    /// Whom the rulings are about; a shard does not know all organizations, `merge` says what is wrong with them.
    fn addressees(&self) -> Vec<Addressee> {
        if self.shard.is_none() { self.rulings.addressees.clone() } else { Vec::new() }
    }
}

fn masked(faults: Vec<Fault>, masking: Masking) -> Vec<Fault> {
    faults.into_iter().map(|fault| masking.fault(fault)).collect()
}

fn shown_paths(tasks: &[Task]) -> impl ExactSizeIterator<Item = String> {
    tasks.iter().map(|task| shown(&task.path))
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
