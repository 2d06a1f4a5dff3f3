//! Boxes that overlap, found by sweeping over them once instead of asking every pair.

use geo::Rect;

/// Looks at pairs that may still be taken. What takes more is tangled: no boundary on a map does.
#[derive(Debug)]
pub(crate) struct Effort {
    given: u64,
    left: u64,
}

/// It takes more looks than there are for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tangled;

impl Effort {
    /// So many looks for each item, and as many as a few items take at the least.
    pub(crate) fn new(items: usize, each: u64) -> Self {
        const LEAST: u64 = 100_000;
        let given = u64::try_from(items).unwrap_or(u64::MAX).saturating_mul(each).saturating_add(LEAST);
        Self { given, left: given }
    }

    /// Takes looks.
    pub(crate) fn spend(&mut self, looks: usize) -> Result<(), Tangled> {
        let looks = u64::try_from(looks).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(looks).ok_or(Tangled)?;
        Ok(())
    }

    /// Looks taken so far.
    pub(crate) fn spent(&self) -> u64 {
        self.given.saturating_sub(self.left)
    }
}

/// A box on the axis of the sweep and across it.
struct Span {
    along: (f64, f64),
    across: (f64, f64),
    at: usize,
}

/// Tells `each` the pairs of boxes that overlap or touch, until it says no. Boxes are passed in the direction in which
/// fewer lie beside each other; each pair that lies beside each other is one look.
pub(crate) fn pairs(
    boxes: &[Rect<f64>],
    effort: &mut Effort,
    mut each: impl FnMut(usize, usize, &mut Effort) -> Result<bool, Tangled>,
) -> Result<(), Tangled> {
    let mut spans = spans(boxes);
    spans.sort_by(|one, other| one.along.0.total_cmp(&other.along.0).then(one.at.cmp(&other.at)));
    for (n, one) in spans.iter().enumerate() {
        let further = spans.iter().skip(n.saturating_add(1));
        for other in further.take_while(|other| other.along.0 <= one.along.1) {
            effort.spend(1)?;
            let meets = one.across.0 <= other.across.1 && other.across.0 <= one.across.1;
            if meets && !each(one.at, other.at, effort)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn spans(boxes: &[Rect<f64>]) -> Vec<Span> {
    let x = |one: &Rect<f64>| (one.min().x, one.max().x);
    let y = |one: &Rect<f64>| (one.min().y, one.max().y);
    let by_x = crowding(boxes.iter().map(x)) <= crowding(boxes.iter().map(y));
    let span = |(at, one)| {
        let (along, across) = if by_x { (x(one), y(one)) } else { (y(one), x(one)) };
        Span { along, across, at }
    };
    boxes.iter().enumerate().map(span).collect()
}

/// How many lie beside each other on average.
fn crowding(spans: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut low, mut high, mut sum) = (f64::INFINITY, f64::NEG_INFINITY, 0.0);
    for (from, to) in spans {
        low = low.min(from);
        high = high.max(to);
        sum += to - from;
    }
    if high > low { sum / (high - low) } else { f64::INFINITY }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pairs_are_those_of_asking_all(corners in prop::collection::vec((0..30_i32, 0..30_i32, 0..6_i32, 0..6_i32), 0..40)) {
            let boxes: Vec<Rect<f64>> = corners
                .iter()
                .map(|(x, y, w, h)| Rect::new((f64::from(*x), f64::from(*y)), (f64::from(x + w), f64::from(y + h))))
                .collect();
            let mut found = Vec::new();
            let told = pairs(&boxes, &mut Effort::new(boxes.len(), 100), |one, other, _| {
                found.push((one.min(other), one.max(other)));
                Ok(true)
            });
            found.sort_unstable();
            let meet = |a: &Rect<f64>, b: &Rect<f64>| {
                a.min().x <= b.max().x && b.min().x <= a.max().x && a.min().y <= b.max().y && b.min().y <= a.max().y
            };
            let all = (0..boxes.len()).flat_map(|one| (one + 1..boxes.len()).map(move |other| (one, other)));
            let wanted: Vec<(usize, usize)> =
                all.filter(|(one, other)| boxes.get(*one).zip(boxes.get(*other)).is_some_and(|(a, b)| meet(a, b))).collect();
            prop_assert_eq!(told, Ok(()));
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn strips_are_passed_across_and_what_is_tangled_is_given_up() {
        let strips: Vec<Rect<f64>> =
            (0..100_000).map(|n| Rect::new((0.0, f64::from(n)), (1e5, f64::from(n) + 0.5))).collect();
        assert_eq!(pairs(&strips, &mut Effort::new(0, 0), |_, _, _| Ok(true)), Ok(()));
        let same = vec![Rect::new((0.0, 0.0), (1.0, 1.0)); 1_000];
        assert_eq!(pairs(&same, &mut Effort::new(0, 0), |_, _, _| Ok(true)), Err(Tangled));
    }
}
