//! Automatic numbers of a DOCX, as Word shows them.

use std::collections::{HashMap, HashSet};

use super::styles::{ListRef, Styles};
use crate::document::budget::Budget;
use crate::document::error::Problem;
use crate::document::label::Style;
use crate::document::markup::{Markup, Node, attribute, is_on, number};

/// Levels of a list.
const LEVELS: usize = 9;

/// How a level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    style: Style,
    /// The number with `%1` to `%9` for those of the levels.
    text: String,
    /// The level, from 1, on which this one begins anew; 0 for never, nothing for any above it.
    restart: Option<usize>,
    /// Whether all numbers in it show as digits.
    is_legal: bool,
    /// The style of paragraphs that takes this level.
    paragraphs: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let text = String::new();
        Self { start: 0, style: Style::Decimal, text, restart: None, is_legal: false, paragraphs: None }
    }
}

/// A definition that lists share, with its counters.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style of lists whose definition this one takes.
    linked: Option<String>,
    /// The last number on each level.
    counters: [Option<u32>; LEVELS],
}

/// A list.
#[derive(Clone, Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    /// Lists and levels that began where they say, which they do once.
    begun: HashSet<(u32, usize)>,
}

/// What is being read.
#[derive(Default)]
struct Open {
    definition: Option<(u32, Definition)>,
    list: Option<(u32, List)>,
    level: Option<(usize, Level)>,
    /// The level of a list that is changed.
    changed: usize,
}

impl Numbering {
    pub(super) fn read(part: &str, budget: &mut Budget) -> Result<Self, Problem> {
        let (mut markup, mut numbering, mut open) = (Markup::new(part), Self::default(), Open::default());
        loop {
            match markup.next(budget)? {
                Node::Start(element) => match (element.local_name().as_ref(), &mut open) {
                    ("rPr" | "pPr" | "Fallback", _) => markup.skip(budget)?,
                    ("abstractNum", open) => {
                        open.definition =
                            Some((number(&element, "abstractNumId").unwrap_or(0), Definition::default()));
                    }
                    ("num", open) => {
                        open.list = Some((number(&element, "numId").unwrap_or(0), List::default()));
                    }
                    ("abstractNumId", Open { list: Some((_, list)), .. }) => {
                        list.definition = number(&element, "val").unwrap_or(0);
                    }
                    ("numStyleLink", Open { definition: Some((_, definition)), .. }) => {
                        definition.linked = attribute(&element, "val");
                    }
                    ("lvlOverride", open) => open.changed = number(&element, "ilvl").unwrap_or(LEVELS),
                    ("startOverride", Open { list: Some((_, list)), changed, .. }) => {
                        list.starts.insert(*changed, number(&element, "val").unwrap_or(1));
                    }
                    ("lvl", open) => {
                        open.level = Some((number(&element, "ilvl").unwrap_or(LEVELS), Level::default()));
                    }
                    (name, Open { level: Some((_, level)), .. }) => level.set(name, &element),
                    _ => {}
                },
                Node::End(name) => numbering.close(&name, &mut open),
                Node::Eof => return Ok(numbering),
                Node::Text(_) => {}
            }
        }
    }

    fn close(&mut self, name: &str, open: &mut Open) {
        match (name, &mut *open) {
            ("lvl", Open { level, list: Some((_, list)), .. }) => list.levels.extend(level.take()),
            ("lvl", Open { level, definition: Some((_, definition)), .. }) => {
                definition.levels.extend(level.take());
            }
            ("abstractNum", open) => self.definitions.extend(open.definition.take()),
            ("num", open) => self.lists.extend(open.list.take()),
            _ => {}
        }
    }

    /// Follows definitions that take those of a style.
    pub(super) fn link(&mut self, styles: &Styles) {
        let linked: Vec<(u32, u32)> = self
            .definitions
            .iter()
            .filter_map(|(id, definition)| {
                let list = styles.list(definition.linked.as_deref()?).id?;
                Some((*id, self.lists.get(&list)?.definition))
            })
            .collect();
        for list in self.lists.values_mut() {
            if let Some((_, other)) = linked.iter().find(|(id, _)| *id == list.definition) {
                list.definition = *other;
            }
        }
    }

    /// The level that a list gives to paragraphs of a style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let definition = self.definitions.get(&self.lists.get(&list)?.definition)?;
        let is_of = |level: &Level| level.paragraphs.as_deref() == Some(style);
        let found = definition.levels.iter().filter(|(_, level)| is_of(level)).map(|(at, _)| *at).min();
        u8::try_from(found?).ok()
    }

    /// Counts one paragraph of a list; its number as it shows, empty for a bullet.
    pub(super) fn count(&mut self, at: ListRef) -> String {
        let (Some(id), level) = (at.id, usize::from(at.level.unwrap_or(0))) else { return String::new() };
        let Some(list) = self.lists.get(&id) else { return String::new() };
        let Some(definition) = self.definitions.get_mut(&list.definition) else { return String::new() };
        if level >= LEVELS {
            return String::new();
        }
        let of = |level: usize| {
            let own = list.levels.get(&level).or_else(|| definition.levels.get(&level)).cloned();
            let mut own = own.unwrap_or_default();
            // Where a list begins it also begins again, after a level above it counted.
            own.start = list.starts.get(&level).copied().unwrap_or(own.start);
            own
        };
        let levels: Vec<Level> = (0..LEVELS).map(of).collect();
        let start = list.starts.get(&level).filter(|_| self.begun.insert((id, level))).copied();
        definition.advance(level, start, &levels);
        levels.get(level).map(|own| own.show(&definition.counters, &levels)).unwrap_or_default()
    }
}

impl Definition {
    /// Counts one on a level, and begins those below it anew.
    fn advance(&mut self, level: usize, start: Option<u32>, levels: &[Level]) {
        for (at, (counter, own)) in self.counters.iter_mut().zip(levels).enumerate() {
            if at < level {
                // A level above that has no number yet shows its first one.
                *counter = counter.or(Some(own.start));
            } else if at == level {
                let next = counter.map_or(own.start, |last| last.saturating_add(1));
                *counter = Some(start.unwrap_or(next));
            } else if own.restart.is_none_or(|after| level < after) {
                *counter = None;
            }
        }
    }
}

impl Level {
    fn set(&mut self, name: &str, element: &quick_xml::events::BytesStart<'_>) {
        match name {
            "start" => self.start = number(element, "val").unwrap_or(0),
            "numFmt" => self.style = Style::of_word(&attribute(element, "val").unwrap_or_default()),
            "lvlText" => self.text = attribute(element, "val").unwrap_or_default(),
            "lvlRestart" => self.restart = number(element, "val"),
            "isLgl" => self.is_legal = is_on(element),
            "pStyle" => self.paragraphs = attribute(element, "val"),
            _ => {}
        }
    }

    /// The number of the level with those of the levels it names.
    fn show(&self, counters: &[Option<u32>; LEVELS], levels: &[Level]) -> String {
        if self.style == Style::Bullet {
            return String::new();
        }
        let (mut shown, mut rest) = (String::new(), self.text.chars().peekable());
        while let Some(c) = rest.next() {
            let named =
                rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            let Some(at) = named.and_then(|digit| usize::try_from(digit.saturating_sub(1)).ok()) else {
                shown.push(c);
                continue;
            };
            rest.next();
            if let (Some(number), Some(level)) = (counters.get(at).copied().flatten(), levels.get(at)) {
                let style = if self.is_legal { Style::Decimal } else { level.style };
                shown.push_str(&style.write(number));
            }
        }
        shown
    }
}
