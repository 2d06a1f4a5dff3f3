//! Elements that do not show, and where they end: some have no end tag.

use super::page::is_block;

/// An element that does not show.
pub(super) struct Hidden {
    name: String,
    /// How many of its name are open.
    open: u32,
    /// Elements in it, still open, that may hold others of its name.
    inner: u32,
}

/// What an end tag ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The element.
    Own,
    /// Something in it.
    Inner,
    /// Something around it, and with that the element.
    Around,
}

impl Hidden {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), open: 1, inner: 0 }
    }

    /// Whether its end tag may be left out.
    fn is_optional(&self) -> bool {
        matches!(self.name.as_str(), "p" | "li" | "tr" | "td" | "th" | "rt" | "rp" | "dt" | "dd")
    }

    /// Whether it ends where another element begins.
    pub(super) fn ends_before(&self, next: &str) -> bool {
        let is_row = matches!(next, "tr" | "tbody" | "thead" | "tfoot");
        let is_other = match self.name.as_str() {
            "p" => {
                is_block(next) || matches!(next, "table" | "ul" | "ol" | "li" | "pre" | "td" | "th") || is_row
            }
            "li" => next == "li",
            "tr" => is_row,
            "td" | "th" => is_row || matches!(next, "td" | "th"),
            "rt" | "rp" => matches!(next, "rt" | "rp" | "rb" | "rtc"),
            "dt" | "dd" => matches!(next, "dt" | "dd"),
            _ => false,
        };
        is_other && self.inner == 0
    }

    /// The element with another one that begins in it.
    pub(super) fn begin(mut self, name: &str, closes_itself: bool) -> Self {
        if self.is_optional() {
            self.inner = self.inner.saturating_add(u32::from(is_holder(name)));
        } else if self.name == name && !closes_itself {
            self.open = self.open.saturating_add(1);
        }
        self
    }

    /// What an end tag in it ends.
    pub(super) fn end(&mut self, name: &str) -> End {
        if self.is_optional() && is_holder(name) {
            if self.inner == 0 {
                return End::Around;
            }
            self.inner = self.inner.saturating_sub(1);
            return End::Inner;
        }
        if self.name == name && self.inner == 0 {
            self.open = self.open.saturating_sub(1);
            return if self.open == 0 { End::Own } else { End::Inner };
        }
        // No block is in a paragraph.
        if self.name == "p" && is_block(name) { End::Around } else { End::Inner }
    }
}

/// Elements that hold items, rows or readings.
fn is_holder(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "table" | "ruby" | "body" | "html")
}
