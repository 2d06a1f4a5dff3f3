//! What can be had at which cost: for each state the losses that no cheaper choice undercuts.

use std::collections::BTreeMap;

/// A choice of targets to put right. The order prefers what costs less, then what is fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) cost: u64,
    count: usize,
    /// Numbers of the targets, counted through the catalog.
    pub(super) steps: Vec<usize>,
}

impl Way {
    /// The way with one more step.
    pub(super) fn step(&self, target: usize, cost: u32) -> Self {
        let mut way = self.and(&Self { cost: cost.into(), count: 1, steps: Vec::new() });
        way.steps.push(target);
        way
    }

    fn and(&self, other: &Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            count: self.count.saturating_add(other.count),
            steps: [self.steps.as_slice(), &other.steps].concat(),
        }
    }
}

/// For each state `K` and each number of points lacking in it the best way. The state holds whatever later arithmetic
/// has to know of the choice beside its points, so that of two ways in one state the one that lacks no more and costs no
/// more is as good in all that follows.
#[derive(Clone, Debug)]
pub(super) struct Front<K>(BTreeMap<(K, u32), Way>);

impl<K: Ord + Clone> Front<K> {
    /// Nothing lacks and nothing is done.
    pub(super) fn start(state: K) -> Self {
        Self(BTreeMap::from([((state, 0), Way::default())]))
    }

    /// All that one thing more can come to: `choices` gives for a state, the points lacking and the way to it what each
    /// choice leads to.
    pub(super) fn then<L: Ord + Clone>(
        &self,
        choices: impl Fn(&K, u32, &Way) -> Vec<(L, u32, Way)>,
    ) -> Front<L> {
        let mut all = BTreeMap::new();
        for ((state, lacking), way) in &self.0 {
            for (state, lacking, way) in choices(state, *lacking, way) {
                offer(&mut all, (state, lacking), way);
            }
        }
        Front(all).pruned()
    }

    /// All that this and another part come to together, whose states `join` makes one.
    pub(super) fn beside<L: Ord + Clone>(&self, other: &Front<L>, join: impl Fn(&K, &L) -> K) -> Self {
        self.then(|state, lacking, way| {
            let with = other.0.iter().map(|((added, more), part)| {
                (join(state, added), lacking.saturating_add(*more), way.and(part))
            });
            with.collect()
        })
    }

    /// The ways in no particular state, from the one that lacks least.
    pub(super) fn ways(&self) -> impl DoubleEndedIterator<Item = (u32, &Way)> {
        self.0.iter().map(|((_, lacking), way)| (*lacking, way))
    }

    /// Leaves out what lacks more than another way of the same state that costs no more.
    fn pruned(self) -> Self {
        let mut kept: BTreeMap<(K, u32), Way> = BTreeMap::new();
        // Of each state in the order of points lacking: the last one kept is the cheapest so far.
        for ((state, lacking), way) in self.0 {
            let cheapest = kept.last_key_value().filter(|((last, _), _)| *last == state);
            if cheapest.is_none_or(|(_, best)| (way.cost, way.count) < (best.cost, best.count)) {
                kept.insert((state, lacking), way);
            }
        }
        Self(kept)
    }
}

fn offer<K: Ord>(all: &mut BTreeMap<(K, u32), Way>, key: (K, u32), way: Way) {
    match all.get_mut(&key) {
        Some(held) if *held <= way => {}
        Some(held) => *held = way,
        None => drop(all.insert(key, way)),
    }
}
