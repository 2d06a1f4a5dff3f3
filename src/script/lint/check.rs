//! What is wrong with values of known kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::context::LintContext;
use super::diagnostics::{Diagnostics, words};
use super::list;
use super::methods;
use super::symbols::SymbolTable;
use super::value_kind::ValueKind;
use crate::model::text::Text;
use crate::script::error::{
    did_you_mean, elsewhere, incomparable, no_column, no_policy, no_table, no_value, of_spreadsheets,
};
use crate::script::function::{ColumnArgument, HostFunction};
use crate::script::stdlib::{functions, of_rows};
use crate::script::syntax::COMPARISONS;
use crate::script::syntax::confusables::plain;
use crate::script::syntax::tree::{Expr, ExprKind, Position, SyntaxTree};
use crate::table::table_schema::TableDecl;

/// Where findings go, and what they are judged by.
pub(crate) struct Checks<'a> {
    pub(crate) context: &'a LintContext<'a>,
    pub(crate) symbols: &'a SymbolTable,
    pub(crate) diagnostics: &'a mut Diagnostics,
    /// The library looked into with what a rule gives it; none: the script itself.
    pub(crate) library: Option<String>,
    /// What is found in libraries so.
    pub(crate) elsewhere: BTreeMap<String, Diagnostics>,
}

impl Checks<'_> {
    fn add(&mut self, code: &'static str, at: Position, message: Text, help: Text) {
        let diagnostics = match &self.library {
            None => &mut *self.diagnostics,
            Some(library) => self.elsewhere.entry(library.clone()).or_default(),
        };
        diagnostics.add(code, at, message, help);
    }

    pub(crate) fn no_table(&mut self, name: &str, at: Position) {
        let tables = &self.context.declarations.tables;
        let names = || tables.iter().flat_map(|table| [table.id.as_str(), table.zh.as_str()]);
        if let Some(meant) = looks_like(name, names()) {
            return self.look_alike(name, meant, at);
        }
        let (message, help) = no_table(name, names());
        self.add(list::UNKNOWN_TABLE, at, message, help);
    }

    pub(crate) fn no_column(&mut self, table: &TableDecl, name: &str, at: Position) {
        let names = || table.columns.iter().flat_map(|column| [column.id.as_str(), column.zh.as_str()]);
        if let Some(meant) = looks_like(name, names()) {
            return self.look_alike(name, meant, at);
        }
        let (message, help) = no_column(table, name);
        let other = elsewhere(name, self.context.declarations.tables.iter().map(|table| &**table));
        let help = other.map_or(help.clone(), |other| other.and(&help));
        self.add(list::UNKNOWN_COLUMN, at, message, help);
    }

    /// A property; `column`: the rows it is asked of have a column of this name.
    pub(crate) fn no_property(&mut self, name: &str, known: &[&str], column: bool, at: Position) {
        let message = words!("这里没有属性“{name}”", "there is no property `{name}` here");
        let help = if column {
            words!(
                "这里是若干行，列属于一行：用 rows.filter(|r| r.{name} …) 或 rows.at(\"{name}\")",
                "these are rows, and columns are of one row: write rows.filter(|r| r.{name} …) or rows.at(\"{name}\")"
            )
        } else {
            one_of(name, known)
        };
        self.add(list::UNKNOWN_PROPERTY, at, message, help);
    }

    fn look_alike(&mut self, name: &str, meant: &str, at: Position) {
        let message = words!(
            "名称“{name}”里有全角或看不见的字符",
            "the name `{name}` holds a full-width or invisible sign"
        );
        self.add(list::LOOK_ALIKE, at, message, words!("写成“{meant}”", "write `{meant}`"));
    }

    pub(crate) fn no_parameter(&mut self, name: &str, at: Position, known: &BTreeSet<String>) {
        let message = words!("参数“{name}”没有声明", "the parameter `{name}` is not declared");
        let near = did_you_mean(name, known.iter().map(String::as_str));
        let plain = Text::new("写进 META 的 params", "declare it in `params` of META");
        let help = near.or(plain);
        self.add(list::UNKNOWN_PARAMETER, at, message, help);
    }

    pub(crate) fn policy(&mut self, name: &str, at: Position) {
        if !self.context.policies.contains_key(name) {
            let (message, help) = no_policy(name, self.context.policies.keys().map(String::as_str));
            self.add(list::UNKNOWN_POLICY, at, message, help);
        }
    }

    pub(crate) fn import(&mut self, name: &str, at: Position) {
        if !self.symbols.libraries.contains_key(name) {
            let message = words!("没有库“{name}”", "there is no library `{name}`");
            let help = did_you_mean(name, self.symbols.libraries.keys().map(String::as_str));
            self.add(list::UNKNOWN_LIBRARY, at, message, help);
        }
    }

    /// A function of a library.
    pub(crate) fn of_library(
        &mut self,
        script: &SyntaxTree,
        library: &str,
        name: &str,
        count: usize,
        at: Position,
    ) {
        let counts: BTreeSet<usize> = counts(script, name).collect();
        let names = script.functions.iter().map(|function| function.name.as_str());
        let (message, help) = if counts.is_empty() {
            let message =
                words!("库“{library}”没有函数“{name}”", "the library `{library}` has no function `{name}`");
            (message, did_you_mean(name, names))
        } else {
            wrong_count(name, count, &counts, false)
        };
        self.add(list::UNKNOWN_FUNCTION, at, message, help);
    }

    /// A function or method of the program or of the script; the receiver of a method counts as an argument.
    pub(crate) fn function(
        &mut self,
        script: &SyntaxTree,
        name: &str,
        count: usize,
        method: bool,
        at: Position,
    ) {
        let word = name.starts_with(|sign: char| sign.is_alphabetic() || sign == '_');
        // Methods of scripts do not count what they are called on.
        let own = counts(script, name).map(|count| count.saturating_add(usize::from(method)));
        let mut known: BTreeSet<usize> = own.collect();
        known.extend(self.symbols.functions.get(name).into_iter().flatten());
        if !word || known.contains(&count) {
            return;
        }
        let (message, help) = if known.is_empty() {
            let own = script.functions.iter().map(|function| function.name.as_str());
            let names = self.symbols.functions.keys().map(String::as_str).chain(own);
            let help = of_spreadsheets(name).unwrap_or_else(|| did_you_mean(name, names));
            (words!("没有函数“{name}”", "there is no function `{name}`"), help)
        } else {
            wrong_count(name, count, &known, method)
        };
        let plain =
            Text::new("docs/writing-rules.md 列出了全部函数", "docs/writing-rules.md lists the functions");
        self.add(list::UNKNOWN_FUNCTION, at, message, help.or(plain));
    }

    /// A function called on rows that there is for other values only.
    pub(crate) fn of_rows(&mut self, script: &SyntaxTree, name: &str, at: Position) {
        let known = self.symbols.functions.contains_key(name) && counts(script, name).next().is_none();
        if !known || functions().named(name).any(HostFunction::is_of_rows) {
            return;
        }
        let message = words!("不能对若干行调用“{name}”", "`{name}` cannot be called on rows");
        let help = match name {
            "len" => Text::new("行数用 count()", "write count() for how many rows there are"),
            "some" => Text::new("用 any(|r| …)", "write any(|r| …)"),
            _ => did_you_mean(name, of_rows().iter().copied()),
        };
        let plain = Text::new(
            "docs/writing-rules.md 列出了行的函数",
            "docs/writing-rules.md lists the functions of rows",
        );
        self.add(list::UNKNOWN_FUNCTION, at, message, help.or(plain));
    }

    /// A closure that captures the variable its call starts from.
    pub(crate) fn receiver(&mut self, of: &Expr, all: &[Expr]) {
        let Some(root) = of.root() else { return };
        for one in all {
            let ExprKind::Closure(_, captured) = &one.kind else { continue };
            if captured.iter().any(|name| name == root) {
                let message = words!(
                    "闭包用了变量“{root}”，而这个调用正是从它开始的",
                    "the closure uses `{root}`, from which this very call starts"
                );
                let help = Text::new(
                    "先用 let 把表、行或日期取出来，再调用",
                    "take the table, the rows or the day into a variable with `let` first",
                );
                self.add(list::CAUGHT, one.at, message, help);
            }
        }
    }

    pub(crate) fn bare(&mut self, at: Position) {
        let message = Text::new(
            "是/否单元格空着时规则会停在这里",
            "where this yes-no cell is empty the rule stops here",
        );
        self.add(list::BARE_YES_NO, at, message, Text::new("写成 == true", "write `== true`"));
    }

    /// The columns a method names.
    pub(crate) fn columns(&mut self, decl: &TableDecl, name: &str, all: &[Expr], kinds: &[ValueKind]) {
        for argument in methods::columns(name) {
            match argument {
                // A value to compare with is no text.
                ColumnArgument::Own(at) | ColumnArgument::OwnOrValue(at) => self.column(decl, all.get(at)),
                ColumnArgument::OwnList(at) => match all.get(at).map(|one| &one.kind) {
                    Some(ExprKind::List(names)) => names.iter().for_each(|one| self.column(decl, Some(one))),
                    _ => self.column(decl, all.get(at)),
                },
                ColumnArgument::Of(at, rows) => {
                    if let Some(ValueKind::Rows(other)) = kinds.get(rows)
                        && let Some(other) = self.context.declarations.table(other)
                    {
                        self.column(other, all.get(at));
                    }
                }
                ColumnArgument::Value(at, column) => {
                    let column = all.get(column).and_then(Expr::text);
                    if let (Some(column), Some(value)) = (column, all.get(at)) {
                        self.value(&decl.id, column, value);
                    }
                }
            }
        }
    }

    fn column(&mut self, decl: &TableDecl, named: Option<&Expr>) {
        if let Some((name, at)) = named.and_then(|one| Some((one.text()?, one.at)))
            && decl.column(name).is_none()
        {
            self.no_column(decl, name, at);
        }
    }

    /// A word compared with an enumerated column.
    fn value(&mut self, table: &str, column: &str, value: &Expr) {
        let Some(decl) = self.context.declarations.table(table) else { return };
        let Some((column, word)) = decl.column(column).zip(value.text()) else { return };
        if !column.values.is_empty() && !word.is_empty() && column.value_number(word).is_none() {
            let (message, help) = no_value(decl, column, word);
            self.add(list::UNKNOWN_VALUE, value.at, message, help);
        }
    }

    /// Comparisons, `in`, and division.
    pub(crate) fn operator(&mut self, expr: &Expr, name: &str, all: &[Expr], kinds: &[ValueKind]) {
        let ([one, other], [a, b]) = (all, kinds) else { return };
        match name {
            sign if COMPARISONS.contains(&sign) => {
                self.word(a, other);
                self.word(b, one);
                self.compared(a, b, expr.at);
                self.nothing((one, a), other, expr.at);
                self.nothing((other, b), one, expr.at);
            }
            // `x in list`.
            "contains" => {
                if let ExprKind::List(words) = &one.kind {
                    for word in words {
                        self.word(b, word);
                        self.compared(b, &literal(word), word.at);
                    }
                }
            }
            "/" if (a, b) == (&ValueKind::Int, &ValueKind::Int) => {
                let message = Text::new("整数相除会丢掉余数", "dividing whole numbers drops the remainder");
                let help = Text::new("求比例用 ratio(部分, 总数)", "for a share write ratio(part, whole)");
                self.add(list::INTEGER_DIVISION, expr.at, message, help);
            }
            _ => {}
        }
    }

    /// A text cell held against what it never is.
    fn nothing(&mut self, (cell, kind): (&Expr, &ValueKind), other: &Expr, at: Position) {
        let ExprKind::Property(_, column) = &cell.kind else { return };
        if *kind == ValueKind::Text && matches!(other.kind, ExprKind::Unit) {
            let message = words!("“{column}”是文字，不会是 ()", "`{column}` is text and never `()`");
            let help = words!(
                "没有填的写成 == \"\"，或用 rows.blank(\"{column}\")",
                "what is not filled in is == \"\", or rows.blank(\"{column}\")"
            );
            self.add(list::NEVER_NOTHING, at, message, help);
        }
    }

    fn compared(&mut self, a: &ValueKind, b: &ValueKind, at: Position) {
        if a.clashes(b) {
            let (message, help) = incomparable(&a.words(), &b.words());
            self.add(list::MISMATCH, at, message, help);
        }
    }

    /// A word that an enumerated cell or a policy is compared with.
    fn word(&mut self, kind: &ValueKind, word: &Expr) {
        match kind {
            ValueKind::Choice(table, column) => self.value(table, column, word),
            ValueKind::Policy(name) => {
                let Some((policy, reading)) = self.context.policies.get(name).zip(word.text()) else {
                    return;
                };
                if !policy.values.iter().any(|known| known == reading) {
                    let message = words!(
                        "口径“{name}”没有读法“{reading}”",
                        "the policy `{name}` has no reading `{reading}`"
                    );
                    let help = one_of(reading, &policy.values.iter().map(String::as_str).collect::<Vec<_>>());
                    self.add(list::UNKNOWN_POLICY, word.at, message, help);
                }
            }
            _ => {}
        }
    }
}

/// Which was meant, and which there are.
pub(crate) fn one_of(word: &str, known: &[&str]) -> Text {
    let (near, all) = (did_you_mean(word, known.iter().copied()), known.join(", "));
    let (zh, en) = (near.zh, near.en);
    Text::new(format!("{zh}可取 {all}"), format!("{en} it is one of: {all}").trim_start().to_owned())
}

fn literal(expr: &Expr) -> ValueKind {
    match expr.kind {
        ExprKind::Text(_) => ValueKind::Text,
        ExprKind::Int(_) => ValueKind::Int,
        ExprKind::Bool(_) => ValueKind::Bool,
        _ => ValueKind::Unknown,
    }
}

fn counts<'s>(script: &'s SyntaxTree, name: &str) -> impl Iterator<Item = usize> + use<'s> {
    let name = name.to_owned();
    script.functions.iter().filter(move |one| one.name == name).map(|one| one.params.len())
}

fn wrong_count(name: &str, count: usize, known: &BTreeSet<usize>, method: bool) -> (Text, Text) {
    let less = usize::from(method);
    let count = count.saturating_sub(less);
    let shown: Vec<String> = known.iter().map(|known| known.saturating_sub(less).to_string()).collect();
    let (zh, en) = (shown.join(" 或 "), shown.join(" or "));
    let help = if functions().named(name).any(HostFunction::ends_in_reason) {
        Text::new("理由写两遍：先中文，后英文", "the reason is written twice: in Chinese, then in English")
    } else {
        Text::default()
    };
    (
        words!(
            "“{name}”有 {zh} 个参数，这里写了 {count} 个",
            "`{name}` takes {en} arguments, here are {count}"
        ),
        help,
    )
}

/// The name this one looks like, but for full-width and invisible signs.
fn looks_like<'n>(name: &str, mut known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = plain(name);
    known.find(|known| *known != name && *known == plain)
}
