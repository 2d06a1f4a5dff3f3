use super::super::fixture::{all, catalog, item, measured, met_but, number, range, scored};
use super::super::policy::{AbsentItem, OwedUnit, ScorePolicies};
use crate::model::outcome::Outcome::{self, Absent, NotApplicable, Unknown, Unmet};

fn default() -> ScorePolicies {
    ScorePolicies::default()
}

fn by_deductions() -> ScorePolicies {
    ScorePolicies { absent_item: AbsentItem::Deductions, ..default() }
}

fn item_range(policies: ScorePolicies, id: &str, but: &[(&str, Outcome)]) -> (u32, u32) {
    let catalog = catalog();
    let scored = scored(&catalog, policies, &met_but(&catalog, but));
    let item = item(&scored, id);
    (item.low, item.high)
}

fn partly() -> ScorePolicies {
    ScorePolicies { absent_item: AbsentItem::Partly, ..default() }
}

fn by_table(policies: ScorePolicies) -> ScorePolicies {
    ScorePolicies { owed_unit: OwedUnit::Table, ..policies }
}

/// Low and high end of one table, everything else met.
fn table_range(policies: ScorePolicies, id: &str, but: &[(&str, Outcome)]) -> (u32, u32) {
    let catalog = catalog();
    let scored = scored(&catalog, policies, &met_but(&catalog, but));
    let found = scored.tables.iter().find(|table| table.id == id);
    found.map_or((0, 0), |table| (table.low, table.high))
}

/// Every target of a table with one outcome.
fn whole(table: &str, outcome: Outcome) -> Vec<(String, Outcome)> {
    let within = |id: &String| id.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'));
    all(&catalog(), outcome).into_keys().filter(within).map(|id| (id, outcome)).collect()
}

fn named(but: &[(String, Outcome)]) -> Vec<(&str, Outcome)> {
    but.iter().map(|(id, outcome)| (id.as_str(), *outcome)).collect()
}

#[test]
fn anything_unmet_takes_the_item_where_that_is_enough() {
    assert_eq!(item_range(partly(), "A.2.2", &[("A.2.2.a", Unmet)]), (0, 0));
    assert_eq!(item_range(partly(), "A.3.3", &[("A.3.3.c", Unmet)]), (0, 0));
    assert_eq!(item_range(default(), "A.3.3", &[("A.3.3.c", Unmet)]), (35, 35));
    assert_eq!(item_range(partly(), "A.3.3", &[("A.3.3.c", Unknown)]), (0, 40));
    assert_eq!(item_range(partly(), "A.3.3", &[("A.3.3.c", NotApplicable)]), (40, 40));
    let catalog = catalog();
    let survey = scored(&catalog, partly(), &measured(&catalog, "A.7.1", number(85)));
    assert_eq!(item(&survey, "A.7.1").low, 15, "the bands say what less than the best earns");
}

#[test]
fn an_absent_item_keeps_its_rest_where_tables_are_meant_and_a_wholly_absent_table_has_nothing() {
    let one = [("A.2.2.a", Absent)];
    assert_eq!(item_range(by_table(default()), "A.2.2", &one), (6, 6));
    assert_eq!(table_range(by_table(default()), "A.2", &one), (28, 28));
    let mut gone = whole("A.2", Absent);
    assert_eq!(table_range(by_table(default()), "A.2", &named(&gone)), (0, 0));
    assert_eq!(table_range(by_table(by_deductions()), "A.2", &named(&gone)), (14, 14));
    gone.retain(|(id, _)| id != "A.2.2.a");
    assert_eq!(table_range(by_table(default()), "A.2", &named(&gone)), (16, 16), "one standard is there");
    assert_eq!(table_range(by_table(partly()), "A.2", &one), (0, 0));
}

#[test]
fn what_is_not_needed_saves_a_table_only_if_that_is_all_of_it() {
    let mut gone = whole("A.2", Absent);
    gone.retain(|(id, _)| id != "A.2.2.a");
    gone.push(("A.2.2.a".to_owned(), NotApplicable));
    assert_eq!(table_range(by_table(default()), "A.2", &named(&gone)), (0, 0));
    assert_eq!(table_range(default(), "A.2", &named(&gone)), (8, 8));
    assert_eq!(table_range(by_table(default()), "A.2", &named(&whole("A.2", NotApplicable))), (30, 30));
}

#[test]
fn nothing_at_all_scores_nothing_whatever_7_2_speaks_of() {
    let catalog = catalog();
    for policies in [default(), partly(), by_table(default()), by_table(partly())] {
        assert_eq!(range(&catalog, policies, &all(&catalog, Absent)), (0, 0));
        assert_eq!(range(&catalog, policies, &all(&catalog, Unknown)), (0, 495));
    }
}

#[test]
fn notes_name_tables_where_tables_are_meant() {
    let catalog = catalog();
    let notes = |policies, table| -> Vec<_> {
        let judged = met_but(&catalog, &named(&whole(table, Absent)));
        scored(&catalog, policies, &judged).notes.into_iter().map(|note| note.en).collect()
    };
    assert!(
        notes(by_table(default()), "A.2").iter().any(|note| note.ends_with("0 points (Part 5, 7.2): A.2"))
    );
    assert!(notes(by_table(partly()), "A.2").iter().any(|note| note.starts_with("Not met in full")));
    let left_nothing = notes(by_table(default()), "A.7");
    assert!(
        !left_nothing.iter().any(|note| note.contains("therefore 0 points")),
        "its deductions leave nothing anyway"
    );
}

#[test]
fn notes_say_when_the_verdict_hangs_on_what_7_2_speaks_of() {
    let catalog = catalog();
    let judged = met_but(&catalog, &[("A.2.2.a", Absent)]);
    let notes = |policies, pass| -> Vec<_> {
        let notes = super::super::score(&catalog, policies, &judged, pass).notes;
        notes.into_iter().map(|note| note.en).filter(|note| note.contains("owed and not met")).collect()
    };
    for policies in [default(), by_table(default())] {
        let said = notes(policies, 490);
        assert!(
            matches!(&said[..], [one] if one.ends_with("unqualified if items do, qualified if whole tables"))
        );
        assert!(notes(policies, 487).is_empty() && notes(policies, 494).is_empty());
    }
    assert!(notes(by_deductions(), 490).is_empty(), "nothing scores 0 under either");
}
