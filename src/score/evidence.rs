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
