//! Decisions and rulings to points: pure integers, no tables, no scripts.
//!
//! [`apply_rulings`] lays what persons decided over what rules decided; [`score`] turns the result into points
//! by the catalog, as Appendix A of Part 5. Both read the standard as [`ScorePolicies`] says.

mod assurance;
mod deciding;
mod evidence;
#[cfg(test)]
mod fixture;
mod grade;
mod item_score;
mod note;
mod owed;
mod panel;
mod plan;
mod policy;
mod ruling_finding;
mod ruling_text;
mod rulings;
mod total;
mod verdict;

pub use evidence::by_evidence;
pub use plan::plan;
pub use policy::{
    AbsentItem, EvidencePolicy, LesserDeduction, LineF, OrAbove, OwedUnit, Panel, PolicyError, ScorePolicies,
    UnearnablePoints,
};
pub use ruling_finding::{
    DISAGREEMENT, EXPIRED, FUTURE, NOT_APPLICABLE_BY_SELF, OVERTURNS, RULING_FINDINGS, SELF_NOT_COUNTED,
    UNUSABLE,
};
pub use rulings::{Judged, Ruled, RulingContext, apply_rulings};
pub use total::{Scored, score};
