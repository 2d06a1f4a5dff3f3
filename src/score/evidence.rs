//! What is claimed without a file: whether it earns points, and the score under the other reading.

use std::collections::BTreeMap;

use super::policy::{EvidencePolicy, ScorePolicies};
use super::rulings::{RulingContext, apply_rulings};
use super::total::{Scored, score};
use crate::model::catalog::Catalog;
use crate::model::outcome::{Decision, Outcome};
use crate::model::report::{PointsByEvidence, Range};
use crate::model::ruling::Ruling;
use crate::model::text::Text;

impl EvidencePolicy {
    /// The other reading.
    const fn other(self) -> Self {
        match self {
            Self::Claims => Self::Files,
            Self::Files => Self::Claims,
        }
    }

    /// The decision of a rule under this reading: what rows without their file speak for is unknown where files count.
    pub(super) fn read(self, decision: &Decision) -> Decision {
        if self == Self::Claims || decision.without_file == 0 {
            return decision.clone();
        }
        let rows = decision.without_file;
        let reason = Text::new(
            format!(
                "数据表显示符合，但所依据的记录中有{rows}条没有能打开的佐证材料（口径 evidence = files）"
            ),
            format!(
                "the tables speak for it, but {rows} of the rows it rests on have no file that opens (evidence = files)"
            ),
        );
        let help = Text::new(
            "补报这些记录的附件，或者由评估组现场查阅后裁定",
            "send the files of these rows, or have the team look at them on site and rule",
        );
        Decision { help, broken: decision.broken, ..Decision::plain(Outcome::Unknown, reason) }
    }
}

/// The score under both readings, where it is `scored` under that of the context.
pub fn by_evidence(
    catalog: &Catalog,
    decisions: &BTreeMap<String, Decision>,
    rulings: &[Ruling],
    ctx: &RulingContext<'_>,
    scored: &Scored,
) -> PointsByEvidence {
    let own = Range { low: scored.low, high: scored.high };
    let reading = ctx.policies.evidence;
    let other = if decisions.values().all(|decision| decision.without_file == 0) {
        own
    } else {
        let policies = ScorePolicies { evidence: reading.other(), ..ctx.policies };
        let ruled = apply_rulings(catalog, decisions, rulings, &RulingContext { policies, ..*ctx });
        let scored = score(catalog, policies, &ruled.judged, scored.pass);
        Range { low: scored.low, high: scored.high }
    };
    match reading {
        EvidencePolicy::Claims => PointsByEvidence { claims: own, files: other },
        EvidencePolicy::Files => PointsByEvidence { claims: other, files: own },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{catalog, day};
    use super::*;
    use crate::model::privacy::Redactor;

    fn met(without_file: usize) -> Decision {
        Decision { without_file, ..Decision::plain(Outcome::Met, Text::new("数据", "data")) }
    }

    fn both(decisions: &[(&str, usize)], evidence: EvidencePolicy) -> PointsByEvidence {
        let (catalog, redactor) = (catalog(), Redactor::default());
        let ctx = RulingContext {
            organization: "110101",
            as_of: day("2026-11-21"),
            self_evaluation: false,
            redactor: &redactor,
            policies: ScorePolicies { evidence, ..ScorePolicies::default() },
        };
        let decisions = decisions.iter().map(|(id, rows)| ((*id).to_owned(), met(*rows))).collect();
        let ruled = apply_rulings(&catalog, &decisions, &[], &ctx);
        let scored = score(&catalog, ctx.policies, &ruled.judged, catalog.pass);
        by_evidence(&catalog, &decisions, &[], &ctx, &scored)
    }

    #[test]
    fn rows_without_their_file_leave_a_decision_unknown_only_where_files_count() {
        for (reading, rows) in
            [(EvidencePolicy::Claims, 0), (EvidencePolicy::Claims, 3), (EvidencePolicy::Files, 0)]
        {
            assert_eq!(reading.read(&met(rows)), met(rows), "{reading:?} {rows}");
        }
        let read = EvidencePolicy::Files.read(&met(3));
        assert_eq!((read.outcome, read.broken), (Outcome::Unknown, false));
        assert!(
            read.reason.zh.contains("有3条") && read.reason.en.contains("3 of the rows"),
            "{:?}",
            read.reason
        );
        assert!(!read.help.zh.is_empty() && !read.help.en.is_empty());
        assert!(EvidencePolicy::Files.read(&Decision { broken: true, ..met(3) }).broken);
    }

    #[test]
    fn the_score_under_both_readings_is_the_same_whichever_is_in_force() {
        let range = |low, high| Range { low, high };
        for evidence in [EvidencePolicy::Claims, EvidencePolicy::Files] {
            let PointsByEvidence { claims, files } = both(&[("A.7.1", 2), ("A.7.2", 0)], evidence);
            assert_eq!((claims, files), (range(40, 495), range(20, 495)), "{evidence:?}");
            let PointsByEvidence { claims, files } = both(&[("A.7.1", 2)], evidence);
            assert_eq!((claims, files), (range(20, 495), range(0, 495)), "{evidence:?}");
            let PointsByEvidence { claims, files } = both(&[("A.7.1", 0)], evidence);
            assert_eq!((claims, files), (range(20, 495), range(20, 495)), "{evidence:?}");
        }
    }
}
