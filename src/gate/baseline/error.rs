//! What is wrong with a baseline.

use std::io;
use std::path::Path;

use crate::model::fault::{Explain, Fault};
use crate::model::system;
use crate::model::text::Text;

/// What is wrong with the file of a baseline.
#[derive(Debug)]
pub enum BaselineError {
    /// The system does not give it.
    Unreadable(String, io::Error),
    /// It is no TOML of this form.
    Syntax(String, usize, Text),
    /// It is of another version.
    Version(String),
    /// An entry without a reason.
    Reason(String, usize),
    /// An entry that does not say until when.
    Expiry(String, usize),
}

impl Explain for BaselineError {
    fn fault(&self) -> Fault {
        let (code, message, help, file, line) = match self {
            Self::Unreadable(file, error) => {
                let message = Text::new("基准文件无法读取", "the baseline cannot be read");
                return system::refusal(error).fault("baseline.unreadable", &message, Path::new(file));
            }
            Self::Syntax(file, line, why) => (
                "baseline.syntax",
                Text::new(format!("基准文件写法有误：{}", why.zh), format!("the baseline: {}", why.en)),
                Text::new("用 wangge baseline write 重新写出", "have `wangge baseline write` write it anew"),
                file,
                Some(*line),
            ),
            Self::Version(file) => (
                "baseline.version",
                Text::new("不是本版本的基准文件", "this is no baseline of this version"),
                Text::new("用 wangge baseline write 重新写出", "have `wangge baseline write` write it anew"),
                file,
                None,
            ),
            Self::Reason(file, line) => (
                "baseline.reason",
                Text::new("这一条没有写明理由", "this entry has no reason"),
                Text::new(
                    "在 reason 中写明为什么暂不计入门禁",
                    "say under `reason` why it does not count for now",
                ),
                file,
                Some(*line),
            ),
            Self::Expiry(file, line) => (
                "baseline.expiry",
                Text::new("这一条的到期日写法不对", "the day on which this entry expires cannot be read"),
                Text::new(
                    "在 expires 中写一个日期，如 2027-06-30",
                    "write a day under `expires`, such as 2027-06-30",
                ),
                file,
                Some(*line),
            ),
        };
        let row = line.and_then(|line| u32::try_from(line).ok());
        Fault { code, message, help, file: Some(file.clone()), row, ..Fault::default() }
    }
}
