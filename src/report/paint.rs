//! Colours of our own text; the diagnostics have those of miette.

/// How a piece of text is inked. Colour never carries meaning alone: a word or sign always says the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ink {
    /// As it is.
    #[default]
    Plain,
    /// Headings.
    Bold,
    /// What may be skipped.
    Dim,
    /// Against.
    Red,
    /// For.
    Green,
    /// Open.
    Yellow,
    /// A score bar: what is sure, what is open and what is lost, each in its colour.
    Bar,
}

/// Characters of a score bar. ASCII: block elements are two columns wide on some Chinese terminals.
pub(super) const SURE: char = '#';
/// Points that may still be had.
pub(super) const OPEN: char = '?';
/// Points lost.
pub(super) const LOST: char = '.';
/// Organizations judged against.
pub(super) const AGAINST: char = 'x';

impl Ink {
    /// The text in this ink, or as it is without colour.
    pub(super) fn on(self, text: &str, color: bool) -> String {
        match self.code() {
            _ if !color || text.is_empty() => text.to_owned(),
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None if self == Self::Bar => bar(text),
            None => text.to_owned(),
        }
    }

    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain | Self::Bar => None,
            Self::Bold => Some("1"),
            Self::Dim => Some("2"),
            Self::Red => Some("31"),
            Self::Green => Some("32"),
            Self::Yellow => Some("33"),
        }
    }
}

fn bar(text: &str) -> String {
    let mut painted = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| c != first).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let ink = match first {
            SURE => Ink::Green,
            OPEN => Ink::Yellow,
            LOST => Ink::Dim,
            AGAINST => Ink::Red,
            _ => Ink::Plain,
        };
        painted.push_str(&ink.on(run, true));
        rest = after;
    }
    painted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_has_one_colour_a_run() {
        assert_eq!(Ink::Bar.on("##?.", true), "\u{1b}[32m##\u{1b}[0m\u{1b}[33m?\u{1b}[0m\u{1b}[2m.\u{1b}[0m");
    }

    #[test]
    fn without_colour_text_stays_as_it_is() {
        assert_eq!(Ink::Red.on("不合格", false), "不合格");
        assert_eq!(Ink::Bar.on("#?.", false), "#?.");
    }
}
