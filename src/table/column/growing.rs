//! A column takes cells, and becomes pages.

use rust_decimal::Decimal;

use super::dictionary::{Dictionary, Habit, Interner};
use super::held;
use super::page::{self, CHUNK, Coded, Page};
use super::unclear::Unclear;
use super::view::View;
use super::{Column, NO_WORDS, Repeats, Storage};

impl Column {
    /// Appends a text cell.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.surplus = self.surplus.saturating_add(held::surplus(text));
        if let (Repeats::Known(interner), Page::Coded(Coded::Long(codes))) =
            (&mut self.repeats, &mut self.tail)
        {
            codes.push(interner.code(text));
        } else if self.tail_takes(!text.is_empty()) {
            self.tail.push_text(text);
        }
        self.pushed();
    }

    /// Appends a whole number.
    pub(crate) fn push_integer(&mut self, value: Option<i64>) {
        self.put(value, Page::push_integer);
    }

    /// Appends a decimal number.
    pub(crate) fn push_decimal(&mut self, value: Option<Decimal>) {
        self.put(value, Page::push_decimal);
    }

    /// Appends a day.
    pub(crate) fn push_days(&mut self, value: Option<i32>) {
        self.put(value, Page::push_days);
    }

    /// Appends yes or no.
    pub(crate) fn push_yes_no(&mut self, value: Option<bool>) {
        self.put(value, Page::push_yes_no);
    }

    /// Appends the storage number of a declared value.
    pub(crate) fn push_number(&mut self, value: Option<u16>) {
        self.put(value, Page::push_number);
    }

    /// Appends a cell to the tail by `push`.
    fn put<T>(&mut self, value: Option<T>, push: impl FnOnce(&mut Page, Option<T>)) {
        if self.tail_takes(value.is_some()) {
            push(&mut self.tail, value);
        }
        self.pushed();
    }

    /// Appends an empty cell.
    pub(crate) fn push_empty(&mut self) {
        match self.storage {
            Storage::Text => self.push_text(""),
            Storage::Integer => self.push_integer(None),
            Storage::Decimal => self.push_decimal(None),
            Storage::Date => self.push_days(None),
            Storage::YesNo => self.push_yes_no(None),
            Storage::Enumerated => self.push_number(None),
        }
    }

    /// Appends a cell that is filled but not understood: an empty one, of which it is known what stands there.
    pub(crate) fn push_unclear(&mut self, word: &str) {
        let row = self.pages.len().saturating_mul(CHUNK).saturating_add(self.tail.rows());
        let store = &self.store;
        self.unclear.get_or_insert_with(|| Box::new(Unclear::new(store))).push(row, word);
        self.push_empty();
    }

    /// Replaces texts where `reading` gives something: by that, or by a cell that is not understood.
    pub(crate) fn rewrite<'t>(&mut self, reading: impl Fn(&str) -> Option<Option<&'t str>>) {
        let mut fresh = Self::of(self.storage, self.habit, &self.store);
        for at in 0..self.chunks() {
            let chunk = self.chunk(at);
            if let View::Text(texts) = chunk.view() {
                for row in 0..chunk.rows() {
                    let text = texts.get(row);
                    let unclear = self.unclear_word(at.saturating_mul(CHUNK).saturating_add(row));
                    match (unclear, reading(text)) {
                        (Some(word), _) => fresh.push_unclear(&word),
                        (None, Some(None)) => fresh.push_unclear(text),
                        (None, Some(Some(text))) => fresh.push_text(text),
                        (None, None) => fresh.push_text(text),
                    }
                }
            }
        }
        fresh.close();
        *self = fresh;
    }

    /// A column of texts, kept as this one is.
    pub(crate) fn with_texts<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Self {
        let mut fresh = Self::of(self.storage, self.habit, &self.store);
        texts.for_each(|text| fresh.push_text(text));
        fresh.close();
        fresh
    }

    /// Readies the tail for a cell. Empty cells before the first filled one are only counted: then false.
    fn tail_takes(&mut self, filled: bool) -> bool {
        let Page::Blank(rows) = self.tail else { return true };
        if !filled {
            self.tail = Page::Blank(rows.saturating_add(1));
            return false;
        }
        let fresh = match self.storage {
            Storage::Text => Page::Plain(page::Plain::default()),
            Storage::Integer => Page::Integer(page::Fixed::default()),
            Storage::Decimal => Page::Decimal(page::Numbers::default()),
            Storage::Date => Page::Date(page::Fixed::default()),
            Storage::YesNo => Page::YesNo(page::Fixed::default()),
            Storage::Enumerated => Page::Enumerated(page::Fixed::default()),
        };
        // A small table needs no full page.
        let recycled = if self.pages.is_empty() { None } else { self.memory().recycled(&fresh) };
        self.tail = recycled.unwrap_or(fresh);
        self.tail.blank(rows);
        true
    }

    fn pushed(&mut self) {
        if self.tail.rows() >= CHUNK {
            self.seal();
        }
    }

    /// The tail becomes a page.
    fn seal(&mut self) {
        let rows = self.pages.len().saturating_add(1).saturating_mul(CHUNK);
        let mut full = std::mem::replace(&mut self.tail, Page::Blank(0));
        if let (Repeats::Unsure, Page::Plain(page)) = (&self.repeats, &full)
            && self.habit != Habit::Unique
        {
            let mut interner = Interner::default();
            let texts = (0..page.ends.len()).map(|at| full.text(at, &NO_WORDS));
            let codes: Vec<u32> = texts.map(|text| interner.code(text)).collect();
            if interner.pays(rows, self.habit) {
                self.repeats = Repeats::Known(interner);
                full = Page::Coded(Coded::Long(codes));
            } else {
                self.repeats = Repeats::Done(Dictionary::default());
            }
        }
        if let Page::Plain(grown) = full {
            // The page takes what it needs; the buffer that grew grows no more.
            full = Page::Plain(grown.exact());
            self.tail = Page::Plain(grown);
            self.tail.clear();
        } else if let Page::Coded(Coded::Long(mut codes)) = full {
            full = Page::Coded(Coded::packed(&codes));
            if matches!(&self.repeats, Repeats::Known(interner) if interner.pays(rows, self.habit)) {
                codes.clear();
                self.tail = Page::Coded(Coded::Long(codes));
            } else {
                self.settle();
            }
        }
        self.pages.push(self.store.keep(full));
    }

    /// No more texts are numbered.
    fn settle(&mut self) {
        if let Repeats::Known(interner) = &mut self.repeats {
            let mut dictionary = std::mem::take(&mut interner.dictionary);
            dictionary.shrink();
            self.counted = dictionary.memory();
            self.memory().count(self.counted);
            self.repeats = Repeats::Done(dictionary);
        }
    }

    /// Says that no more rows will come.
    pub(crate) fn close(&mut self) {
        if self.tail.rows() > 0 {
            let rows = self.tail.rows();
            let mut last = std::mem::replace(&mut self.tail, Page::Blank(0));
            if let Page::Coded(Coded::Long(codes)) = &last {
                last = Page::Coded(Coded::packed(codes));
            } else if rows < CHUNK / 2 {
                last.shrink();
            }
            self.pages.push(self.store.keep(last));
        }
        self.settle();
        self.pages.shrink_to_fit();
        if let Some(unclear) = &mut self.unclear {
            unclear.close();
        }
    }
}
