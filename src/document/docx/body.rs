//! The text of a part of a DOCX: paragraphs with their numbers, tables, text boxes, tracked changes as accepted.

use quick_xml::events::BytesStart;

use super::numbering::Numbering;
use super::styles::{ListRef, Styles};
use crate::document::collector::{Collector, Draft};
use crate::document::content::Place;
use crate::document::error::Problem;
use crate::document::markup::{Markup, Node, attribute, is_on, number};

/// What paragraphs refer to.
pub(super) struct Context<'c> {
    pub(super) styles: &'c Styles,
    pub(super) numbering: &'c mut Numbering,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    style: Option<String>,
    list: ListRef,
    outline: Option<u8>,
    text: String,
    page: u32,
    /// The text that is read is hidden.
    is_hidden: bool,
    /// Its end was deleted: it goes on in the next one.
    goes_on: bool,
    /// Its properties are being read, not those of a piece of its text.
    in_properties: bool,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    number: u32,
    row: u32,
    column: u32,
    /// Columns more that the last cell reaches over.
    more: u32,
}

/// Reading one part.
pub(super) struct Body<'b, 'c, 's> {
    place: Place,
    context: &'b mut Context<'c>,
    collector: &'b mut Collector<'s>,
    open: Vec<Open>,
    tables: Vec<Table>,
    /// Ends of pages that the program which saved the document noted.
    breaks: u32,
    /// What stood in paragraphs whose end was deleted.
    carried: String,
}

impl<'b, 'c, 's> Body<'b, 'c, 's> {
    /// Reads a part; how many ends of pages it notes.
    pub(super) fn read(
        part: &str,
        place: Place,
        context: &'b mut Context<'c>,
        collector: &'b mut Collector<'s>,
    ) -> Result<u32, Problem> {
        let carried = String::new();
        let mut body =
            Self { place, context, collector, open: Vec::new(), tables: Vec::new(), breaks: 0, carried };
        let mut markup = Markup::new(part);
        loop {
            match markup.next(body.collector.budget)? {
                Node::Start(element) => body.start(&element, &mut markup)?,
                Node::End(name) => body.end(&name)?,
                Node::Text(_) => {}
                Node::Eof => {
                    body.flush()?;
                    return Ok(body.breaks);
                }
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>, markup: &mut Markup<'_>) -> Result<(), Problem> {
        match element.local_name().as_ref() {
            // Deleted or moved away, properties before a change, codes of fields, what stands for a drawing in old
            // programs, how characters are pronounced, and properties of controls.
            "del" | "moveFrom" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange"
            | "trPrChange" | "tcPrChange" | "numberingChange" | "instrText" | "delText" | "delInstrText"
            | "Fallback" | "rt" | "sdtPr" | "sdtEndPr"
                if !self.is_mark(element) =>
            {
                return markup.skip(self.collector.budget);
            }
            // A separator between text and notes.
            "footnote" | "endnote" if attribute(element, "type").is_some_and(|kind| kind != "normal") => {
                return markup.skip(self.collector.budget);
            }
            "p" => {
                let (text, page) = (std::mem::take(&mut self.carried), self.breaks.saturating_add(1));
                self.open.push(Open { text, page, ..Open::default() });
            }
            "tbl" => {
                self.flush()?;
                let number = self.collector.table();
                self.tables.push(Table { number, ..Table::default() });
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row = table.row.saturating_add(1);
                    (table.column, table.more) = (0, 0);
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column =
                        table.column.saturating_add(1).saturating_add(std::mem::take(&mut table.more));
                }
            }
            "gridSpan" => self.span(element),
            "blip" | "imagedata" | "chart" => self.collector.has_pictures |= self.place == Place::Body,
            "altChunk" => self.collector.has_foreign = true,
            "lastRenderedPageBreak" => self.end_page(),
            // The line of a fraction.
            "den" => self.push_str("/"),
            "t" => {
                let text = markup.text(self.collector.budget)?;
                self.push_str(&text);
            }
            name => self.piece(name, element),
        }
        Ok(())
    }

    /// Whether an element says that the end of the paragraph was deleted, rather than holding what was.
    fn is_mark(&mut self, element: &BytesStart<'_>) -> bool {
        let in_properties = self.open.last().is_some_and(|open| open.in_properties);
        if in_properties
            && matches!(element.local_name().as_ref(), "del" | "moveFrom")
            && let Some(open) = self.open.last_mut()
        {
            open.goes_on = true;
            return true;
        }
        false
    }

    /// A cell reaches over several columns.
    fn span(&mut self, element: &BytesStart<'_>) {
        let more = number::<u32>(element, "val").unwrap_or(1).clamp(1, 64).saturating_sub(1);
        if let Some(table) = self.tables.last_mut() {
            table.more = more;
        }
    }

    /// What is noted of a paragraph, or stands for a character in it.
    fn piece(&mut self, name: &str, element: &BytesStart<'_>) {
        let styles = self.context.styles;
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "pPr" => open.in_properties = true,
            "pStyle" => open.style = attribute(element, "val"),
            "numId" => open.list.id = number(element, "val"),
            "ilvl" => open.list.level = number(element, "val"),
            "outlineLvl" => open.outline = number(element, "val"),
            "r" => open.is_hidden = false,
            "vanish" if !open.in_properties => open.is_hidden = is_on(element),
            "rStyle" if !open.in_properties => {
                open.is_hidden |= attribute(element, "val").is_some_and(|id| styles.is_hidden(&id));
            }
            "tab" if !open.in_properties => self.push_str("\t"),
            "br" | "cr" => self.push_str("\n"),
            "noBreakHyphen" => self.push_str("-"),
            "sym" => {
                let sign = symbol(element);
                self.push_str(sign.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    fn push_str(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.is_hidden) {
            open.text.push_str(text);
        }
    }

    /// A page ended; a paragraph that had no text yet begins on the next one.
    fn end_page(&mut self) {
        self.breaks = self.breaks.saturating_add(1);
        let next = self.breaks.saturating_add(1);
        if let Some(open) = self.open.last_mut().filter(|open| open.text.trim().is_empty()) {
            open.page = next;
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            "pPr" => {
                if let Some(open) = self.open.last_mut() {
                    open.in_properties = false;
                }
            }
            "tc" | "txbxContent" | "footnote" | "endnote" => self.flush()?,
            "tbl" => drop(self.tables.pop()),
            "p" => {
                if let Some(open) = self.open.pop() {
                    self.close(open)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, open: Open) -> Result<(), Problem> {
        if open.goes_on {
            self.carried = open.text;
            return Ok(());
        }
        let styles = self.context.styles;
        let style = styles.of_paragraph(open.style.as_deref());
        if styles.is_hidden(style) {
            return Ok(());
        }
        let outline = open.outline.or_else(|| styles.find(style, |one| one.outline));
        let level = outline.filter(|level| *level < 9).map(|level| level.saturating_add(1));
        let number = self.count(open.list, style);
        let place = match self.stands() {
            Place::Body if styles.is_contents(style) => Place::Contents,
            place => place,
        };
        let page = (self.place == Place::Body).then_some(open.page);
        self.collector.push(Draft { page, number, level, text: open.text, place })
    }

    /// Where a paragraph stands.
    fn stands(&self) -> Place {
        match self.tables.last() {
            Some(table) if self.place == Place::Body => {
                Place::Cell { table: table.number, row: table.row, column: table.column }
            }
            _ => self.place,
        }
    }

    /// Keeps what has no paragraph left to go on in.
    fn flush(&mut self) -> Result<(), Problem> {
        let (text, place) = (std::mem::take(&mut self.carried), self.stands());
        self.collector.push(Draft { text, place, ..Draft::default() })
    }

    /// The number of a paragraph: of the list it names, else of that of its style.
    fn count(&mut self, own: ListRef, style: &str) -> String {
        let of_style = self.context.styles.list(style);
        let id = own.id.or(of_style.id).filter(|id| *id > 0);
        let by_style = |id: u32| {
            let from_style = own.id.is_none();
            from_style.then(|| self.context.numbering.level_of_style(id, style)).flatten()
        };
        let level = own.level.or_else(|| id.and_then(by_style)).or(of_style.level);
        self.context.numbering.count(ListRef { id, level })
    }
}

/// Signs of the font Symbol that texts of standards use, from U+F000.
const SYMBOLS: [(u32, char); 26] = [
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x77, 'ω'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xd6, '√'),
    (0xd7, '·'),
];

/// The sign of a font by its number; of fonts of pictures nothing can be said.
fn symbol(element: &BytesStart<'_>) -> char {
    let code =
        attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0xfffd);
    let is_symbol = attribute(element, "font").is_some_and(|font| font.eq_ignore_ascii_case("symbol"));
    let listed = SYMBOLS.iter().find(|(sign, _)| is_symbol && (code & 0xff) == *sign && code & !0xf0ff == 0);
    let is_private = (0xe000..0xf900).contains(&code);
    let plain = char::from_u32(code).filter(|_| !is_private).unwrap_or(char::REPLACEMENT_CHARACTER);
    listed.map_or(plain, |(_, sign)| *sign)
}
