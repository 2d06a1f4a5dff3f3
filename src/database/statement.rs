//! What may be sent to a database: one `SELECT`, and that inside another of ours, where no other statement can stand.

use std::ops::Range;

/// A query that may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query(String);

/// Why a text is no query that may be sent, and where it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryFault {
    /// It begins with another word than `SELECT` or `WITH`.
    NotSelect,
    /// Something follows a semicolon.
    Several,
    /// A quote, comment or bracket is not closed, or a bracket was never opened.
    Unclosed,
}

/// A query with the order in which its rows are wanted.
#[allow(dead_code, reason = "each driver reads its own part, and a build may lack some")]
pub(super) struct Ordered<'a> {
    query: &'a Query,
    /// Number of its columns.
    pub(super) columns: usize,
    /// Columns by which rows are ordered, from 0.
    pub(super) order: &'a [usize],
}

/// What the query is called inside ours.
pub(super) const NAME: &str = "wangge_rows";

impl Query {
    /// The query that a text is.
    ///
    /// # Errors
    /// It is none, with the bytes it is about.
    pub(super) fn parse(text: &str) -> Result<Self, (QueryFault, Range<usize>)> {
        let end = end(text)?;
        let query = text.get(..end).unwrap_or_default();
        let bare = query.trim_start().trim_start_matches(['(', ' ', '\t', '\r', '\n']);
        let word: String = bare.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if word.eq_ignore_ascii_case("select") || word.eq_ignore_ascii_case("with") {
            return Ok(Self(query.trim().to_owned()));
        }
        let start = query.len().saturating_sub(bare.len());
        Err((QueryFault::NotSelect, start..start.saturating_add(word.len())))
    }

    /// All of a table or view; `None` where that is no name.
    pub(super) fn of_table(name: &str) -> Option<Self> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '"' | '`');
        let is_name = !name.is_empty() && name.chars().all(is_part);
        Self::parse(&format!("SELECT * FROM {name}")).ok().filter(|_| is_name)
    }

    /// It as a table in brackets. A comment at its end ends before the bracket.
    pub(super) fn nested(&self) -> String {
        format!("(\n{}\n)", self.0)
    }

    /// All its columns.
    pub(super) fn all(&self) -> String {
        format!("SELECT * FROM {} {NAME}", self.nested())
    }

    /// It in an order.
    pub(super) fn ordered<'a>(&'a self, columns: usize, order: &'a [usize]) -> Ordered<'a> {
        Ordered { query: self, columns, order }
    }
}

#[allow(dead_code, reason = "each driver reads its own part, and a build may lack some")]
impl Ordered<'_> {
    /// The query as any database takes it: ordered by the numbers of columns, so that no name needs quotes.
    pub(super) fn text(&self) -> String {
        let order: Vec<_> = self.order.iter().map(|at| at.saturating_add(1).to_string()).collect();
        format!("{} ORDER BY {}", self.query.all(), order.join(", "))
    }

    /// The query itself.
    pub(super) fn query(&self) -> &Query {
        self.query
    }
}

/// Where the statement ends: at a last semicolon, or with the text. Quotes, comments and brackets are followed so far that
/// what stands in them is not taken for a semicolon; where databases differ over a quote, the text is rather refused.
fn end(text: &str) -> Result<usize, (QueryFault, Range<usize>)> {
    let (mut open, mut rest) = (0_usize, text);
    while let Some(c) = rest.chars().next() {
        let at = text.len().saturating_sub(rest.len());
        let whole = || at..text.len();
        let skipped = match c {
            '\'' | '"' | '`' => quoted(rest, c),
            '-' if rest.starts_with("--") => Some(rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => {
                rest.get(2..).and_then(|inside| Some(inside.find("*/")?.saturating_add(4)))
            }
            ';' if open == 0 && is_blank(rest.get(1..).unwrap_or_default()) => return Ok(at),
            ';' => return Err((QueryFault::Several, at..at.saturating_add(1))),
            '(' => {
                open = open.saturating_add(1);
                Some(1)
            }
            ')' => {
                open = open.checked_sub(1).ok_or_else(|| (QueryFault::Unclosed, whole()))?;
                Some(1)
            }
            c => Some(c.len_utf8()),
        };
        let skipped = skipped.ok_or_else(|| (QueryFault::Unclosed, whole()))?;
        rest = rest.get(skipped..).unwrap_or_default();
    }
    if open > 0 { Err((QueryFault::Unclosed, 0..text.len())) } else { Ok(text.len()) }
}

/// Bytes of a quoted text with its quotes.
fn quoted(text: &str, quote: char) -> Option<usize> {
    text.get(1..)?.find(quote)?.checked_add(2)
}

/// Whether nothing but blanks and comments to the end of a line follow.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with("--"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn fault(text: &str) -> QueryFault {
        Query::parse(text).unwrap_err().0
    }

    #[test]
    fn one_select_is_taken() {
        for text in [
            "SELECT 1",
            "  select a from b where c = ';' -- not; this\n",
            "WITH x AS (SELECT 1) SELECT * FROM x;",
            "(SELECT 1) UNION (SELECT 2) ; \n-- the end",
            "SELECT '--', \"/*\", 'it''s' FROM t /* ; */",
        ] {
            assert!(Query::parse(text).is_ok(), "{text}");
        }
        assert_eq!(Query::parse("SELECT 1 ;\n").unwrap().all(), "SELECT * FROM (\nSELECT 1\n) wangge_rows");
        let query = Query::of_table("\"库\".v_staff").unwrap();
        assert_eq!(
            query.ordered(3, &[2, 0]).text(),
            "SELECT * FROM (\nSELECT * FROM \"库\".v_staff\n) wangge_rows ORDER BY 3, 1"
        );
    }

    #[test]
    fn nothing_else_is_taken() {
        for text in [
            "DELETE FROM t",
            "",
            "-- x",
            "SELECTED",
            "EXPLAIN SELECT 1",
            "update t set a=1",
            "/* x */ DROP TABLE t",
        ] {
            assert_eq!(fault(text), QueryFault::NotSelect, "{text}");
        }
        for text in
            ["SELECT 1; DROP TABLE t", "SELECT 1;;", "SELECT (1;)", "SELECT 'it\\'; DROP TABLE t; --'"]
        {
            assert_eq!(fault(text), QueryFault::Several, "{text}");
        }
        for text in ["SELECT 'a", "SELECT /* a", "SELECT (1", "SELECT 1) x, (SELECT 2", "SELECT \"a"] {
            assert_eq!(fault(text), QueryFault::Unclosed, "{text}");
        }
        for name in ["", "a b", "a;b", "(SELECT 1)", "a--", "a\"", "a/*"] {
            assert_eq!(Query::of_table(name), None, "{name}");
        }
    }
}
