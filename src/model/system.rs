//! What the system is asked for files, and what it says when it refuses, in the words of an office: its own are in
//! English, whatever the language.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::fault::Fault;
use super::text::Text;

/// Why the system refused, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub cause: Text,
    /// What to do.
    pub help: Text,
}

impl Refusal {
    /// The failure as it is shown: what came of it, and why.
    pub fn fault(self, code: &'static str, what: &Text, path: &Path) -> Fault {
        let message =
            Text::new(format!("{}：{}", what.zh, self.cause.zh), format!("{}: {}", what.en, self.cause.en));
        Fault { code, message, help: self.help, file: Some(path.display().to_string()), ..Fault::default() }
    }
}

/// What is said of an error that has no words of its own.
const FAILED: &str = "系统出错";

/// Why the system refused, and what to do about it.
pub fn refusal(error: &io::Error) -> Refusal {
    let (zh, help) = words(kind(error));
    let number = error.raw_os_error().filter(|_| zh == FAILED);
    let zh = number.map_or_else(|| zh.to_owned(), |number| format!("{zh}（错误号{number}）"));
    Refusal { cause: Text::new(zh, error.to_string()), help: Text::new(help.0, help.1) }
}

/// The kind of an error. The standard library has none for some of what Windows says.
fn kind(error: &io::Error) -> ErrorKind {
    match error.raw_os_error().filter(|_| cfg!(windows)) {
        // Another program has opened or locked it, or shows it: ERROR_SHARING_VIOLATION, LOCK_VIOLATION, USER_MAPPED_FILE.
        Some(32 | 33 | 1224) => ErrorKind::ResourceBusy,
        _ => error.kind(),
    }
}

/// The same of a file that was to be written: it is its folder that is missing.
pub fn refusal_writing(error: &io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::NotFound => Refusal {
            cause: Text::new("目标文件夹不存在", error.to_string()),
            help: Text::new("请先建立目标文件夹", "make the folder first"),
        },
        _ => refusal(error),
    }
}

/// What is said of an error in Chinese, and what helps in both languages.
const fn words(kind: ErrorKind) -> (&'static str, (&'static str, &'static str)) {
    match kind {
        ErrorKind::NotFound => ("文件不存在", ("检查路径是否写对", "check how the path is written")),
        ErrorKind::PermissionDenied => (
            "没有权限",
            ("检查文件和所在文件夹的权限", "check the permissions of the file and of its folder"),
        ),
        ErrorKind::IsADirectory => ("这是文件夹，不是文件", ("请给出文件的路径", "give the path of a file")),
        ErrorKind::Unsupported => (
            "不是普通文件（管道、设备、套接字）",
            ("请给出普通文件的路径", "give the path of a regular file"),
        ),
        ErrorKind::NotADirectory => {
            ("路径中有一段不是文件夹", ("检查路径是否写对", "check how the path is written"))
        }
        ErrorKind::DirectoryNotEmpty => {
            ("文件夹不是空的", ("换一个新的或空的文件夹", "name a new or empty folder"))
        }
        ErrorKind::AlreadyExists => {
            ("文件已经存在", ("换一个文件名，或先移走原有的文件", "name another file, or move that one away"))
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => (
            "文件正被占用",
            (
                "关闭占用文件的程序（如Excel、WPS）后再试",
                "close the program that holds the file, such as Excel or WPS, and try again",
            ),
        ),
        ErrorKind::UnexpectedEof => (
            "文件比声明的短",
            ("等文件传输或保存完成后再试", "try again once the file is wholly copied or saved"),
        ),
        ErrorKind::InvalidData => {
            ("内容不是所要求的文本编码", ("另存为UTF-8编码的文本", "save it as text in UTF-8"))
        }
        ErrorKind::TimedOut => {
            ("超时", ("检查磁盘或网络连接后再试", "check the disk or the network and try again"))
        }
        ErrorKind::OutOfMemory => ("内存不足", ("关闭其他程序后再试", "close other programs and try again")),
        ErrorKind::WouldBlock => ("资源暂时不足", ("稍后再试", "try again later")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("磁盘已满", ("清理磁盘空间后再试", "make room on the disk and try again"))
        }
        ErrorKind::FileTooLarge => (
            "文件超出系统允许的大小",
            ("放宽对文件大小的限制（ulimit -f）", "raise the limit on the size of files (ulimit -f)"),
        ),
        ErrorKind::ReadOnlyFilesystem => {
            ("磁盘是只读的", ("改用可以写入的位置", "use a place that can be written"))
        }
        ErrorKind::InvalidFilename => (
            "文件名无效",
            ("改用较短、不含特殊字符的文件名", "use a shorter name without special characters"),
        ),
        ErrorKind::StaleNetworkFileHandle | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => (
            "网络盘连接中断",
            ("重新连接网络盘，或复制到本机磁盘后再试", "connect it again, or copy the files to this machine"),
        ),
        _ => (
            FAILED,
            ("重试；仍然出错的，请联系系统管理员", "try again; if it fails again, ask the administrator"),
        ),
    }
}

/// Opens what is at a path, if it is a regular file. Nothing else is opened, since a device may act on it; what has
/// taken the place of a file meanwhile is not waited for.
///
/// # Errors
///
/// The system refuses.
pub fn open_regular(path: &Path) -> io::Result<Option<(File, Metadata)>> {
    if !path.metadata()?.is_file() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.read(true);
    do_not_wait(&mut options);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    Ok(metadata.is_file().then_some((file, metadata)))
}

/// The same where nothing but a file is any use.
///
/// # Errors
///
/// The system refuses, or it is no file.
pub fn open_file(path: &Path) -> io::Result<(File, Metadata)> {
    let other = || io::Error::new(ErrorKind::Unsupported, "no regular file (a pipe, a device, a socket)");
    open_regular(path)?.ok_or_else(other)
}

/// A pipe without a writer is opened at once.
#[cfg(unix)]
fn do_not_wait(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    if let Ok(flags) = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()) {
        options.custom_flags(flags);
    }
}

/// Other systems have no such files.
#[cfg(not(unix))]
fn do_not_wait(_: &mut OpenOptions) {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn no_english_in_the_chinese() {
        for number in 1..=133 {
            let error = io::Error::from_raw_os_error(number);
            for Refusal { cause, help } in [refusal(&error), refusal_writing(&error)] {
                assert!(!cause.zh.contains(|c: char| c.is_ascii_alphabetic()), "{cause:?}");
                assert!(!cause.en.is_empty() && !help.zh.is_empty() && !help.en.is_empty(), "{help:?}");
            }
        }
        assert_eq!(refusal_writing(&ErrorKind::NotFound.into()).cause.zh, "目标文件夹不存在");
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_are_opened_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "text").unwrap();
        assert_eq!(open_regular(&at("file")).unwrap().map(|(_, metadata)| metadata.len()), Some(4));
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        for path in [at("pipe"), folder.path().to_owned(), "/dev/null".into()] {
            assert!(open_regular(&path).unwrap().is_none(), "{path:?}");
        }
        assert_eq!(open_regular(&at("nothing")).unwrap_err().kind(), ErrorKind::NotFound);
        // What a pipe put in the place of the file would meet.
        let mut options = OpenOptions::new();
        options.read(true);
        do_not_wait(&mut options);
        assert!(!options.open(at("pipe")).unwrap().metadata().unwrap().is_file());
    }
}
