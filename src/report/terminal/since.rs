//! How the list of last time stands: the counts, and what is there again.

use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::problem::{Problem, Since, Standing, problems, since};

/// Problems named that are there again; the rest are counted.
const AGAIN: usize = 10;

/// Of one organization; nothing where there is no list of last time.
pub(super) fn write(page: &mut Page, organization: &Organization, top: usize) {
    let all = problems(organization, page.lang);
    let Some(counts) = since(&all) else { return };
    self::counts(page, counts);
    let again: Vec<_> = all.iter().filter(|problem| problem.standing == Some(Standing::Again)).collect();
    let shown = top.min(AGAIN);
    again.iter().take(shown).for_each(|problem| one(page, problem));
    let more = again.len().saturating_sub(shown);
    if more > 0 {
        let text = match page.lang {
            Lang::Zh => format!("再次出现的另有{more}项"),
            Lang::En => format!("and {more} more that are there again"),
        };
        page.paragraph(2, &text, Ink::Dim);
    }
    page.blank();
}

/// Of several organizations together; nothing where none has a list of last time.
pub(super) fn of_all(page: &mut Page, organizations: &[Organization]) {
    let each = organizations.iter().filter_map(|one| since(&problems(one, page.lang)));
    let sum = each.fold(None, |sum: Option<Since>, counts| {
        let mut sum = sum.unwrap_or_default();
        sum.add(counts);
        Some(sum)
    });
    if let Some(sum) = sum {
        counts(page, sum);
    }
}

fn counts(page: &mut Page, counts: Since) {
    let begin = page.pick("与上次整改清单相比：", "Since the list of last time: ");
    page.paragraph(0, &format!("{begin}{}", counts.in_words(page.lang)), Ink::Bold);
}

fn one(page: &mut Page, problem: &Problem<'_>) {
    let (again, between) = (Standing::Again.word(page.lang), page.pick("：", ": "));
    let at = [problem.clause(page.lang), problem.places(page.lang)];
    let at = at.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(page.pick("，", ", "));
    let text = format!("{again}{between}{}", problem.message(page.lang));
    page.labelled(2, "", &if at.is_empty() { text } else { format!("{text}{}", in_brackets(page, &at)) });
}

fn in_brackets(page: &Page, text: &str) -> String {
    format!("{}{text}{}", page.pick("（", " ("), page.pick("）", ")"))
}
