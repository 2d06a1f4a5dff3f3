//! What is proposed (Part 5, 6.7): what follows from the problems, with what it is about.

use std::io;

use super::{Subject, phrase, tally};
use crate::model::finding::Severity;
use crate::model::text::Lang;
use crate::report::paper::Paper;
use crate::report::words::pick;

/// Items named in a sentence.
const NAMED: usize = 6;

/// Writes it, a paragraph a matter.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let all = [missing(subject), improve(subject), evidence(subject), open(subject), data(subject)];
    for (lead, text) in all.into_iter().flatten() {
        paper.point(lead, &text)?;
    }
    let lang = subject.lang;
    paper.point(
        pick(lang, "持续改进。", "Keep improving. "),
        pick(
            lang,
            "按计划开展标准实施检查和自我评价，对发现的问题及时纠正并留存记录，保持标准体系有效运行。",
            "Check how standards are applied, evaluate the system by plan, correct what is found and keep the records.",
        ),
    )
}

type Point = Option<(&'static str, String)>;

fn named(subject: Subject<'_>, absent: bool) -> Option<String> {
    let all = tally::losing(subject.one);
    let some = all.iter().filter(|one| one.item.wholly_absent() == absent);
    let mut some: Vec<_> = some.collect();
    some.sort_by_key(|one| std::cmp::Reverse(one.lost));
    let points = some.iter().fold(0_u32, |sum, one| sum.saturating_add(one.lost));
    let titles = some.iter().map(|one| phrase::title(subject.titles, &one.item.id, subject.lang));
    let titles: Vec<String> = titles.collect();
    // Several tables have items of one name.
    let twice = |title: &str| titles.iter().filter(|other| *other == title).count() > 1;
    let each = titles.iter().zip(&some).map(|(title, one)| match (twice(title), subject.lang) {
        (false, _) => title.clone(),
        (true, Lang::Zh) => format!("{title}（{}）", one.item.id),
        (true, Lang::En) => format!("{title} ({})", one.item.id),
    });
    let names: Vec<String> = each.collect();
    let list = phrase::list(&names, NAMED, subject.lang);
    (!names.is_empty()).then(|| match subject.lang {
        Lang::Zh => format!("{list}（共失{points}分）"),
        Lang::En => format!("{list} ({points} points lost)"),
    })
}

/// Items of which nothing is there.
fn missing(subject: Subject<'_>) -> Point {
    let (lang, list) = (subject.lang, named(subject, true)?);
    let text = match lang {
        Lang::Zh => format!(
            "对整项缺失的{list}，逐项明确责任部门，制定有关标准、制度并按规定批准、发布和实施，在标准明细表和文件资料清单中登记。"
        ),
        Lang::En => {
            format!("Of {list} nothing is there: name who is responsible, draw up, approve and publish.")
        }
    };
    Some((pick(lang, "补齐缺项。", "Fill the gaps. "), text))
}

/// Items that lose some points.
fn improve(subject: Subject<'_>) -> Point {
    let (lang, list) = (subject.lang, named(subject, false)?);
    let text = match lang {
        Lang::Zh => format!("对失分的{list}，对照问题逐条改正，先改失分多、影响面大的。"),
        Lang::En => format!("Correct what costs points in {list}, the dearest first."),
    };
    Some((pick(lang, "改正不符合项。", "Correct what is wrong. "), text))
}

/// Points that rest on the data alone.
fn evidence(subject: Subject<'_>) -> Point {
    let (lang, claimed) = (subject.lang, subject.one.score.by_assurance.claimed);
    let text = match lang {
        Lang::Zh => {
            format!("已确定的得分中有{claimed}分仅凭申报数据，应备齐有关文件、记录和标准文本，以备核查。")
        }
        Lang::En => format!(
            "{claimed} of the sure points rest on the data alone: have files, records and texts ready."
        ),
    };
    (claimed > 0).then(|| (pick(lang, "备齐佐证材料。", "Have the evidence ready. "), text))
}

/// What is open.
fn open(subject: Subject<'_>) -> Point {
    let (lang, count) = (subject.lang, tally::open(subject.one).len());
    let points = subject.one.score.high.saturating_sub(subject.one.score.low);
    let text = match lang {
        Lang::Zh => format!(
            "尚有{count}项评价要求待核实，涉及{points}分，应提供标准文本和现场记录，由评估组查阅后裁定。"
        ),
        Lang::En => {
            format!("{count} requirements are open, with {points} points: give the team texts and records.")
        }
    };
    (count > 0).then(|| (pick(lang, "配合核实待定事项。", "Settle what is open. "), text))
}

/// Faulty data.
fn data(subject: Subject<'_>) -> Point {
    let lang = subject.lang;
    let faults = subject.one.findings.iter();
    let is_fault = faults
        .clone()
        .any(|finding| finding.rule.starts_with("data.") && finding.severity != Severity::Advice);
    let text = pick(
        lang,
        "按填报说明更正申报数据中的错漏，核对后重新报送，使数据与实际一致。",
        "Correct the faults of the data, check them against what is there, and submit them again.",
    );
    is_fault.then(|| (pick(lang, "规范数据填报。", "Mend the data. "), text.to_owned()))
}
