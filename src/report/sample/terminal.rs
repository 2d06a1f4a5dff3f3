//! A sample on a screen.

use super::drawn;
use crate::model::sample::{Sample, Sampled};
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::place;
use crate::report::table::{Align, Table, cell};

/// The rows drawn of each organization.
pub fn terminal(samples: &[Sampled], lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    for Sampled { id, name, sample, .. } in samples {
        page.paragraph(0, &format!("{name}  {id}"), Ink::Bold);
        page.paragraph(0, &drawn(sample, lang), Ink::Dim);
        page.blank();
        page.table(&table(&page, sample));
        page.blank();
    }
    page.finish()
}

fn table(page: &Page, sample: &Sample) -> Table {
    let heads =
        [("序号", "No."), ("数据表", "Table"), ("编号", "Code"), ("名称", "Name"), ("数据位置", "Place")];
    let head = heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect();
    let mut table = Table { head: true, rows: vec![head], ..Table::default() };
    table.aligns = vec![Align::Right, Align::Left, Align::Left, Align::Left];
    table.rows.extend((1_usize..).zip(&sample.rows).map(|(at, row)| {
        let place = row.place.as_ref().map(|place| place::name(place, page.lang)).unwrap_or_default();
        let texts =
            [at.to_string(), page.get(&row.table).to_owned(), row.code.clone(), row.name.clone(), place];
        texts.into_iter().map(|text| cell(text, Ink::Plain)).collect()
    }));
    table
}
