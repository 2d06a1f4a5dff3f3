//! The plan of an assessment on site (Part 5, 4.3): who comes, when, what is looked at, whom the team asks, what is open.

use std::io;

use super::{Kind, PaperWriter, Subject, phrase, result, tally};
use crate::model::report::{Organization, Report};
use crate::model::sample::{Sample, SampleKind};
use crate::model::text::Lang;
use crate::report::output::csv::file_name;
use crate::report::output::{Out, ReportWriter};
use crate::report::paper::{Align, Column, Paper, Row};
use crate::report::place;
use crate::report::words::pick;
use crate::report::workbook::Stamp;

const KIND: Kind = ("评估方案", "evaluation-plan", write);

/// Members of a team at most (Part 5, 4.2).
const MEMBERS: usize = 7;

/// Writes plans, one after the other or a file each.
pub(in crate::report::output) struct EvaluationPlanWriter {
    inner: PaperWriter,
    all: Option<Paper>,
}

impl EvaluationPlanWriter {
    pub(in crate::report::output) fn new(lang: Lang) -> Self {
        Self { inner: PaperWriter::new(lang), all: None }
    }
}

impl ReportWriter for EvaluationPlanWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        self.inner.begin(run, out)
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.inner.count = self.inner.count.saturating_add(1);
        if out.target.is_folder() {
            let ending = format!("{}.docx", pick(self.inner.lang, KIND.0, KIND.1));
            out.target.begin_file(&file_name(self.inner.count, &one.id, &one.name, &ending))?;
            return out.target.write(&self.inner.paper(one, out.titles, &[KIND])?);
        }
        let run = self.inner.run.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let stamp = &self.inner.stamp;
        let paper = self.all.get_or_insert_with(|| Paper::new(&one.name, stamp));
        write(paper, Subject { one, run, stamp, titles: out.titles, lang: self.inner.lang })
    }

    fn end(&mut self, _: &Report, out: &mut Out<'_>) -> io::Result<()> {
        if out.target.is_folder() {
            return Ok(());
        }
        let empty = || Paper::new(pick(self.inner.lang, KIND.0, KIND.1), &Stamp::default());
        let paper = self.all.take().unwrap_or_else(empty);
        out.target.write(&paper.bytes()?)
    }
}

fn write(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let (one, lang) = (subject.one, subject.lang);
    let name = phrase::name(one, lang);
    paper.document(&match lang {
        Lang::Zh => format!("{name}\n网格化治理标准体系评估方案"),
        Lang::En => format!("{name}\nPlan of the assessment"),
    })?;
    let standard = phrase::standard(lang);
    paper.text(&match lang {
        Lang::Zh => format!("依据{standard}，对{name}网格化治理标准体系进行评估，方案如下。"),
        Lang::En => format!("{name} is to be assessed by {standard}."),
    })?;
    paper.heading(pick(lang, "评估组", "The team"))?;
    team(paper, lang)?;
    paper.heading(pick(lang, "程序和时间", "Steps and days"))?;
    steps(paper, subject)?;
    paper.heading(pick(lang, "现场抽样", "What is drawn"))?;
    samples(paper, subject)?;
    paper.heading(pick(lang, "须现场核实的评价要求", "What is open"))?;
    open(paper, subject)?;
    paper.signature(&[
        pick(lang, "评价组织单位（盖章）", "The organizing authority (seal)"),
        phrase::open_day(lang),
    ])?;
    one.samples.iter().try_for_each(|sample| annex(paper, sample, subject))
}

const fn column(title: &'static str, width: u32, align: Align) -> Column {
    Column { title, width, align }
}

fn team(paper: &mut Paper, lang: Lang) -> io::Result<()> {
    paper.text(pick(
        lang,
        "评估组由五至七名熟悉标准化和网格化治理的人员组成，设组长一名；与被评估单位有利害关系的应当回避。",
        "The team has five to seven members who know standardization and grid governance, one of them its leader; nobody who has a stake takes part.",
    ))?;
    let columns = [
        column(pick(lang, "序号", "no."), 14, Align::Centre),
        column(pick(lang, "姓名", "name"), 28, Align::Centre),
        column(pick(lang, "工作单位", "body"), 48, Align::Left),
        column(pick(lang, "职务（职称）", "post"), 32, Align::Left),
        column(pick(lang, "分工", "task"), 34, Align::Left),
    ];
    let blank = |number: usize| {
        let task = if number == 1 { pick(lang, "组长", "leader") } else { "" };
        Row::Cells(vec![number.to_string(), String::new(), String::new(), String::new(), task.to_owned()])
    };
    let rows: Vec<Row> = (1..=MEMBERS).map(blank).collect();
    paper.signing_table(pick(lang, "评估组成员", "Members"), &columns, &rows)
}

/// The steps of clause 6 of Part 5, with what the samples say of them.
fn steps(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let drawn = |of: SampleKind| {
        let sample = subject.one.samples.iter().find(|sample| sample.of == of);
        sample.map_or(0, |sample| sample.rows.len())
    };
    let (standards, records) = (drawn(SampleKind::Standards), drawn(SampleKind::Records));
    let (staff, objects) = (drawn(SampleKind::Staff), drawn(SampleKind::ServiceObjects));
    let asked = match (lang, objects) {
        (Lang::Zh, 0) => "现场随机访问服务对象，使用调查问卷".to_owned(),
        (Lang::Zh, _) => format!("随机抽取服务对象{objects}个，使用调查问卷"),
        (Lang::En, 0) => "those met on site, by questionnaire".to_owned(),
        (Lang::En, _) => format!("{objects} of those served, by questionnaire"),
    };
    let all = match lang {
        Lang::Zh => [
            ("宣布评估组成员和程序", "首次会议".to_owned()),
            ("听取汇报", "被评估单位汇报标准体系建立和实施情况".to_owned()),
            ("查阅文件、记录和标准文本", format!("抽查标准{standards}项、记录{records}项，见附件")),
            ("考核服务现场", format!("抽查工作人员、网格员{staff}名，核对岗位标准的掌握和执行")),
            ("随机调查满意程度", asked),
            ("形成评估结论", "评估组合议，填写评估工作底稿和评分表".to_owned()),
            ("通报评估情况", "末次会议，提出改进意见".to_owned()),
        ],
        Lang::En => [
            ("announce the team", "first meeting".to_owned()),
            ("hear the report", "the organization tells of its system".to_owned()),
            (
                "read documents, records, texts",
                format!("{standards} standards, {records} records: see the annexes"),
            ),
            ("see the service", format!("{staff} of the staff and grid members")),
            ("ask how satisfied people are", asked),
            ("conclude", "worksheet and score sheet".to_owned()),
            ("tell the result", "last meeting".to_owned()),
        ],
    };
    let columns = [
        column(pick(lang, "序号", "no."), 14, Align::Centre),
        column(pick(lang, "程序", "step"), 50, Align::Left),
        column(pick(lang, "内容", "what"), 62, Align::Left),
        column(pick(lang, "时间", "when"), 30, Align::Centre),
    ];
    let row = |(number, (step, what)): (usize, (&str, String))| {
        Row::Cells(vec![number.to_string(), step.to_owned(), what, String::new()])
    };
    let rows: Vec<Row> = (1..).zip(all).map(row).collect();
    paper.table(pick(lang, "评估程序安排", "Steps"), &columns, &rows)
}

fn samples(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let samples = &subject.one.samples;
    let Some(first) = samples.first() else {
        return paper.text(pick(
            lang,
            "抽样名单另行确定（wangge worksheet --sample 按种子随机抽取）。",
            "What is looked at is settled apart (`wangge worksheet --sample` draws it by chance).",
        ));
    };
    paper.text(&match lang {
        Lang::Zh => format!("由数据表随机抽取，置信水平90%，允许误差10%，种子为“{}”；种子相同，任何人抽取的结果相同，可以复核。名单见附件。", first.seed),
        Lang::En => format!("Drawn by chance from the tables (confidence 90 %, margin 10 %) with the seed `{}`, as anybody can repeat; see the annexes.", first.seed),
    })?;
    let columns = [
        column(pick(lang, "对象", "of"), 60, Align::Left),
        column(pick(lang, "总数", "there are"), 48, Align::Centre),
        column(pick(lang, "抽取数", "drawn"), 48, Align::Centre),
    ];
    let row = |sample: &Sample| {
        let (zh, en) = sample.of.title();
        Row::Cells(vec![
            pick(lang, zh, en).to_owned(),
            sample.population.to_string(),
            sample.rows.len().to_string(),
        ])
    };
    let rows: Vec<Row> = samples.iter().map(row).collect();
    paper.table(pick(lang, "抽样数量", "How many are drawn"), &columns, &rows)
}

fn open(paper: &mut Paper, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let count = tally::open(subject.one).len();
    if count == 0 {
        return paper.text(pick(lang, "没有待定的评价要求。", "Nothing is open."));
    }
    paper.text(&match lang {
        Lang::Zh => format!("下列{count}项评价要求不能由申报数据判断，由评估组现场核实并裁定。"),
        Lang::En => format!("{count} requirements cannot be told from the data: the team looks and rules."),
    })?;
    result::open(paper, subject, pick(lang, "待核实的评价要求", "Open requirements"))
}

/// The rows drawn of one kind.
fn annex(paper: &mut Paper, sample: &Sample, subject: Subject<'_>) -> io::Result<()> {
    let lang = subject.lang;
    let (zh, en) = sample.of.title();
    let number =
        subject.one.samples.iter().position(|one| one.of == sample.of).map_or(1, |at| at.saturating_add(1));
    let (name, title) = match lang {
        Lang::Zh => (format!("附件{number}"), format!("现场核查抽样名单（{zh}）")),
        Lang::En => (format!("Annex {number}"), format!("What was drawn: {en}")),
    };
    paper.annex(&name, &title)?;
    let columns = [
        column(pick(lang, "序号", "no."), 14, Align::Centre),
        column(pick(lang, "编号", "code"), 48, Align::Left),
        column(pick(lang, "名称", "name"), 48, Align::Left),
        column(pick(lang, "数据位置", "place"), 46, Align::Left),
    ];
    let rows: Vec<Row> = (1_usize..)
        .zip(&sample.rows)
        .map(|(at, row)| {
            let place = row.place.as_ref().map(|place| place::name(place, lang)).unwrap_or_default();
            Row::Cells(vec![at.to_string(), row.code.clone(), row.name.clone(), place])
        })
        .collect();
    paper.table("", &columns, &rows)
}
