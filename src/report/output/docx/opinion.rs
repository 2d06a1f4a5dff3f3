//! The opinion on rectification (整改意见书), which goes to the organization assessed.

use std::io;

use super::{Subject, phrase, problems, result, tally};
use crate::model::text::Lang;
use crate::report::paper::Paper;
use crate::report::words::pick;

/// Writes it.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    let name = phrase::name(one, lang);
    paper.document(&match lang {
        Lang::Zh => format!("{name}\n网格化治理标准体系整改意见书"),
        Lang::En => format!("{name}\nOpinion on rectification"),
    })?;
    paper.addressed(&format!("{name}{}", pick(lang, "：", ":")))?;
    let standard = phrase::standard(lang);
    paper.text(&match lang {
        Lang::Zh => format!("依据{standard}，对你单位网格化治理标准体系进行了评估。现将评估情况和整改意见通知如下，请认真组织整改。"),
        Lang::En => format!("You were assessed by {standard}. This is the result and what is to be put right."),
    })?;
    paper.heading(pick(lang, "评估情况", "Result"))?;
    paper.text(&result::verdict(one, subject))?;
    found(paper, subject)?;
    open(paper, subject)?;
    demands(paper, lang)?;
    paper.signature(&[pick(lang, "评估组（盖章）", "The assessment team (seal)"), phrase::open_day(lang)])?;
    paper.note(pick(
        lang,
        "签收人：　　　　　　　　　　　签收日期：　　　　年　　月　　日",
        "Received by:                          on:",
    ))
}

/// What is to be put right.
fn found(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    paper.heading(pick(lang, "需要整改的问题", "What is to be put right"))?;
    let (count, losing) = problems::count(subject);
    if count == 0 {
        return paper.text(pick(lang, "本次评估没有发现需要整改的问题。", "Nothing is to be put right."));
    }
    paper.text(&match (lang, losing) {
        (Lang::Zh, 0) => format!("需要整改的问题共{count}项，均不涉及失分，详见表1。"),
        (Lang::Zh, _) if losing == count => format!("需要整改的问题共{count}项，均已失分，详见表1。"),
        (Lang::Zh, _) => format!("需要整改的问题共{count}项，其中失分的{losing}项，详见表1。"),
        (Lang::En, 0) => format!("{count} in all, none of which costs points; see table 1."),
        (Lang::En, _) => format!("{count} in all, of which {losing} cost points; see table 1."),
    })?;
    problems::table(paper, subject, false, pick(lang, "问题和整改措施", "Problems and what to do"))
}

/// What the organization is to have ready.
fn open(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let count = tally::open(subject.one).len();
    if count == 0 {
        return Ok(());
    }
    paper.heading(pick(lang, "需要配合核实的事项", "What is to be settled"))?;
    paper.text(&match lang {
        Lang::Zh => {
            format!("下列{count}项评价要求不能由数据判断，请备齐有关标准文本、文件和记录，配合评估组核实。")
        }
        Lang::En => {
            format!("{count} requirements cannot be told from data: have texts, files and records ready.")
        }
    })?;
    result::open(paper, subject, pick(lang, "待核实的评价要求", "Open requirements"))
}

fn demands(paper: &mut Paper, lang: Lang) -> io::Result<()> {
    paper.heading(pick(lang, "整改要求", "How it is to be done"))?;
    let blank = phrase::blank(lang);
    let all = match lang {
        Lang::Zh => [
            ("明确责任。", "逐项确定责任部门、责任人和完成期限，建立整改台账，整改一项、销号一项。".to_owned()),
            (
                "按期报送。",
                "请于　　　　年　　月　　日前完成整改，并将整改情况连同证明材料书面报送评估组；确需延期的，说明理由和计划完成时间。".to_owned(),
            ),
            (
                "异议复核。",
                format!("对本意见书的认定有异议的，可自收到之日起{blank}日内向评估组提出复核申请，写明事项和理由，并附证明材料。"),
            ),
        ],
        Lang::En => [
            ("Name who is responsible. ", "Give each problem a department, a person and a day, and keep a list.".to_owned()),
            ("Report in time. ", format!("Put it right by {blank} and report to the team in writing, with evidence.")),
            ("Objections. ", format!("They may be made within {blank} days, with reasons and evidence.")),
        ],
    };
    all.iter().try_for_each(|(lead, text)| paper.point(lead, text))
}
