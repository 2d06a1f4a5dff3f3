//! What is said of all organizations: counts, settings, causes, items, and a line for each organization.

use super::listing::Listing;
use super::vocabulary::{both, causes, field, nothing, range, same, setting, subject, value};
use crate::model::report::{Range, Verdict};
use crate::model::report_diff::{
    Cause, CauseGroup, OrganizationDiff, OrganizationEntry, ReportDiff, ReportSource,
};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// The reports of a side in short: their days and how many organizations they have.
pub(in crate::report) fn side(sources: &[ReportSource]) -> Text {
    let organizations: usize = sources.iter().map(|source| source.organizations).sum();
    let mut days: Vec<&str> = sources.iter().map(|source| source.as_of.as_str()).collect();
    days.sort_unstable();
    days.dedup();
    let what = match sources {
        [one] => same(&one.file),
        several => Text::new(format!("{}份报告", several.len()), format!("{} reports", several.len())),
    };
    Text::new(
        format!("{}（评价日{}，{organizations}个单位）", what.zh, days.join("、")),
        format!("{} (as of {}, {organizations} organizations)", what.en, days.join(", ")),
    )
}

/// The counts in sentences.
pub(in crate::report) fn counts(diff: &ReportDiff) -> Vec<Text> {
    let all = &diff.summary;
    let mut told = vec![
        Text::new(
            format!(
                "两边都有的单位{}个，有变化的{}个；新增{}个，减少{}个",
                all.matched, all.changed, all.added, all.removed
            ),
            format!(
                "organizations on both sides: {}, changed: {}; new: {}, gone: {}",
                all.matched, all.changed, all.added, all.removed
            ),
        ),
        Text::new(
            format!(
                "结论改变{}个；得分上升{}个，下降{}个，一端升一端降{}个，不变{}个",
                all.verdicts, all.up, all.down, all.mixed, all.same
            ),
            format!(
                "verdicts changed: {}; scores: {} rose, {} fell, {} with one end up and the other down, {} stayed",
                all.verdicts, all.up, all.down, all.mixed, all.same
            ),
        ),
        Text::new(
            format!(
                "问题新增{}项，消除{}项，改变{}项；裁定不同{}条",
                all.findings_new, all.findings_gone, all.findings_changed, all.rulings
            ),
            format!(
                "findings: {} new, {} gone, {} changed; rulings that differ: {}",
                all.findings_new, all.findings_gone, all.findings_changed, all.rulings
            ),
        ),
    ];
    if diff.masking_differs {
        told.push(super::vocabulary::masking());
    }
    told
}

/// How organizations were matched, where that was not by id alone, and what was not compared.
pub(in crate::report) fn matching(diff: &ReportDiff) -> Option<Listing> {
    let mut list =
        Listing::new(("对应关系", "How things were matched"), &[("内容", "What"), ("做法", "What was done")]);
    for one in &diff.matched_by_path {
        let ids = if one.old_id == one.new_id {
            same(&one.old_id)
        } else {
            both(|_| format!("{} → {}", one.old_id, one.new_id))
        };
        let done = Text::new(
            format!("编号“{}”不足以区分单位，按材料路径对应", ids.zh),
            format!("the id `{}` does not tell organizations apart: matched by path", ids.en),
        );
        list.rows.push(vec![same(&one.path), done]);
    }
    for file in &diff.unpaired {
        let done = Text::new(
            "其中的单位另一边都没有，未比较其依据",
            "none of its organizations is on the other side: what it was made with was not compared",
        );
        list.rows.push(vec![same(file), done]);
    }
    list.filled()
}

/// What the runs were made with, where it differs.
pub(in crate::report) fn settings(diff: &ReportDiff) -> Option<Listing> {
    let heads = [("依据", "Setting"), ("原", "Old"), ("现", "New"), ("报告", "Reports")];
    let mut list = Listing::new(("评价依据的变化", "What the reports were made with"), &heads);
    let single = diff.old.len() == 1 && diff.new.len() == 1;
    for group in &diff.settings {
        let reports = match group.reports.as_slice() {
            _ if single => Text::default(),
            [one] => both(|_| format!("{} → {}", one.old, one.new)),
            several => {
                Text::new(format!("{}对报告", several.len()), format!("{} pairs of reports", several.len()))
            }
        };
        for change in &group.changes {
            let name = both(|lang| {
                let id = subject(change, lang);
                let parts = [setting(change.kind, lang), id, field(&change.field, lang)];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            });
            let values = [&change.was, &change.now].map(|side| value(change, side.as_deref()));
            let [was, now] = values;
            list.rows.push(vec![name, was, now, reports.clone()]);
        }
    }
    list.filled()
}

/// Why scores moved.
pub(in crate::report) fn why(diff: &ReportDiff) -> Option<Listing> {
    let heads = [("单位数", "Organizations"), ("评价要求数", "Requirements"), ("原因", "Cause")];
    let mut list = Listing::new(("得分变化的原因", "Why scores moved"), &heads);
    let row = |one: &crate::model::report_diff::CauseCount| {
        vec![same(&one.organizations.to_string()), same(&one.targets.to_string()), causes(&one.causes)]
    };
    list.rows = diff.summary.causes.iter().map(row).collect();
    list.filled()
}

/// Items by which scores moved.
pub(in crate::report) fn items(diff: &ReportDiff) -> Option<Listing> {
    let heads =
        [("编号", "Item"), ("单位数", "Organizations"), ("平均增减", "Mean change"), ("评价内容", "Title")];
    let mut list = Listing::new(("得分因哪些评价内容变化", "Items by which scores moved"), &heads);
    let row = |one: &crate::model::comparison::Cause| {
        let change = both(|lang| words::mean_change((one.low, one.high), one.organizations, lang));
        vec![same(&one.item), same(&one.organizations.to_string()), change, one.title.clone()]
    };
    list.rows = diff.items.iter().map(row).collect();
    list.filled()
}

/// A line for each organization that differs, is new, or is gone.
pub(in crate::report) fn organizations(diff: &ReportDiff) -> Option<Listing> {
    let heads = [
        ("单位", "Organization"),
        ("变化", "Change"),
        ("原得分", "Old"),
        ("现得分", "New"),
        ("结论", "Verdict"),
        ("原因", "Why"),
    ];
    let mut list = Listing::new(("单位", "Organizations"), &heads);
    let changed = diff.organizations.iter().map(changed);
    let alone = |entries: &[OrganizationEntry], word: Text, is_new: bool| {
        entries.iter().map(|one| entry(one, word.clone(), is_new)).collect::<Vec<_>>()
    };
    list.rows = changed.collect();
    list.rows.extend(alone(&diff.added, Text::new("新增", "new"), true));
    list.rows.extend(alone(&diff.removed, Text::new("减少", "gone"), false));
    list.filled()
}

fn verdict(verdict: Verdict) -> Text {
    both(|lang| words::verdict(verdict, lang).to_owned())
}

fn entry(one: &OrganizationEntry, word: Text, is_new: bool) -> Vec<Text> {
    let score = range(Range { low: one.low, high: one.high });
    let (old, new) = if is_new { (Text::default(), score) } else { (score, Text::default()) };
    vec![same(named(&one.name, &one.id, &one.path)), word, old, new, verdict(one.verdict), Text::default()]
}

/// What an organization is called.
pub(in crate::report) fn named<'t>(name: &'t str, id: &'t str, path: &'t str) -> &'t str {
    [name, id, path].into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn changed(one: &OrganizationDiff) -> Vec<Text> {
    let ends = one.score.as_ref();
    let score = |of: fn(
        &crate::model::report_diff::Change<crate::model::report::Score>,
    ) -> Option<&crate::model::report::Score>| {
        let score = ends.and_then(of);
        score.map_or_else(Text::default, |score| range(Range { low: score.low, high: score.high }))
    };
    let moved = match one.direction() {
        (0, 0) => Text::new("得分不变", "score stays"),
        direction => both(|lang| words::signed(direction, lang)),
    };
    let verdict = one.verdict.as_ref().map_or_else(Text::default, |change| {
        let of = |side: Option<Verdict>| side.map_or_else(nothing, verdict);
        let (was, now) = (of(change.was), of(change.now));
        both(|lang| format!("{} → {}", was.get(lang), now.get(lang)))
    });
    let name = same(named(&one.name, &one.id, &one.new_path));
    vec![
        name,
        moved,
        score(|change| change.was.as_ref()),
        score(|change| change.now.as_ref()),
        verdict,
        reasons(one),
    ]
}

/// Targets named for one cause.
const NAMED: usize = 6;

/// The causes of an organization, each with the requirements it moved.
fn reasons(one: &OrganizationDiff) -> Text {
    let group = |group: &CauseGroup| {
        let why: &[Cause] = &group.causes;
        let why = causes(why);
        let left = group.targets.len().saturating_sub(NAMED);
        let targets: Vec<&str> = group.targets.iter().take(NAMED).map(String::as_str).collect();
        both(|lang| {
            let list = targets.join(words::pick(lang, "、", ", "));
            match (lang, targets.is_empty(), left) {
                (_, true, _) => why.get(lang).to_owned(),
                (Lang::Zh, _, 0) => format!("{}：{list}", why.zh),
                (Lang::Zh, ..) => format!("{}：{list}等{}项", why.zh, group.targets.len()),
                (Lang::En, _, 0) => format!("{}: {list}", why.en),
                (Lang::En, ..) => format!("{}: {list} and {left} more", why.en),
            }
        })
    };
    one.why.iter().map(group).fold(Text::default(), |all, next| all.and(&next))
}

/// Submissions that could not be read or were not assessed, on one side or for another reason.
pub(in crate::report) fn unread(diff: &ReportDiff) -> Option<Listing> {
    let heads = [("材料", "Submission"), ("变化", "Change"), ("说明", "Why")];
    let mut list = Listing::new(("无法读取或未评价的材料", "Submissions not read or not assessed"), &heads);
    for one in &diff.unreadable {
        let word = match (&one.was, &one.now) {
            (None, _) => Text::new("现无法读取", "unreadable now"),
            (_, None) => Text::new("原无法读取", "unreadable then"),
            _ => Text::new("原因改变", "another reason"),
        };
        let why = one.now.as_ref().or(one.was.as_ref()).map(|side| side.message.clone()).unwrap_or_default();
        list.rows.push(vec![same(&one.id), word, why]);
    }
    let lists = [
        (&diff.not_assessed.new, Text::new("现未评价", "not assessed now")),
        (&diff.not_assessed.gone, Text::new("原未评价", "not assessed then")),
    ];
    for (paths, word) in lists {
        list.rows.extend(paths.iter().map(|path| vec![same(path), word.clone(), Text::default()]));
    }
    list.filled()
}
