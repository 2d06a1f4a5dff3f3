//! Suspicion: rows that rules of plausibility found not to be believed, and what follows for decisions that rest on them.
//!
//! Rules with `plausibility: true` in their `META` run before the others. Where one decides "unmet", the rows it points at
//! are under suspicion: a decision in favour of the organization that rests on nothing else becomes unknown, with the
//! reason. Where many kinds of implausibility come together, or one that is grave, nothing in the submission is believed
//! unseen.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::outcome::Outcome;
use crate::model::text::Text;
use crate::resources::meter;
use crate::script::value::cell_refs::{CellRefs, CellRefsOfTable};
use crate::script::value::decision::{RuleDecision, Weight};
use crate::script::value::rows::Rows;
use crate::script::value::selection::Chosen;

/// The policy that says how many kinds of implausibility put the whole submission under suspicion.
const POLICY: &str = "implausible_kinds";
/// The policy that says what one grave kind does, and its reading by which it is enough.
const GRAVE: &str = "grave_kind";
const WHOLE: &str = "whole";

/// One kind of implausibility that was found.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// Id of the rule.
    rule: String,
    reason: Text,
    weight: Weight,
    /// By table: the rows, in order.
    rows: BTreeMap<String, Vec<u32>>,
}

/// All that is under suspicion in a submission.
#[derive(Clone, Debug, Default)]
pub(crate) struct Suspicion {
    kinds: Vec<Kind>,
    whole: bool,
}

thread_local! {
    // A rule runs from beginning to end on one thread, and nothing else runs there meanwhile.
    static HELD: RefCell<Arc<Suspicion>> = RefCell::default();
}

/// A rule begins under this suspicion.
pub(crate) fn begin(suspicion: &Arc<Suspicion>) {
    HELD.set(Arc::clone(suspicion));
}

impl Kind {
    /// What a rule of plausibility found, with its reason as it may be shown; `None` where it found nothing.
    pub(crate) fn of(rule: &str, decision: &RuleDecision, reason: &Text) -> Option<Self> {
        let gathered = || Self::gathered(rule, decision, reason);
        (decision.outcome == Outcome::Unmet).then(|| meter::unmetered(gathered, |_| 0))
    }

    fn gathered(rule: &str, decision: &RuleDecision, reason: &Text) -> Self {
        let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for cells in decision.cells.tables() {
            let chosen = cells.rows.iter().flat_map(Chosen::iter);
            rows.entry(cells.of.table.decl.id.clone()).or_default().extend(chosen);
        }
        for rows in rows.values_mut() {
            rows.sort_unstable();
            rows.dedup();
        }
        Self { rule: rule.to_owned(), reason: reason.clone(), weight: decision.weight, rows }
    }

    /// How many of the rows it has under suspicion.
    fn among(&self, table: &str, chosen: &Chosen) -> usize {
        let rows = self.rows.get(table).map_or(&[][..], Vec::as_slice);
        if chosen.len() < rows.len() {
            chosen.iter().filter(|row| rows.binary_search(row).is_ok()).count()
        } else {
            rows.iter().filter(|row| chosen.contains(**row)).count()
        }
    }
}

impl Suspicion {
    /// From the kinds found, and the policies in force.
    pub(crate) fn new(mut kinds: Vec<Kind>, policies: &BTreeMap<String, String>) -> Self {
        kinds.sort_by(|one, other| (one.rule.len(), &one.rule).cmp(&(other.rule.len(), &other.rule)));
        kinds.dedup_by(|one, other| one.rule == other.rule);
        let most = policies.get(POLICY).and_then(|most| most.parse::<usize>().ok());
        let grave = policies.get(GRAVE).is_some_and(|reading| reading == WHOLE)
            && kinds.iter().any(|kind| kind.weight == Weight::Grave);
        let minor = kinds.iter().any(|kind| kind.weight == Weight::Minor);
        let others = kinds.iter().filter(|kind| kind.weight != Weight::Minor).count();
        let count = others.saturating_add(usize::from(minor));
        let whole = grave || most.is_some_and(|most| count >= most);
        Self { kinds, whole }
    }

    /// The decision, but unknown where it is in favour of the organization and the whole submission is under suspicion.
    pub(crate) fn weigh(&self, decision: RuleDecision) -> RuleDecision {
        if !self.whole || !decision.is_in_favour() {
            return decision;
        }
        decision.left_open(self.reason(), CellRefs::default())
    }

    /// Why nothing in the submission is believed unseen: what is grave, else how many kinds there are.
    fn reason(&self) -> Text {
        let kinds = self.kinds.len();
        let (zh, en) = match self.kinds.iter().find(|kind| kind.weight == Weight::Grave) {
            Some(kind) => (
                format!("存在严重存疑迹象（{}）", kind.reason.zh),
                format!("shows a grave sign ({})", kind.reason.en),
            ),
            None => (format!("有{kinds}类存疑迹象"), format!("shows {kinds} kinds of implausibility")),
        };
        Text::new(
            format!("申报材料{zh}，单凭材料不能认定，请查看原件并现场核实"),
            format!(
                "the submission {en}: by itself it proves nothing, originals and the site are to be seen"
            ),
        )
    }

    /// What makes all these rows unfit to rest on, if anything does; `most`: or more than half of them.
    fn against(&self, of_table: &CellRefsOfTable, most: bool) -> Option<&Kind> {
        let chosen = of_table.rows.as_ref()?;
        let table = &of_table.of.table.decl.id;
        let all = chosen.len();
        let enough = |kind: &&Kind| {
            let suspect = kind.among(table, chosen);
            suspect > 0 && (suspect == all || most && suspect.saturating_mul(2) > all)
        };
        self.kinds.iter().find(enough)
    }
}

/// The decision, but unknown where it is in favour and one of the tables it rests on is under suspicion in all its rows.
pub(crate) fn weighed(decision: RuleDecision) -> RuleDecision {
    let reason = decision.is_in_favour().then(|| found(&decision.cells, false)).flatten();
    unless(reason, decision)
}

/// The same for a decision on every row of `scope`: more than half of them under suspicion are enough.
pub(crate) fn weighed_over(scope: &Rows, decision: RuleDecision) -> RuleDecision {
    let reason = decision.is_in_favour().then(|| found(&CellRefs::of_rows(scope, None), true)).flatten();
    unless(reason, decision)
}

fn unless(reason: Option<Text>, decision: RuleDecision) -> RuleDecision {
    match reason {
        Some(reason) => decision.left_open(reason, CellRefs::default()),
        None => decision,
    }
}

/// Why the rows of one of the tables prove nothing.
fn found(cells: &CellRefs, most: bool) -> Option<Text> {
    HELD.with_borrow(|held| {
        let found = |of_table: &CellRefsOfTable| {
            Some((held.against(of_table, most)?, Arc::clone(&of_table.of.table.decl)))
        };
        let (kind, decl) = cells.tables().iter().find_map(found)?;
        Some(Text::new(
            format!("所依据的“{}”数据存疑（{}），请核对原件并现场核实", decl.zh, kind.reason.zh),
            format!(
                "the rows of `{}` it rests on are in doubt ({}): originals and the site are to be seen",
                decl.id, kind.reason.en
            ),
        ))
    })
}
