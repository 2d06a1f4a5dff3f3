//! Paragraphs of lines: a line that could not have held the beginning of the next one goes on in it.

use super::line::{Item, Line, PageLines, squeeze};
use crate::document::characters::is_wide;
use crate::document::clause;
use crate::document::collector::{Collector, Draft, is_contents};
use crate::document::content::Place;
use crate::document::error::Problem;

/// The paragraph that is being put together.
struct Open {
    page: u32,
    text: String,
    level: Option<u8>,
    /// Its last line, and where the lines of that page end.
    last: Line,
    margin: f32,
    /// The last number of a clause so far, this paragraph's among them.
    clause: String,
}

/// Puts the lines of all pages together.
pub(super) fn collect(pages: Vec<PageLines>, collector: &mut Collector<'_>) -> Result<(), Problem> {
    let usual = usual_margin(&pages);
    let mut open: Option<Open> = None;
    let mut clause = String::new();
    for page in pages {
        let margins = Margins::of(&page, usual);
        let mut heads = Vec::new();
        for item in page.items {
            collector.budget.element()?;
            match item {
                Item::Line(line) => {
                    let margin = margins.at(&line);
                    if let Some(begun) = open.as_mut().filter(|begun| begun.takes(&line)) {
                        begun.append(line, margin);
                        continue;
                    }
                    let begun = Open::new(page.number, line, margin, &clause);
                    clause.clone_from(&begun.clause);
                    close(open.replace(begun), collector)?;
                }
                Item::Head(text) => heads.push(text),
                Item::Table(rows) => {
                    close(open.take(), collector)?;
                    push_table(page.number, &rows, collector)?;
                }
            }
        }
        for text in heads {
            collector.push(Draft {
                page: Some(page.number),
                text: squeeze(&text),
                place: Place::Header,
                ..Draft::default()
            })?;
        }
    }
    close(open, collector)
}

impl Open {
    fn new(page: u32, line: Line, margin: f32, before: &str) -> Self {
        let text = line.text.trim().to_owned();
        let own = clause::split(&text).map(|(number, _)| number);
        let clause = own.filter(|number| clause::depth(number).is_some()).unwrap_or(before).to_owned();
        Self { page, text, level: line.level, last: line, margin, clause }
    }

    /// Whether the paragraph goes on in a line.
    fn takes(&self, next: &Line) -> bool {
        let text = next.text.trim_start();
        let is_other =
            self.level != next.level || self.ends_before(text) || (self.last.size - next.size).abs() > 1.0;
        let room = self.margin - self.last.right;
        let is_indented = next.left > self.last.left + next.size * 1.5;
        let ends = self.is_sentence();
        // Lines of programs that break them by counting characters end early.
        let least = if ends { 0.0 } else { 2.5 };
        // A page whose lines are all short tells nothing of where they have to end.
        let is_wide_enough = self.margin - self.last.left > next.size * 12.0;
        let is_full =
            self.last.size > 0.0 && is_wide_enough && room < next.size * (first_word(text) + 0.3).max(least);
        let is_flush = next.left > self.last.left - next.size;
        let is_next = ends && is_flush && self.is_first_indented(next);
        is_full && !(is_other || is_indented || is_next)
    }

    fn is_sentence(&self) -> bool {
        self.text.ends_with(['。', '；', '：', '！', '？'])
    }

    /// Whether a text begins a paragraph by itself: with a number, a dash of a list, a reference. A number in the middle of
    /// a sentence is that of a clause only where it comes next: lines break before `5.1` of a reference too.
    fn ends_before(&self, text: &str) -> bool {
        if text.starts_with("——") || text.starts_with(['[', '［']) {
            return true;
        }
        let Some((number, _)) = clause::split(text) else { return false };
        let is_label = number.starts_with(['表', '图']);
        let may_be_next = !is_label && clause::follows(&self.clause, number);
        self.is_sentence() || is_contents(&self.text) || may_be_next
    }

    /// Whether the last line is as far to the right as the next one, which then may begin a paragraph as well as it.
    fn is_first_indented(&self, next: &Line) -> bool {
        (self.last.left - next.left).abs() < next.size * 0.5
            && self.text.chars().count() == self.last.text.trim().chars().count()
    }

    fn append(&mut self, line: Line, margin: f32) {
        let text = line.text.trim();
        let (before, after) = (self.text.chars().next_back(), text.chars().next());
        let is_close = before.is_none_or(is_wide) || after.is_none_or(is_wide);
        self.text.push_str(if is_close { "" } else { " " });
        self.text.push_str(text);
        self.last = line;
        self.margin = margin;
    }
}

/// How wide the first word of a text is, in sizes of its font.
fn first_word(text: &str) -> f32 {
    let mut characters = text.chars();
    if characters.next().is_none_or(is_wide) {
        return 1.0;
    }
    let rest = characters.take_while(|c| !is_wide(*c) && !c.is_whitespace()).take(60);
    rest.fold(0.5, |width, _| width + 0.5)
}

fn lines(page: &PageLines) -> impl Iterator<Item = &Line> + Clone {
    page.items.iter().filter_map(|item| if let Item::Line(line) = item { Some(line) } else { None })
}

/// Where the lines of a page end.
fn furthest<'l>(lines: impl Iterator<Item = &'l Line>) -> f32 {
    lines.map(|line| line.right).fold(0.0, f32::max)
}

/// Where lines end on a page of one or two columns.
struct Margins {
    /// Where the second column begins, and where the lines of the first end.
    first: Option<(f32, f32)>,
    page: f32,
}

impl Margins {
    fn of(page: &PageLines, usual: f32) -> Self {
        let lines = lines(page);
        let first = gutter(lines.clone()).map(|second| {
            let before = lines.clone().filter(|line| line.right <= second);
            (second, furthest(before))
        });
        // A page whose lines are all short, such as a cover, is as wide as the others.
        let least = if first.is_some() { 0.0 } else { usual };
        Self { first, page: furthest(lines).max(least) }
    }

    fn at(&self, line: &Line) -> f32 {
        self.first.filter(|(second, _)| line.right <= *second).map_or(self.page, |(_, margin)| margin)
    }
}

/// Where the second of two columns begins: few lines cross that place, and both sides have some.
fn gutter<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> Option<f32> {
    const SOME: usize = 6;
    const TRIED: usize = 24;
    let count = lines.clone().count();
    let mut tried: Vec<f32> = lines.clone().map(|line| line.left.floor()).collect();
    tried.sort_by(f32::total_cmp);
    tried.dedup();
    let is_gutter = |at: &f32| {
        let of = |what: &dyn Fn(&&Line) -> bool| lines.clone().filter(|line| what(line)).count();
        let (before, after) = (of(&|line| line.right <= *at), of(&|line| line.left >= *at));
        let crossing = count.saturating_sub(before).saturating_sub(after);
        before >= SOME && after >= SOME && crossing.saturating_mul(10) <= count
    };
    tried.into_iter().filter(|at| *at > 0.0).take(TRIED).find(is_gutter)
}

/// Where the lines of half of the pages end.
fn usual_margin(pages: &[PageLines]) -> f32 {
    let mut margins: Vec<f32> = pages.iter().map(|page| furthest(lines(page))).collect();
    margins.sort_by(f32::total_cmp);
    margins.get(margins.len().div_euclid(2)).copied().unwrap_or(0.0)
}

fn close(open: Option<Open>, collector: &mut Collector<'_>) -> Result<(), Problem> {
    let Some(Open { page, text, level, .. }) = open else { return Ok(()) };
    let (number, rest) = clause::split(&text).unwrap_or(("", &text));
    // Where there is a number it tells the depth; sizes of fonts only guess it.
    let level = level.filter(|_| number.is_empty() && is_title(rest));
    let (number, text) = (number.to_owned(), squeeze(rest));
    collector.push(Draft { page: Some(page), number, level, text, place: Place::Body })
}

/// Whether a text may be a heading: short, and no sentence.
fn is_title(text: &str) -> bool {
    text.chars().nth(60).is_none() && !text.ends_with(['。', '；', '，', '、', '：'])
}

fn push_table(page: u32, rows: &[Vec<String>], collector: &mut Collector<'_>) -> Result<(), Problem> {
    let table = collector.table();
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (1_u32..).zip(cells) {
            let place = Place::Cell { table, row, column };
            collector.push(Draft { page: Some(page), text: squeeze(cell), place, ..Draft::default() })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, right: f32) -> Line {
        Line { text: text.to_owned(), level: None, left, right, size: 10.0 }
    }

    #[test]
    fn a_full_line_goes_on_and_a_short_one_does_not() {
        let open = Open::new(1, line("本文件规定了编码对象、编码结", 20.0, 500.0), 505.0, "3");
        assert!(open.takes(&line("构和方法。", 0.0, 60.0)));
        assert!(!open.takes(&line("4 一般要求", 0.0, 60.0)));
        assert!(!open.takes(&line("注1：标识", 0.0, 60.0)));
        for rest in [
            "5.1 的规定执行。",
            "5.1　规定执行。",
            "3 个工作日内办结",
            "1.5倍",
            "表 1 的要求",
            "表 1 规定的要求",
        ] {
            assert!(open.takes(&line(rest, 0.0, 60.0)), "{rest}");
        }
        assert!(!open.takes(&line("3.1　术语", 0.0, 60.0)));
        let sentence = Open::new(1, line("编码结构见4.2。", 20.0, 500.0), 505.0, "3");
        assert!(!sentence.takes(&line("5.1　一般要求", 0.0, 60.0)));
        let short = Open::new(1, line("本文件规定了编码对象。", 20.0, 300.0), 505.0, "3");
        assert!(!short.takes(&line("本文件适用于", 20.0, 500.0)));
        let column = |left: f32| (0..8_u8).map(move |at| line("文字", left, left + 180.0 + f32::from(at)));
        let page =
            PageLines { number: 1, items: column(20.0).chain(column(300.0)).map(Item::Line).collect() };
        let margins = Margins::of(&page, 490.0);
        assert_eq!((margins.at(&line("", 20.0, 90.0)), margins.at(&line("", 300.0, 400.0))), (207.0, 487.0));
        let word = Open::new(1, line("Information technology", 0.0, 440.0), 505.0, "3");
        assert!(word.takes(&line("Universal-character-set", 0.0, 100.0)));
    }
}
