//! What is said of links below the paths given.

use std::path::Path;

use crate::assessment::session::display_path;
use crate::model::fault::Fault;
use crate::model::text::Text;

/// A link to what is found at its own place.
pub(super) fn passed(link: &Path) -> Fault {
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
pub(super) fn unread(link: &Path) -> Fault {
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
