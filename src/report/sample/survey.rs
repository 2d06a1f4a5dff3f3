//! The survey of satisfaction (Part 5, 6.5 and A.7.1): what is asked, the answers, and the share that is satisfied with its
//! interval, reckoned by the workbook itself.

use std::io;

use rust_xlsxwriter::DataValidation;

use crate::model::sample::{Precision, Sampled};
use crate::model::text::{Lang, Text};
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value, failed};

/// The sheet of answers, by which formulas find it.
pub(super) const ANSWERS: (&str, &str) = ("调查记录", "Answers");

/// Columns of answers: the third holds the one on the whole.
const WHOLE: &str = "C";

/// What a share is before anything is filled in.
const NONE: &str = "—";

/// The answers there are, the best first.
const CHOICES: [(&str, &str); 5] = [
    ("很满意", "very satisfied"),
    ("满意", "satisfied"),
    ("基本满意", "fairly satisfied"),
    ("不满意", "not satisfied"),
    ("未接触", "no contact"),
];

/// What is asked. The first is on the whole.
const QUESTIONS: [(&str, &str); 6] = [
    ("您对所在网格的服务总体上是否满意？", "On the whole, are you satisfied with the services of your grid?"),
    (
        "网格员是否定期上门走访，您是否满意？",
        "Are you satisfied with how often the grid member calls on you?",
    ),
    (
        "反映的问题是否及时处理，您是否满意？",
        "Are you satisfied with how soon what you report is dealt with?",
    ),
    ("处理结果是否告知您，您是否满意？", "Are you satisfied with how you are told what came of it?"),
    ("办理事项是否方便，您是否满意？", "Are you satisfied with how easily matters are settled?"),
    ("网格员的服务态度，您是否满意？", "Are you satisfied with how you are treated?"),
];

fn list(one: &Sampled, zh: &str, en: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}{zh}", one.name),
        Lang::En => format!("{en}: {}", one.name),
    }
}

/// The questionnaire, one sheet to be copied for each person.
pub(super) fn form(one: &Sampled, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let columns: Vec<Column<(usize, &(&str, &str))>> = vec![
        Column { title: ("题号", "no."), width: 44, kind: Kind::Short, value: |(at, _), _| (*at).into() },
        Column {
            title: ("问题", "question"),
            width: 420,
            kind: Kind::Text,
            value: |(_, (zh, en)), lang| pick(lang, zh, en).into(),
        },
        Column {
            title: (
                "回答（很满意、满意、基本满意、不满意、未接触）",
                "answer (very, satisfied, fairly, not, no contact)",
            ),
            width: 240,
            kind: Kind::Input,
            value: |_, _| "".into(),
        },
    ];
    let about = pick(
        lang,
        "本调查用于标准体系评估，随机抽取服务对象，不记姓名。请按实际感受回答；没有接触过的选“未接触”。意见和建议写在背面",
        "Those served are drawn by chance and asked without their names. Answer as you feel; choose `no contact` where you had none. Write what you suggest on the back",
    );
    let title = list(one, "网格化服务满意度调查问卷", "Questionnaire on satisfaction", lang);
    let mut list = List::begin(&columns, (&title, &[about.to_owned()]), (&book.styles, lang), Book::sheet)?;
    (1..).zip(&QUESTIONS).try_for_each(|question| list.row(&columns, &question, &book.styles))?;
    list.finish(stamp.print((&one.name, pick(lang, "调查问卷", "Questionnaire")), &one.sha256, None))
}

/// One row for each object drawn, with the answer to each question.
pub(super) fn answers(one: &Sampled, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let input = |title: (&'static str, &'static str)| Column {
        title,
        width: 92,
        kind: Kind::InputShort,
        value: |_: &(usize, String), _| Value::Text(String::new()),
    };
    let mut columns: Vec<Column<(usize, String)>> = vec![
        Column { title: ("序号", "no."), width: 44, kind: Kind::Short, value: |(at, _), _| (*at).into() },
        Column {
            title: ("服务对象编号", "code"),
            width: 150,
            kind: Kind::Text,
            value: |(_, code), _| Value::Text(code.clone()),
        },
    ];
    let short = [
        ("总体", "whole"),
        ("走访", "calls"),
        ("处理及时", "in time"),
        ("结果告知", "told"),
        ("办事方便", "easy"),
        ("服务态度", "manner"),
    ];
    columns.extend(short.map(input));
    let title = list(one, "满意度调查记录", "Answers", lang);
    let about = pick(
        lang,
        "每个抽中的对象填一行，“总体”一栏用于计算",
        "A row for each object drawn; the result is reckoned from the first answer",
    );
    let mut list = List::begin(&columns, (&title, &[about.to_owned()]), (&book.styles, lang), Book::sheet)?;
    let first = list.next;
    for (at, row) in (1..).zip(&one.sample.rows) {
        list.row(&columns, &(at, row.code.clone()), &book.styles)?;
    }
    let words = CHOICES.map(|(zh, en)| pick(lang, zh, en));
    let offered = DataValidation::new().allow_list_strings(&words).map_err(failed)?;
    let end = list.next.saturating_sub(1).max(first);
    list.sheet.inner.add_data_validation(first, 2, end, 7, &offered).map_err(failed)?;
    list.finish(stamp.print((&one.name, pick(lang, ANSWERS.0, ANSWERS.1)), &one.sha256, None))
}

/// A line of the reckoning: what it is, its formula, and what it comes to before anything is filled in.
type Reckoned = (&'static str, &'static str, String, &'static str);

/// The share that is satisfied, its interval by Wilson, and what is claimed.
pub(super) fn result(one: &Sampled, claim: &Text, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let mut sheet = Book::sheet(&[260, 330])?;
    let title = list(one, "满意度调查结果", "Result of the survey", lang);
    sheet.merged((0, 0), (0, 1), &title, &book.styles.title)?;
    sheet.height(0, 34.0)?;
    let confidence = one.sample.precision.map_or(95, |precision| precision.confidence);
    let mut next = 1;
    for (zh, en, formula, empty) in reckoned(confidence, lang) {
        sheet.text((next, 0), pick(lang, zh, en), &book.styles.text)?;
        sheet.formula((next, 1), &formula, empty, &book.styles.centre)?;
        next = next.saturating_add(1);
    }
    let claim = claim.get(lang);
    let claim = if claim.is_empty() { pick(lang, "没有申报", "none") } else { claim };
    sheet.text(
        (next, 0),
        pick(lang, "申报的满意度（A.7.1）", "what is claimed (A.7.1)"),
        &book.styles.text,
    )?;
    sheet.text((next, 1), claim, &book.styles.text)?;
    let about = match lang {
        Lang::Zh => format!(
            "区间按Wilson法计算，置信水平{confidence}%。申报的满意度高于区间上限的，现场调查不支持申报；在区间内的，与申报一致"
        ),
        Lang::En => format!(
            "The interval is Wilson's at {confidence} %. A claim above it is not borne out by the survey; one within it is"
        ),
    };
    sheet.line(next.saturating_add(1), &about, &book.styles.line)?;
    sheet.print(&stamp.print((&one.name, pick(lang, "结果计算", "Result")), &one.sha256, None))?;
    Ok(sheet)
}

/// The lines, whose formulas name those before them by their cells in column B: counts in B2 to B6, those that count in B7.
fn reckoned(confidence: u32, lang: Lang) -> Vec<Reckoned> {
    let sheet = pick(lang, ANSWERS.0, ANSWERS.1);
    let count = |at: usize| {
        let (zh, en) = CHOICES.get(at).copied().unwrap_or_default();
        format!("COUNTIF('{sheet}'!${WHOLE}:${WHOLE},\"{}\")", pick(lang, zh, en))
    };
    let quantile = Precision { confidence, margin: 1 }.quantile();
    let z = format!("{quantile}/1000");
    let percent = |value: &str| format!("=IF(B7=0,\"{NONE}\",TEXT({value},\"0.0%\"))");
    let bound = |sign: char, share: &str| {
        percent(&format!(
            "({share}+({z})^2/(2*B7){sign}({z})*SQRT({share}*(1-{share})/B7+({z})^2/(4*B7^2)))/(1+({z})^2/B7)"
        ))
    };
    let (narrow, wide) = ("((B2+B3)/B7)", "((B2+B3+B4)/B7)");
    vec![
        ("很满意", "very satisfied", format!("={}", count(0)), "0"),
        ("满意", "satisfied", format!("={}", count(1)), "0"),
        ("基本满意", "fairly satisfied", format!("={}", count(2)), "0"),
        ("不满意", "not satisfied", format!("={}", count(3)), "0"),
        ("未接触（不计入）", "no contact (not counted)", format!("={}", count(4)), "0"),
        ("有效回答", "answers that count", "=SUM(B2:B5)".to_owned(), "0"),
        ("满意率（很满意、满意）", "share of very satisfied and satisfied", percent(narrow), NONE),
        ("区间下限", "least", bound('-', narrow), NONE),
        ("区间上限", "most", bound('+', narrow), NONE),
        ("满意率（计入基本满意）", "share with the fairly satisfied", percent(wide), NONE),
        ("区间下限（计入基本满意）", "least, with them", bound('-', wide), NONE),
        ("区间上限（计入基本满意）", "most, with them", bound('+', wide), NONE),
    ]
}
