//! The report of an organization on its self-evaluation (自我评价报告; Part 5, 5.1 and 5.2), made of a run with its own
//! rulings.

use std::io;

use super::{Subject, annexes, assessment, phrase, problems, result, tally};
use crate::model::report::{EligibilityStatus, Verdict};
use crate::model::text::Lang;
use crate::report::paper::{Paper, clipped};
use crate::report::words::pick;

/// Writes it.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    let name = phrase::name(one, lang);
    paper.document(&match lang {
        Lang::Zh => format!("{name}\n网格化治理标准体系自我评价报告"),
        Lang::En => format!("{name}\nReport on its self-evaluation"),
    })?;
    let (standard, id) = (phrase::standard(lang), clipped(&one.id, 40, lang));
    paper.text(&match lang {
        Lang::Zh => format!("依据{standard}，我单位（单位编号{id}）对照评分标准表，对网格化治理标准体系的建设和实施情况进行了自我评价。现将有关情况报告如下。"),
        Lang::En => format!("{name} (id {id}) evaluated its standard system of grid governance by {standard}."),
    })?;
    assessment::basis(paper, subject, pick(lang, "自我评价依据", "Basis"))?;
    organized(paper, subject)?;
    paper.heading(pick(lang, "自我评价结果", "Result"))?;
    result::write(paper, subject)?;
    if !tally::open(one).is_empty() {
        paper.subheading(pick(lang, "待核实事项", "What is open"))?;
        result::open(paper, subject, pick(lang, "待核实的评价要求", "Open requirements"))?;
    }
    paper.heading(pick(lang, "存在的主要问题", "Main problems"))?;
    problems::main(paper, subject)?;
    measures(paper, subject)?;
    paper.heading(pick(lang, "自我评价结论", "Conclusion"))?;
    paper.text(conclusion(subject))?;
    annexes::named(paper, subject)?;
    let seal = format!("{name}{}", pick(lang, "（盖章）", " (seal)"));
    paper.signature(&[&seal, phrase::open_day(lang)])?;
    assessment::provenance(paper, subject)?;
    annexes::write(paper, subject)
}

/// Who evaluated, and how.
fn organized(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (lang, blank) = (subject.lang, phrase::blank(subject.lang));
    paper.heading(pick(lang, "自我评价的组织和方法", "How it was done"))?;
    let persons = tally::persons(subject.one, "self");
    let ruled = match (lang, persons.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("，{}对须由人员认定的事项作了裁定", persons.join("、")),
        (Lang::En, _) => format!("; {} ruled on what data cannot tell", persons.join(", ")),
    };
    let day = phrase::day(&subject.run.as_of, lang);
    paper.text(&match lang {
        Lang::Zh => format!("自我评价由{blank}牵头，以截至{day}的数据为准{ruled}。"),
        Lang::En => format!("Led by {blank}, on data as of {day}{ruled}."),
    })?;
    paper.text(&assessment::counted(subject))
}

/// What is to be done about the problems.
fn measures(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    paper.heading(pick(lang, "整改措施", "What will be done"))?;
    let (count, _) = problems::count(subject);
    if count == 0 {
        return paper.text(pick(lang, "自我评价没有发现需要整改的问题。", "Nothing is to be put right."));
    }
    paper.text(&match lang {
        Lang::Zh => format!("对自我评价发现的{count}项问题，拟采取下列措施整改。"),
        Lang::En => format!("{count} problems were found; this will be done."),
    })?;
    problems::table(paper, subject, true, pick(lang, "整改措施表", "Problems and what will be done"))
}

/// Whether an application follows.
const fn conclusion(subject: Subject<'_>) -> &'static str {
    let lang = subject.lang;
    match (subject.one.verdict, subject.one.eligibility.status) {
        (Verdict::Qualified, EligibilityStatus::Eligible) => {
            pick(lang, "自我评价合格，具备申请评估的条件。", "Qualified by itself, and may apply.")
        }
        (Verdict::Qualified, EligibilityStatus::Ineligible) => pick(
            lang,
            "自我评价合格，但尚不具备申请评估的条件，待条件具备后再行申请。",
            "Qualified by itself, but may not apply yet.",
        ),
        (Verdict::Qualified, EligibilityStatus::Open) => pick(
            lang,
            "自我评价合格，申请评估的条件尚待核实。",
            "Qualified by itself; whether it may apply is open.",
        ),
        (Verdict::Unqualified, _) => pick(
            lang,
            "自我评价不合格，整改后重新进行自我评价。",
            "Not qualified by itself: evaluated again when put right.",
        ),
        (Verdict::Open, _) => {
            pick(lang, "自我评价结论待定，待核实事项认定后再作结论。", "Open until what is open is settled.")
        }
    }
}
