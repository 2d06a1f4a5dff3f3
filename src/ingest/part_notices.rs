//! What the reader says of folders inside a submission, and of the files in them.

use super::beside::LeftFolder;
use super::notices::notice;
use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::finding_collector::Notice;
use crate::model::text::Text;
use crate::table::table_schema::TableDecl;

/// A folder inside that is not read, or the one that holds files that are not.
pub(super) fn nested_folder(folder: &str, why: LeftFolder) -> Notice {
    let (severity, (zh, en), help) = match why {
        LeftFolder::Submission => (
            Severity::Warning,
            (
                "中有单位信息，是另一份申报材料，未读取",
                "says whose it is: it is a submission of its own and was not read",
            ),
            (
                "单独评估该文件夹；若属于本单位，去掉其中的单位信息",
                "assess it by itself; if it belongs here, take out its table of the organization",
            ),
        ),
        LeftFolder::Copy => (
            Severity::Advice,
            ("按名称是备份、旧版或模板，未读取", "holds copies or forms by its name and was not read"),
            (
                "若是数据，改名后重新提交；若不是，可不理会",
                "if it holds data, rename it and submit again; if not, ignore this",
            ),
        ),
        LeftFolder::Deep => (
            Severity::Warning,
            ("层次太深，未读取", "lies too deep and was not read"),
            ("把数据表移到上面的文件夹", "move its tables further up"),
        ),
        LeftFolder::Unlisted => (
            Severity::Warning,
            ("不能打开，未读取", "cannot be opened and was not read"),
            ("检查权限后重新评估", "see to its permissions and assess again"),
        ),
        LeftFolder::Nameless => (
            Severity::Advice,
            (
                "中有表格文件不以数据表命名，未读取",
                "holds table files that have no table's name and were not read",
            ),
            (
                "若是数据表的一部分，改用规定的表名，如“甲镇/网格事件.csv”；若是附件，可不理会",
                "if they are parts of a table, give them its name, as in `甲镇/网格事件.csv`; if they are attachments, ignore this",
            ),
        ),
    };
    let message =
        Text::new(format!("子文件夹“{folder}”{zh}"), format!("the folder \"{folder}\" inside {en}"));
    notice(severity, message, Text::new(help.0, help.1))
}

/// A file in a folder inside that has a table's name and cannot be read.
pub(super) fn unreadable_part(file: &str, fault: &Fault) -> Notice {
    let message = Text::new(
        format!("子文件夹中的“{file}”未读取：{}", fault.message.zh),
        format!("\"{file}\" in a folder inside was not read: {}", fault.message.en),
    );
    notice(Severity::Warning, message, fault.help.clone())
}

/// A file in a folder inside that has a table's name and not its header.
pub(super) fn headless_part(file: &str, table: &TableDecl) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("子文件夹中的“{file}”没有“{}”的表头，未读取", table.zh),
            format!("\"{file}\" in a folder inside has no header of \"{}\" and was not read", table.id),
        ),
        Text::new(
            "若是该表的一部分，补上与该表相同的表头；若是附件，改名后重新提交",
            "if it is part of that table, give it the same header; if it is an attachment, rename it",
        ),
    )
}

/// A workbook in a folder inside that says whose it is.
pub(super) fn foreign_workbook(file: &str) -> Notice {
    notice(
        Severity::Warning,
        Text::new(
            format!("子文件夹中的工作簿“{file}”有单位信息，是另一份申报材料，未读取"),
            format!(
                "the workbook \"{file}\" in a folder inside says whose it is: it is a submission of its own and was not read"
            ),
        ),
        Text::new(
            "单独评估该工作簿；若属于本单位，去掉其中的单位信息",
            "assess it by itself; if it belongs here, take out its sheet of the organization",
        ),
    )
}
