//! What changes from one text to another, line by line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lines shown before and after a change.
const CONTEXT: usize = 2;
/// Pairs of lines compared at most; longer texts are reported as different as a whole.
const PAIRS: usize = 4_000_000;

/// Lines taken out and put in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineChange {
    /// Lines put in.
    pub added: usize,
    /// Lines taken out.
    pub removed: usize,
    /// The lines around the changes, each with `+`, `-` or a blank before it, each run under an `@@` line.
    pub lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Same,
    Out,
    In,
}

/// What changes from `old` to `new`.
pub fn changes(old: &str, new: &str) -> LineChange {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let steps = steps(&old, &new);
    let count = |wanted: Step| steps.iter().filter(|step| **step == wanted).count();
    LineChange { added: count(Step::In), removed: count(Step::Out), lines: render(&steps, &old, &new) }
}

/// The steps that lead from one to the other, with as many lines kept as can be.
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(before..).unwrap_or_default(), new.get(before..).unwrap_or_default());
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let inner = |lines: &[&str]| lines.len().saturating_sub(after);
    let (old, new) = (old.get(..inner(old)).unwrap_or_default(), new.get(..inner(new)).unwrap_or_default());
    let mut steps = vec![Step::Same; before];
    if old.len().saturating_mul(new.len()) > PAIRS {
        steps.extend(vec![Step::Out; old.len()]);
        steps.extend(vec![Step::In; new.len()]);
    } else {
        steps.extend(walk(old, new));
    }
    steps.extend(vec![Step::Same; after]);
    steps
}

/// Walks the table of longest common parts from its top left corner.
fn walk(old: &[&str], new: &[&str]) -> Vec<Step> {
    let width = new.len().saturating_add(1);
    let mut table = vec![0_u32; width.saturating_mul(old.len().saturating_add(1))];
    let spot = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let at = |i: usize, j: usize| table.get(spot(i, j)).copied().unwrap_or(0);
            let (down, right) = (i.saturating_add(1), j.saturating_add(1));
            let best = if a == b { at(down, right).saturating_add(1) } else { at(down, j).max(at(i, right)) };
            if let Some(slot) = table.get_mut(spot(i, j)) {
                *slot = best;
            }
        }
    }
    let at = |i: usize, j: usize| table.get(spot(i, j)).copied().unwrap_or(0);
    let (mut i, mut j, mut steps) = (0_usize, 0_usize, Vec::new());
    loop {
        let (down, right) = (i.saturating_add(1), j.saturating_add(1));
        match (old.get(i), new.get(j)) {
            (None, None) => return steps,
            (Some(a), Some(b)) if a == b => {
                steps.push(Step::Same);
                (i, j) = (down, right);
            }
            (Some(_), other) if other.is_none() || at(down, j) >= at(i, right) => {
                steps.push(Step::Out);
                i = down;
            }
            _ => {
                steps.push(Step::In);
                j = right;
            }
        }
    }
}

/// The lines near a change.
fn render(steps: &[Step], old: &[&str], new: &[&str]) -> Vec<String> {
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        let window = steps.get(from..steps.len().min(at.saturating_add(CONTEXT).saturating_add(1)));
        window.unwrap_or_default().iter().any(|step| *step != Step::Same)
    };
    let (mut i, mut j, mut lines, mut inside) = (0_usize, 0_usize, Vec::new(), false);
    for (at, step) in steps.iter().enumerate() {
        let tell = near(at);
        if tell && !inside {
            lines.push(format!("@@ -{} +{} @@", i.saturating_add(1), j.saturating_add(1)));
        }
        inside = tell;
        let (sign, line) = match step {
            Step::Same => (' ', old.get(i)),
            Step::Out => ('-', old.get(i)),
            Step::In => ('+', new.get(j)),
        };
        i = i.saturating_add(usize::from(*step != Step::In));
        j = j.saturating_add(usize::from(*step != Step::Out));
        lines.extend(line.filter(|_| tell).map(|line| format!("{sign}{line}")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_changes_is_told() {
        let change = changes("a\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nD\ne\nf\ng\nh\n");
        assert_eq!((change.added, change.removed), (2, 1));
        assert_eq!(change.lines, ["@@ -2 +2 @@", " b", " c", "-d", "+D", " e", " f", " g", "+h"]);
        assert_eq!(changes("x\n", "x"), LineChange::default());
    }

    #[test]
    fn distant_changes_stand_apart() {
        let old = (0..20).map(|number| format!("line {number}\n")).collect::<Vec<_>>().concat();
        let new = old.replace("line 3\n", "x\n").replace("line 10\n", "y\n").replace("line 17\n", "");
        let change = changes(&old, &new);
        let heads: Vec<_> = change.lines.iter().filter(|line| line.starts_with("@@")).collect();
        assert_eq!(heads.len(), 3);
        assert_eq!((change.added, change.removed), (2, 3));
    }

    #[test]
    fn texts_too_long_to_compare_differ_as_a_whole() {
        let text = |sign: &str| {
            (0..3000).map(|number| [sign, number.to_string().as_str(), "\n"].concat()).collect::<String>()
        };
        let change = changes(&text("a"), &text("b"));
        assert_eq!((change.added, change.removed), (3000, 3000));
    }
}
