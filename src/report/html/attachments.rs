//! The files that came with the tables.

use super::lists::heads;
use super::markup::Markup;
use crate::model::attachment::{Attachment, Attachments};
use crate::model::report::Organization;
use crate::model::text::{Lang, Text};
use crate::report::attachment::{self, by_evidence};
use crate::report::place;

/// Files listed: those that need looking at come first.
const LISTED: usize = 500;

/// Writes the part.
pub(super) fn write(m: &mut Markup, one: &Organization, all: &Attachments) {
    if let Some((zh, en)) = by_evidence(one, Lang::Zh).zip(by_evidence(one, Lang::En)) {
        m.element("p", &[], |m| m.say(&zh, &en));
    }
    let mut files: Vec<&Attachment> = all.files.iter().collect();
    files.sort_by_key(|file| !attachment::is_odd(file));
    m.class("table", "list", |m| {
        heads(
            m,
            &[
                ("文件", "File"),
                ("格式", "Format"),
                ("大小", "Size"),
                ("篇幅", "Extent"),
                ("状况", "Condition"),
                ("对应的数据", "Rows it belongs to"),
            ],
        );
        m.element("tbody", &[], |m| files.iter().take(LISTED).for_each(|file| line(m, file)));
    });
    if files.len() > LISTED {
        let rest = files.len().saturating_sub(LISTED);
        m.class("p", "aside", |m| {
            m.say(&format!("另有{rest}个文件未列出"), &format!("{rest} more are not listed"));
        });
    }
}

fn line(m: &mut Markup, file: &Attachment) {
    let both = |of: &dyn Fn(Lang) -> String| Text::new(of(Lang::Zh), of(Lang::En));
    let class = if attachment::is_odd(file) { "warning" } else { "" };
    m.element("tr", &[("class", class)], |m| {
        m.element("th", &[("scope", "row")], |m| m.long(&file.file));
        m.element("td", &[], |m| m.both(&file.format));
        m.label("td", "number", &attachment::size(file));
        m.element("td", &[], |m| m.both(&both(&|lang| attachment::extent(file, lang))));
        m.element("td", &[], |m| m.both(&both(&|lang| attachment::state(file, lang))));
        m.element("td", &[], |m| {
            let total = usize::try_from(file.claims).unwrap_or(usize::MAX);
            if file.claimed_at.is_empty() {
                m.say("没有数据提到", "named by no row");
            } else {
                m.both(&both(&|lang| place::counted(&file.claimed_at, total, lang)));
            }
        });
    });
}
