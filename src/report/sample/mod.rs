//! What a sample is written as: on a screen, as CSV, as a workbook to take along.

mod csv;
mod survey;
mod terminal;
mod workbook;

pub use self::csv::csv;
pub use self::terminal::terminal;
pub(super) use self::workbook::rows;
pub use self::workbook::workbook;

use crate::model::sample::{Precision, Sample};
use crate::model::text::Lang;
use crate::report::words::pick;

/// How it was drawn, so that anybody can draw the same.
fn drawn(sample: &Sample, lang: Lang) -> String {
    let (population, size, seed) = (sample.population, sample.rows.len(), &sample.seed);
    let (zh, en) = sample.of.title();
    let precision = sample.precision.map(|Precision { confidence, margin }| match lang {
        Lang::Zh => format!("（置信水平{confidence}%，允许误差{margin}%）"),
        Lang::En => format!(" (confidence {confidence} %, margin {margin} %)"),
    });
    let precision = precision.unwrap_or_default();
    let tables = sample.of.tables().join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => format!(
            "{zh}共{population}项，随机抽取{size}项{precision}。抽样种子“{seed}”：按“种子|表|编号”（表写作{tables}）的SHA-256值由小到大排列，取前{size}项，任何人可以复核"
        ),
        Lang::En => format!(
            "{size} of {population} {en} drawn by chance{precision}. Seed `{seed}`: by SHA-256 of `seed|table|code` (table: {tables}), the least {size} are taken, as anybody can check"
        ),
    }
}
