//! Our use of miette: findings and faults have the same look, whatever they point into.
//!
//! miette gets a window of one or two lines that knows its own row number, never a file: it would scan the file
//! from the start and give columns in bytes.

use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents,
    Report, Severity, SourceCode, SourceSpan, SpanContents,
};

use super::escape;

/// Lines to show and what to mark in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    /// What stands in the frame: file, sheet, row or cell.
    pub name: String,
    /// 1-based row the text stands in.
    pub row: usize,
    /// Headers over the text; no row of their own, for nobody knows how far above they stand.
    pub header: Option<String>,
    /// The text.
    pub text: String,
    /// Byte ranges of the text.
    pub marks: Vec<Range<usize>>,
}

/// A diagnostic in our terms, in the reader's language.
#[derive(Debug)]
pub(super) struct Note {
    /// Rule or code.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and why.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The word before what to do, of four columns and a colon of two: as wide as the `help: ` of miette.
    pub help_word: &'static str,
    /// Places.
    pub windows: Vec<Window>,
}

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// With colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// Draws the diagnostic; everything in it is escaped here.
pub(super) fn draw(note: Note, style: Style) -> String {
    let Note { code, severity, message, help, help_word, windows } = note;
    let source = Windows::new(windows);
    let mut diagnostic = MietteDiagnostic::new(escape::terminal_lines(&message))
        .with_severity(severity)
        .with_code(escape::terminal(&code))
        .with_labels(source.labels());
    if !help.is_empty() {
        diagnostic = diagnostic.with_help(escape::terminal_lines(&help));
    }
    let report = Report::new(diagnostic).with_source_code(source.clone());
    let mut drawn = String::new();
    // Writing to a String cannot fail, and the windows contain every label that was made from them.
    let _ = handler(style, severity).render_report(&mut drawn, report.as_ref());
    source.finish(&drawn, help_word)
}

fn handler(style: Style, severity: Severity) -> GraphicalReportHandler {
    GraphicalReportHandler::new_themed(theme(style.color, severity))
        .with_width(style.width)
        .with_context_lines(0)
        .with_links(false)
        .without_primary_span_start()
        .without_syntax_highlighting()
}

/// The unicode theme, less what the fonts of Chinese consoles lack, and with underlines of ASCII: there a box
/// character may be two columns wide, and the underline would run past what it marks.
fn theme(color: bool, severity: Severity) -> GraphicalTheme {
    let mut theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    theme.characters.underline = '^';
    theme.characters.uarrow = '^';
    theme.characters.ltop = '┌';
    theme.characters.lbot = '└';
    theme.characters.warning = String::from("!");
    theme.characters.advice = String::from("i");
    theme.styles.highlights = vec![match severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Advice => theme.styles.advice,
    }];
    theme
}

/// All windows as one source: each has its own stretch of offsets, so that none runs into the next.
#[derive(Clone, Debug)]
struct Windows {
    placed: Vec<Placed>,
}

#[derive(Clone, Debug)]
struct Placed {
    start: usize,
    /// Byte at which the text begins in the data.
    text: usize,
    data: String,
    window: Window,
}

impl Windows {
    fn new(windows: Vec<Window>) -> Self {
        let mut start = 0;
        let placed = windows.into_iter().map(|window| {
            let header = window.header.as_ref().filter(|header| window.row > 1 && !header.is_empty());
            let before = header.map(|header| format!("{header}\n")).unwrap_or_default();
            let placed = Placed { start, text: before.len(), data: before + window.text.as_str(), window };
            start += placed.data.len() + 1;
            placed
        });
        Self { placed: placed.collect() }
    }

    fn labels(&self) -> Vec<LabeledSpan> {
        let label = |placed: &Placed, mark: &Range<usize>| {
            LabeledSpan::new(None, placed.start + placed.text + mark.start, mark.len())
        };
        self.placed
            .iter()
            .flat_map(|placed| placed.window.marks.iter().map(move |mark| label(placed, mark)))
            .collect()
    }

    /// Takes away what miette has no setting for: the row number before headers, and its English word.
    fn finish(&self, drawn: &str, help_word: &str) -> String {
        let mut headers = self.placed.iter().filter_map(Placed::header_line).peekable();
        let mut finished = String::with_capacity(drawn.len());
        for line in drawn.trim_start_matches('\n').lines() {
            if let Some((_, without)) = headers.next_if(|(end, _)| line.ends_with(end.as_str())) {
                finished.push_str(&without);
            } else {
                finished.push_str(&with_word(line, help_word));
            }
            finished.push('\n');
        }
        finished
    }
}

impl Placed {
    /// How miette ends the line of the headers, and that line without a row number.
    fn header_line(&self) -> Option<(String, String)> {
        let (header, _) = self.data.split_once('\n')?;
        let end = format!(" │ {header}");
        let without = format!("{:width$}{end}", "", width = self.window.row.to_string().len() + 1);
        Some((end, without))
    }

    fn end(&self) -> usize {
        self.start + self.data.len()
    }
}

/// Only the line miette begins so has the word there: messages, rows and wrapped lines begin otherwise.
fn with_word(line: &str, word: &str) -> String {
    const PLAIN: &str = "  help: ";
    let at = line
        .find(PLAIN)
        .filter(|at| line.get(..*at).is_some_and(|before| before.is_empty() || before == "\u{1b}[36m"));
    if at.is_some() { line.replacen(PLAIN, &format!("  {word}"), 1) } else { line.to_owned() }
}

impl SourceCode for Windows {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inside =
            |placed: &&Placed| span.offset() >= placed.start && span.offset() + span.len() <= placed.end();
        let placed = self.placed.iter().find(inside).ok_or(MietteError::OutOfBounds)?;
        let lines = placed.data.lines().count();
        Ok(Box::new(MietteSpanContents::new_named(
            escape::terminal(&placed.window.name),
            placed.data.as_bytes(),
            (placed.start, placed.data.len()).into(),
            placed.window.row.saturating_sub(lines),
            0,
            lines,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::columns;

    fn window(row: usize, text: &str, mark: &str) -> Window {
        let at = text.find(mark).unwrap_or(0);
        let marked = at..at + mark.len();
        Window {
            name: format!("a.csv 第{row}行"),
            row,
            header: Some("编号  名称".to_owned()),
            text: text.to_owned(),
            marks: vec![marked],
        }
    }

    fn note(windows: Vec<Window>) -> Note {
        Note {
            code: "data.type".to_owned(),
            severity: Severity::Error,
            message: "名称有误".to_owned(),
            help: "改正".to_owned(),
            help_word: "整改：",
            windows,
        }
    }

    fn plain(windows: Vec<Window>) -> String {
        draw(note(windows), Style { color: false, width: 80 })
    }

    #[test]
    fn the_underline_stands_under_the_cell_it_marks() {
        for word in ["网格划分规范", "ｱｲｳ", "“①—…”℃", "😀👍🏽", "e\u{301}क्ष", "ab", "𠮷野家"]
        {
            let drawn = plain(vec![window(12, &format!("乙{word}  {word}甲"), &format!("{word}甲"))]);
            let line = |sign: &str| drawn.lines().find(|line| line.starts_with(sign)).unwrap_or_default();
            let (text, mark) = (line(" 12 │"), line("    ·"));
            let before = |line: &str, sign: &str| line.rfind(sign).and_then(|at| line.get(..at)).map(columns);
            let under = mark.find('^').and_then(|at| mark.get(..at)).map(columns);
            assert_eq!(before(text, &format!("{word}甲")), under, "{drawn}");
            assert_eq!(mark.matches('^').count(), columns(word) + 2, "{drawn}");
        }
    }

    #[test]
    fn rows_have_their_own_numbers_and_headers_have_none() {
        let drawn = plain(vec![window(12, "B-7   甲", "甲"), window(3000, "B-9   乙", "乙")]);
        assert!(drawn.contains("\n    │ 编号  名称\n 12 │ B-7   甲\n"), "{drawn}");
        assert!(drawn.contains("\n      │ 编号  名称\n 3000 │ B-9   乙\n"), "{drawn}");
        assert!(drawn.contains("[a.csv 第3000行]"), "{drawn}");
    }

    #[test]
    fn the_word_before_the_remedy_is_ours_also_in_colour() {
        let drawn = draw(note(Vec::new()), Style { color: true, width: 80 });
        assert!(drawn.contains("整改：") && !drawn.contains("help"), "{drawn}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut note = note(vec![window(2, "甲", "甲")]);
        note.message = "\u{1b}[2J坏\u{202e}".to_owned();
        note.code = "a\u{7}".to_owned();
        let drawn = draw(note, Style { color: false, width: 80 });
        assert!(drawn.contains("^[[2J坏\\u{202E}") && drawn.contains("a^G"), "{drawn}");
        assert!(!drawn.contains(|c| c != '\n' && escape::hidden(c)), "{drawn}");
    }
}
