//! City ⊃ county ⊃ town ⊃ village, by the parents that organizations name. What they name need not form a tree:
//! parents may be missing from the run, and may lead in a circle.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Entry;
use crate::model::summary::{Irregular, Irregularity, LevelScores, Region, Scores};

/// Levels from the highest to the lowest.
const LEVELS: [&str; 4] = ["city", "county", "town", "village"];
/// Ids told of one irregularity.
const TOLD: usize = 20;

/// One id: the organization itself where it is in the run, else only a name in the column of parents.
#[derive(Debug, Default)]
struct Node<'a> {
    name: &'a str,
    level: &'a str,
    parent: Option<&'a str>,
    children: Vec<&'a str>,
    submissions: usize,
    scores: Scores,
}

type Nodes<'a> = BTreeMap<&'a str, Node<'a>>;

/// Scores by level, the highest level first, those of no known level last.
pub(super) fn levels(entries: &[Entry]) -> Vec<LevelScores> {
    let mut levels: BTreeMap<(usize, &str), Scores> = BTreeMap::new();
    for entry in entries {
        levels.entry((height(&entry.level), &entry.level)).or_default().add(entry.scores());
    }
    let line =
        |((_, level), scores): ((usize, &str), Scores)| LevelScores { level: level.to_owned(), scores };
    levels.into_iter().map(line).collect()
}

/// Where a level stands, 0 being the highest.
fn height(level: &str) -> usize {
    LEVELS.iter().position(|known| *known == level).unwrap_or(LEVELS.len())
}

/// Organizations that others belong to, each before those below it; and what is irregular. `entries` are in order.
pub(super) fn regions(entries: &[Entry]) -> (Vec<Region>, Vec<Irregular>) {
    let mut nodes = nodes(entries);
    let cycles = cut_cycles(&mut nodes);
    let irregular = irregular(&nodes, cycles);
    let children: Vec<_> = nodes.iter().filter_map(|(id, node)| Some((node.parent?, *id))).collect();
    for (parent, child) in children {
        if let Some(node) = nodes.get_mut(parent) {
            node.children.push(child);
        }
    }
    let order = from_top(&nodes);
    roll_up(&mut nodes, &order);
    let line = |(id, depth): (&str, usize)| {
        let node = nodes.get(id).filter(|node| !node.children.is_empty())?;
        Some(Region {
            id: id.to_owned(),
            name: node.name.to_owned(),
            level: node.level.to_owned(),
            parent: node.parent.unwrap_or_default().to_owned(),
            depth,
            submissions: node.submissions,
            scores: node.scores,
        })
    };
    (order.into_iter().filter_map(line).collect(), irregular)
}

/// A node for each id; of several submissions with one id, the first names it.
fn nodes(entries: &[Entry]) -> Nodes<'_> {
    let mut nodes = Nodes::new();
    for entry in entries {
        let node = nodes.entry(&entry.id).or_default();
        if node.submissions == 0 {
            (node.name, node.level) = (&entry.name, &entry.level);
            node.parent = Some(entry.parent.as_str()).filter(|parent| !parent.is_empty());
        }
        node.submissions = node.submissions.saturating_add(1);
        node.scores.add(entry.scores());
    }
    for entry in entries.iter().filter(|entry| !entry.parent.is_empty()) {
        nodes.entry(&entry.parent).or_default();
    }
    nodes
}

/// Puts one member of each circle at the top, the first by id; those are returned.
fn cut_cycles<'a>(nodes: &mut Nodes<'a>) -> Vec<&'a str> {
    let mut done: HashSet<&str> = HashSet::new();
    let mut tops = Vec::new();
    for start in nodes.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: HashMap<&str, usize> = HashMap::new();
        let mut here = Some(*start);
        while let Some(id) = here.filter(|id| !done.contains(id)) {
            if let Some(from) = on_path.insert(id, path.len()) {
                tops.extend(path.iter().skip(from).min());
                break;
            }
            path.push(id);
            here = nodes.get(id).and_then(|node| node.parent);
        }
        done.extend(path);
    }
    for top in &tops {
        if let Some(node) = nodes.get_mut(top) {
            node.parent = None;
        }
    }
    tops
}

/// Every id with its depth, each before those below it, neighbours by id.
fn from_top<'a>(nodes: &Nodes<'a>) -> Vec<(&'a str, usize)> {
    let tops = nodes.iter().filter(|(_, node)| node.parent.is_none());
    let mut open: Vec<(&str, usize)> = tops.rev().map(|(id, _)| (*id, 0)).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some((id, depth)) = open.pop() {
        order.push((id, depth));
        let children = nodes.get(id).map(|node| node.children.as_slice()).unwrap_or_default();
        open.extend(children.iter().rev().map(|child| (*child, depth.saturating_add(1))));
    }
    order
}

/// Adds to each what is below it.
fn roll_up<'a>(nodes: &mut Nodes<'a>, order: &[(&'a str, usize)]) {
    for (id, _) in order.iter().rev() {
        let Some((parent, scores)) = nodes.get(id).and_then(|node| Some((node.parent?, node.scores))) else {
            continue;
        };
        if let Some(node) = nodes.get_mut(parent) {
            node.scores.add(scores);
        }
    }
}

fn irregular(nodes: &Nodes<'_>, cycles: Vec<&str>) -> Vec<Irregular> {
    let with = |holds: &dyn Fn(&Node<'_>) -> bool| {
        nodes.iter().filter(|(_, node)| holds(node)).map(|(id, _)| *id).collect::<Vec<_>>()
    };
    // Levels we do not know are below none and above none.
    let not_below = |node: &Node<'_>| {
        let above = node.parent.and_then(|parent| nodes.get(parent)).map_or("", |above| above.level);
        let (own, above) = (height(node.level), height(above));
        own < LEVELS.len() && above < LEVELS.len() && own <= above
    };
    let all = [
        (Irregularity::SharedId, with(&|node| node.submissions > 1)),
        (Irregularity::Cycle, cycles),
        (Irregularity::Level, with(&not_below)),
        (Irregularity::ParentNotInRun, with(&|node| node.submissions == 0)),
    ];
    let some = all.into_iter().filter(|(_, ids)| !ids.is_empty());
    let irregular = |(kind, ids): (Irregularity, Vec<&str>)| Irregular {
        kind,
        total: ids.len(),
        ids: ids.iter().take(TOLD).map(|id| (*id).to_owned()).collect(),
    };
    some.map(irregular).collect()
}
