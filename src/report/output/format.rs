//! The one list of formats.

use super::ReportWriter;
use super::ci::{GitHubWriter, GitLabWriter, JUnitWriter, MarkdownWriter, OscalWriter, SarifWriter};
use super::csv::FindingsWriter;
use super::csv_scores::ScoresWriter;
use super::docx::{EvaluationPlanWriter, PaperWriter};
use super::html::PageWriter;
use super::json::JsonWriter;
use super::lines::LinesWriter;
use super::plan::{PlanJsonWriter, PlanWriter};
use super::terminal::TerminalWriter;
use super::worksheet::WorksheetWriter;
use super::xlsx::XlsxWriter;
use crate::model::text::Lang;
use crate::report::json;
use crate::report::plan::PlanDocument;
use crate::report::terminal::TerminalOptions;
use crate::report::words::pick;

/// Makes the writer of a format.
pub(super) type MakeWriter = fn(&TerminalOptions) -> Box<dyn ReportWriter>;

/// A format of `-o`.
#[derive(Debug)]
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// What it is, in Chinese and in English.
    about: (&'static str, &'static str),
    /// Whether it can be a folder of files, too.
    pub fills_folders: bool,
    /// Whether each organization becomes whole lines as soon as it ends, on stdout too. Otherwise stdout gets all at the
    /// end: what was written there cannot be taken back.
    pub is_lines: bool,
    /// Whether it is written from all organizations at once, which then are kept in memory.
    pub needs_all: bool,
    /// The JSON Schema of what is written.
    pub schema: Option<fn() -> String>,
    /// Makes a writer; none for the results of a shard, which are no report yet.
    pub writer: Option<MakeWriter>,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

/// What most formats have.
const PLAIN: Format = Format {
    name: "",
    about: ("", ""),
    fills_folders: false,
    is_lines: false,
    needs_all: false,
    schema: None,
    writer: None,
};

/// The format where none is asked for.
static TERMINAL: Format = Format {
    name: "terminal",
    about: ("在屏幕上阅读", "to be read on a screen"),
    needs_all: true,
    writer: Some(|options| Box::new(TerminalWriter(*options))),
    ..PLAIN
};

/// The report as it is read back.
static JSON: Format = Format {
    name: "json",
    about: ("整份报告", "the whole report"),
    schema: Some(json::schema),
    writer: Some(|_| Box::new(JsonWriter::new(false))),
    ..PLAIN
};

/// All formats, in the order in which they are listed.
pub static FORMATS: [&Format; 18] = [
    &TERMINAL,
    &JSON,
    &Format {
        name: "json.zst",
        about: ("整份报告，用 Zstandard 压缩", "the whole report, compressed with Zstandard"),
        writer: Some(|_| Box::new(JsonWriter::new(true))),
        ..PLAIN
    },
    &Format {
        name: "jsonl",
        about: (
            "JSON，每行一个单位，最后一行是其余内容",
            "JSON, a line for each organization, the rest on the last",
        ),
        is_lines: true,
        writer: Some(|_| Box::new(LinesWriter::whole(false))),
        ..PLAIN
    },
    &Format {
        name: "jsonl.zst",
        about: ("jsonl，用 Zstandard 压缩", "jsonl, compressed with Zstandard"),
        writer: Some(|_| Box::new(LinesWriter::whole(true))),
        ..PLAIN
    },
    &Format {
        name: "lines",
        about: ("JSON，每个单位一行，没有别的", "JSON, a line for each organization and nothing else"),
        is_lines: true,
        writer: Some(|_| Box::new(LinesWriter::of_organizations())),
        ..PLAIN
    },
    &Format {
        name: "csv",
        about: (
            "问题清单，每处一行，可用 Excel、WPS 打开",
            "the findings, a line for each place, for a spreadsheet",
        ),
        fills_folders: true,
        is_lines: true,
        writer: Some(|options| Box::new(FindingsWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "csv-scores",
        about: ("得分明细，每项评价内容一行，供统计分析", "the scores, a line for each item, for analysis"),
        fills_folders: true,
        is_lines: true,
        writer: Some(|options| Box::new(ScoresWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "xlsx",
        about: (
            "评分表、整改清单工作簿，供打印、签字和分办",
            "a workbook to print and sign: score sheet, what to put right",
        ),
        fills_folders: true,
        writer: Some(|options| Box::new(XlsxWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "docx",
        about: (
            "公文：评估报告和整改意见书，多个单位为通报，可编辑",
            "papers to edit and sign: assessment report and opinion, of several organizations a circular",
        ),
        fills_folders: true,
        writer: Some(|options| Box::new(PaperWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "html",
        about: (
            "网页，可阅读、打印、录入裁定，不需要联网",
            "pages to read, print and enter rulings in, without a network",
        ),
        fills_folders: true,
        writer: Some(|options| Box::new(PageWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "sarif",
        about: ("SARIF 2.1.0，供代码扫描平台和编辑器读取", "SARIF 2.1.0, for code scanning and editors"),
        writer: Some(|options| Box::new(SarifWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "junit",
        about: (
            "JUnit XML，供持续集成平台作为测试结果读取",
            "JUnit XML, the results as tests for CI systems",
        ),
        writer: Some(|options| Box::new(JUnitWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "github",
        about: ("GitHub Actions 的工作流命令", "workflow commands of GitHub Actions"),
        is_lines: true,
        writer: Some(|options| Box::new(GitHubWriter(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "gitlab",
        about: ("GitLab 的代码质量报告", "a code quality report of GitLab"),
        writer: Some(|options| Box::new(GitLabWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "markdown",
        about: ("摘要，用于合并请求的评论和流水线摘要", "a summary for a pull request or a workflow run"),
        writer: Some(|options| Box::new(MarkdownWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "oscal",
        about: ("OSCAL 1.2.1 评估结果", "assessment results of OSCAL 1.2.1"),
        writer: Some(|options| Box::new(OscalWriter::new(options.lang))),
        ..PLAIN
    },
    &Format {
        name: "shard",
        about: ("分片的结果，供 merge 合并", "the results of a shard, for merge"),
        ..PLAIN
    },
];

/// The form to be filled in on site: a command of its own writes it, not `-o`.
static WORKSHEET: Format = Format {
    name: "worksheet",
    about: ("评估工作底稿", "the worksheet of an assessment"),
    fills_folders: true,
    writer: Some(|options| Box::new(WorksheetWriter::new(options.lang))),
    ..PLAIN
};

/// The plan of an assessment on site, written beside the worksheet.
static EVALUATION_PLAN: Format = Format {
    name: "evaluation-plan",
    about: ("评估方案", "the plan of an assessment"),
    fills_folders: true,
    writer: Some(|options| Box::new(EvaluationPlanWriter::new(options.lang))),
    ..PLAIN
};

/// Plans alone, on a screen and as JSON: a command of its own writes them.
static PLANS: [Format; 2] = [
    Format {
        name: "plan",
        about: ("达标整改方案", "plans"),
        needs_all: true,
        writer: Some(|options| Box::new(PlanWriter(*options))),
        ..PLAIN
    },
    Format {
        name: "plan-json",
        about: ("达标整改方案（JSON）", "plans as JSON"),
        needs_all: true,
        schema: Some(PlanDocument::schema),
        writer: Some(|_| Box::new(PlanJsonWriter)),
        ..PLAIN
    },
];

/// Plans alone, on a screen or as JSON.
pub fn plan(is_json: bool) -> &'static Format {
    let [text, json] = &PLANS;
    if is_json { json } else { text }
}

/// The plan of an assessment on site.
pub fn evaluation_plan() -> &'static Format {
    &EVALUATION_PLAN
}

/// The report as it is read back.
pub fn json() -> &'static Format {
    &JSON
}

/// The form to be filled in on site.
pub fn worksheet() -> &'static Format {
    &WORKSHEET
}

impl Format {
    /// The format of this name, whatever its case.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.name.eq_ignore_ascii_case(name))
    }

    /// What it is.
    pub const fn about(&self, lang: Lang) -> &'static str {
        pick(lang, self.about.0, self.about.1)
    }
}

/// The names of all formats.
pub fn names(lang: Lang) -> String {
    let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    names.join(pick(lang, "、", ", "))
}

/// What is said of the option `-o`.
pub fn help(lang: Lang) -> String {
    let one = |format: &&Format| match lang {
        Lang::Zh => format!("{}（{}）", format.name, format.about(lang)),
        Lang::En => format!("{} ({})", format.name, format.about(lang)),
    };
    let all: Vec<_> = FORMATS.iter().map(one).collect();
    let folders = FORMATS.iter().filter(|format| format.fills_folders).map(|format| format.name);
    let folders = folders.collect::<Vec<_>>().join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => format!(
            "输出：{}；加 :路径 则写入文件，{folders} 加 :文件夹/ 则每个单位一个文件；默认 {}",
            all.join("、"),
            TERMINAL.name
        ),
        Lang::En => format!(
            "An output, by default {}: {}; with `:PATH` for a file, {folders} with `:DIR/` for a file each organization",
            TERMINAL.name,
            all.join(", ")
        ),
    }
}

/// The format where none is asked for.
pub fn default_format() -> &'static Format {
    &TERMINAL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_told_of_in_both_languages() {
        for format in FORMATS {
            assert_eq!(Format::named(&format.name.to_uppercase()), Some(format));
            for lang in [Lang::Zh, Lang::En] {
                assert!(names(lang).contains(format.name) && help(lang).contains(format.about(lang)));
            }
            assert!(!format.about.0.is_empty() && !format.about.1.is_empty(), "{}", format.name);
        }
        assert_eq!(Format::named("xml"), None);
    }
}
