//! From a bound closure to a plan: conditions that run over whole chunks where there is a kernel for them, and row
//! by row where there is none.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::bind::{Binder, rests_on};
use super::bound_expr::{BoundExpr, Dependencies};
use super::builtin::equality;
use super::callee::Callee;
use super::ir::Comparison;
use super::memo_comparison::{MemoComparison, Operand};
use crate::script::value::kernel_value::{Fixed, Value};
use crate::script::value::patterns;
use crate::script::value::reference::standards;
use crate::table::table_schema::{ColumnType, TableDecl};

/// A condition over the rows of a table.
pub(crate) enum Plan {
    Always(bool),
    And(Vec<Plan>),
    Or(Vec<Plan>),
    Not(Box<Plan>),
    If(Box<[Plan; 3]>),
    /// A yes-no column used as a condition: an empty cell is for the interpreter to object to.
    Flag(usize),
    /// A yes-no column compared with `true` or `false`.
    FlagIs(usize, bool, Comparison),
    Numbers(Comparison, Number, Number),
    Decimals(Comparison, Amount, Amount),
    Days(Comparison, Day, Day),
    Texts(Comparison, usize, usize),
    /// An enumerated column in a set of storage numbers; `blank`: also where it is empty.
    Among {
        column: usize,
        numbers: Vec<u16>,
        blank: bool,
    },
    /// An empty cell of a column that is not text.
    Blank(usize),
    /// An empty cell of a column of texts, or of codes; its memory.
    BlankText(usize, usize),
    /// A question about the text of a cell; its memory.
    Asked(usize, usize, TextPredicate),
    /// Whether the text of the cell is one of these, by its number in the whole column.
    Member(usize, Vec<bool>),
    /// Evaluated once for each text or word of the column; its memory.
    Once(usize, usize, BoundExpr),
    /// A comparison of what is worked out once for each text.
    MemoComparison(Box<MemoComparison>),
    /// What is worked out once for each text of the column has a value; its memory.
    HasValue(usize, usize, BoundExpr),
    /// Evaluated for each row.
    Each(BoundExpr),
}

impl Plan {
    /// Whether no part of it is evaluated row by row.
    pub(crate) fn is_kernel(&self) -> bool {
        match self {
            Self::Once(..) | Self::Each(_) | Self::MemoComparison(_) | Self::HasValue(..) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_kernel),
            Self::Not(inner) => inner.is_kernel(),
            Self::If(parts) => parts.iter().all(Self::is_kernel),
            _ => true,
        }
    }
}

/// A question about a text.
pub(crate) type TextPredicate = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// Whole numbers.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Column(usize),
    Constant(i64),
}

/// Decimal numbers.
#[derive(Clone, Copy)]
pub(crate) enum Amount {
    Column(usize),
    Whole(usize),
    Constant(Decimal),
}

/// Days.
#[derive(Clone, Copy)]
pub(crate) enum Day {
    Column(usize),
    Constant(i32),
}

/// What a node is to a kernel.
enum Side<'n> {
    Unit,
    Bool(bool),
    Number(Number),
    Amount(Amount),
    Day(Day),
    Words(usize),
    Text(&'n str),
    Flag(usize),
    Choice(usize),
    Codes(usize),
}

/// Plans for the closures of one table.
pub(crate) struct Planner<'a, 'b, 'h> {
    pub(crate) binder: &'b mut Binder<'a, 'h>,
    pub(crate) memories: usize,
}

impl Planner<'_, '_, '_> {
    fn decl(&self) -> &TableDecl {
        &self.binder.of.table.decl
    }

    fn memory(&mut self) -> usize {
        let memory = self.memories;
        self.memories = memory.saturating_add(1);
        memory
    }

    pub(crate) fn condition(&mut self, node: BoundExpr) -> Plan {
        match node {
            BoundExpr::And(parts) => Plan::And(parts.into_iter().map(|part| self.condition(part)).collect()),
            BoundExpr::Or(parts) => Plan::Or(parts.into_iter().map(|part| self.condition(part)).collect()),
            BoundExpr::Not(inner) => Plan::Not(Box::new(self.condition(*inner))),
            BoundExpr::If(parts) => Plan::If(Box::new(parts.map(|part| self.condition(part)))),
            BoundExpr::Let(slot, pair) if self.repeating(&*pair).is_none() => self.bound(slot, *pair),
            leaf => self
                .kernel(&leaf)
                .or_else(|| self.memo_comparison(&leaf))
                .unwrap_or_else(|| self.general(leaf)),
        }
    }

    fn general(&mut self, node: BoundExpr) -> Plan {
        match self.repeating([&node]) {
            Some(column) if !node.has_rounds() => Plan::Once(self.memory(), column, node),
            _ => Plan::Each(self.binder.remembering(node)),
        }
    }

    /// The one column all of it rests on, where its cells repeat themselves.
    fn repeating<'n>(&self, nodes: impl IntoIterator<Item = &'n BoundExpr>) -> Option<usize> {
        let mut all = nodes.into_iter().map(rests_on);
        let rests = all.try_fold(Dependencies::default(), |rests, more| Some(rests.and(more?)));
        let counted = [ColumnType::Integer, ColumnType::Decimal, ColumnType::Date, ColumnType::Month];
        let repeats = |column: &usize| self.kind(*column).is_some_and(|kind| !counted.contains(&kind));
        rests.and_then(|rests| rests.on_one_column()).filter(repeats)
    }

    /// A value that is worked out once for each text stands wherever it is used, once it is sure to be one.
    fn bound(&mut self, slot: usize, pair: [BoundExpr; 2]) -> Plan {
        let [value, body] = pair;
        match self.per_code(&value) {
            Some((place, column, once)) => {
                let body = body.with_slot(slot, &once);
                Plan::And(vec![Plan::HasValue(place, column, once), self.condition(body)])
            }
            None => self.general(BoundExpr::Let(slot, Box::new([value, body]))),
        }
    }

    /// The node as one that is worked out once for each text of a column: its memory and the column.
    fn per_code(&mut self, node: &BoundExpr) -> Option<(usize, usize, BoundExpr)> {
        if node.has_rounds() {
            return None;
        }
        match self.binder.remembering(node.clone()) {
            BoundExpr::Once(place, column, inner) => {
                Some((place, column, BoundExpr::Once(place, column, inner)))
            }
            _ => None,
        }
    }

    fn memo_comparison(&mut self, node: &BoundExpr) -> Option<Plan> {
        let BoundExpr::Compare(comparison, pair) = node else { return None };
        if self.repeating([node]).is_some() {
            return None;
        }
        let [a, b] = &**pair;
        let (a, b) = (self.known(a)?, self.known(b)?);
        let whole = BoundExpr::Compare(*comparison, Box::new([a.clone(), b.clone()]));
        let operands = [Operand::of(&a, |at| self.kind(at))?, Operand::of(&b, |at| self.kind(at))?];
        let once = operands.iter().any(Operand::is_once);
        let plan = MemoComparison { comparison: *comparison, operands, whole };
        once.then(|| Plan::MemoComparison(Box::new(plan)))
    }

    fn known(&mut self, node: &BoundExpr) -> Option<BoundExpr> {
        match node {
            BoundExpr::Cell(_) | BoundExpr::Fixed(_) | BoundExpr::Once(..) => Some(node.clone()),
            _ => self.per_code(node).map(|(_, _, once)| once),
        }
    }

    fn kernel(&mut self, node: &BoundExpr) -> Option<Plan> {
        match node {
            BoundExpr::Fixed(fixed) => match fixed.value {
                Value::Bool(yes) => Some(Plan::Always(yes)),
                _ => None,
            },
            BoundExpr::Cell(column) if self.kind(*column) == Some(ColumnType::YesNo) => {
                Some(Plan::Flag(*column))
            }
            BoundExpr::Compare(comparison, pair) => {
                let [a, b] = &**pair;
                let found = self.found(*comparison, pair);
                found.or_else(|| self.compare(*comparison, self.side(a)?, self.side(b)?))
            }
            BoundExpr::In(pair) => {
                let [needle, list] = &**pair;
                self.within(needle, list)
            }
            BoundExpr::Call(callee, arguments) => self.call(*callee, arguments),
            _ => None,
        }
    }

    pub(crate) fn kind(&self, column: usize) -> Option<ColumnType> {
        self.decl().columns.get(column).map(|decl| decl.kind)
    }

    fn side<'n>(&self, node: &'n BoundExpr) -> Option<Side<'n>> {
        Some(match node {
            BoundExpr::Cell(column) => match self.kind(*column)? {
                ColumnType::Text | ColumnType::Code => Side::Words(*column),
                ColumnType::Codes => Side::Codes(*column),
                ColumnType::Integer => Side::Number(Number::Column(*column)),
                ColumnType::Decimal => Side::Amount(Amount::Column(*column)),
                ColumnType::Date | ColumnType::Month => Side::Day(Day::Column(*column)),
                ColumnType::YesNo => Side::Flag(*column),
                ColumnType::Enumerated => Side::Choice(*column),
            },
            BoundExpr::Fixed(fixed) => constant(fixed)?,
            _ => return None,
        })
    }

    fn compare(&mut self, comparison: Comparison, a: Side<'_>, b: Side<'_>) -> Option<Plan> {
        match (a, b) {
            (Side::Number(a), Side::Number(b)) => Some(Plan::Numbers(comparison, a, b)),
            (Side::Amount(a), Side::Amount(b)) => Some(Plan::Decimals(comparison, a, b)),
            (Side::Amount(a), Side::Number(b)) => Some(Plan::Decimals(comparison, a, amount(b))),
            (Side::Number(a), Side::Amount(b)) => Some(Plan::Decimals(comparison, amount(a), b)),
            (Side::Day(a), Side::Day(b)) => Some(Plan::Days(comparison, a, b)),
            (Side::Words(a), Side::Words(b)) => Some(Plan::Texts(comparison, a, b)),
            (Side::Words(column), Side::Text(text)) => {
                let text = text.to_owned();
                Some(self.asked(column, move |cell| comparison.holds(cell.cmp(text.as_str()))))
            }
            (Side::Text(text), Side::Words(column)) => {
                let text = text.to_owned();
                Some(self.asked(column, move |cell| comparison.holds(text.as_str().cmp(cell))))
            }
            (Side::Flag(column), Side::Bool(yes)) | (Side::Bool(yes), Side::Flag(column)) => {
                equality(comparison).map(|_| Plan::FlagIs(column, yes, comparison))
            }
            (Side::Choice(column), Side::Text(word)) | (Side::Text(word), Side::Choice(column)) => {
                let among = self.among(column, [word])?;
                equality(comparison).map(|wanted| negated(among, !wanted))
            }
            (Side::Words(_) | Side::Choice(_), Side::Unit)
            | (Side::Unit, Side::Words(_) | Side::Choice(_)) => {
                equality(comparison).map(|wanted| Plan::Always(!wanted))
            }
            (side, Side::Unit) | (Side::Unit, side) => {
                let blank = Plan::Blank(nullable(&side)?);
                equality(comparison).map(|wanted| negated(blank, !wanted))
            }
            _ => None,
        }
    }

    fn blank(&mut self, column: usize) -> Option<Plan> {
        Some(match self.kind(column)? {
            ColumnType::Text | ColumnType::Code | ColumnType::Codes => Plan::BlankText(self.memory(), column),
            _ => Plan::Blank(column),
        })
    }

    pub(crate) fn asked(
        &mut self,
        column: usize,
        ask: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Plan {
        Plan::Asked(self.memory(), column, Box::new(ask))
    }

    /// Storage numbers of declared words; a word that is not declared is for the interpreter to object to.
    fn among<'w>(&self, column: usize, words: impl IntoIterator<Item = &'w str>) -> Option<Plan> {
        let decl = self.decl().columns.get(column)?;
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

    fn within(&mut self, needle: &BoundExpr, list: &BoundExpr) -> Option<Plan> {
        match (self.side(needle), list) {
            (Some(Side::Choice(column)), BoundExpr::Fixed(list)) => {
                self.among(column, list.texts.as_ref()?.iter().map(String::as_str))
            }
            (Some(Side::Words(column)), BoundExpr::Fixed(list)) => {
                let texts: HashSet<String> = list.texts.clone()?;
                Some(self.asked(column, move |cell| texts.contains(cell)))
            }
            (Some(Side::Text(code)), list) => match self.side(list)? {
                Side::Codes(column) => {
                    let code = code.to_owned();
                    let holds = move |cell: &str| crate::model::written::codes(cell).any(|one| one == code);
                    Some(self.asked(column, holds))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn call(&mut self, callee: Callee, arguments: &[BoundExpr]) -> Option<Plan> {
        let name = callee.name();
        let (first, rest) = arguments.split_first()?;
        let BoundExpr::Cell(column) = first else { return None };
        let column = *column;
        if let ("blank" | "filled", []) = (name, rest) {
            return Some(negated(self.blank(column)?, name == "filled"));
        }
        if !matches!(self.kind(column)?, ColumnType::Text | ColumnType::Code) {
            return None;
        }
        let [BoundExpr::Fixed(other)] = rest else {
            return rest.is_empty().then(|| callee.of_text()).flatten().map(|ask| self.asked(column, ask));
        };
        let text = other.text().map(str::to_owned);
        Some(match (name, text) {
            ("mentions", None) => {
                let keywords = other.keywords()?.clone();
                self.asked(column, move |cell| keywords.suit(cell))
            }
            ("same_standard", Some(number)) => {
                let wanted = standards::canonical(&number);
                self.asked(column, move |cell| standards::canonical(cell) == wanted)
            }
            ("matches", Some(pattern)) => {
                let pattern = patterns::compiled(&pattern).ok()?;
                self.asked(column, move |cell| pattern.is_match(cell))
            }
            ("starts_with", Some(start)) => self.asked(column, move |cell| cell.starts_with(&start)),
            ("ends_with", Some(end)) => self.asked(column, move |cell| cell.ends_with(&end)),
            _ => return None,
        })
    }
}

pub(crate) fn negated(plan: Plan, not: bool) -> Plan {
    if not { Plan::Not(Box::new(plan)) } else { plan }
}

fn amount(number: Number) -> Amount {
    match number {
        Number::Column(column) => Amount::Whole(column),
        Number::Constant(number) => Amount::Constant(number.into()),
    }
}

/// The column whose cells may be `()`.
fn nullable(side: &Side<'_>) -> Option<usize> {
    match side {
        Side::Number(Number::Column(column))
        | Side::Amount(Amount::Column(column))
        | Side::Day(Day::Column(column))
        | Side::Flag(column) => Some(*column),
        _ => None,
    }
}

fn constant(fixed: &Fixed) -> Option<Side<'_>> {
    Some(match &fixed.value {
        Value::Unit => Side::Unit,
        Value::Bool(yes) => Side::Bool(*yes),
        Value::Int(number) => Side::Number(Number::Constant(*number)),
        Value::Day(day) => Side::Day(Day::Constant(day.days())),
        Value::Other(value) => match value.as_decimal() {
            Ok(number) => Side::Amount(Amount::Constant(number)),
            Err(_) => Side::Text(fixed.text()?),
        },
        _ => return None,
    })
}
