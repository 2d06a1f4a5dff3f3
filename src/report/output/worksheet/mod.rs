//! The worksheet of an assessment on site: what is open first, what the data says, what to look at, and cells for rulings. It
//! is read back as a file of rulings ([`crate::model::ruling_form`] has the columns and words of both).

mod choices;
mod row;

use std::io;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, ProtectionOptions};

use self::row::{Row, columns, rows};
use super::csv::file_name;
use super::{Out, ReportWriter};
use crate::model::policy;
use crate::model::report::{Organization, Report};
use crate::model::ruling_form::Field;
use crate::model::ruling_value::{Form, Level};
use crate::model::text::Lang;
use crate::report::sample;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::workbook::{Book, List, Sheet, Stamp, failed};

/// Writes worksheets.
pub(super) struct WorksheetWriter {
    lang: Lang,
    stamp: Stamp,
    /// Whether line f of the system tables is counted by each of its conditions.
    line_f_each: bool,
    /// The workbook of all organizations.
    book: Option<Book>,
    /// Organizations so far.
    count: usize,
}

impl WorksheetWriter {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, stamp: Stamp::default(), line_f_each: false, book: None, count: 0 }
    }

    fn begin_book(&self) -> io::Result<Book> {
        let mut book = Book::new(pick(self.lang, "评估工作底稿", "Assessment worksheet"), &self.stamp)?;
        choices::explain(&mut book, &self.stamp)?;
        Ok(book)
    }

    fn add(&self, book: &mut Book, one: &Organization, titles: Titles<'_>) -> io::Result<()> {
        let sheet = self.sheet(book, one, titles)?;
        book.add(sheet, &one.name)?;
        for drawn in &one.samples {
            let sheet = sample::rows(drawn, (&one.name, &one.submission.sha256), &self.stamp, book)?;
            let (zh, en) = drawn.of.title();
            let name = match self.lang {
                Lang::Zh => format!("抽样 {zh} {}", one.name),
                Lang::En => format!("Sample {en} {}", one.name),
            };
            book.add(sheet, &name)?;
        }
        Ok(())
    }

    fn sheet(&self, book: &Book, one: &Organization, titles: Titles<'_>) -> io::Result<Sheet> {
        let (lang, styles) = (self.lang, &book.styles);
        let all = rows(one, titles.catalog, self.line_f_each);
        let title = match lang {
            Lang::Zh => format!("{}评估工作底稿", one.name),
            Lang::En => format!("Assessment worksheet: {}", one.name),
        };
        let columns = columns();
        let about = [about(&all, one, lang)];
        let mut list = List::begin(&columns, (&title, &about), (styles, lang), Book::sheet)?;
        for row in &all {
            list.row(&columns, row, styles)?;
        }
        let (head, bottom) = (list.head, list.next.saturating_sub(1));
        let what = pick(lang, "评估工作底稿", "Assessment worksheet");
        let mut sheet = list.finish(self.stamp.print((&one.name, what), &one.submission.sha256, None))?;
        choose(&mut sheet, (head.saturating_add(1), bottom), &all, lang)?;
        sheet.inner.set_freeze_panes(head.saturating_add(1), row::FROZEN).map_err(failed)?;
        sheet.inner.protect_with_options(&protection());
        Ok(sheet)
    }
}

/// What those who fill it in may do beside typing into the cells that are theirs.
fn protection() -> ProtectionOptions {
    ProtectionOptions {
        sort: true,
        use_autofilter: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    }
}

impl ReportWriter for WorksheetWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.stamp = Stamp::of(run, self.lang);
        self.line_f_each = run.policies.get(policy::COUNTING).is_some_and(|reading| reading == policy::EACH);
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        if out.target.is_folder() {
            let mut book = self.begin_book()?;
            self.add(&mut book, one, out.titles)?;
            choices::write(&mut book, self.lang)?;
            out.target.begin_file(&file_name(self.count, &one.id, &one.name, "xlsx"))?;
            return out.target.write(&book.bytes()?);
        }
        let mut book = match self.book.take() {
            Some(book) => book,
            None => self.begin_book()?,
        };
        self.add(&mut book, one, out.titles)?;
        self.book = Some(book);
        Ok(())
    }

    fn end(&mut self, _: &Report, out: &mut Out<'_>) -> io::Result<()> {
        if out.target.is_folder() {
            return Ok(());
        }
        let mut book = match self.book.take() {
            Some(book) => book,
            None => self.begin_book()?,
        };
        choices::write(&mut book, self.lang)?;
        out.target.write(&book.bytes()?)
    }
}

/// What is said above the rows: how many are open, how many rulings were carried in and how many expired.
fn about(all: &[Row<'_>], one: &Organization, lang: Lang) -> String {
    let open = all.iter().filter(|row| row.is_open()).count();
    let carried = all.iter().filter(|row| row.ruling.is_some()).count();
    let expired = all.iter().filter(|row| !row.expired.is_empty()).count();
    let range = crate::report::words::range(one.score.low, one.score.high, lang);
    match lang {
        Lang::Zh => format!(
            "单位编号：{}    目前得分：{range}    待定{open}条，排在最前；带入仍然有效的裁定{carried}条，上次裁定已过期的{expired}条。\
             只在浅黄色格中填写；未填的行不作裁定。",
            one.id
        ),
        Lang::En => format!(
            "id: {}    score so far: {range}    {open} open requirements come first; {carried} rulings that still hold \
             are carried in, on {expired} rows the last ruling has expired. Fill in the yellow cells alone; a row that \
             is not filled in is no ruling.",
            one.id
        ),
    }
}

/// Lets cells offer the words that can be chosen.
fn choose(sheet: &mut Sheet, (first, last): (u32, u32), all: &[Row<'_>], lang: Lang) -> io::Result<()> {
    for (field, name) in [(Field::Ruling, choices::RULINGS_NAME), (Field::Role, choices::ROLES_NAME)] {
        let Some(column) = row::column_of(field) else { continue };
        let one_of = DataValidation::new()
            .allow_list_formula(format!("={name}").as_str().into())
            .set_error_title(pick(lang, "请从下拉列表中选取", "Choose from the list"))
            .map_err(failed)?;
        sheet.inner.add_data_validation(first, column, last, column, &one_of).map_err(failed)?;
    }
    let Some(column) = row::column_of(Field::Value) else { return Ok(()) };
    for (at, row) in (first..).zip(all) {
        let (Form::Level(levels) | Form::LevelOrPercentage(levels)) = &row.form else { continue };
        let words: Vec<&str> = levels
            .iter()
            .map(|level| if lang == Lang::Zh { Level::word(level) } else { level.id.as_str() })
            .collect();
        // Some take a percentage instead.
        let offered = DataValidation::new().allow_list_strings(&words).map_err(failed)?;
        let offered =
            offered.set_error_style(DataValidationErrorStyle::Information).show_error_message(false);
        sheet.inner.add_data_validation(at, column, at, column, &offered).map_err(failed)?;
    }
    Ok(())
}
