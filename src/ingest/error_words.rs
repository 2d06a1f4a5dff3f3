//! What errors of reading say: code, what is wrong, what to do.

use super::damage::WHOLE;
use super::encoding_words;
use super::error::IngestError;
use crate::model::system::Refusal;
use crate::model::text::Text;

impl IngestError {
    /// Code, message and help.
    pub(super) fn words(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Missing { .. } => (
                "ingest.missing",
                Text::new("路径不存在", "the path does not exist"),
                Text::new("检查路径是否写对", "check how the path is written"),
            ),
            Self::Unreadable { why: Refusal { cause, help }, .. } => (
                "ingest.unreadable",
                Text::new(format!("无法读取：{}", cause.zh), format!("cannot be read: {}", cause.en)),
                help.clone(),
            ),
            Self::Nothing { .. } => (
                "ingest.nothing",
                Text::new("没有可读取的数据表", "there is no table that can be read"),
                Text::new(
                    "放入 .csv 或 .xlsx 数据表，或给出一个 .xlsx 工作簿",
                    "put .csv or .xlsx tables there, or give an .xlsx workbook",
                ),
            ),
            Self::Link { .. } => (
                "ingest.link",
                Text::new("链接指向申报材料之外，不读取", "a link to outside the submission is not followed"),
                Text::new("用文件本身代替链接", "put the file itself in its place"),
            ),
            Self::NotAFile { .. } => (
                "ingest.not-a-file",
                Text::new(
                    "不是普通文件（管道、设备、套接字，或失效的链接），不读取",
                    "no regular file (a pipe, a device, a socket, or a link that leads nowhere): it is not opened",
                ),
                Text::new("放入数据表文件本身", "put the file of the table itself in its place"),
            ),
            Self::Changed { .. } => (
                "ingest.changed",
                Text::new(
                    "文件在读取过程中被改动，读到的内容不可信",
                    "the file changed while it was read, so what was read of it cannot be trusted",
                ),
                Text::new(
                    "等文件传输或保存完成、不再有人改动后重新运行",
                    "run it again once the file is wholly copied or saved and nobody works on it",
                ),
            ),
            Self::UnsupportedFormat { .. } => (
                "ingest.format",
                Text::new("不读取这种格式的表格", "tables in this format are not read"),
                Text::new(
                    "用Excel或WPS打开，另存为 .xlsx；压缩包请先解压",
                    "open it in Excel or WPS and save it as .xlsx; unpack an archive first",
                ),
            ),
            other => other.words_of_text(),
        }
    }

    /// The same, for what is wrong inside a text file.
    fn words_of_text(&self) -> (&'static str, Text, Text) {
        match self {
            Self::Encoding { .. } | Self::Utf16 { .. } | Self::Big5 { .. } | Self::MixedEncodings { .. } => {
                ("ingest.encoding", encoding_words::message(self), encoding_words::help(self))
            }
            Self::Quote { field, .. } => (
                "ingest.quote",
                Text::new(
                    format!("本行第{field}个字段的引号没有正确闭合，其后的行无法可靠分开"),
                    format!(
                        "the quote of field {field} is not closed properly, so later rows cannot be told apart"
                    ),
                ),
                Text::new(
                    "补上或删除这个双引号；字段内的双引号要写两次",
                    "close or remove the quote; a quote inside a quoted field is written twice",
                ),
            ),
            Self::Nul { .. } => (
                "ingest.nul",
                Text::new("文件含空字节（NUL），不是文本", "a NUL byte: this is not text"),
                Text::new("重新导出为CSV（UTF-8）或 .xlsx", "export it again as CSV (UTF-8) or .xlsx"),
            ),
            Self::Archive { error, .. } => error.words(),
            Self::NoSuchTable { table, suggestion, .. } => (
                "database.table",
                Text::new(format!("没有“{table}”这张数据表"), format!("there is no table `{table}`")),
                suggestion.as_ref().map_or_else(
                    || Text::new("规定的表名见 docs/tables.md", "docs/tables.md lists the tables"),
                    |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
                ),
            ),
            Self::TooLarge { limit, .. } => ("ingest.too-large", limit.text(), limit.help()),
            other => other.words_of_workbook(),
        }
    }

    /// The same, for what is wrong with a workbook.
    fn words_of_workbook(&self) -> (&'static str, Text, Text) {
        let save_again = Text::new(
            "用Excel或WPS打开后另存为新的 .xlsx",
            "open it in Excel or WPS and save it as a new .xlsx",
        );
        match self {
            Self::Encrypted { .. } => (
                "ingest.encrypted",
                Text::new("工作簿有打开密码，无法读取", "the workbook has a password and cannot be read"),
                Text::new("取消密码，另存为 .xlsx", "remove the password and save it as .xlsx"),
            ),
            Self::Damaged { damage, said, .. } => {
                let Text { zh, mut en } = damage.text();
                if !said.is_empty() {
                    en = format!("{en} ({said})");
                }
                (
                    "ingest.damaged",
                    Text::new(format!("工作簿已损坏：{zh}"), format!("the workbook is damaged: {en}")),
                    save_again,
                )
            }
            Self::Suspicious { part, reason, .. } => {
                let what = reason.text();
                // Some of it is wrong with the whole, which has no name.
                let (zh, en) = match part.as_str() {
                    WHOLE => (String::new(), "it".to_owned()),
                    part => (format!("部件 {part} "), format!("its part {part}")),
                };
                (
                    "ingest.suspicious",
                    Text::new(
                        format!("工作簿异常，拒绝打开：{zh}{}", what.zh),
                        format!("refused to open the workbook: {en} {}", what.en),
                    ),
                    save_again,
                )
            }
            _ => (
                "ingest.not-a-workbook",
                Text::new(
                    "扩展名是工作簿，内容却不是",
                    "it has the name of a workbook, but its content is none",
                ),
                save_again,
            ),
        }
    }
}
