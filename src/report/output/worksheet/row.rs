//! The rows of a worksheet: a target each, those that are open first.

use std::collections::HashMap;

use crate::model::catalog::Catalog;
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, ScoreItem};
use crate::model::ruling::{RulingLine, RulingStatus};
use crate::model::ruling_form::{Field, KEY, ROLES, RULINGS, key, written};
use crate::model::ruling_value::{Form, Level};
use crate::model::text::{Lang, Text};
use crate::report::words::{self, pick};
use crate::report::workbook::{Column, Kind, Value};

/// Columns that stay in view: the hidden ones and the target.
pub(super) const FROZEN: u16 = 3;

/// A row of a worksheet.
pub(super) struct Row<'a> {
    one: &'a Organization,
    target: &'a str,
    item: Option<&'a Text>,
    asks: Option<&'a Text>,
    /// Points that hang on it.
    points: u32,
    outcome: Outcome,
    reason: &'a Text,
    look: Text,
    /// The form of its value.
    pub(super) form: Form,
    /// The ruling that still holds.
    pub(super) ruling: Option<&'a RulingLine>,
    /// Rulings that no longer hold.
    pub(super) expired: Vec<&'a RulingLine>,
}

impl Row<'_> {
    /// Whether nobody can tell yet.
    pub(super) fn is_open(&self) -> bool {
        self.outcome == Outcome::Unknown
    }
}

/// What a decision says of a target.
struct Decision<'a> {
    target: &'a str,
    points: u32,
    outcome: Outcome,
    reason: &'a Text,
    rulings: &'a [RulingLine],
}

/// All rows of an organization: open ones in the order in which the verdict hangs on them, then the others in theirs.
pub(super) fn rows<'a>(one: &'a Organization, catalog: &'a Catalog, line_f_each: bool) -> Vec<Row<'a>> {
    let places: HashMap<&str, usize> =
        one.deciding.iter().map(|deciding| deciding.target.as_str()).zip(0..).collect();
    let items = one.tables.iter().flat_map(|table| &table.items);
    let decided = items.flat_map(|item| decisions(item).into_iter().map(move |decision| (item, decision)));
    let mut all: Vec<Row<'a>> =
        decided.flat_map(|(item, decision)| of(one, item, &decision, (catalog, line_f_each))).collect();
    all.sort_by_key(|row| {
        let place = places.get(row.target).copied().unwrap_or(usize::MAX);
        if row.is_open() { (false, place) } else { (true, 0) }
    });
    all
}

fn decisions(item: &ScoreItem) -> Vec<Decision<'_>> {
    let award = item.award.as_ref().map(|award| Decision {
        target: &item.id,
        points: item.points,
        outcome: award.outcome,
        reason: &award.reason,
        rulings: &award.rulings,
    });
    let lines = item.requirements.iter().map(|line| Decision {
        target: &line.id,
        points: line.deduct,
        outcome: line.outcome,
        reason: &line.reason,
        rulings: &line.rulings,
    });
    award.into_iter().chain(lines).collect()
}

/// The rows of a target: one for each ruling on it that counts, or one for the ruling there is to be.
fn of<'a>(
    one: &'a Organization,
    item: &'a ScoreItem,
    decision: &Decision<'a>,
    (catalog, line_f_each): (&'a Catalog, bool),
) -> Vec<Row<'a>> {
    let with = |status: RulingStatus| decision.rulings.iter().filter(move |line| line.status == status);
    let row = |ruling: Option<&'a RulingLine>| Row {
        one,
        target: decision.target,
        item: catalog.title(&item.id).filter(|_| item.award.is_none()),
        asks: catalog.title(decision.target),
        points: decision.points,
        outcome: decision.outcome,
        reason: decision.reason,
        look: look(catalog, decision.target),
        form: Form::of(catalog, decision.target, line_f_each).unwrap_or(Form::None),
        ruling,
        expired: with(RulingStatus::Expired).collect(),
    };
    let counted: Vec<Row<'a>> = with(RulingStatus::Counted).map(|line| row(Some(line))).collect();
    if counted.is_empty() { vec![row(None)] } else { counted }
}

/// What to look at: what counts as evidence, else why data does not tell.
fn look(catalog: &Catalog, target: &str) -> Text {
    if let Some(requirement) = catalog.requirement(target) {
        let why = || requirement.why.clone().unwrap_or_default();
        return if requirement.evidence.is_empty() { why() } else { requirement.evidence.clone() };
    }
    catalog.item(target).map(|item| item.evidence.clone()).unwrap_or_default()
}

/// The column of a field of a ruling.
pub(super) fn column_of(field: Field) -> Option<u16> {
    let title = (field.header(Lang::Zh), field.header(Lang::En));
    let at = columns().iter().position(|column| column.title == title)?;
    u16::try_from(at).ok()
}

fn filled<'a>(field: Field, width: u16, kind: Kind, value: fn(&Row<'a>, Lang) -> Value) -> Column<Row<'a>> {
    Column { title: (field.header(Lang::Zh), field.header(Lang::En)), width, kind, value }
}

/// The columns of a worksheet.
pub(super) fn columns<'a>() -> Vec<Column<Row<'a>>> {
    let mut columns = report_columns();
    columns.extend(ruled());
    columns.push(Column {
        title: ("上次裁定", "last ruling"),
        width: 100,
        kind: Kind::Text,
        value: |row, lang| {
            Value::Text(row.expired.iter().map(|line| expired(line, lang)).collect::<Vec<_>>().join("\n"))
        },
    });
    columns
}

/// The columns that the program fills in: the organization, the requirement and what the data say of it.
fn report_columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column {
            title: (KEY.1, KEY.0),
            width: 60,
            kind: Kind::Hidden,
            value: |row, _| Value::Text(key(&row.one.id, row.target)),
        },
        filled(Field::Organization, 60, Kind::Hidden, |row, _| row.one.id.as_str().into()),
        filled(Field::Target, 66, Kind::Short, |row, _| row.target.into()),
        Column {
            title: ("要求内容", "what is asked"),
            width: 190,
            kind: Kind::Text,
            value: |row, lang| Value::Text(asks(row, lang)),
        },
        Column {
            title: ("目前判定", "outcome so far"),
            width: 58,
            kind: Kind::Short,
            value: |row, lang| Value::Text(state(row, lang)),
        },
        Column {
            title: ("数据情况", "what the data says"),
            width: 176,
            kind: Kind::Text,
            value: |row, lang| row.reason.get(lang).into(),
        },
        Column {
            title: ("现场看什么", "what to look at"),
            width: 160,
            kind: Kind::Text,
            value: |row, lang| Value::Text(look_at(row, lang)),
        },
    ]
}

/// What a person fills in, or filled in last time.
fn ruled<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        filled(Field::Ruling, 62, Kind::InputShort, |row, lang| {
            held(row, |line| word(&line.ruling, lang).to_owned())
        }),
        filled(Field::Value, 62, Kind::InputShort, |row, lang| {
            held(row, |line| level(&row.form, line.value.as_deref().unwrap_or_default(), lang))
        }),
        filled(Field::Reason, 130, Kind::Input, |row, _| held(row, |line| line.reason.clone())),
        filled(Field::Evidence, 96, Kind::Input, |row, _| held(row, |line| line.evidence.clone())),
        filled(Field::By, 56, Kind::InputShort, |row, _| held(row, |line| line.by.clone())),
        filled(Field::Date, 72, Kind::InputShort, |row, _| held(row, |line| line.date.clone())),
        filled(Field::Expires, 72, Kind::InputShort, |row, _| {
            held(row, |line| line.expires.clone().unwrap_or_default())
        }),
        filled(Field::Role, 50, Kind::InputShort, |row, lang| {
            Value::Text(role(row.ruling.map_or("team", |line| line.role.as_str()), lang).to_owned())
        }),
    ]
}

fn held(row: &Row<'_>, of: impl Fn(&RulingLine) -> String) -> Value {
    Value::Text(row.ruling.map(of).unwrap_or_default())
}

/// A value as it is filled in: a level by the word for it.
fn level(form: &Form, value: &str, lang: Lang) -> String {
    let levels = match form {
        Form::Level(levels) | Form::LevelOrPercentage(levels) => levels.as_slice(),
        _ => &[],
    };
    let level = levels.iter().find(|level| lang == Lang::Zh && level.id == value);
    level.map_or(value, Level::word).to_owned()
}

fn word(ruling: &str, lang: Lang) -> &'static str {
    let found = RULINGS.iter().find(|(_, words)| words.contains(&ruling));
    found.map_or("", |(_, words)| written(words, lang))
}

fn role(role: &str, lang: Lang) -> &'static str {
    let found = ROLES.iter().find(|(_, words)| words.contains(&role));
    found.map_or("", |(_, words)| written(words, lang))
}

fn asks(row: &Row<'_>, lang: Lang) -> String {
    let titles = [row.item, row.asks].into_iter().flatten().map(|title| title.get(lang));
    titles.collect::<Vec<_>>().join(pick(lang, "：", ": "))
}

fn state(row: &Row<'_>, lang: Lang) -> String {
    let word = words::outcome(row.outcome, lang);
    match lang {
        Lang::Zh => format!("{word}\n（{}分）", row.points),
        Lang::En => format!("{word}\n({})", row.points),
    }
}

fn look_at(row: &Row<'_>, lang: Lang) -> String {
    let form = row.form.text();
    let value = if form.is_empty() {
        String::new()
    } else {
        format!("{}{}", pick(lang, "按值裁定的，填", "value: "), form.get(lang))
    };
    let parts = [row.look.get(lang), value.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn expired(line: &RulingLine, lang: Lang) -> String {
    let (word, last) = (word(&line.ruling, lang), line.expires.as_deref().unwrap_or_default());
    let value = line.value.as_deref().unwrap_or_default();
    match lang {
        Lang::Zh => format!("已于{last}过期：{word}{value}（{}，{}）{}", line.by, line.date, line.reason),
        Lang::En => format!("expired {last}: {word} {value} ({}, {}) {}", line.by, line.date, line.reason),
    }
}
