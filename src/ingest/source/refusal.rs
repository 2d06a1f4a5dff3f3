//! Why an archive is not read.

use crate::model::text::Text;

/// What is wrong with an archive, and with which entry of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveError {
    /// Name of the entry inside the archive; none where it is about the archive.
    pub entry: Option<String>,
    /// What is wrong.
    pub fault: ArchiveFault,
}

/// What is wrong with an archive or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveFault {
    /// Not a ZIP, whatever its name says.
    NotAnArchive,
    /// Cut off or corrupt; what the library says, in English.
    Damaged(String),
    /// Packed in a way that is not read.
    Method,
    /// It has a password.
    Encrypted,
    /// Two entries with one name, small and capital letters being the same.
    Duplicate,
    /// Entries whose bytes overlap.
    Overlap,
    /// It would unpack to many times its size.
    Ratio,
    /// The name is absolute or leads out of the archive.
    Outside,
    /// A symbolic link.
    Link,
    /// A pipe, a device, a socket.
    Special,
    /// The name cannot be that of a file on every system, or holds characters that hide or reverse.
    Name,
    /// The name is text neither in UTF-8 nor in GB18030.
    Encoding,
    /// The tables lie deeper than the one folder that was packed: in these folders.
    Nested(Vec<String>),
    /// It packs no table.
    Nothing,
}

impl ArchiveFault {
    /// Code of the error.
    const fn code(&self) -> &'static str {
        match self {
            Self::NotAnArchive => "ingest.not-an-archive",
            Self::Damaged(_) | Self::Method => "ingest.damaged",
            Self::Encrypted => "ingest.encrypted",
            Self::Duplicate | Self::Overlap | Self::Ratio => "ingest.suspicious",
            Self::Outside | Self::Link | Self::Special | Self::Name | Self::Encoding => "ingest.entry",
            Self::Nested(_) | Self::Nothing => "ingest.nothing",
        }
    }

    fn text(&self) -> Text {
        let (zh, en) = match self {
            Self::NotAnArchive => (
                "扩展名是 .zip，内容却不是 ZIP 压缩包",
                "it is named .zip, but its content is not a ZIP archive",
            ),
            Self::Damaged(said) => {
                let en = format!("the archive is damaged, or was not wholly copied ({said})");
                return Text::new("压缩包已损坏或不完整", en);
            }
            Self::Method => ("采用了不读取的压缩方式", "it is packed in a way that is not read"),
            Self::Encrypted => ("有密码，不能读取", "it has a password and cannot be read"),
            Self::Duplicate => (
                "有两个同名的（不分大小写），不能确定哪一个有效",
                "two entries have this name (small and capital letters being the same); which one counts cannot be told",
            ),
            Self::Overlap => ("压缩包异常：条目的数据相互重叠", "entries of the archive overlap"),
            Self::Ratio => ("解压后超过原大小的200倍", "unpacks to more than 200 times its size"),
            Self::Outside => (
                "名称指向压缩包之外，或用反斜杠分隔",
                "its name leads out of the archive, or is separated by backslashes",
            ),
            Self::Link => ("是链接，不跟随", "it is a link, which is not followed"),
            Self::Special => {
                ("不是普通文件（管道、设备、套接字）", "it is no regular file (a pipe, a device, a socket)")
            }
            Self::Name => (
                "名称中有控制字符、不可见字符或系统不允许的写法",
                "its name holds control or invisible characters, or is not allowed on every system",
            ),
            Self::Encoding => (
                "名称的编码既不是UTF-8，也不是GB18030（GBK）",
                "its name is text neither in UTF-8 nor in GB18030 (GBK)",
            ),
            Self::Nothing => ("压缩包里没有可读取的数据表", "the archive packs no table that can be read"),
            Self::Nested(folders) => {
                return Text::new(
                    format!("数据表在压缩包内的下级文件夹中，未读取：{}", folders.join("、")),
                    format!(
                        "the tables lie in folders inside the archive, which are not read: {}",
                        folders.join(", ")
                    ),
                );
            }
        };
        Text::new(zh, en)
    }

    fn help(&self) -> Text {
        let (zh, en) = match self {
            Self::Encrypted => ("去掉密码，重新打包后提交", "pack it again without a password"),
            Self::Link | Self::Special => {
                ("用文件本身代替，重新打包", "put the file itself in its place and pack it again")
            }
            Self::Outside | Self::Name | Self::Encoding => (
                "改名后，用系统自带的压缩功能把申报材料的文件夹重新打包",
                "rename it and pack the folder of the submission again with the archiver of the system",
            ),
            Self::Nested(_) => (
                "一个压缩包只装一份申报材料，数据表直接放在同一个文件夹里；装有多份的，解压后评估",
                "pack one submission in one archive, its tables directly in one folder; unpack an archive of several",
            ),
            Self::Nothing => (
                "把含 .csv 或 .xlsx 数据表的文件夹打包成ZIP",
                "pack the folder that holds the .csv or .xlsx tables",
            ),
            _ => {
                ("把申报材料的文件夹重新打包成ZIP后提交", "pack the folder of the submission as a ZIP again")
            }
        };
        Text::new(zh, en)
    }
}

impl ArchiveError {
    /// What is wrong with a whole archive.
    pub(in crate::ingest) const fn whole(fault: ArchiveFault) -> Self {
        Self { entry: None, fault }
    }

    /// Code, message and help.
    pub(in crate::ingest) fn words(&self) -> (&'static str, Text, Text) {
        let Text { zh, en } = self.fault.text();
        let message = match &self.entry {
            Some(entry) => {
                Text::new(format!("压缩包内的“{entry}”：{zh}"), format!("`{entry}` in the archive: {en}"))
            }
            None => Text::new(zh, en),
        };
        (self.fault.code(), message, self.fault.help())
    }
}
