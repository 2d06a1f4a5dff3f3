//! By what was assessed: day, program, packs; and whether personal data shows.

use crate::model::pack::PackInfo;
use crate::model::report::Report;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::words;

/// One line before everything else.
pub(super) fn write(page: &mut Page, report: &Report) {
    let pack = |pack: &PackInfo| {
        let name = format!("{} {}", pack.id, pack.version);
        match (words::signature(pack, page.lang), page.lang) {
            (Some(state), Lang::Zh) => format!("{name}（{state}）"),
            (Some(state), Lang::En) => format!("{name} ({state})"),
            (None, _) => name,
        }
    };
    let packs: Vec<_> = report.packs.iter().map(pack).collect();
    let packs = packs.join(page.pick("、", ", "));
    let (day, tool) = (&report.as_of, format!("{} {}", report.tool.name, report.tool.version));
    let line = match page.lang {
        Lang::Zh => format!("判定日期 {day}；程序 {tool}；规则包 {packs}"),
        Lang::En => format!("As of {day}; program {tool}; packs {packs}"),
    };
    page.paragraph(0, &line, Ink::Dim);
    unmasked(page, report);
}

/// That personal data is not masked.
pub(super) fn unmasked(page: &mut Page, report: &Report) {
    if report.unmasked {
        page.paragraph(0, words::unmasked(page.lang), Ink::Red);
    }
}
