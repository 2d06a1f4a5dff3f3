//! From [`Ir`] to a plan over the columns of one table: every type is known, every constant is in storage form.

use std::collections::HashSet;

use rhai::Dynamic;

use super::super::choice::Choice;
use super::super::identity;
use super::super::loaded::IndexedTable;
use super::super::standards;
use super::super::texts;
use super::ir::{Arithmetic, Comparison, Ir};
use crate::model::date::Date;
use crate::model::declare::ColumnType;
use crate::model::identity::valid_id_number;
use crate::model::table::Table;

/// A condition over the rows of a table.
pub(super) enum Plan {
    Always(bool),
    And(Vec<Plan>),
    Or(Vec<Plan>),
    Not(Box<Plan>),
    /// A yes-no column used as a condition: an empty cell is for the interpreter to object to.
    Flag(usize),
    /// A yes-no column compared with `true` or `false`.
    FlagIs(usize, bool, Comparison),
    Numbers(Comparison, Number, Number),
    Days(Comparison, Day, Day),
    Texts(Comparison, Words, Words),
    /// An enumerated column in a set of storage numbers; `blank`: also where it is empty.
    Among {
        column: usize,
        numbers: Vec<u16>,
        blank: bool,
    },
    /// A text column among texts.
    OneOf(usize, HashSet<String>),
    /// A column of codes that holds this code.
    Holds(usize, String),
    /// An empty cell.
    Blank(usize),
    /// A question about the text of a cell.
    Asked(usize, Box<dyn Fn(&str) -> bool + Send + Sync>),
}

/// Whole numbers.
pub(super) enum Number {
    Column(usize),
    Constant(i64),
    Sum(Box<Number>, Box<Number>, Arithmetic),
    /// Days between two days.
    Between(Day, Day),
}

/// Days.
#[derive(Clone, Copy)]
pub(super) enum Day {
    Column(usize),
    Constant(i32),
}

/// Texts.
pub(super) enum Words {
    Column(usize),
    Constant(String),
}

enum Value {
    Unit,
    Bool(bool),
    Number(Number),
    Day(Day),
    Words(Words),
    Flag(usize),
    Choice(usize),
    Codes(usize),
    List(Vec<String>),
}

/// The plan; `None` where the closure has to be interpreted.
pub(super) fn bind(ir: &Ir, of: &IndexedTable, captured: &[Dynamic]) -> Option<Plan> {
    Binder { of, table: &of.table, captured }.condition(ir)
}

struct Binder<'a> {
    of: &'a IndexedTable,
    table: &'a Table,
    captured: &'a [Dynamic],
}

impl Binder<'_> {
    fn condition(&self, ir: &Ir) -> Option<Plan> {
        match ir {
            Ir::Bool(yes) => Some(Plan::Always(*yes)),
            Ir::And(parts) => self.conditions(parts).map(Plan::And),
            Ir::Or(parts) => self.conditions(parts).map(Plan::Or),
            Ir::Not(inner) => self.condition(inner).map(|plan| Plan::Not(Box::new(plan))),
            Ir::Compare(comparison, a, b) => self.compare(*comparison, self.value(a)?, self.value(b)?),
            Ir::In(needle, list) => self.within(self.value(needle)?, self.value(list)?),
            Ir::Call(name, args) => self.call(name, args),
            Ir::Cell(_) | Ir::Captured(_) => match self.value(ir)? {
                Value::Flag(column) => Some(Plan::Flag(column)),
                Value::Bool(yes) => Some(Plan::Always(yes)),
                _ => None,
            },
            _ => None,
        }
    }

    fn conditions(&self, parts: &[Ir]) -> Option<Vec<Plan>> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn value(&self, ir: &Ir) -> Option<Value> {
        Some(match ir {
            Ir::Unit => Value::Unit,
            Ir::Bool(yes) => Value::Bool(*yes),
            Ir::Int(number) => Value::Number(Number::Constant(*number)),
            Ir::Text(text) => Value::Words(Words::Constant(text.clone())),
            Ir::Cell(name) => self.cell(name)?,
            Ir::Captured(at) => constant(self.captured.get(*at)?)?,
            Ir::List(list) => Value::List(list.iter().map(literal).collect::<Option<_>>()?),
            Ir::Arithmetic(operator, a, b) => {
                return arithmetic(*operator, self.value(a)?, self.value(b)?);
            }
            _ => return None,
        })
    }

    fn cell(&self, name: &str) -> Option<Value> {
        // Interpretation takes note of every missing column that is read.
        let column = self.table.decl.position(name).filter(|column| !self.of.lacks(*column))?;
        let kind = self.table.decl.columns.get(column)?.kind;
        Some(match kind {
            ColumnType::Text | ColumnType::Code => Value::Words(Words::Column(column)),
            ColumnType::Codes => Value::Codes(column),
            ColumnType::Integer => Value::Number(Number::Column(column)),
            ColumnType::Date | ColumnType::Month => Value::Day(Day::Column(column)),
            ColumnType::YesNo => Value::Flag(column),
            ColumnType::Enumerated => Value::Choice(column),
            ColumnType::Decimal => return None,
        })
    }

    fn compare(&self, comparison: Comparison, a: Value, b: Value) -> Option<Plan> {
        match (a, b) {
            (Value::Number(a), Value::Number(b)) => Some(Plan::Numbers(comparison, a, b)),
            (Value::Day(a), Value::Day(b)) => Some(Plan::Days(comparison, a, b)),
            (Value::Words(a), Value::Words(b)) => Some(Plan::Texts(comparison, a, b)),
            (Value::Flag(column), Value::Bool(yes)) | (Value::Bool(yes), Value::Flag(column)) => {
                equality(comparison).map(|_| Plan::FlagIs(column, yes, comparison))
            }
            (Value::Choice(column), Value::Words(Words::Constant(word)))
            | (Value::Words(Words::Constant(word)), Value::Choice(column)) => {
                let wanted = equality(comparison)?;
                let among = self.among(column, &[word])?;
                Some(if wanted { among } else { Plan::Not(Box::new(among)) })
            }
            (Value::Words(_) | Value::Choice(_), Value::Unit) => {
                equality(comparison).map(|wanted| Plan::Always(!wanted))
            }
            (
                Value::Number(Number::Column(column)) | Value::Day(Day::Column(column)) | Value::Flag(column),
                Value::Unit,
            ) => {
                let blank = Plan::Blank(column);
                equality(comparison).map(|wanted| if wanted { blank } else { Plan::Not(Box::new(blank)) })
            }
            _ => None,
        }
    }

    /// Storage numbers of declared words; a word that is not declared is for the interpreter to object to.
    fn among(&self, column: usize, words: &[String]) -> Option<Plan> {
        let decl = self.table.decl.columns.get(column)?;
        let (mut numbers, mut blank) = (Vec::new(), false);
        for word in words {
            if word.is_empty() {
                blank = true;
            } else {
                numbers.push(u16::try_from(decl.value_number(word)?).ok()?);
            }
        }
        Some(Plan::Among { column, numbers, blank })
    }

    fn within(&self, needle: Value, list: Value) -> Option<Plan> {
        match (needle, list) {
            (Value::Choice(column), Value::List(words)) => self.among(column, &words),
            (Value::Words(Words::Column(column)), Value::List(words)) => {
                Some(Plan::OneOf(column, words.into_iter().collect()))
            }
            (Value::Words(Words::Constant(code)), Value::Codes(column)) => Some(Plan::Holds(column, code)),
            _ => None,
        }
    }

    fn call(&self, name: &str, args: &[Ir]) -> Option<Plan> {
        let column = match self.value(args.first()?)? {
            Value::Words(Words::Column(column)) => column,
            value => return column_of(&value).and_then(|column| blankness(name, args, column)),
        };
        let asked = |ask: fn(&str) -> bool| Some(Plan::Asked(column, Box::new(ask)));
        match (name, args) {
            ("has_digit", [_]) => asked(texts::has_digit),
            ("valid_id_number", [_]) => asked(valid_id_number),
            ("valid_credit_code", [_]) => asked(identity::valid_credit_code),
            ("phone_form", [_]) => asked(identity::phone_form),
            ("mentions", [_, keywords]) => match self.value(keywords)? {
                Value::List(keywords) => {
                    let ask = move |text: &str| texts::mentions(text, keywords.iter().map(String::as_str));
                    Some(Plan::Asked(column, Box::new(ask)))
                }
                _ => None,
            },
            ("same_standard", [_, other]) => match self.value(other)? {
                Value::Words(Words::Constant(number)) => {
                    let wanted = standards::canonical(&number);
                    Some(Plan::Asked(column, Box::new(move |text| standards::canonical(text) == wanted)))
                }
                _ => None,
            },
            _ => blankness(name, args, column),
        }
    }
}

fn arithmetic(operator: Arithmetic, a: Value, b: Value) -> Option<Value> {
    match (operator, a, b) {
        (_, Value::Number(a), Value::Number(b)) => {
            Some(Value::Number(Number::Sum(Box::new(a), Box::new(b), operator)))
        }
        (Arithmetic::Subtract, Value::Day(a), Value::Day(b)) => Some(Value::Number(Number::Between(a, b))),
        _ => None,
    }
}

/// `blank` and `filled`.
fn blankness(name: &str, args: &[Ir], column: usize) -> Option<Plan> {
    match (name, args) {
        ("blank", [_]) => Some(Plan::Blank(column)),
        ("filled", [_]) => Some(Plan::Not(Box::new(Plan::Blank(column)))),
        _ => None,
    }
}

fn column_of(value: &Value) -> Option<usize> {
    match value {
        Value::Number(Number::Column(column))
        | Value::Day(Day::Column(column))
        | Value::Words(Words::Column(column))
        | Value::Flag(column)
        | Value::Choice(column)
        | Value::Codes(column) => Some(*column),
        _ => None,
    }
}

/// `Some(true)` for `==`, `Some(false)` for `!=`.
fn equality(comparison: Comparison) -> Option<bool> {
    match comparison {
        Comparison::Equal => Some(true),
        Comparison::Different => Some(false),
        _ => None,
    }
}

fn literal(ir: &Ir) -> Option<String> {
    match ir {
        Ir::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn constant(value: &Dynamic) -> Option<Value> {
    if value.is_unit() || value.is::<Choice>() {
        return None;
    }
    if let Some(day) = value.clone().try_cast::<Date>() {
        return Some(Value::Day(Day::Constant(day.days())));
    }
    if let Ok(list) = value.as_array_ref() {
        let texts = list.iter().map(|one| one.clone().into_string().ok());
        return texts.collect::<Option<Vec<_>>>().map(Value::List);
    }
    let number = value.as_int().ok().map(|number| Value::Number(Number::Constant(number)));
    let yes = || value.as_bool().ok().map(Value::Bool);
    let text = || value.clone().into_string().ok().map(|text| Value::Words(Words::Constant(text)));
    number.or_else(yes).or_else(text)
}
