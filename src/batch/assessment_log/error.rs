//! What is wrong with a log.

use std::io;
use std::path::Path;

use crate::model::fault::{Explain, Fault};
use crate::model::system;
use crate::model::text::Text;

/// What is wrong with a log.
#[derive(Debug)]
pub enum LogError {
    /// The system does not give it or take it.
    System {
        /// The log.
        file: String,
        /// Why.
        error: io::Error,
    },
    /// A line does not follow from the one before.
    Broken {
        /// The log.
        file: String,
        /// 1-based line.
        row: u64,
    },
}

impl LogError {
    pub(super) fn system(path: &Path, error: io::Error) -> Self {
        Self::System { file: path.display().to_string(), error }
    }
}

impl Explain for LogError {
    fn fault(&self) -> Fault {
        match self {
            Self::System { file, error } => {
                let message = Text::new("评价记录不能读写", "the log cannot be read or written");
                system::refusal(error).fault("log.unreadable", &message, Path::new(file))
            }
            Self::Broken { file, row } => Fault {
                code: "log.broken",
                message: Text::new(
                    format!("评价记录从第{row}行起与写入时不同：有记录被删去、改动、调换，或没有写完"),
                    format!(
                        "the log is not as it was written from line {row} on: entries were removed, changed or moved, or the line was cut off"
                    ),
                ),
                help: Text::new(
                    "换回原来的记录文件；确实损坏的，封存此文件，另起一个记录文件",
                    "go back to the log as it was; if it is lost, put this file away and begin another",
                ),
                file: Some(file.clone()),
                row: u32::try_from(*row).ok(),
                ..Fault::default()
            },
        }
    }
}
