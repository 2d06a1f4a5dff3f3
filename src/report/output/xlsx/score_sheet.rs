//! The score sheet of an organization, in the layout of the tables of Appendix A: a row for each requirement, merged by item
//! and table.

use std::io;

use rust_xlsxwriter::Format;

use super::evidence::ByTarget;
use super::paging::{Block, Pages};
use super::score_head::{self, ASKS, BODY, DEDUCT, HEAD, ITEM, Layout, OWN, POINTS, TABLE};
use super::score_lines::{Line, Source};
use super::score_sums::{self, Sum};
use crate::model::report::{Organization, ScoreItem, ScoreTable};
use crate::model::text::Lang;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::workbook::{Book, LINES_OF_A_PAGE, Sheet, Stamp, Styles, TEXT, failed, height, lines};

/// Points of the rows that every page begins with, and of what stands above them on the first.
const REPEATED: f64 = 36.0;
const ABOVE: f64 = 60.0;

/// The rows of the score sheet as they are written.
pub(super) struct Body<'a> {
    pub(super) sheet: Sheet,
    pub(super) layout: Layout,
    pub(super) styles: &'a Styles,
    source: Source<'a>,
    /// The next row.
    pub(super) row: u32,
    pub(super) pages: Pages,
    /// The rows of sums, by table.
    pub(super) sums: Vec<Sum>,
}

/// Rows of a table on one page, whose first cell is one.
struct Chunk {
    first: u32,
    continued: bool,
}

/// Writes the score sheet.
pub(super) fn write(one: &Organization, titles: Titles<'_>, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let layout = Layout::of(one);
    let mut sheet = Book::sheet(&layout.widths())?;
    score_head::write(&mut sheet, one, layout, (stamp, &book.styles))?;
    let source = Source { catalog: titles.catalog, findings: ByTarget::of(one), lang: stamp.lang };
    let pages = Pages::new(LINES_OF_A_PAGE - REPEATED, ABOVE);
    let mut body = Body { sheet, layout, styles: &book.styles, source, row: BODY, pages, sums: Vec::new() };
    for table in &one.tables {
        body.table(table)?;
    }
    score_sums::write(&mut body, one, stamp)?;
    let Body { mut sheet, pages, .. } = body;
    sheet.inner.set_page_breaks(&pages.breaks).map_err(failed)?;
    sheet.inner.set_freeze_panes(BODY, 0).map_err(failed)?;
    let what = pick(stamp.lang, "网格化服务管理标准化工作评分表", "Score sheet");
    sheet.print(&stamp.print((&one.name, what), &one.submission.sha256, Some((HEAD, HEAD + 1))))?;
    Ok(sheet)
}

impl Body<'_> {
    pub(super) const fn lang(&self) -> Lang {
        self.source.lang
    }

    /// The title of a table or item.
    pub(super) fn title(&self, id: &str) -> &str {
        self.source.title(id)
    }

    fn table(&mut self, table: &ScoreTable) -> io::Result<()> {
        let first = self.row;
        let mut chunk = Chunk { first, continued: false };
        for item in &table.items {
            let lines = self.source.lines(item);
            let heights = self.heights(item, &lines);
            let block = self.block(heights.iter().sum());
            if self.pages.take(&block) && self.row > chunk.first {
                self.chunk(table, &chunk)?;
                chunk = Chunk { first: self.row, continued: true };
            }
            self.item(item, &lines, &heights)?;
        }
        let beyond = self.beyond(table)?;
        self.chunk(table, &chunk)?;
        self.sum(table, first, beyond)
    }

    /// The next rows, so many points high, that stay together.
    pub(super) const fn block(&self, points: f64) -> Block {
        Block { first: self.row, points }
    }

    /// Heights of the rows of an item in points: its title has room in all of them together.
    fn heights(&self, item: &ScoreItem, rows: &[Line]) -> Vec<f64> {
        let of = |text: &str, column: u16| lines(text, self.sheet.width(column, column), TEXT);
        let one = |line: &Line| {
            let most = of(&line.asks, ASKS)
                .max(of(&line.reason, self.layout.reason))
                .max(of(&line.evidence, self.layout.evidence));
            height(most, TEXT) + 2.0
        };
        let mut heights: Vec<f64> = rows.iter().map(one).collect();
        let wanted = height(of(&self.item_text(item), ITEM), TEXT);
        let missing = wanted - heights.iter().sum::<f64>();
        if let Some(last) = heights.last_mut().filter(|_| missing > 0.0) {
            *last += missing;
        }
        heights
    }

    fn item_text(&self, item: &ScoreItem) -> String {
        format!("{}\n{}", item.id, self.title(&item.id))
    }

    fn item(&mut self, item: &ScoreItem, rows: &[Line], heights: &[f64]) -> io::Result<()> {
        let first = self.row;
        let styles = self.styles;
        for (line, points) in rows.iter().zip(heights) {
            self.sheet.height(self.row, *points)?;
            self.sheet.text((self.row, ASKS), &line.asks, &styles.text)?;
            match line.deduct {
                Some(deduct) => self.sheet.number((self.row, DEDUCT), deduct, &styles.centre)?,
                None => self.sheet.text((self.row, DEDUCT), "", &styles.centre)?,
            }
            self.sheet.text((self.row, self.layout.reason), &line.reason, &styles.text)?;
            self.sheet.text((self.row, self.layout.evidence), &line.evidence, &styles.text)?;
            self.row = self.row.saturating_add(1);
        }
        let last = self.row.saturating_sub(1);
        self.sheet.merged((first, ITEM), (last, ITEM), &self.item_text(item), &styles.text)?;
        self.points((first, last), POINTS, item.points, &styles.centre)?;
        self.sheet.merged((first, OWN), (last, OWN), "", &styles.centre)?;
        self.sheet.stated((first, OWN), item.self_score.as_deref(), &styles.centre)?;
        for (column, points) in self.layout.team().into_iter().zip([item.low, item.high]) {
            self.points((first, last), column, points, &styles.centre)?;
        }
        Ok(())
    }

    /// A number in one cell of several rows.
    fn points(
        &mut self,
        (first, last): (u32, u32),
        column: u16,
        points: u32,
        format: &Format,
    ) -> io::Result<()> {
        self.sheet.merged((first, column), (last, column), "", format)?;
        self.sheet.number((first, column), points, format)
    }

    /// Points that the heading declares and no item offers have a row of their own; what they bring.
    fn beyond(&mut self, table: &ScoreTable) -> io::Result<u32> {
        let offered = table.items.iter().fold(0_u32, |sum, item| sum.saturating_add(item.points));
        let beyond = table.declared.saturating_sub(offered);
        if beyond == 0 {
            return Ok(0);
        }
        let (row, styles) = (self.row, self.styles);
        let text =
            pick(self.lang(), "标题所列分值多于各项之和的部分", "points of the heading that no item offers");
        self.pages.take(&self.block(20.0));
        self.sheet.height(row, 20.0)?;
        self.sheet.merged((row, ITEM), (row, ASKS), text, &styles.text)?;
        self.sheet.number((row, POINTS), beyond, &styles.centre)?;
        for column in [DEDUCT, OWN, self.layout.reason, self.layout.evidence] {
            self.sheet.text((row, column), "", &styles.centre)?;
        }
        let sum = |of: fn(&ScoreItem) -> u32| {
            table.items.iter().fold(0_u32, |sum, item| sum.saturating_add(of(item)))
        };
        let granted = [
            table.low.saturating_sub(sum(|item| item.low)),
            table.high.saturating_sub(sum(|item| item.high)),
        ];
        for (column, points) in self.layout.team().into_iter().zip(granted) {
            self.sheet.number((row, column), points, &styles.centre)?;
        }
        self.row = row.saturating_add(1);
        Ok(beyond)
    }

    fn chunk(&mut self, table: &ScoreTable, chunk: &Chunk) -> io::Result<()> {
        let last = self.row.saturating_sub(1);
        if last < chunk.first {
            return Ok(());
        }
        let continued = if chunk.continued { pick(self.lang(), "（续）", " (continued)") } else { "" };
        let text = match self.lang() {
            Lang::Zh => {
                format!("表{}{continued}\n{}\n（{}分）", table.id, self.title(&table.id), table.declared)
            }
            Lang::En => {
                format!("{}{continued}\n{}\n({} points)", table.id, self.title(&table.id), table.declared)
            }
        };
        self.sheet.merged((chunk.first, TABLE), (last, TABLE), &text, &self.styles.group)
    }

    /// The sums of a table, whose rows begin with `first`.
    fn sum(&mut self, table: &ScoreTable, first: u32, beyond: u32) -> io::Result<()> {
        let sum = Sum::of(table, self.row, beyond);
        self.pages.take(&self.block(20.0));
        let (row, styles) = (self.row, self.styles);
        let last = row.saturating_sub(1);
        let text = match self.lang() {
            Lang::Zh => format!("表{}小计", table.id),
            Lang::En => format!("sum of {}", table.id),
        };
        self.sheet.height(row, 20.0)?;
        self.sheet.merged((row, TABLE), (row, ASKS), &text, &styles.sum)?;
        self.sheet.text((row, DEDUCT), "", &styles.sum)?;
        sum.write(self, |column| score_sums::sum_of((first, column), (last, column)))?;
        let (from, to) = (self.layout.reason, self.layout.evidence);
        self.sheet.merged((row, from), (row, to), "", &styles.sum)?;
        self.row = row.saturating_add(1);
        self.sums.push(sum);
        Ok(())
    }
}
