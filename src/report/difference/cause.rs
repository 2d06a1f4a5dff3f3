//! Why points moved: what differs between the runs and can have moved them.

use super::pair::pairs;
use super::rulings;
use crate::model::outcome::Outcome;
use crate::model::report::{Decider, RequirementLine, ScoreItem};
use crate::model::report_diff::Cause;
use crate::model::ruling::RulingLine;

/// What differs beside the organization.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'a> {
    /// Settings of the runs that differ.
    pub(super) settings: &'a [Cause],
    /// Whether the digest of the submission differs.
    pub(super) data: bool,
    /// Whether texts can be compared: not where personal data is masked on one side alone.
    pub(super) texts: bool,
}

/// How something with points was decided.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    outcome: Outcome,
    value: Option<&'a str>,
    superseded: bool,
    source: Decider,
    rulings: &'a [RulingLine],
    /// Points that the catalog gives or takes.
    worth: u32,
}

impl<'a> Decided<'a> {
    pub(super) fn requirement(line: &'a RequirementLine) -> Self {
        Self {
            outcome: line.outcome,
            value: line.value.as_deref(),
            superseded: line.superseded,
            source: line.source,
            rulings: &line.rulings,
            worth: line.deduct,
        }
    }

    /// An item that awards by bands.
    pub(super) fn award(item: &'a ScoreItem) -> Option<Self> {
        let line = item.award.as_ref()?;
        Some(Self {
            outcome: line.outcome,
            value: line.value.as_deref(),
            superseded: false,
            source: line.source,
            rulings: &line.rulings,
            worth: item.points,
        })
    }
}

impl Basis<'_> {
    /// What differs but rulings.
    pub(super) fn others(&self) -> Vec<Cause> {
        self.data.then_some(Cause::Data).into_iter().chain(self.settings.iter().copied()).collect()
    }

    /// Why the points of something moved. `around` says that rulings on other requirements of its item differ, by which the
    /// greater deduction may be another.
    pub(super) fn causes(
        &self,
        old: Option<Decided<'_>>,
        new: Option<Decided<'_>>,
        around: bool,
    ) -> Vec<Cause> {
        let others = self.others();
        let (Some(old), Some(new)) = (old, new) else { return self.of_catalog().unwrap_or(others) };
        let alike = (old.outcome, old.value, old.superseded) == (new.outcome, new.value, new.superseded);
        // Decided as before, and worth something else: neither data nor a ruling makes that.
        if let (true, Some(catalog)) = (alike && old.worth != new.worth, self.of_catalog()) {
            return catalog;
        }
        let by_rules = old.source == Decider::Rule && new.source == Decider::Rule;
        let ruled = old.source != new.source || rulings::differ(old.rulings, new.rulings, self.texts);
        // A ruling that decides nothing on either side moves nothing.
        if ruled && (!by_rules || others.is_empty()) {
            return vec![Cause::Ruling];
        }
        self.with_rulings(around && old.superseded != new.superseded)
    }

    /// What differs, with rulings where these may have moved the points, too.
    pub(super) fn with_rulings(&self, ruled: bool) -> Vec<Cause> {
        ruled.then_some(Cause::Ruling).into_iter().chain(self.others()).collect()
    }

    /// What can change what something is worth: the catalog, and how a reading counts it; none where nothing that
    /// differs can.
    fn of_catalog(&self) -> Option<Vec<Cause>> {
        let can = |cause: &&Cause| matches!(cause, Cause::Pack | Cause::Policy | Cause::Day | Cause::Tool);
        let causes: Vec<Cause> = self.settings.iter().filter(can).copied().collect();
        (!causes.is_empty()).then_some(causes)
    }
}

/// The requirements of an item; none where there is none.
pub(super) fn lines(item: Option<&ScoreItem>) -> &[RequirementLine] {
    item.map_or(&[], |item| &item.requirements)
}

/// Whether rulings on the requirements of an item differ, or who decided these.
pub(super) fn ruled(old: Option<&ScoreItem>, new: Option<&ScoreItem>, texts: bool) -> bool {
    let pairs = pairs(lines(old), lines(new), |line| line.id.as_str());
    pairs.iter().any(|pair| match (pair.old, pair.new) {
        (Some(old), Some(new)) => {
            old.source != new.source || rulings::differ(&old.rulings, &new.rulings, texts)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MET: Decided<'_> = Decided {
        outcome: Outcome::Met,
        value: None,
        superseded: false,
        source: Decider::Rule,
        rulings: &[],
        worth: 3,
    };
    const UNMET: Decided<'_> = Decided { outcome: Outcome::Unmet, ..MET };

    fn causes(settings: &[Cause], data: bool, old: Decided<'_>, new: Decided<'_>) -> Vec<Cause> {
        Basis { settings, data, texts: true }.causes(Some(old), Some(new), false)
    }

    #[test]
    fn what_alone_differs_is_the_cause() {
        assert_eq!(causes(&[], true, MET, UNMET), [Cause::Data]);
        assert_eq!(causes(&[Cause::Policy], false, MET, UNMET), [Cause::Policy]);
        assert_eq!(causes(&[], false, MET, UNMET), []);
    }

    #[test]
    fn of_several_none_is_chosen() {
        assert_eq!(
            causes(&[Cause::Pack, Cause::Day], true, MET, UNMET),
            [Cause::Data, Cause::Pack, Cause::Day]
        );
    }

    #[test]
    fn a_ruling_that_decides_is_the_cause_whatever_else_differs() {
        let ruled = Decided { source: Decider::Ruling, ..UNMET };
        assert_eq!(causes(&[Cause::Pack], true, MET, ruled), [Cause::Ruling]);
    }

    #[test]
    fn another_worth_of_what_is_decided_as_before_comes_of_settings() {
        let dearer = Decided { worth: 5, source: Decider::Ruling, ..UNMET };
        assert_eq!(causes(&[Cause::Pack, Cause::Policy], true, UNMET, dearer), [Cause::Pack, Cause::Policy]);
        assert_eq!(causes(&[], true, UNMET, dearer), [Cause::Ruling]);
    }
}
