//! Files that the gate compares with: the baseline and an earlier report.

use std::path::Path;

use super::saved_report::{SavedReport, Unreadable};
use crate::gate::Ratchet;
use crate::gate::baseline::{self, Baseline, BaselineEntry};
use crate::gate::waivers::{self, Waivers};
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

/// What is not asked of some organizations on a day, ISO.
pub(super) fn waivers(path: &Path, day: &str) -> Result<Waivers, Vec<Fault>> {
    let all = waivers::read(path).map_err(|errors| errors.iter().map(Explain::fault).collect::<Vec<_>>())?;
    Ok(Waivers::on(day, all))
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

/// Waivers that are of no use any more.
pub(super) fn waiver_notices(path: &Path, waivers: &Waivers) -> Vec<Fault> {
    let file = Some(path.display().to_string());
    let strangers: Vec<&str> = waivers.strangers().map(|waiver| waiver.organization.as_str()).collect();
    let named = strangers.iter().take(NAMED).copied().collect::<Vec<_>>();
    let of_strangers = (!strangers.is_empty()).then(|| Fault {
        code: "waiver.unused",
        message: Text::new(
            format!("有{}条豁免所指的单位本次没有评估（{}）", strangers.len(), named.join("、")),
            format!(
                "{} waivers are of organizations that were not assessed ({})",
                strangers.len(),
                named.join(", ")
            ),
        ),
        help: Text::new(
            "核对单位代码；不再需要的删去",
            "make sure of the ids, and remove what is not needed",
        ),
        file: file.clone(),
        ..Fault::default()
    });
    let expired = waivers.expired();
    let of_expired = (expired > 0).then(|| Fault {
        code: "waiver.expired",
        message: Text::new(
            format!("有{expired}条豁免已过到期日，不再有效"),
            format!("{expired} waivers have expired and count no longer"),
        ),
        help: Text::new("整改后删去，或重新报批", "put it right and remove them, or have them approved anew"),
        file,
        ..Fault::default()
    });
    of_strangers.into_iter().chain(of_expired).collect()
}
