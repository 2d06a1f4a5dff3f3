//! The assessment report (评估报告): basis, team, procedure, result, problems, what is proposed, signatures.

use std::io;

use super::{Subject, advice, annexes, phrase, problems, result, tally};
use crate::model::report::Decider;
use crate::model::text::Lang;
use crate::report::paper::{Align, Column, Paper, Row, clipped};
use crate::report::words::{self, pick};

/// Members of a team at most (Part 5, 4.2).
const TEAM: usize = 7;

/// Steps of the procedure (Part 5, clause 6); what the program has done itself is the third.
const STEPS: [(&str, &str); 7] = [
    ("宣布评估组成员和评估安排", "The team and its plan are announced"),
    ("听取工作汇报", "The organization reports on its work"),
    ("查阅文件、记录和标准文本", "Files, records and standards are read"),
    ("现场考核", "Services are looked at on site"),
    ("服务对象满意度随机调查", "A random survey of satisfaction"),
    ("形成评估结论", "The team concludes"),
    ("通报评估情况，提出改进意见", "Result and proposals are told"),
];
/// Place of the step in which data is looked at.
const READING: usize = 2;

/// Writes it.
pub(super) fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    let name = phrase::name(one, lang);
    paper.document(&match lang {
        Lang::Zh => format!("{name}\n网格化治理标准体系评估报告"),
        Lang::En => format!("{name}\nAssessment report on its standard system of grid governance"),
    })?;
    let (standard, id) = (phrase::standard(lang), clipped(&one.id, 40, lang));
    paper.text(&match lang {
        Lang::Zh => format!("依据{standard}，对{name}（单位编号{id}）网格化治理标准体系的建设和实施情况进行了评估。现将有关情况报告如下。"),
        Lang::En => format!("{name} (id {id}) was assessed by {standard}. The result is as follows."),
    })?;
    basis(paper, subject, pick(lang, "评估依据", "Basis"))?;
    team(paper, subject)?;
    procedure(paper, subject)?;
    paper.heading(pick(lang, "评估结果", "Result"))?;
    result::write(paper, subject)?;
    if !tally::open(one).is_empty() {
        paper.subheading(pick(lang, "待核实事项", "What is open"))?;
        result::open(paper, subject, pick(lang, "待核实的评价要求", "Open requirements"))?;
    }
    paper.heading(pick(lang, "主要问题", "Main problems"))?;
    problems::main(paper, subject)?;
    paper.heading(pick(lang, "改进意见和建议", "Proposals"))?;
    advice::write(paper, subject)?;
    annexes::named(paper, subject)?;
    signatures(paper, subject)?;
    provenance(paper, subject)?;
    annexes::write(paper, subject)
}

/// What is assessed by: the standards, and packs over the national one.
pub(super) fn basis(paper: &mut Paper, subject: Subject<'_>, heading: &str) -> io::Result<()> {
    let lang = subject.lang;
    paper.heading(heading)?;
    let standards = match lang {
        Lang::Zh => [
            "GB/T 24421《服务业组织标准化工作指南》系列国家标准；",
            "T/CSSG 001—2020、T/CA 007—2020《市域网格化治理标准体系建设指南》系列团体标准，其中第2部分为基本要求，第5部分为体系评价",
        ],
        Lang::En => [
            "GB/T 24421, guidelines for standardization of organizations in the service sector;",
            "T/CSSG 001-2020 and T/CA 007-2020, of which Part 2 holds the requirements and Part 5 the assessment",
        ],
    };
    let local: Vec<String> = subject
        .run
        .packs
        .iter()
        .skip(1)
        .map(|pack| {
            let title = if pack.title.get(lang).is_empty() { &pack.id } else { pack.title.get(lang) };
            let by = Some(pack.authority.get(lang)).filter(|by| !by.is_empty());
            let version =
                if lang == Lang::Zh { format!("{}版", pack.version) } else { pack.version.clone() };
            let parts: Vec<&str> =
                by.into_iter().chain([version.as_str()]).chain(words::signature(pack, lang)).collect();
            match lang {
                Lang::Zh => format!("{title}（{}）", parts.join("，")),
                Lang::En => format!("{title} ({})", parts.join(", ")),
            }
        })
        .collect();
    let [first, second] = standards;
    paper.point("", first)?;
    let end = pick(lang, "。", ".");
    let mid = pick(lang, "；", ";");
    paper.point("", &format!("{second}{}", if local.is_empty() { end } else { mid }))?;
    for (number, text) in (1..).zip(&local) {
        paper.point("", &format!("{text}{}", if number == local.len() { end } else { mid }))?;
    }
    Ok(())
}

/// Who assessed. What the data does not say is left to be filled in.
fn team(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (lang, blank) = (subject.lang, phrase::blank(subject.lang));
    paper.heading(pick(lang, "评估组织", "Team"))?;
    let persons = tally::persons(subject.one, "team");
    let ruled = match (lang, persons.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("作出裁定的评估人员：{}。", persons.join("、")),
        (Lang::En, _) => format!(" Members who ruled: {}.", persons.join(", ")),
    };
    paper.text(&match lang {
        Lang::Zh => format!("本次评估由{blank}组织，评估组组长为{blank}，成员见文末签名表。{ruled}"),
        Lang::En => format!("Organized by {blank}, the team led by {blank}; members sign below.{ruled}"),
    })
}

/// How it was assessed.
fn procedure(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    paper.heading(pick(lang, "评估程序", "Procedure"))?;
    paper.text(&counted(subject))?;
    let columns = [
        Column { title: pick(lang, "序号", "no."), width: 12, align: Align::Centre },
        Column { title: pick(lang, "程序", "step"), width: 58, align: Align::Left },
        Column { title: pick(lang, "时间", "when"), width: 28, align: Align::Centre },
        Column { title: pick(lang, "办理情况", "what was done"), width: 58, align: Align::Left },
    ];
    let day = phrase::day(&subject.run.as_of, lang);
    let rows: Vec<_> = STEPS
        .iter()
        .enumerate()
        .map(|(at, (zh, en))| {
            let done = match lang {
                _ if at != READING => String::new(),
                Lang::Zh => format!("申报材料的数据已逐项核查，判断日期为{day}"),
                Lang::En => format!("Every row of the data was checked, as of {day}"),
            };
            let number = at.saturating_add(1).to_string();
            Row::Cells(vec![number, pick(lang, zh, en).to_owned(), String::new(), done])
        })
        .collect();
    paper.table(pick(lang, "评估程序办理情况", "Steps of the procedure"), &columns, &rows)?;
    paper.note(pick(lang, "注：空白处由评估组据实填写。", "Note: what is blank is filled in by the team."))
}

/// What was decided by whom.
pub(super) fn counted(subject: Subject<'_>) -> String {
    let lang = subject.lang;
    let all = tally::decided(subject.one);
    let open = tally::open(subject.one).len();
    let ruled = all.iter().filter(|line| line.source == Decider::Ruling).count();
    let by_data = all.len().saturating_sub(ruled).saturating_sub(open);
    let items: usize = subject.one.tables.iter().map(|table| table.items.len()).sum();
    let parts = [
        (by_data, "项由申报数据判定", "by data"),
        (ruled, "项由人员裁定", "by persons"),
        (open, "项尚待核实", "open"),
    ];
    let told = parts.iter().filter(|(count, ..)| *count > 0);
    match lang {
        Lang::Zh => {
            let told: Vec<_> = told.map(|(count, zh, _)| format!("{count}{zh}")).collect();
            format!(
                "按照《体系评价》第6章规定的程序，对照附录A逐项评分。评分表共{items}项评价内容，逐一判定{}项，其中{}。",
                all.len(),
                told.join("，")
            )
        }
        Lang::En => {
            let told: Vec<_> = told.map(|(count, _, en)| format!("{count} {en}")).collect();
            format!(
                "Procedure of Part 5, clause 6; points by Annex A: {items} items, decided in {} questions: {}.",
                all.len(),
                told.join(", ")
            )
        }
    }
}

/// Where the team signs.
fn signatures(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let column = |(zh, en), width| Column { title: pick(lang, zh, en), width, align: Align::Centre };
    let columns = [
        column(("组内职务", "role"), 24),
        column(("姓名", "name"), 28),
        column(("工作单位、职务（职称）", "from, position"), 64),
        column(("签名", "signature"), 40),
    ];
    let mut persons = tally::persons(subject.one, "team");
    persons.truncate(TEAM);
    let heads =
        std::iter::once(pick(lang, "组长", "leader")).chain(std::iter::repeat(pick(lang, "成员", "member")));
    // Who leads the team is for the team to say.
    let names = std::iter::once(String::new()).chain(persons).chain(std::iter::repeat(String::new()));
    let rows: Vec<_> = heads
        .zip(names)
        .take(TEAM)
        .map(|(role, name)| {
            Row::Cells(vec![role.to_owned(), clipped(&name, 20, lang), String::new(), String::new()])
        })
        .collect();
    paper.signing_table(pick(lang, "评估组签名表", "Signatures of the team"), &columns, &rows)?;
    paper.signature(&[pick(lang, "评估组（盖章）", "The assessment team (seal)"), phrase::open_day(lang)])
}

/// What it was made from and by.
pub(super) fn provenance(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, stamp, lang) = (subject.one, subject.stamp, subject.lang);
    let digest: String = one.submission.sha256.chars().take(16).collect();
    let path = clipped(&one.submission.path, 120, lang);
    paper.note(&match lang {
        Lang::Zh => format!(
            "数据来源：申报材料“{path}”（SHA-256 {digest}…）；规则包{}；判断日期{}；程序{}。",
            stamp.packs_short, stamp.as_of, stamp.tool
        ),
        Lang::En => format!(
            "Made from {path} (SHA-256 {digest}...), packs {}, as of {}, by {}.",
            stamp.packs_short, stamp.as_of, stamp.tool
        ),
    })
}
