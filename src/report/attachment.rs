//! The files behind the tables, in words: how many rows have one, and what the score is by each reading.

use super::words::{self, pick};
use crate::model::attachment::{Attachment, Condition};
use crate::model::report::{Organization, PointsByEvidence, Range};
use crate::model::text::Lang;

/// What the files are called where they have a part of a report of their own.
pub(super) const TITLE: (&str, &str) = ("附件", "Attachments");

/// How many rows have a file that opens, and the score under the other reading of the policy `evidence`; nothing where that is
/// not known.
pub(super) fn by_evidence(one: &Organization, lang: Lang) -> Option<String> {
    let PointsByEvidence { claims, files } = one.score.by_evidence?;
    let own = Range { low: one.score.low, high: one.score.high };
    let range = |range: Range| words::range(range.low, range.high, lang);
    let (by_files, by_claims) = (range(files), range(claims));
    let other = match (lang, own == files && own != claims) {
        (Lang::Zh, false) => format!("无附件的不予认定时 {by_files} 分"),
        (Lang::Zh, true) => format!("凭数据表认定时 {by_claims} 分"),
        (Lang::En, false) => format!("{by_files} where rows without a file do not count"),
        (Lang::En, true) => format!("{by_claims} where rows count without a file"),
    };
    let sent = one.attachments.as_ref().map(|all| match lang {
        Lang::Zh => format!(
            "{} 个文件，应有附件的 {} 条记录中 {} 条有能打开的附件；",
            all.files.len(),
            all.rows,
            all.backed
        ),
        Lang::En => {
            format!("{} files, {} of {} rows have one that opens; ", all.files.len(), all.backed, all.rows)
        }
    });
    let sent = sent.unwrap_or_else(|| pick(lang, "没有报送；", "none came; ").to_owned());
    Some(format!("{sent}{other}"))
}

/// What is said of a file: its condition, why, and the file that is the same.
pub(super) fn state(file: &Attachment, lang: Lang) -> String {
    let (zh, en) = file.condition.words();
    let same = file.same_as.as_ref().map(|same| match lang {
        Lang::Zh => format!("与“{same}”内容相同"),
        Lang::En => format!("the same as `{same}`"),
    });
    let remark = file.remark.as_ref().map(|remark| remark.get(lang).to_owned());
    let parts = [Some(pick(lang, zh, en).to_owned()), remark, same];
    parts.into_iter().flatten().collect::<Vec<_>>().join(pick(lang, "；", "; "))
}

/// Pages and characters, as far as they are known.
pub(super) fn extent(file: &Attachment, lang: Lang) -> String {
    let pages = file.pages.map(|pages| match lang {
        Lang::Zh => format!("{pages}页"),
        Lang::En => format!("{pages} p."),
    });
    let characters = file.characters.map(|characters| match lang {
        Lang::Zh => format!("{characters}字"),
        Lang::En => format!("{characters} characters"),
    });
    [pages, characters].into_iter().flatten().collect::<Vec<_>>().join(pick(lang, "，", ", "))
}

/// Bytes as people read them.
pub(super) fn size(file: &Attachment) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match file.bytes {
        bytes if bytes < KIB => format!("{bytes} B"),
        bytes if bytes < MIB => format!("{} KB", bytes.div_ceil(KIB)),
        bytes => format!("{} MB", bytes.div_ceil(MIB)),
    }
}

/// Whether a file needs looking at.
pub(super) fn is_odd(file: &Attachment) -> bool {
    file.condition != Condition::Opens || file.same_as.is_some() || file.claims == 0
}
