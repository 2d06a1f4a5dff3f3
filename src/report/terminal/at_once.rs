//! What an office can put right at once, before everything else: most of it is a matter of minutes, and much of what is
//! open or lost below follows from it.

use crate::model::report::{Organization, ReportFinding};
use crate::model::text::Lang;
use crate::report::finding::is_put_right_at_once;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::{place, words};

/// The list; each finding stands below with its rows once more.
pub(super) fn write(page: &mut Page, organization: &Organization, top: usize) {
    let all = || organization.findings.iter().filter(|finding| is_put_right_at_once(finding));
    let count = all().count();
    if count == 0 {
        return;
    }
    page.paragraph(
        0,
        &match page.lang {
            Lang::Zh => format!("先改正数据表本身的问题（{count} 个；改正后重新评估，行的内容见下文）"),
            Lang::En => {
                format!("Put right in the tables first ({count}; then assess again, rows are shown below)")
            }
        },
        Ink::Bold,
    );
    for (number, finding) in (1_usize..).zip(all().take(top)) {
        one(page, number, finding);
    }
    let more = count.saturating_sub(top);
    if more > 0 {
        let text = match page.lang {
            Lang::Zh => format!("另有 {more} 个（--top 0 全部列出）"),
            Lang::En => format!("and {more} more (--top 0 shows all)"),
        };
        page.paragraph(2, &text, Ink::Dim);
    }
    page.blank();
}

fn one(page: &mut Page, number: usize, finding: &ReportFinding) {
    let severity = words::severity(finding.severity, page.lang);
    let message = format!("{severity}{}{}", page.pick("：", ": "), page.get(&finding.message));
    page.labelled(2, &format!("{number:>2} "), &message);
    let (at, to_do) = (place_of(page, finding), page.get(&finding.help));
    let parts = [at.as_str(), to_do].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    page.labelled(5, "", &parts.join(page.pick("；", "; ")));
}

/// Where it is, the first place standing for all.
fn place_of(page: &Page, finding: &ReportFinding) -> String {
    let Some(first) = finding.locations.first() else { return String::new() };
    let name = place::name(first, page.lang);
    match (finding.total, page.lang) {
        (0 | 1, _) => name,
        (total, Lang::Zh) => format!("{name}等 {total} 处"),
        (total, Lang::En) => format!("{name} and {} more", total.saturating_sub(1)),
    }
}
