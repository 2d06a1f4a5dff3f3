//! `wangge sample`.

use super::argument::{Arguments, bind, record};
use super::check::{all_choices, submissions};
use super::command::Command;
use super::contained;
use super::value::{option, parsed_option};
use crate::assessment::sample::{Draw, SampleSize};
use crate::assessment::session::Choices;
use crate::command::sample::{self, Asked, SampleOutput};
use crate::model::sample::{Precision, SampleKind};
use crate::model::text::Text;

/// `wangge sample`.
pub(super) fn sample() -> Command {
    Command::leaf(
        "sample",
        "随机抽样：现场查看哪些标准、记录，询问哪些人员、服务对象；种子相同，任何人抽出的都相同",
        "Draw by chance what to look at on site and whom to ask; with the same seed anybody draws the same",
        bind!(asked: asked(), choices: all_choices() => Ok((asked, choices))),
        |(asked, choices): (Asked, Choices), console| {
            contained::scripts(console, || sample::run(&asked, &choices, console))
        },
    )
}

fn asked() -> Arguments<Asked> {
    record!(Asked { paths: submissions(|arg| arg.required(true)), draw: draw(), output: output() })
}

fn draw() -> Arguments<Draw> {
    bind!(
        of: of(),
        size: option::<usize>("size", "N", "抽取几项", "How many to draw").maybe(),
        confidence: confidence(),
        margin: margin(),
        seed: option::<String>(
            "seed",
            "TEXT",
            "抽样种子，任意文字，如当日公布的一组数字；写在抽样表上供复核",
            "What the draw begins with: any text, such as digits published on the day; it stands on the sample to be checked",
        )
        .required()
        => Ok(Draw { of, size: size_of(size, confidence, margin), seed })
    )
}

/// As many as were asked for, else as many as it takes: for 95 % and a margin of 5 % where nothing else is said.
fn size_of(size: Option<usize>, confidence: Option<u32>, margin: Option<u32>) -> SampleSize {
    let precision = Precision { confidence: confidence.unwrap_or(95), margin: margin.unwrap_or(5) };
    size.map_or(SampleSize::By(precision), SampleSize::Rows)
}

fn of() -> Arguments<SampleKind> {
    parsed_option(
        "of",
        "WHAT",
        "抽什么：standards（标准）、records（实施、检查、培训、改进等记录）、staff（人员、网格员）、service-objects（服务对象，附满意度问卷）",
        "What to draw from: standards, records (of carrying out, checks, training, improvement), staff (with grid members), service-objects (with a questionnaire)",
        |text: &str| {
            let known = SampleKind::ALL.map(SampleKind::word);
            SampleKind::ALL.into_iter().find(|kind| kind.word() == text).ok_or_else(|| {
                Text::new(
                    format!("没有“{text}”，可用的有：{}", known.join("、")),
                    format!("there is no `{text}`; there are: {}", known.join(", ")),
                )
            })
        },
    )
    .required()
}

fn confidence() -> Arguments<Option<u32>> {
    parsed_option(
        "confidence",
        "PERCENT",
        "置信水平：90、95 或 99；没有给 --size 时按它和 --margin 计算抽取几项，默认 95",
        "Confidence: 90, 95 or 99; without --size the number drawn follows from it and --margin; 95 where none is given",
        |text: &str| {
            text.parse().ok().filter(|percent| Precision::CONFIDENCES.contains(percent)).ok_or_else(|| {
                Text::new("置信水平为 90、95 或 99", "the confidence is 90, 95 or 99")
            })
        },
    )
    .with(|arg| arg.conflicts_with("size"))
    .maybe()
}

fn margin() -> Arguments<Option<u32>> {
    parsed_option(
        "margin",
        "PERCENT",
        "允许误差，1 至 50，默认 5",
        "Margin of error, 1 to 50; 5 where none is given",
        |text: &str| {
            text.parse()
                .ok()
                .filter(|percent| (1..=50).contains(percent))
                .ok_or_else(|| Text::new("允许误差为 1 至 50", "the margin is from 1 to 50"))
        },
    )
    .with(|arg| arg.conflicts_with("size"))
    .maybe()
}

fn output() -> Arguments<SampleOutput> {
    let output = parsed_option(
        "output",
        "FORMAT[:PATH]",
        "输出格式和文件：terminal（在屏幕上阅读，默认）、csv（供 Excel、WPS 打开）、xlsx（带去现场填写的工作簿，服务对象附问卷和结果计算）",
        "Format and file: terminal (to be read on a screen, where none is given), csv (for Excel and WPS), xlsx (a workbook to take along; of service objects with the questionnaire and the reckoning)",
        SampleOutput::parse,
    );
    output.with(|arg| arg.short('o')).maybe().map(Option::unwrap_or_default)
}
