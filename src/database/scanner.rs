//! Where a statement ends. Quotes, comments and brackets are followed so far that what stands in them is not taken for a
//! semicolon or bracket; what one database reads as the end of a quote or comment and another does not is refused, so that no
//! database sees another end than this does.

use std::ops::Range;

use super::driver::Driver;
use super::statement::QueryFault;

/// Follows a statement.
struct Scanner<'t> {
    text: &'t str,
    driver: Driver,
    /// Where it is.
    at: usize,
    /// Brackets open there.
    open: usize,
    /// Where the word before it begins, if one ends there.
    word: Option<usize>,
}

/// Where the statement ends: at a last semicolon, or with the text.
///
/// # Errors
/// It does not end there for every reader, with the bytes it is about.
pub(super) fn end(text: &str, driver: Driver) -> Result<usize, (QueryFault, Range<usize>)> {
    let mut scanner = Scanner { text, driver, at: 0, open: 0, word: None };
    scanner.end().map_err(|fault| (fault, scanner.at..text.len()))
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn end(&mut self) -> Result<usize, QueryFault> {
        while let Some(c) = self.rest().chars().next() {
            if c == ';' && self.open == 0 && is_blank(self.rest().get(1..).unwrap_or_default()) {
                return Ok(self.at);
            }
            let skipped = self.skip(c)?;
            let is_word = c.is_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii();
            self.word = is_word.then(|| self.word.unwrap_or(self.at));
            self.at = self.at.saturating_add(skipped);
        }
        if self.open > 0 { Err(QueryFault::Unclosed) } else { Ok(self.text.len()) }
    }

    /// Bytes of what begins with this character.
    fn skip(&mut self, c: char) -> Result<usize, QueryFault> {
        match c {
            '\'' | '"' | '`' => return self.quoted(c),
            '-' if self.rest().starts_with("--") => return self.line_comment(),
            '/' if self.rest().starts_with("/*") => return self.comment(),
            ';' => return Err(QueryFault::Several),
            '(' => self.open = self.open.saturating_add(1),
            ')' => self.open = self.open.checked_sub(1).ok_or(QueryFault::Unclosed)?,
            // A comment of MySQL.
            '#' if self.is_of(&[Driver::Mysql, Driver::Odbc]) => return Err(QueryFault::Unsure("#")),
            // Quotes of names.
            '[' if self.is_of(&[Driver::Sqlite, Driver::Odbc]) => return Err(QueryFault::Unsure("[")),
            // A quote of texts, but for a sign within a name.
            '$' if !self.is_in_name() || self.rest().starts_with("$$") => {
                return Err(QueryFault::Unsure("$"));
            }
            '\0' => return Err(QueryFault::Unsure("\\0")),
            _ => {}
        }
        Ok(c.len_utf8())
    }

    fn is_of(&self, drivers: &[Driver]) -> bool {
        drivers.contains(&self.driver)
    }

    /// The word before this place.
    fn word(&self) -> &'t str {
        self.word.and_then(|from| self.text.get(from..self.at)).unwrap_or_default()
    }

    fn is_in_name(&self) -> bool {
        self.word().starts_with(|c: char| !c.is_ascii_digit() && c != '$')
    }

    /// Bytes of a quoted text with its quotes.
    fn quoted(&self, quote: char) -> Result<usize, QueryFault> {
        if quote == '`' && self.is_of(&[Driver::Postgresql, Driver::Odbc]) {
            return Err(QueryFault::Unsure("`"));
        }
        // Oracle takes any sign after it for the quote.
        let is_own = ["q", "nq"].iter().any(|word| self.word().eq_ignore_ascii_case(word));
        if quote == '\'' && is_own && self.driver == Driver::Odbc {
            return Err(QueryFault::Unsure("q'"));
        }
        let inside = self.rest().get(1..).unwrap_or_default();
        let end = inside.find(quote).ok_or(QueryFault::Unclosed)?;
        let inside = inside.get(..end).unwrap_or_default();
        if inside.contains('\0') {
            return Err(QueryFault::Unsure("\\0"));
        }
        // Whether it takes away the meaning of the quote after it depends on the database and its options.
        if inside.contains('\\') && self.driver != Driver::Sqlite {
            return Err(QueryFault::Unsure("\\"));
        }
        Ok(end.saturating_add(2))
    }

    /// Bytes of a comment to the end of its line.
    fn line_comment(&self) -> Result<usize, QueryFault> {
        let comment = self.rest();
        let is_spaced = comment.get(2..).is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
        if !is_spaced && self.is_of(&[Driver::Mysql, Driver::Odbc]) {
            return Err(QueryFault::Unsure("--"));
        }
        let comment = comment.get(..comment.find('\n').unwrap_or(comment.len())).unwrap_or_default();
        // What else may end a line does so for some alone.
        let inside = comment.strip_suffix('\r').unwrap_or(comment);
        let is_break = |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}');
        if inside.contains(is_break) { Err(QueryFault::Unsure("--")) } else { Ok(comment.len()) }
    }

    /// Bytes of a comment with its ends.
    fn comment(&self) -> Result<usize, QueryFault> {
        let inside = self.rest().get(2..).unwrap_or_default();
        let end = inside.find("*/").ok_or(QueryFault::Unclosed)?;
        // MySQL reads what stands in these.
        if inside.starts_with('!') || inside.starts_with("M!") {
            return Err(QueryFault::Unsure("/*!"));
        }
        // Comments in comments are known to some; the star of the end may be that of another beginning.
        let with_star = inside.get(..end.saturating_add(1)).unwrap_or_default();
        if with_star.contains("/*") || with_star.contains('\0') {
            return Err(QueryFault::Unsure("/*"));
        }
        Ok(end.saturating_add(4))
    }
}

/// Whether nothing but blanks and comments to the end of a line follow.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str, driver: Driver) -> Option<QueryFault> {
        end(text, driver).err().map(|(fault, _)| fault)
    }

    #[test]
    fn one_statement_is_taken() {
        for text in [
            "SELECT 1",
            "  select a from b where c = ';' -- not; this\n",
            "WITH x AS (SELECT 1) SELECT * FROM x;",
            "(SELECT 1) UNION (SELECT 2) ; \n-- the end",
            "SELECT '--', \"/*\", 'it''s' FROM t /* ; */",
            "SELECT a -- one\r\n, b FROM sys.v$session /**/",
        ] {
            for driver in Driver::ALL {
                assert_eq!(fault(text, driver), None, "{text} {driver:?}");
            }
        }
        assert_eq!(fault("SELECT a FROM b WHERE c LIKE '\\_%'", Driver::Sqlite), None);
        assert_eq!(fault("SELECT (ARRAY[1, 2])[1] --x", Driver::Postgresql), None);
        assert_eq!(fault("SELECT `名` FROM `表`", Driver::Mysql), None);
    }

    #[test]
    fn more_than_one_is_not() {
        for driver in Driver::ALL {
            for text in ["SELECT 1; DROP TABLE t", "SELECT 1;;", "SELECT (1;)"] {
                assert_eq!(fault(text, driver), Some(QueryFault::Several), "{text}");
            }
            for text in ["SELECT 'a", "SELECT /* a", "SELECT (1", "SELECT 1) x, (SELECT 2", "SELECT \"a"] {
                assert_eq!(fault(text, driver), Some(QueryFault::Unclosed), "{text}");
            }
        }
        assert_eq!(fault("SELECT 'it\\'; DROP TABLE t; --'", Driver::Sqlite), Some(QueryFault::Several));
    }

    #[test]
    fn what_databases_read_in_different_ways_is_refused() {
        use Driver::{Mysql, Odbc, Postgresql, Sqlite};
        for (text, drivers, sign) in [
            (
                "SELECT $$'$$) x; DROP TABLE t; COMMIT; SELECT * FROM (SELECT $$'$$",
                &[Sqlite, Postgresql, Mysql, Odbc][..],
                "$",
            ),
            ("SELECT $a$'$a$) x; DROP TABLE t; SELECT * FROM (SELECT $a$'$a$", &[Postgresql, Odbc], "$"),
            ("SELECT 1$$'$$", &[Postgresql, Odbc], "$"),
            ("SELECT 1 AS [']) x; DROP TABLE t; SELECT * FROM (SELECT 1 AS [']", &[Sqlite, Odbc], "["),
            ("SELECT 1--1) x UNION ALL SELECT 1 INTO OUTFILE '/tmp/a' FROM (SELECT 1", &[Mysql, Odbc], "--"),
            ("SELECT 1 # '\n) x; DROP TABLE t; SELECT * FROM (SELECT 1 # '", &[Mysql, Odbc], "#"),
            ("SELECT '\\') x; DROP TABLE t; -- '", &[Postgresql, Mysql, Odbc], "\\"),
            ("SELECT \"\\\" ; DROP TABLE t; -- \"", &[Mysql, Odbc], "\\"),
            ("SELECT q'[']') x; DROP TABLE t; SELECT * FROM (SELECT q'[']'", &[Odbc], "q'"),
            ("SELECT Nq'!'!'", &[Odbc], "q'"),
            ("SELECT 1 /*! ) x INTO OUTFILE '/tmp/a' */", &[Mysql, Odbc], "/*!"),
            ("SELECT 1 /*M! ) x */", &[Mysql, Odbc], "/*!"),
            ("SELECT 1 /* /* */ ' */) x; DROP TABLE t; -- '", &[Postgresql, Odbc], "/*"),
            ("SELECT 1 /* a /*/ ' */) x; DROP TABLE t; -- '", &[Postgresql, Odbc], "/*"),
            ("SELECT 1 -- a\r) x; DROP TABLE t", &[Sqlite, Postgresql, Mysql, Odbc], "--"),
            ("SELECT `'`) x; DROP TABLE t; SELECT (`'`", &[Postgresql, Odbc], "`"),
            ("SELECT 1\0", &[Sqlite, Postgresql, Mysql, Odbc], "\\0"),
        ] {
            for driver in drivers {
                assert_eq!(fault(text, *driver), Some(QueryFault::Unsure(sign)), "{text} {driver:?}");
            }
        }
    }
}
