//! What is said of what lies below the paths given and is not assessed: links, and folders without tables.

use std::path::{Path, PathBuf};

use crate::assessment::session::display_path;
use crate::model::fault::Fault;
use crate::model::text::Text;

/// A link to what is found at its own place.
pub(super) fn link(link: &Path) -> Fault {
    Fault {
        code: "ingest.link-passed-over",
        message: Text::new(
            "没有跟随这个链接：它指向的内容在给出的路径之内，按其实际位置评估",
            "this link was not followed: what it leads to lies in the paths given and is found at its own place",
        ),
        help: Text::new("不需要时删除这个链接", "remove it if it is not needed"),
        file: Some(display_path(link)),
        ..Fault::default()
    }
}

/// A link that would be a submission, to what nobody gave.
pub(super) fn unread_link(link: &Path) -> Fault {
    Fault {
        code: "ingest.link",
        message: Text::new(
            "链接指向给出的路径之外，没有跟随，未读取申报材料",
            "a link to outside the paths given is not followed: no submission was read",
        ),
        help: Text::new(
            "用文件夹或文件本身代替链接，或在命令行中直接给出它的路径",
            "put the folder or file itself in its place, or name its path on the command line",
        ),
        file: Some(display_path(link)),
        ..Fault::default()
    }
}

/// Folders that are named in a message; how many more there are is told.
const NAMED: usize = 5;

/// Folders beside submissions in which there is no table; `None` where there are none.
pub(super) fn folders(folders: &[PathBuf]) -> Option<Fault> {
    let names: Vec<String> = folders.iter().take(NAMED).map(|folder| display_path(folder)).collect();
    let rest = folders.len().saturating_sub(NAMED);
    let (more_zh, more_en) = match rest {
        0 => (String::new(), String::new()),
        rest => (format!("等{}个", folders.len()), format!(" and {rest} more")),
    };
    (!folders.is_empty()).then(|| Fault {
        code: "ingest.folder-passed-over",
        message: Text::new(
            format!("以下文件夹没有数据表，未评估：{}{more_zh}", names.join("、")),
            format!("folders without tables were passed over: {}{more_en}", names.join(", ")),
        ),
        help: Text::new(
            "是被评估单位的，请把数据表放进去；不是的，可不理会，也可写进 .wanggeignore",
            "put tables into those of organizations; others may be named in .wanggeignore",
        ),
        ..Fault::default()
    })
}
