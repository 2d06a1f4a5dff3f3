//! What can be wrong with packs, each at its place.

use std::io;

use thiserror::Error;

use super::pack_error::PackError;
use super::place::Place;
use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;
use crate::script::RuleFault;

/// A pack that cannot be used.
#[derive(Clone, Debug, Error)]
pub enum PackFault {
    /// The folder, the archive or a file of it cannot be read.
    #[error("pack {path}: {}", why.en)]
    Unreadable {
        /// Folder or file.
        path: String,
        /// Why.
        why: Text,
    },
    /// Something in a file of a pack is not as it should be.
    #[error("{}: {}", at.file(), error.message().en)]
    At {
        /// Where it stands.
        at: Place,
        /// What is wrong.
        error: PackError,
    },
    /// A pack is not what its lock or its signature says it is.
    #[error("{file}: {}", message.en)]
    Untrusted {
        /// The pack, its lock or its signature.
        file: String,
        /// What is wrong.
        message: Text,
        /// What to do.
        help: Text,
    },
    /// A rule that does not compile.
    #[error("{}", .0.message.en)]
    Rule(RuleFault),
}

impl PackFault {
    /// Something wrong at a place.
    pub(super) fn at(place: &Place, error: PackError) -> Self {
        Self::At { at: place.clone(), error }
    }

    /// Something the system cannot read.
    pub(super) fn unreadable(path: &str, error: &io::Error) -> Self {
        let zh = match error.kind() {
            io::ErrorKind::NotFound => "没有这个文件或文件夹",
            io::ErrorKind::PermissionDenied => "没有读取权限",
            io::ErrorKind::InvalidData => "内容损坏，或编码不是 UTF-8",
            _ => "读取出错",
        };
        Self::Unreadable { path: path.to_owned(), why: Text::new(zh, error.to_string()) }
    }

    /// An archive that is damaged.
    pub(super) fn damaged(path: &str, why: &impl ToString) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            why: Text::new("压缩包损坏，或不是压缩包", why.to_string()),
        }
    }
}

impl Explain for PackFault {
    fn fault(&self) -> Fault {
        match self {
            Self::Unreadable { path, why } => Fault {
                code: "pack.unreadable",
                message: Text::new(
                    format!("规则包读不了：{}", why.zh),
                    format!("the pack cannot be read: {}", why.en),
                ),
                help: Text::new(
                    "--packs 后面写规则包文件夹或 .wpack 文件",
                    "give --packs the folder of a pack, or a .wpack file",
                ),
                file: Some(path.clone()),
                ..Fault::default()
            },
            Self::At { at, error } => Fault {
                code: error.code(),
                message: error.message(),
                help: error.help(),
                file: Some(at.file().to_owned()),
                row: at.row(),
                column: at.row().map(|_| at.column().to_string()),
                excerpt: at.excerpt(),
                ..Fault::default()
            },
            Self::Untrusted { file, message, help } => Fault {
                code: "pack.untrusted",
                message: message.clone(),
                help: help.clone(),
                file: Some(file.clone()),
                ..Fault::default()
            },
            Self::Rule(fault) => fault.fault(),
        }
    }
}
