//! What `explain` says of an id, before it is written to a terminal or a page.

use super::text::Text;

/// Everything there is to say about one rule, requirement, item, clause or policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The id asked for.
    pub id: String,
    /// What kind of thing it is.
    pub kind: Text,
    /// Its title.
    pub title: Text,
    /// Labelled parts in reading order.
    pub parts: Vec<Part>,
}

/// One labelled part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its label.
    pub label: Text,
    /// What it says.
    pub body: Body,
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A paragraph.
    Text(Text),
    /// A list, each entry with the id it leads to, if any.
    List(Vec<(Option<String>, Text)>),
    /// Example data: name of the table and its CSV text.
    Data(Vec<(String, String)>),
}

/// One row of the clause matrix.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MatrixRow {
    /// Clause, or requirement of Appendix A.
    pub clause: String,
    /// What it asks for.
    pub title: Text,
    /// `shall`, `should`, `informative`; empty for requirements.
    pub force: String,
    /// `data`, `data-or-on-site`, `on-site`, `informative`.
    pub decided: String,
    /// Rules that look at it.
    pub rules: Vec<String>,
    /// Requirements of Appendix A about the same thing.
    pub requirements: Vec<String>,
    /// Tests beside the rules that exercise it.
    pub tests: usize,
    /// Fixture submissions that exercise it: where it is met, and where it is broken.
    pub fixtures: Vec<String>,
    /// Why data cannot decide it.
    pub why: Text,
}
