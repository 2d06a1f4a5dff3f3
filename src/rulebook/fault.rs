//! What can be wrong with a pack.

use thiserror::Error;

use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;
use crate::script::RuleFault;

/// A pack that cannot be used.
#[derive(Clone, Debug, Error)]
pub enum PackFault {
    /// The folder or a file of it cannot be read.
    #[error("pack {path}: {why}")]
    Unreadable {
        /// Folder or file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// `pack.toml` or a catalog file is not what it should be.
    #[error("{file}: {message}")]
    Malformed {
        /// File inside the pack.
        file: String,
        /// 1-based line, where known.
        line: Option<u32>,
        /// The line itself.
        excerpt: String,
        /// What is wrong.
        message: String,
    },
    /// A pack sets something that does not exist.
    #[error("{file}: {}", message.en)]
    NothingToOverride {
        /// File inside the pack.
        file: String,
        /// What is wrong.
        message: Text,
    },
    /// An item of the catalog has no rule, or a rule has no item.
    #[error("{}", message.en)]
    Uncovered {
        /// What is wrong.
        message: Text,
    },
    /// A rule that does not compile.
    #[error("{}", .0.message.en)]
    Rule(RuleFault),
}

impl Explain for PackFault {
    fn fault(&self) -> Fault {
        match self {
            Self::Unreadable { path, why } => Fault {
                code: "pack.unreadable",
                message: Text::new(format!("规则包读不了：{why}"), format!("the pack cannot be read: {why}")),
                help: Text::new("--packs 后面写规则包文件夹", "give --packs the folder of a pack"),
                file: Some(path.clone()),
                ..Fault::default()
            },
            Self::Malformed { file, line, excerpt, message } => Fault {
                code: "pack.malformed",
                message: Text::new(format!("格式有误：{message}"), format!("malformed: {message}")),
                help: Text::new(
                    "对照内置规则包的同名文件修改",
                    "compare with the same file of the built-in pack",
                ),
                file: Some(file.clone()),
                row: *line,
                excerpt: line.map(|_| (excerpt.clone(), 0, excerpt.chars().count())),
                ..Fault::default()
            },
            Self::NothingToOverride { file, message } => Fault {
                code: "pack.nothing-to-override",
                message: message.clone(),
                help: Text::new(
                    "检查名称；覆盖项必须对应已有的内容",
                    "check the name: what is overridden must exist",
                ),
                file: Some(file.clone()),
                ..Fault::default()
            },
            Self::Uncovered { message } => Fault {
                code: "pack.uncovered",
                message: message.clone(),
                help: Text::new(
                    "每个评价内容须有且只有一条规则，文件名等于编号",
                    "each item needs exactly one rule whose file is named after it",
                ),
                ..Fault::default()
            },
            Self::Rule(fault) => fault.fault(),
        }
    }
}
