//! What is said of a text that is not in the encoding it should be in, and what to do about it.

use super::encoding::Wanted;
use super::error::IngestError;
use crate::model::text::Text;

/// What is wrong.
pub(super) fn message(error: &IngestError) -> Text {
    match error {
        IngestError::Utf16 { .. } => Text::new(
            "文件是UTF-16编码，但不完整或太大，无法读取",
            "the file is UTF-16, and is not whole or is too large to be read as such",
        ),
        IngestError::Big5 { .. } => Text::new(
            "文件是Big5（繁体中文）编码，不是GB18030（GBK）或UTF-8",
            "the file is in Big5 (traditional Chinese), neither in GB18030 (GBK) nor in UTF-8",
        ),
        IngestError::MixedEncodings { .. } => Text::new(
            "同一文件中有两种编码：此行是UTF-8，其他行是GB18030（GBK）",
            "two encodings in one file: this line is UTF-8, others are GB18030 (GBK)",
        ),
        IngestError::Encoding { wanted: Wanted::Asked(encoding), .. } => Text::new(
            format!("不是所指定的{encoding}编码的文本"),
            format!("this is not text in {encoding}, as asked for"),
        ),
        IngestError::Encoding { wanted: Wanted::Fixed(encoding), .. } => {
            Text::new(format!("不是{encoding}编码的文本"), format!("this is not text in {encoding}"))
        }
        _ => Text::new(
            "既不是UTF-8，也不是GB18030（GBK）编码的文本",
            "this is text neither in UTF-8 nor in GB18030 (GBK)",
        ),
    }
}

/// What to do about it.
pub(super) fn help(error: &IngestError) -> Text {
    match error {
        IngestError::MixedEncodings { .. } => Text::new(
            "多为程序在已有文件后追加所致：重新导出整个文件，或分成两个文件后各自另存为“CSV UTF-8”",
            "most often a program appended to a file: export the whole of it again, or split it and save each part as \"CSV UTF-8\"",
        ),
        _ => Text::new(
            "另存为“CSV UTF-8”或 .xlsx 后再提交",
            "save it as \"CSV UTF-8\" or as .xlsx and submit it again",
        ),
    }
}
