//! What to do about a submission, the most pressing first.

use crate::model::diagnosis::{SourceDiagnosis, SubmissionDiagnosis, TakenFor};
use crate::model::finding::Severity;
use crate::model::text::Text;

/// Names that are listed in a step.
const LISTED: usize = 8;

/// What to do.
pub(super) fn of(diagnosis: &SubmissionDiagnosis) -> Vec<Text> {
    let steps = [
        nameless(diagnosis),
        unread(diagnosis),
        headerless(diagnosis),
        missing_columns(diagnosis),
        cells(diagnosis),
        unknown_headers(diagnosis),
        likeness(diagnosis),
        missing_tables(diagnosis),
        empty_tables(diagnosis),
    ];
    let steps: Vec<Text> = steps.into_iter().flatten().collect();
    if !steps.is_empty() {
        return steps;
    }
    vec![Text::new(
        "文件和列都已识别，没有要处理的问题",
        "all files and columns were recognised: there is nothing to do",
    )]
}

/// The first of some names, and how many there are.
fn listed(names: &[String]) -> (String, String) {
    let shown = |sign: &str| names.iter().take(LISTED).cloned().collect::<Vec<_>>().join(sign);
    let all = names.len();
    if all <= LISTED {
        return (shown("、"), shown(", "));
    }
    (format!("{}等{all}个", shown("、")), format!("{} and others, {all} in all", shown(", ")))
}

fn step(names: &[String], zh: impl Fn(&str) -> String, en: impl Fn(&str) -> String) -> Option<Text> {
    let (in_zh, in_en) = listed(names);
    (!names.is_empty()).then(|| Text::new(zh(&in_zh), en(&in_en)))
}

fn place(source: &SourceDiagnosis) -> String {
    match &source.sheet {
        Some(sheet) => format!("{}〔{sheet}〕", source.file),
        None => source.file.clone(),
    }
}

/// Without its id an organization cannot be assessed.
fn nameless(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    diagnosis.id.is_empty().then(|| {
        Text::new(
            "填写“被评估单位”表：没有单位编号的申报材料不能评估",
            "fill in the table organization: without its id nothing can be assessed",
        )
    })
}

fn empty_tables(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let empty = diagnosis.sources.iter().filter(|source| source.read && source.rows == 0);
    let mut names: Vec<_> = empty.filter_map(|source| Some(source.table.as_ref()?.zh.clone())).collect();
    names.dedup();
    step(
        &names,
        |names| format!("有表头而没有数据行：{names}；有数据的请填写"),
        |names| {
            format!("these have a header and no rows: {names}; fill them in where there is something to say")
        },
    )
}

fn unread(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let unread = |source: &&SourceDiagnosis| {
        matches!(source.taken, TakenFor::Unknown | TakenFor::Hidden | TakenFor::OtherHeader)
    };
    let names: Vec<_> = diagnosis.sources.iter().filter(unread).map(place).collect();
    step(
        &names,
        |names| {
            format!(
                "没有读取：{names}。是数据表的，把文件或工作表改成规定的表名（隐藏的取消隐藏），或用 --mapping 指明是哪张表；是附件的不必处理"
            )
        },
        |names| {
            format!(
                "not read: {names}. Give tables their declared names (unhide what is hidden), or name them in a --mapping; leave attachments as they are"
            )
        },
    )
}

fn headerless(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let headless = |source: &&SourceDiagnosis| {
        use TakenFor::{FileName, LikeFileName, LikeSheetName, Mapping, SheetName};
        !source.read && matches!(source.taken, FileName | LikeFileName | LikeSheetName | Mapping | SheetName)
    };
    let names: Vec<_> = diagnosis.sources.iter().filter(headless).map(place).collect();
    step(
        &names,
        |names| format!("找不到表头：{names}。在前10行内写上规定的列名，或用 --mapping 指明列名"),
        |names| {
            format!(
                "no header was found: {names}. Write the declared headers into the first 10 rows, or name them in a --mapping"
            )
        },
    )
}

fn missing_columns(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let required = diagnosis.missing_columns.iter().filter(|missing| missing.required);
    let names: Vec<_> =
        required.map(|missing| format!("{}·{}", missing.table.zh, missing.column.zh)).collect();
    step(
        &names,
        |names| format!("补上缺少的必填列：{names}；列已在表中而名称不同的，改成规定的列名，或写入对应表"),
        |names| {
            format!(
                "add the required columns that are missing: {names}; rename those that are there by another name, or put them into a mapping"
            )
        },
    )
}

fn cells(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let findings = || diagnosis.sources.iter().flat_map(|source| &source.findings);
    let count = |severity: Severity| {
        let own = findings().filter(|finding| finding.severity == severity);
        own.fold(0_usize, |sum, finding| sum.saturating_add(finding.total))
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = [(errors, "错误", "errors"), (warnings, "警告", "warnings")];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let (in_zh, in_en): (Vec<_>, Vec<_>) =
        counts.map(|(count, zh, en)| (format!("{zh}{count}处"), format!("{en} ({count} places)"))).unzip();
    (!in_zh.is_empty()).then(|| {
        Text::new(format!("逐处改正{}", in_zh.join("、")), format!("correct the {}", in_en.join(" and ")))
    })
}

fn unknown_headers(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let like = diagnosis.sources.iter().flat_map(|source| {
        source.unknown_headers.iter().filter_map(|unknown| {
            let like = unknown.like.as_ref()?;
            Some(format!("“{}”→{}", unknown.header, like.zh))
        })
    });
    let names: Vec<_> = like.collect();
    step(
        &names,
        |names| format!("核对可能写错的列名：{names}；确是的，改成规定的列名，或写入对应表"),
        |names| {
            format!("see whether these headers are meant: {names}; rename them, or put them into a mapping")
        },
    )
}

fn likeness(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let guessed = diagnosis.sources.iter().flat_map(|source| {
        let guessed = source.columns.iter().filter(|column| column.by.is_likeness());
        guessed.map(|column| format!("“{}”→{}", column.header, column.column.zh))
    });
    let names: Vec<_> = guessed.collect();
    step(
        &names,
        |names| format!("核对按近似名称认出的列：{names}；认错的，改成规定的列名"),
        |names| {
            format!(
                "check the columns that were recognised by likeness: {names}; rename those that are wrong"
            )
        },
    )
}

fn missing_tables(diagnosis: &SubmissionDiagnosis) -> Option<Text> {
    let names: Vec<_> = diagnosis.missing_tables.iter().map(|missing| missing.table.zh.clone()).collect();
    step(
        &names,
        |names| format!("补报缺少的数据表：{names}；确实没有的，由评估组现场核实"),
        |names| {
            format!("send the tables that are missing: {names}; what there is not, the team sees on site")
        },
    )
}
