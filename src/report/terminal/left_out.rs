//! Rows that were read as no data: how many for each reason, and on demand which.

use std::collections::BTreeMap;

use crate::model::left_out::{LeftOut, LeftOutReason};
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::words;

/// Of one organization; each file is told of where everything was asked for (`top` 0).
pub(super) fn write(page: &mut Page, organization: &Organization, top: usize) {
    let all = &organization.left_out;
    if all.is_empty() {
        return;
    }
    let mut totals: BTreeMap<LeftOutReason, u64> = BTreeMap::new();
    for left in all {
        let total = totals.entry(left.reason).or_default();
        *total = total.saturating_add(left.total);
    }
    let each = totals.iter().map(|(reason, total)| words::left_out(*reason, *total, page.lang));
    let each = each.collect::<Vec<_>>().join(page.pick("、", ", "));
    let text = match (page.lang, top) {
        (Lang::Zh, 0) => format!("未作为数据读取的行：{each}"),
        (Lang::En, 0) => format!("Rows read as no data: {each}"),
        (Lang::Zh, _) => format!("未作为数据读取的行：{each}（--top 0 逐个文件列出）"),
        (Lang::En, _) => format!("Rows read as no data: {each} (--top 0 lists them by file)"),
    };
    page.paragraph(0, &text, Ink::Dim);
    if top == 0 {
        all.iter().for_each(|left| one(page, left));
    }
    page.blank();
}

fn one(page: &mut Page, left: &LeftOut) {
    let sheet = left.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    let rows = words::rows(&left.rows, left.total, page.lang);
    let text = format!(
        "{}{sheet}{}{}",
        left.file,
        page.pick("：", ": "),
        words::left_out(left.reason, left.total, page.lang)
    );
    page.paragraph(2, &format!("{text}{rows}"), Ink::Dim);
}
