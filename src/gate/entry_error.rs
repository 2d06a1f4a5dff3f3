//! What is wrong with a file of what does not count at the gate.

use std::io;
use std::path::Path;

use crate::model::fault::{Explain, Fault};
use crate::model::system;
use crate::model::text::Text;

/// A kind of file: how it is named and told of.
#[derive(Debug)]
pub(super) struct Kind {
    /// Name and version of its form.
    pub(super) form: &'static str,
    /// What it is called in Chinese and English.
    pub(super) name: (&'static str, &'static str),
    /// Codes of [`Defect`]s, in their order.
    pub(super) codes: [&'static str; 6],
    /// How a new one comes about.
    pub(super) help: (&'static str, &'static str),
}

/// What is wrong with a file.
#[derive(Debug)]
pub struct EntryError {
    /// Which kind of file.
    pub(super) kind: &'static Kind,
    /// The file.
    pub(super) file: String,
    /// 1-based line.
    pub(super) row: Option<usize>,
    /// What is wrong.
    pub(super) defect: Defect,
}

/// What is wrong at a place.
#[derive(Debug)]
pub(super) enum Defect {
    /// The system does not give the file.
    Unreadable(io::Error),
    /// It is no TOML of this form.
    Syntax(Text),
    /// It is of another version.
    Version,
    /// An entry without a reason.
    Reason,
    /// An entry that does not say until when.
    Expiry,
    /// An entry that nobody approved.
    Approver,
}

impl Explain for EntryError {
    fn fault(&self) -> Fault {
        let Self { kind, file, row, defect } = self;
        let [unreadable, syntax, version, reason, expiry, approver] = kind.codes;
        let ((name, english), (made, written)) = (kind.name, kind.help);
        let anew = || Text::new(made, written);
        let (code, message, help) = match defect {
            Defect::Unreadable(error) => {
                let message =
                    Text::new(format!("{name}文件无法读取"), format!("the {english} cannot be read"));
                return system::refusal(error).fault(unreadable, &message, Path::new(file));
            }
            Defect::Syntax(why) => {
                let message = Text::new(
                    format!("{name}文件写法有误：{}", why.zh),
                    format!("the {english}: {}", why.en),
                );
                (syntax, message, anew())
            }
            Defect::Version => {
                let message = Text::new(
                    format!("不是本版本的{name}文件"),
                    format!("this is no {english} of this version"),
                );
                (version, message, anew())
            }
            Defect::Reason => (
                reason,
                Text::new("这一条没有写明理由", "this entry has no reason"),
                Text::new("在 reason 中写明为什么不计入门禁", "say under `reason` why it does not count"),
            ),
            Defect::Expiry => (
                expiry,
                Text::new("这一条的到期日写法不对", "the day on which this entry expires cannot be read"),
                Text::new(
                    "在 expires 中写一个日期，如 2027-06-30",
                    "write a day under `expires`, such as 2027-06-30",
                ),
            ),
            Defect::Approver => (
                approver,
                Text::new("这一条没有写明由谁批准", "this entry does not say who approved it"),
                Text::new("在 approver 中写明批准的单位或人员", "say under `approver` who did"),
            ),
        };
        let row = row.and_then(|line| u32::try_from(line).ok());
        Fault { code, message, help, file: Some(file.clone()), row, ..Fault::default() }
    }
}
