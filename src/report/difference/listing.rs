//! Lists of a comparison, in both languages, whatever they are written as.

use crate::model::text::Text;

/// A list: heads and rows, of which the last column holds running text.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Listing {
    pub(in crate::report) title: Text,
    pub(in crate::report) heads: Vec<Text>,
    pub(in crate::report) rows: Vec<Vec<Text>>,
}

impl Listing {
    /// An empty list.
    pub(super) fn new((zh, en): (&str, &str), heads: &[(&str, &str)]) -> Self {
        let heads = heads.iter().map(|(zh, en)| Text::new(*zh, *en)).collect();
        Self { title: Text::new(zh, en), heads, rows: Vec::new() }
    }

    /// The list, unless it has no rows.
    pub(super) fn filled(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }
}
