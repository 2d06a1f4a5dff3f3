//! What a run has to do: the submissions in the order of the report, and the order in which they are taken on.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

use crate::ingest::{self, Found};
use crate::resources::cancellation::CancellationToken;
use crate::table::memory::{Admission, MemoryBudget};
use crate::table::table_schema::Declarations;

/// One submission to assess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Place in the order of the report.
    pub at: usize,
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes of its files: what it weighs in memory and in time.
    pub bytes: u64,
    /// Whether it is a link to what nobody gave, which is not read.
    pub link: bool,
}

/// The submissions found, in that order; with their sizes where they are `weighed`.
pub fn tasks(Found { submissions, links, .. }: Found, decls: &Declarations, weighed: bool) -> Vec<Task> {
    let is_link = |path: &PathBuf| links.binary_search(path).is_ok();
    let bytes = |path: &PathBuf| if is_link(path) || !weighed { 0 } else { ingest::size(path, decls) };
    let sizes: Vec<u64> = submissions.par_iter().map(bytes).collect();
    let all = submissions.into_iter().zip(sizes).enumerate();
    all.map(|(at, (path, bytes))| Task { at, bytes, link: is_link(&path), path }).collect()
}

/// Results that may wait for one that comes before them in the report: all of a large run would not fit into memory.
const WAITING: usize = 128;

/// Hands out tasks, the largest first, so that none of the long ones is left for the end; but one that too many wait for
/// comes next.
pub struct Queue<'a> {
    left: Mutex<Left<'a>>,
    memory: &'a Arc<MemoryBudget>,
}

/// The tasks that nobody has taken.
struct Left<'a> {
    /// The largest last.
    by_size: Vec<&'a Task>,
    /// Their places in the report.
    places: BTreeSet<usize>,
    /// Places of those that were taken before one that comes before them.
    ahead: BTreeSet<usize>,
}

impl<'a> Left<'a> {
    fn new(tasks: impl IntoIterator<Item = &'a Task>) -> Self {
        let mut by_size: Vec<_> = tasks.into_iter().collect();
        by_size.sort_by_key(|task| (task.bytes, Reverse(task.at)));
        let places = by_size.iter().map(|task| task.at).collect();
        Self { by_size, places, ahead: BTreeSet::new() }
    }

    /// Numbers by size of those that may come next, the best first.
    fn next(&self) -> impl Iterator<Item = usize> {
        let first = self.places.first().filter(|_| self.ahead.len() >= WAITING);
        let first = first.and_then(|at| self.by_size.iter().position(|task| task.at == *at));
        first.into_iter().chain((0..self.by_size.len()).rev())
    }

    fn take(&mut self, number: usize) -> &'a Task {
        let task = self.by_size.remove(number);
        self.places.remove(&task.at);
        self.ahead.insert(task.at);
        self.ahead = self.places.first().map_or_else(BTreeSet::new, |first| self.ahead.split_off(first));
        task
    }
}

/// What a thread that asks for a task is told.
enum Turn<'a> {
    /// This one, with its share of the memory.
    Taken(&'a Task, Admission),
    /// There is no room for any that is left.
    Wait,
    /// None is left.
    Over,
}

/// How long a thread sleeps that has nothing to do until memory is given back.
const PAUSE: Duration = Duration::from_millis(2);

impl<'a> Queue<'a> {
    /// A queue of all of `tasks`, which share `memory`.
    pub fn new(tasks: impl IntoIterator<Item = &'a Task>, memory: &'a Arc<MemoryBudget>) -> Self {
        Self { left: Mutex::new(Left::new(tasks)), memory }
    }

    /// The next one, with its share of the memory. Where there is no room for any that is left, the thread helps those
    /// at work until there is. Nothing once all are taken, or the run is stopped.
    pub fn next(&self, stop: &CancellationToken) -> Option<(&'a Task, Admission)> {
        while !stop.is_cancelled() {
            match self.admitted() {
                Turn::Taken(task, admission) => return Some((task, admission)),
                Turn::Wait if rayon::yield_now() == Some(rayon::Yield::Executed) => {}
                Turn::Wait => thread::sleep(PAUSE),
                Turn::Over => return None,
            }
        }
        None
    }

    /// The next for which there is room. This is the one place where an organization is admitted.
    fn admitted(&self) -> Turn<'a> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |number: usize| {
            let bytes = usize::try_from(left.by_size.get(number)?.bytes).unwrap_or(usize::MAX);
            Some((number, self.memory.admit(bytes)?))
        };
        let next = left.next().find_map(fits);
        match next {
            Some((number, admission)) => Turn::Taken(left.take(number), admission),
            None if left.by_size.is_empty() => Turn::Over,
            None => Turn::Wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(sizes: &[u64]) -> Vec<Task> {
        let tasks = sizes.iter().enumerate();
        tasks.map(|(at, bytes)| Task { at, path: PathBuf::new(), bytes: *bytes, link: false }).collect()
    }

    #[test]
    fn the_largest_comes_first_and_each_once() {
        let (tasks, memory) = (tasks(&[5, 70, 5, 9]), MemoryBudget::unlimited());
        let queue = Queue::new(&tasks, &memory);
        let order: Vec<_> = std::iter::from_fn(|| queue.next(&CancellationToken::default()))
            .map(|(task, _)| task.at)
            .collect();
        assert_eq!(order, [1, 3, 0, 2]);
    }

    #[test]
    fn no_more_than_so_many_wait_for_a_small_one() {
        let sizes: Vec<u64> = (0..1_000).collect();
        let (tasks, memory) = (tasks(&sizes), MemoryBudget::unlimited());
        let queue = Queue::new(&tasks, &memory);
        let order: Vec<_> = std::iter::from_fn(|| queue.next(&CancellationToken::default()))
            .map(|(task, _)| task.at)
            .collect();
        assert_eq!(order.get(..2), Some([999, 998].as_slice()));
        let (mut waiting, mut first) = (BTreeSet::new(), 0);
        for at in order {
            waiting.insert(at);
            while waiting.remove(&first) {
                first += 1;
            }
            assert!(waiting.len() <= WAITING, "{at}");
        }
        assert_eq!(first, 1_000);
    }

    #[test]
    fn what_does_not_fit_beside_the_others_waits_and_smaller_ones_go_ahead() {
        let (tasks, memory) = (tasks(&[900, 10, 800]), MemoryBudget::new(4 * 4000));
        let queue = Queue::new(&tasks, &memory);
        let take = || match queue.admitted() {
            Turn::Taken(task, admission) => Some((task.at, admission)),
            Turn::Wait | Turn::Over => None,
        };
        let at = |taken: &Option<(usize, Admission)>| taken.as_ref().map(|(at, _)| *at);
        let (largest, smallest) = (take(), take());
        assert_eq!((at(&largest), at(&smallest)), (Some(0), Some(1)));
        assert!(matches!(queue.admitted(), Turn::Wait));
        drop((largest, smallest));
        assert_eq!(at(&take()), Some(2));
        assert!(matches!(queue.admitted(), Turn::Over));
    }
}
