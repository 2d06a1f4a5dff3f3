//! What the system says when it refuses, in the words of an office: its own are in English, whatever the language.

use std::io::{self, ErrorKind};

use super::text::Text;

/// Why the system refused.
pub fn told(error: &io::Error) -> Text {
    let zh = match error.kind() {
        ErrorKind::NotFound => "文件或文件夹不存在".to_owned(),
        ErrorKind::AlreadyExists => "文件已经存在".to_owned(),
        ErrorKind::PermissionDenied => "没有权限".to_owned(),
        ErrorKind::InvalidData => "不是UTF-8文本".to_owned(),
        ErrorKind::WouldBlock => "系统资源不足".to_owned(),
        ErrorKind::IsADirectory => "这是文件夹，不是文件".to_owned(),
        ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被占用".to_owned(),
        ErrorKind::UnexpectedEof => "文件比声明的短".to_owned(),
        ErrorKind::TimedOut => "超时".to_owned(),
        ErrorKind::OutOfMemory => "内存不足".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满".to_owned(),
        ErrorKind::InvalidFilename => "文件名无效".to_owned(),
        ErrorKind::StaleNetworkFileHandle | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            "网络盘连接中断".to_owned()
        }
        _ => error
            .raw_os_error()
            .map_or_else(|| "系统出错".to_owned(), |number| format!("系统出错（错误号{number}）")),
    };
    Text::new(zh, error.to_string())
}

/// What could not be done, and why the system refused.
pub fn refused(zh: &str, en: &str, error: &io::Error) -> Text {
    let why = told(error);
    Text::new(format!("{zh}：{}", why.zh), format!("{en}: {}", why.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_english_in_the_chinese() {
        for number in 1..=133 {
            let text = told(&io::Error::from_raw_os_error(number));
            assert!(!text.zh.contains(|c: char| c.is_ascii_alphabetic()), "{text:?}");
            assert!(!text.en.is_empty());
        }
    }
}
