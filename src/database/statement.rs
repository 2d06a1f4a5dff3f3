//! What may be sent to a database: one `SELECT`, and that inside another of ours, where no other statement can stand.

use std::ops::Range;

use super::driver::Driver;
use super::scanner;

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
    /// Something in it is read in one way by one database and in another by the next.
    Unsure(&'static str),
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
    pub(super) fn parse(text: &str, driver: Driver) -> Result<Self, (QueryFault, Range<usize>)> {
        let end = scanner::end(text, driver)?;
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
    pub(super) fn of_table(name: &str, driver: Driver) -> Option<Self> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '"' | '`');
        let is_name = !name.is_empty() && name.chars().all(is_part);
        Self::parse(&format!("SELECT * FROM {name}"), driver).ok().filter(|_| is_name)
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_query_stands_inside_ours() {
        let query = Query::parse("SELECT 1 ;\n", Driver::Sqlite).unwrap();
        assert_eq!(query.all(), "SELECT * FROM (\nSELECT 1\n) wangge_rows");
        let query = Query::of_table("\"库\".v_staff", Driver::Postgresql).unwrap();
        assert_eq!(
            query.ordered(3, &[2, 0]).text(),
            "SELECT * FROM (\nSELECT * FROM \"库\".v_staff\n) wangge_rows ORDER BY 3, 1"
        );
        for name in ["", "a b", "a;b", "(SELECT 1)", "a--", "a\"", "a/*", "a$$"] {
            assert_eq!(Query::of_table(name, Driver::Odbc), None, "{name}");
        }
        assert!(Query::of_table("sys.v$session", Driver::Odbc).is_some());
    }

    #[test]
    fn a_query_begins_with_select_or_with() {
        for text in [
            "DELETE FROM t",
            "",
            "-- x",
            "SELECTED",
            "EXPLAIN SELECT 1",
            "update t set a=1",
            "/* x */ DROP TABLE t",
        ] {
            assert_eq!(Query::parse(text, Driver::Mysql).unwrap_err().0, QueryFault::NotSelect, "{text}");
        }
    }
}
