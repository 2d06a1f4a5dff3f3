//! Files that the gate compares with: the baseline and an earlier report.

use std::path::Path;

use super::saved_report::{SavedReport, Unreadable};
use crate::gate::Ratchet;
use crate::gate::baseline::{self, Baseline, BaselineEntry};
use crate::model::fault::{Explain, Fault};
use crate::model::report::Organization;
use crate::model::text::Text;

const UNREADABLE: Unreadable =
    ("ratchet.unreadable", "用来比较的报告不能读取", "the report to compare with cannot be read");

/// Unused entries that are named.
const NAMED: usize = 5;

/// The baseline as it is on a day, ISO.
pub(super) fn baseline(path: &Path, day: &str) -> Result<Baseline, Vec<Fault>> {
    let entries =
        baseline::read(path).map_err(|errors| errors.iter().map(Explain::fault).collect::<Vec<_>>())?;
    Ok(Baseline::on(day, entries))
}

/// Where organizations stood in an earlier report.
pub(super) fn ratchet(path: &Path) -> Result<Ratchet, Vec<Fault>> {
    let mut ratchet = Ratchet::default();
    let read = SavedReport::open(path, UNREADABLE);
    read.and_then(|mut report| report.read(|one: Organization| ratchet.add(&one)))
        .map_err(|fault| vec![fault])?;
    Ok(ratchet)
}

/// Entries of a baseline that are of no use any more.
pub(super) fn notices(path: &Path, baseline: &Baseline) -> Vec<Fault> {
    let file = Some(path.display().to_string());
    let unused: Vec<&BaselineEntry> = baseline.unused().collect();
    let named = unused.iter().take(NAMED).map(|entry| format!("{} {}", entry.organization, entry.rule));
    let named: Vec<String> = named.collect();
    let (count, expired) = (unused.len(), baseline.expired());
    let of_unused = (count > 0).then(|| Fault {
        code: "baseline.unused",
        message: Text::new(
            format!(
                "基准中有{count}条问题本次没有出现（{}{}）",
                named.join("、"),
                if count > NAMED { "等" } else { "" }
            ),
            format!(
                "{count} findings of the baseline were not found ({}{})",
                named.join(", "),
                if count > NAMED { ", …" } else { "" }
            ),
        ),
        help: Text::new(
            "已整改的用 wangge baseline prune 删去",
            "remove what was put right with `wangge baseline prune`",
        ),
        file: file.clone(),
        ..Fault::default()
    });
    let of_expired = (expired > 0).then(|| Fault {
        code: "baseline.expired",
        message: Text::new(
            format!("基准中有{expired}条已过到期日，按新问题计"),
            format!("{expired} findings of the baseline have expired and count as new"),
        ),
        help: Text::new("整改后删去，或写明新的理由和到期日", "put them right, or give a new reason and day"),
        file,
        ..Fault::default()
    });
    of_unused.into_iter().chain(of_expired).collect()
}
