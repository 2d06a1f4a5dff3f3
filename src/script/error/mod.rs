//! What can go wrong in a rule, in words a rule author understands, at its line and column.

pub(crate) mod exceeded;
mod foreign_syntax;
mod parse;
mod raise;
mod run;
pub(crate) mod sizes;
mod unknown;

use rhai::{Engine, EvalAltResult, ParseError, Position};
use serde::{Deserialize, Serialize};

pub(crate) use foreign_syntax::of_spreadsheets;
pub(crate) use raise::*;
pub(crate) use run::{THROWN, is_limit};
pub(crate) use unknown::*;

use super::syntax::confusables::{self, Stray};
use crate::model::fault::{Explain, Fault};
use crate::model::report::BrokenRule;
use crate::model::text::Text;
use crate::table::table_schema::TableDecl;

/// An error in a rule: a broken rule, not a finding about the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFault {
    /// Id of the rule, or its path where it has none yet.
    pub rule: String,
    /// Path of the file inside its pack.
    pub file: String,
    /// 1-based line and column, in characters.
    pub position: Option<(usize, usize)>,
    /// The line itself.
    pub line: String,
    /// What is wrong and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

impl Explain for RuleFault {
    fn fault(&self) -> Fault {
        let zh = format!("规则 {} 出错：{}", self.rule, self.message.zh);
        let en = format!("rule {} is broken: {}", self.rule, self.message.en);
        Fault { message: Text::new(zh, en), ..self.noted("rule.broken") }
    }
}

impl RuleFault {
    /// The same under a code of its own, without saying that the rule is broken.
    pub(crate) fn noted(&self, code: &'static str) -> Fault {
        let mark = |column: usize| (self.line.clone(), column.saturating_sub(1), self.token_length(column));
        Fault {
            code,
            message: self.message.clone(),
            help: self.help.clone(),
            file: Some(self.file.clone()),
            sheet: None,
            row: self.position.and_then(|(line, _)| u32::try_from(line).ok()),
            column: self.position.map(|(_, column)| column.to_string()),
            excerpt: self.position.map(|(_, column)| mark(column)),
        }
    }

    /// The same as reports tell it.
    pub fn broken_rule(&self) -> BrokenRule {
        let number = |at: usize| u32::try_from(at).ok();
        BrokenRule {
            rule: self.rule.clone(),
            file: self.file.clone(),
            line: self.position.and_then(|(line, _)| number(line)),
            column: self.position.and_then(|(_, column)| number(column)),
            message: self.message.clone(),
            help: self.help.clone(),
        }
    }

    /// A fault of a whole file.
    pub(crate) fn whole(rule: &str, file: &str, message: Text, help: Text) -> Self {
        let (rule, file) = (rule.to_owned(), file.to_owned());
        let message = Text::new(cut(message.zh), cut(message.en));
        Self { rule, file, position: None, line: String::new(), message, help }
    }

    fn token_length(&self, column: usize) -> usize {
        let rest: Vec<char> = self.line.chars().skip(column.saturating_sub(1)).collect();
        match rest.as_slice() {
            // The whole text.
            [quote @ ('"' | '`'), text @ ..] => {
                text.iter().position(|sign| sign == quote).map_or(1, |end| end.saturating_add(2))
            }
            [sign @ ('—' | '…'), next, ..] if sign == next => 2,
            // A comment.
            ['/', '/', ..] => rest.len(),
            _ => rest.iter().take_while(|sign| sign.is_alphanumeric() || **sign == '_').count().max(1),
        }
    }
}

/// Characters that stay of the beginning and of the end of a message: a script may put a text of any length into it.
const STAY: (usize, usize) = (240, 160);

fn cut(message: String) -> String {
    let length = message.chars().count();
    if length <= STAY.0.saturating_add(STAY.1) {
        return message;
    }
    let begins = message.chars().take(STAY.0);
    let ends = message.chars().skip(length.saturating_sub(STAY.1));
    begins.chain(['…']).chain(ends).collect()
}

/// What is known where a rule stopped.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'k> {
    /// Gives the names of all functions.
    pub(crate) functions: Option<&'k dyn Fn() -> &'k [String]>,
    /// Path and text of each library.
    pub(crate) libraries: &'k [(String, String)],
    /// Declarations of the tables of the submission.
    pub(crate) tables: &'k [&'k TableDecl],
}

/// A script as faults refer to it.
pub(crate) struct Script<'a> {
    pub(crate) rule: &'a str,
    pub(crate) file: &'a str,
    pub(crate) source: &'a str,
}

impl Script<'_> {
    /// Objects to signs of a Chinese keyboard in the code.
    pub(crate) fn check_signs(&self) -> Result<(), RuleFault> {
        confusables::stray(self.source).map_or(Ok(()), |stray| Err(self.stray_fault(&stray)))
    }

    /// A file that does not compile. A quotation mark that does not end its text is found by putting it right: then
    /// the file can be read at least further than before.
    pub(crate) fn parse_fault(&self, engine: &Engine, error: &ParseError) -> RuleFault {
        let at = place(error.position());
        let reach = at.map_or(usize::MAX, |(line, _)| line);
        let further = |stray: &Stray| match engine.compile(confusables::mended(self.source, stray)) {
            Ok(_) => true,
            Err(next) => place(next.position()).is_some_and(|next| Some(next) > at),
        };
        let quotes = confusables::lone_quotes(self.source, reach);
        let near = quotes.iter().take(MOST_QUOTES).find(|stray| further(stray));
        if let Some(stray) = near {
            return self.stray_fault(stray);
        }
        let (message, help) = parse::words(error.err_type(), self.line(error.position()));
        self.fault(error.position(), message, help)
    }

    /// A rule that stopped while running, at a place in this file or in one of the libraries.
    pub(crate) fn run_fault(&self, error: &EvalAltResult, known: Known<'_>) -> RuleFault {
        let (inner, file) = run::innermost(error, "");
        let (message, mut help) = run::words(inner, || known.functions.map_or(&[], |names| names()));
        let library = known.libraries.iter().find(|(path, _)| path == file && file != self.file);
        let script = match library {
            Some((path, source)) => Script { rule: self.rule, file: path, source },
            None => Script { ..*self },
        };
        let loops = || is_limit(inner).then(|| script.first_loop()).flatten();
        let mut at = place(inner.position()).map(|at| script.after_dot(at)).or_else(loops);
        if let Some(objection) = run::objection(inner) {
            let word = objection.word.as_deref().unwrap_or_default();
            at = at.map(|at| script.nearby(at, word));
            let other = elsewhere(word, known.tables.iter().copied()).filter(|_| objection.column);
            help = other.map_or(help.clone(), |other| other.and(&help));
        }
        script.at(at, message, help)
    }

    /// The engine places some errors of a property at the dot before it.
    fn after_dot(&self, (line, column): (usize, usize)) -> (usize, usize) {
        let source = self.source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let rest: String = source.chars().skip(column.saturating_sub(1)).collect();
        let dot = rest.starts_with('.')
            && rest.trim_start_matches('.').starts_with(|sign: char| sign.is_alphabetic());
        (line, column.saturating_add(usize::from(dot)))
    }

    /// The first loop: what a rule that ran too long is most likely to owe it to.
    fn first_loop(&self) -> Option<(usize, usize)> {
        ["while ", "loop ", "for ", "fn check"].into_iter().find_map(|word| self.find(word))
    }

    /// Where these words first stand at the start of a line.
    pub(crate) fn find(&self, words: &str) -> Option<(usize, usize)> {
        let lines = self.source.lines().zip(1_usize..);
        let mut begun = lines.filter(|(line, _)| line.trim_start().starts_with(words));
        begun.next().map(|(line, number)| {
            let indent = line.chars().take_while(|sign| sign.is_whitespace()).count();
            (number, indent.saturating_add(1))
        })
    }

    /// Where the word stands, on the line or soon after: calls are placed at their name, not at what is wrong in them.
    fn nearby(&self, (line, column): (usize, usize), word: &str) -> (usize, usize) {
        let text = format!("\"{word}\"");
        let lines = self.source.lines().zip(1_usize..).skip(line.saturating_sub(1)).take(4);
        for (source, number) in lines {
            let from = if number == line { column.saturating_sub(1) } else { 0 };
            let rest: String = source.chars().skip(from).collect();
            if let Some(before) = rest.find(&text).and_then(|at| rest.get(..at)).filter(|_| !word.is_empty())
            {
                return (number, from.saturating_add(before.chars().count()).saturating_add(1));
            }
        }
        (line, column)
    }

    fn stray_fault(&self, stray: &Stray) -> RuleFault {
        let written = match stray.written.as_str() {
            blank if blank.trim().is_empty() || blank == "\u{200b}" => {
                Text::new("全角或不可见的空格", "a full-width or invisible blank")
            }
            sign => Text::new(format!("全角符号「{sign}」"), format!("the full-width sign `{sign}`")),
        };
        let message =
            Text::new(format!("代码中有{}", written.zh), format!("{} stands in the code", written.en));
        let signs = |open: &str, close: &str, or: &str| {
            let signs = stray.meant.split(' ').filter(|sign| !sign.is_empty());
            let signs: Vec<String> = signs.map(|sign| format!("{open}{sign}{close}")).collect();
            signs.join(or)
        };
        let help = if stray.meant.trim().is_empty() {
            Text::new("请换成半角空格", "put a plain blank in its place")
        } else {
            Text::new(
                format!("请换成半角{}；文字和注释里可以用全角", signs("「", "」", "或")),
                format!(
                    "write {} instead; full-width signs may stand in texts and comments",
                    signs("`", "`", " or ")
                ),
            )
        };
        self.at(Some(stray.at), message, help)
    }

    fn fault(&self, position: Position, message: Text, help: Text) -> RuleFault {
        self.at(place(position), message, help)
    }

    /// A fault at a line and column.
    pub(crate) fn at(&self, at: Option<(usize, usize)>, message: Text, help: Text) -> RuleFault {
        let line = at.and_then(|(line, _)| self.source.lines().nth(line.checked_sub(1)?)).unwrap_or_default();
        RuleFault {
            position: at,
            line: line.to_owned(),
            ..RuleFault::whole(self.rule, self.file, message, help)
        }
    }

    fn line(&self, position: Position) -> &str {
        let at = position.line().and_then(|line| line.checked_sub(1));
        at.and_then(|at| self.source.lines().nth(at)).unwrap_or_default()
    }
}

/// Quotation marks that are tried out at most: each costs a parse.
const MOST_QUOTES: usize = 8;

fn place(position: Position) -> Option<(usize, usize)> {
    position.line().map(|line| (line, position.position().unwrap_or(1)))
}
