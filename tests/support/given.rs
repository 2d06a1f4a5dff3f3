//! Parts of a report made by hand: what the run was given, a waiver, a clause.

use std::collections::BTreeMap;

use wangge::model::finding::ExcerptCell;
use wangge::model::outcome::Outcome;
use wangge::model::report::ClauseOutcome;
use wangge::model::run_inputs::{InputFile, InputRole, RunInputs};
use wangge::model::text::Text;
use wangge::model::waiver::Waiver;

/// A file of rulings, and an encoding.
pub fn inputs() -> RunInputs {
    let rulings =
        InputFile { role: InputRole::Rulings, path: "裁定.xlsx".to_owned(), sha256: "ef".repeat(32) };
    RunInputs {
        files: vec![rulings],
        options: BTreeMap::from([("encoding".to_owned(), "Gb18030".to_owned())]),
    }
}

/// What is not asked of an organization.
pub fn waiver(organization: &str) -> Waiver {
    Waiver {
        organization: organization.to_owned(),
        concerns: "A.3.5".to_owned(),
        reason: "机构改革，归并完成前不作要求".to_owned(),
        approver: "市标准化办".to_owned(),
        document: "市标办〔2026〕7号".to_owned(),
        expires: "2027-06-30".to_owned(),
    }
}

/// What was decided of a clause.
pub fn clause(clause: &str, outcome: Outcome, zh: &str, en: &str) -> ClauseOutcome {
    ClauseOutcome { clause: clause.to_owned(), rule: clause.to_owned(), outcome, reason: Text::new(zh, en) }
}

/// Cells under their headers, one of them marked.
pub fn cells(headers: &[&str], values: &[&str], marked: Option<&str>) -> Vec<ExcerptCell> {
    let cell = |(header, value): (&&str, &&str)| ExcerptCell {
        header: (*header).to_owned(),
        value: (*value).to_owned(),
        marked: marked == Some(*header),
    };
    headers.iter().zip(values).map(cell).collect()
}
