//! Why a rule cannot be made.

use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;

/// Why a rule or a pack cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NewFault {
    /// The id is none.
    Id { id: String },
    /// There is a rule of this id.
    Rule { id: String, file: String },
    /// The item would stand in a table of another pack.
    Foreign { id: String, table: String },
    /// There is no such table of data.
    Table { name: String, near: Option<String>, known: Text },
    /// A file that would be written is there already.
    Occupied { path: String },
    /// The pack is a file.
    File { path: String },
    /// The folder holds packs: it is none itself.
    FolderOfPacks { path: String, pack: String },
    /// A file is written in a way that only its author can change it.
    ByHand { path: String, add: String },
}

impl Explain for NewFault {
    fn fault(&self) -> Fault {
        let (message, help) = self.words();
        let file = match self {
            Self::Rule { file, .. } => Some(file.clone()),
            Self::Occupied { path }
            | Self::File { path }
            | Self::FolderOfPacks { path, .. }
            | Self::ByHand { path, .. } => Some(path.clone()),
            Self::Id { .. } | Self::Foreign { .. } | Self::Table { .. } => None,
        };
        Fault { code: self.code(), message, help, file, ..Fault::default() }
    }
}

impl NewFault {
    const fn code(&self) -> &'static str {
        match self {
            Self::Id { .. } => "new.id",
            Self::Rule { .. } => "new.rule-exists",
            Self::Foreign { .. } => "new.foreign-table",
            Self::Table { .. } => "new.table",
            Self::Occupied { .. } => "new.file-exists",
            Self::File { .. } => "new.not-a-folder",
            Self::FolderOfPacks { .. } => "new.folder-of-packs",
            Self::ByHand { .. } => "new.by-hand",
        }
    }

    fn words(&self) -> (Text, Text) {
        match self {
            Self::Id { id } => (
                Text::new(format!("“{id}”不能作规则编号"), format!("`{id}` cannot be the id of a rule")),
                Text::new(
                    "评价内容写成 表号.序号，如 A.8.1；本地规则写成 前缀/序号，如 P/1；标准条款照写，如 2/10.6.1",
                    "an item is TABLE.NUMBER, such as A.8.1; a rule of your own PREFIX/NUMBER, such as P/1; a clause of the standard as it stands, such as 2/10.6.1",
                ),
            ),
            Self::Rule { id, .. } => (
                Text::new(format!("规则“{id}”已经有了"), format!("there is a rule `{id}` already")),
                Text::new(
                    format!("换一个编号，如 {id}b；要改动这条规则，用 wangge rules eject 规则包文件夹 {id}"),
                    format!("choose another id; to change this rule run `wangge rules eject DIR {id}`"),
                ),
            ),
            Self::Foreign { id, table } => (
                Text::new(
                    format!("“{id}”属于下层规则包的表 {table}，不能往里加项"),
                    format!("`{id}` would stand in table {table} of a pack below, which cannot be added to"),
                ),
                Text::new(
                    "自己另立一张表，如 A.8，编号写 A.8.1",
                    "begin a table of your own, such as A.8: the id is A.8.1",
                ),
            ),
            Self::Table { name, near, known } => (
                Text::new(format!("没有数据表“{name}”"), format!("there is no table `{name}`")),
                near.as_ref().map_or_else(
                    || Text::new(format!("可取：{}", known.zh), format!("there are {}", known.en)),
                    |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
                ),
            ),
            Self::Occupied { .. } => (
                Text::new("文件已经存在，没有改动", "the file is there already; nothing was changed"),
                Text::new(
                    "换一个编号或文件夹，或先移走这个文件",
                    "choose another id or folder, or move the file away first",
                ),
            ),
            Self::File { .. } => (
                Text::new("规则包应是文件夹，这是一个文件", "the pack should be a folder, this is a file"),
                Text::new("--pack 后面写文件夹", "give a folder after --pack"),
            ),
            Self::FolderOfPacks { pack, .. } => (
                Text::new(
                    format!("这个文件夹里放着规则包“{pack}”，它自己不是规则包"),
                    format!("the folder holds the pack `{pack}`; it is no pack itself"),
                ),
                Text::new(
                    "--pack 后面写其中一个，或写一个新的文件夹",
                    "give one of them after --pack, or a new folder",
                ),
            ),
            Self::ByHand { add, .. } => (
                Text::new(
                    "这个文件的写法不能自动修改，没有改动",
                    "this file is written in a way that cannot be changed by itself; nothing was changed",
                ),
                Text::new(format!("请手工写明：{add}"), format!("write it by hand: {add}")),
            ),
        }
    }
}
