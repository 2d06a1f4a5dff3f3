//! A comparison of reports as Markdown, for a pull request or an issue.

use super::listing::Listing;
use super::{details, overall};
use crate::model::report_diff::{OrganizationDiff, ReportDiff};
use crate::model::text::{Lang, Text};
use crate::report::comparison::Look;
use crate::report::escape;
use crate::report::words::pick;

/// The comparison as Markdown. Lists are as long as on a terminal.
pub fn markdown(diff: &ReportDiff, look: &Look) -> String {
    let mut page = Markdown { lang: look.lang, top: look.top(), text: String::new() };
    page.heading(2, pick(look.lang, "评价报告比较", "Reports compared"));
    for (zh, en, sources) in [("原", "Old", &diff.old), ("现", "New", &diff.new)] {
        let side = overall::side(sources);
        page.bullet(
            &format!("{}{}", pick(look.lang, zh, en), pick(look.lang, "：", ": ")),
            side.get(look.lang),
        );
    }
    if diff.differs() {
        overall::counts(diff).iter().for_each(|text| page.bullet("", text.get(look.lang)));
    } else {
        page.bullet("", pick(look.lang, "两边的报告没有差别", "The reports do not differ"));
    }
    let lists = [
        overall::matching(diff),
        overall::settings(diff),
        overall::why(diff),
        overall::items(diff),
        overall::organizations(diff),
        overall::unread(diff),
    ];
    lists.into_iter().flatten().for_each(|list| page.list(3, &list));
    if diff.organizations.len() <= look.top() {
        diff.organizations.iter().for_each(|one| page.organization(one, diff));
    }
    page.text
}

struct Markdown {
    lang: Lang,
    /// Lines of each list.
    top: usize,
    text: String,
}

impl Markdown {
    fn heading(&mut self, level: usize, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.text.extend(["#".repeat(level).as_str(), " ", &plain(text), "\n\n"]);
    }

    fn bullet(&mut self, label: &str, text: &str) {
        self.text.extend(["- ", label, &plain(text), "\n"]);
    }

    fn organization(&mut self, one: &OrganizationDiff, diff: &ReportDiff) {
        let name = overall::named(&one.name, &one.id, &one.new_path);
        self.heading(3, &if name == one.id { name.to_owned() } else { format!("{name} {}", one.id) });
        details::listings(one, &diff.titles).iter().for_each(|list| self.list(4, list));
    }

    fn list(&mut self, level: usize, list: &Listing) {
        self.heading(level, list.title.get(self.lang));
        self.row(&list.heads);
        self.text.extend(["|", &"---|".repeat(list.heads.len()), "\n"]);
        list.rows.iter().take(self.top).for_each(|row| self.row(row));
        let left = list.rows.len().saturating_sub(self.top);
        if left > 0 {
            let more = match self.lang {
                Lang::Zh => format!("\n另有 {left} 行未列出\n"),
                Lang::En => format!("\n{left} more lines are not shown\n"),
            };
            self.text.push_str(&more);
        }
    }

    fn row(&mut self, cells: &[Text]) {
        self.text.push('|');
        for text in cells {
            self.text.extend([" ", &plain(text.get(self.lang)), " |"]);
        }
        self.text.push('\n');
    }
}

/// What stands in an HTML comment of ours, to part a text where a forge would make a link or call somebody of it.
const PART: &str = "<!-- -->";

/// A text from data on one line, of which nothing becomes a link, a mention or a reference.
fn plain(text: &str) -> String {
    let escaped = escape::markdown(&escape::terminal(text));
    let mut shown = String::with_capacity(escaped.len());
    let mut signs = escaped.chars().peekable();
    while let Some(sign) = signs.next() {
        shown.push(sign);
        let next = signs.peek().copied().unwrap_or(' ');
        let begins = match sign {
            '@' | '#' => next.is_alphanumeric(),
            ':' => next == '/',
            'w' | 'W' => next == '.',
            _ => false,
        };
        if begins {
            shown.push_str(PART);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_data_is_markup_or_a_link() {
        assert_eq!(plain("a|b\n# <b>"), "a\\|b\\\\n# &lt;b&gt;");
        assert_eq!(plain("https://x.cn @me #12"), format!("https:{PART}//x.cn @{PART}me #{PART}12"));
        assert_eq!(plain("www.x.cn"), format!("www{PART}.x.cn"));
        assert_eq!(plain("得分 60~65 → 70"), "得分 60~65 → 70");
    }
}
