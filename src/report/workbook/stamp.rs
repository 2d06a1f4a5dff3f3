//! What every page says of the run: packs, digests, day, program.

use super::cell::CUT;
use super::sheet::Print;
use crate::model::report::Report;
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::{escape, words};

/// Characters of a digest that tell it from others.
const DIGEST: usize = 12;

/// UTF-16 units of the longest part of a header or footer and of the others: together they stay below the 255 that there
/// may be.
const LONG: usize = 140;
const SHORT: usize = 50;

/// What holds for the run.
#[derive(Debug, Default)]
pub(crate) struct Stamp {
    pub(crate) lang: Lang,
    /// The packs in force, with their digests in full.
    pub(crate) packs: String,
    /// The same, with digests that tell them from others.
    pub(crate) packs_short: String,
    /// The day on which dates were judged.
    pub(crate) as_of: String,
    /// The program and its version.
    pub(crate) tool: String,
    /// Readings in force.
    pub(crate) policies: String,
    /// That personal data is not masked; empty where it is.
    pub(crate) unmasked: &'static str,
}

impl Stamp {
    /// Of this run.
    pub(crate) fn of(run: &Report, lang: Lang) -> Self {
        let join = pick(lang, "、", ", ");
        let packs = |digits: usize| {
            let one = |pack: &crate::model::pack::PackInfo| {
                let state =
                    words::signature(pack, lang).map(|state| format!("{}{state}", pick(lang, "，", ", ")));
                let digest = short(&pack.sha256, digits);
                format!("{} {} ({digest}{})", pack.id, pack.version, state.unwrap_or_default())
            };
            run.packs.iter().map(one).collect::<Vec<_>>().join(join)
        };
        let policies: Vec<_> = run.policies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Self {
            lang,
            packs: packs(usize::MAX),
            packs_short: packs(DIGEST),
            as_of: run.as_of.clone(),
            tool: format!("{} {}", run.tool.name, run.tool.version),
            policies: policies.join(join),
            unmasked: if run.unmasked { words::unmasked(lang) } else { "" },
        }
    }

    /// How a sheet is printed: whose it is and what it is above every page; packs, digest of the submission, page and
    /// day below.
    pub(crate) fn print(
        &self,
        (whose, what): (&str, &str),
        digest: &str,
        repeated: Option<(u32, u32)>,
    ) -> Print {
        let lang = self.lang;
        let digest = match digest {
            "" => String::new(),
            digest => format!("{}{}", pick(lang, "；材料 ", "; submission "), short(digest, DIGEST)),
        };
        let left = format!("{}{}{digest}", pick(lang, "规则包 ", "packs "), self.packs_short);
        let page = pick(lang, "第 &P 页，共 &N 页", "page &P of &N");
        let right = format!("{} {}  {}", pick(lang, "判定日期", "as of"), self.as_of, self.tool);
        let what = [self.unmasked, what].map(|text| part(text, SHORT));
        let what = what.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>();
        Print {
            repeated,
            header: format!("&L&9 {}&R&9 {}", part(whose, LONG), what.join("  ")),
            footer: format!("&L&8 {}&C&8 {page}&R&8 {}", part(&left, LONG), part(&right, SHORT)),
        }
    }
}

fn short(digest: &str, digits: usize) -> String {
    digest.chars().take(digits).collect()
}

/// A text in a header or footer, where `&` begins a command and stands for itself where it is doubled.
fn part(text: &str, units: usize) -> String {
    let (mut part, mut taken) = (String::new(), 0_usize);
    for sign in escape::terminal(text).chars() {
        let doubled = if sign == '&' { 2 } else { 1 };
        taken = taken.saturating_add(sign.len_utf16() * doubled);
        if taken > units {
            part.push(CUT);
            break;
        }
        (0..doubled).for_each(|_| part.push(sign));
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_footers_hold_text_alone_and_are_not_too_long() {
        let stamp =
            Stamp { packs_short: "&".repeat(300), as_of: "2026-06-30".to_owned(), ..Stamp::default() };
        let print = stamp.print((&"&".repeat(300), &"长".repeat(300)), &"ab".repeat(32), None);
        for text in [&print.header, &print.footer] {
            assert!(text.encode_utf16().count() <= 255, "{text}");
        }
        assert!(print.header.starts_with("&L&9 &&&&"), "{}", print.header);
    }
}
