//! The verdict: by the total (Part 5, 8.3), and by what packs declare that must hold whatever the total is. Grades of what
//! is qualified.

use crate::model::catalog::{Catalog, DeclaredGrade};
use crate::model::outcome::Outcome;
use crate::model::report::{GradeRange, Range, ScoreTable, Verdict};
use crate::model::text::{Lang, Text};

/// The verdict on a total (Part 5, 8.3).
pub(super) fn of_total(total: Range, pass: u32) -> Verdict {
    match total {
        Range { low, .. } if low >= pass => Verdict::Qualified,
        Range { high, .. } if high < pass => Verdict::Unqualified,
        _ => Verdict::Open,
    }
}

/// Something that must hold whatever the total is, and does not, or not for sure.
pub(super) struct Shortfall {
    /// Whether it does not for sure.
    pub(super) is_sure: bool,
    /// What it is.
    pub(super) text: Text,
}

/// The verdict where these do not hold.
pub(super) fn with(by_total: Verdict, shortfalls: &[Shortfall]) -> Verdict {
    match by_total {
        _ if shortfalls.iter().any(|one| one.is_sure) => Verdict::Unqualified,
        Verdict::Qualified if !shortfalls.is_empty() => Verdict::Open,
        verdict => verdict,
    }
}

/// Minima that are not reached and vetoes, in the order of the catalog; the tables are as scored by it.
pub(super) fn shortfalls(catalog: &Catalog, tables: &[ScoreTable]) -> Vec<Shortfall> {
    let mut found = Vec::new();
    for (declared, scored) in catalog.tables.iter().zip(tables) {
        found
            .extend(declared.minimum.and_then(|least| below(&declared.id, least, (scored.low, scored.high))));
        for (item, scored) in declared.items.iter().zip(&scored.items) {
            found.extend(item.minimum.and_then(|least| below(&item.id, least, (scored.low, scored.high))));
            let vetoes = item.requirements.iter().filter(|one| one.veto);
            found.extend(vetoes.filter_map(|one| {
                vetoed(&one.id, scored.requirements.iter().find(|line| line.id == one.id)?.outcome)
            }));
        }
    }
    found
}

fn below(id: &str, least: u32, (low, high): (u32, u32)) -> Option<Shortfall> {
    let is_sure = high < least;
    let range = if low == high { low.to_string() } else { format!("{low}—{high}") };
    let text = if is_sure {
        Text::new(
            format!("{id}为{range}分，低于规定的最低{least}分：不论总分，结论为不合格"),
            format!(
                "{id} has {range} points, less than the minimum of {least}: unqualified whatever the total"
            ),
        )
    } else {
        Text::new(
            format!("{id}为{range}分，规定最低{least}分：核实达到后方可合格"),
            format!(
                "{id} has {range} points of a minimum of {least}: qualified only once it surely has them"
            ),
        )
    };
    (low < least).then_some(Shortfall { is_sure, text })
}

fn vetoed(id: &str, outcome: Outcome) -> Option<Shortfall> {
    let (is_sure, text) = match outcome {
        Outcome::Met | Outcome::NotApplicable => return None,
        Outcome::Unmet | Outcome::Absent => (
            true,
            Text::new(
                format!("不符合{id}（一票否决）：不论总分，结论为不合格"),
                format!("{id} is not met, which is a veto: unqualified whatever the total"),
            ),
        ),
        Outcome::Unknown => (
            false,
            Text::new(
                format!("{id}（一票否决）待核实：核实符合后方可合格"),
                format!("{id}, which is a veto, is unknown: qualified only once it is met"),
            ),
        ),
    };
    Some(Shortfall { is_sure, text })
}

/// The grades that points reach; nothing where no grades are declared or nothing is qualified.
pub(super) fn grades(declared: &[DeclaredGrade], verdict: Verdict, total: Range) -> Option<GradeRange> {
    if declared.is_empty() || verdict == Verdict::Unqualified {
        return None;
    }
    let of =
        |points: u32| declared.iter().find(|grade| grade.points <= points).map(|grade| grade.title.clone());
    let low = of(total.low).filter(|_| verdict == Verdict::Qualified);
    Some(GradeRange { low, high: of(total.high) })
}

/// What is said of a grade.
pub(super) fn graded(grade: &GradeRange) -> Text {
    let none = Text::new("无等级", "no grade");
    let of = |end: &Option<Text>, lang| end.as_ref().unwrap_or(&none).get(lang).to_owned();
    if grade.low == grade.high {
        return Text::new(
            format!("等级：{}", of(&grade.low, Lang::Zh)),
            format!("grade: {}", of(&grade.low, Lang::En)),
        );
    }
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| (of(&grade.low, lang), of(&grade.high, lang)));
    Text::new(
        format!("等级：现为{}，核实后最高可为{}", zh.0, zh.1),
        format!("grade: {} for sure, at most {}", en.0, en.1),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, measured, met_but, number};
    use super::super::policy::ScorePolicies;
    use super::*;

    fn grade(zh: &str, points: u32) -> DeclaredGrade {
        DeclaredGrade { title: Text::new(zh, zh), points }
    }

    #[test]
    fn the_total_decides_at_the_pass_mark() {
        let of = |low, high| of_total(Range { low, high }, 300);
        assert_eq!(of(300, 300), Verdict::Qualified);
        assert_eq!(of(299, 300), Verdict::Open);
        assert_eq!(of(0, 299), Verdict::Unqualified);
    }

    #[test]
    fn a_minimum_makes_open_or_unqualified_and_never_better() {
        let none: [Shortfall; 0] = [];
        let with =
            |least, range, total| with(total, &below("A.1", least, range).into_iter().collect::<Vec<_>>());
        for total in [Verdict::Qualified, Verdict::Open, Verdict::Unqualified] {
            assert_eq!(super::with(total, &none), total);
            assert_eq!(with(80, (80, 90), total), total);
            assert_eq!(with(80, (70, 79), total), Verdict::Unqualified);
        }
        assert_eq!(with(80, (70, 80), Verdict::Qualified), Verdict::Open);
        assert_eq!(with(80, (70, 80), Verdict::Unqualified), Verdict::Unqualified);
    }

    #[test]
    fn a_veto_stands_where_its_requirement_is_not_met() {
        let of = |outcome| vetoed("A.1.3.b", outcome).map(|one| one.is_sure);
        assert_eq!([Outcome::Met, Outcome::NotApplicable].map(of), [None, None]);
        assert_eq!(
            [Outcome::Unmet, Outcome::Absent, Outcome::Unknown].map(of),
            [Some(true), Some(true), Some(false)]
        );
    }

    #[test]
    fn grades_are_those_of_both_ends() {
        let all = [grade("优", 450), grade("良", 400), grade("合格", 300)];
        let of = |low, high, verdict| {
            grades(&all, verdict, Range { low, high }).map(|one| (graded(&one).zh, one.low.is_some()))
        };
        assert_eq!(of(460, 480, Verdict::Qualified), Some(("等级：优".to_owned(), true)));
        assert_eq!(
            of(390, 460, Verdict::Qualified),
            Some(("等级：现为合格，核实后最高可为优".to_owned(), true))
        );
        assert_eq!(
            of(290, 420, Verdict::Open),
            Some(("等级：现为无等级，核实后最高可为良".to_owned(), false))
        );
        assert_eq!(of(0, 200, Verdict::Unqualified), None);
        assert_eq!(grades(&[], Verdict::Qualified, Range { low: 400, high: 400 }), None);
    }
    #[test]
    fn minima_are_those_of_tables_and_items_and_vetoes_those_of_requirements() {
        let mut catalog = fixture::catalog();
        for table in &mut catalog.tables {
            table.minimum = (table.id == "A.2").then_some(29);
            for item in &mut table.items {
                item.minimum = (item.id == "A.7.1").then_some(16);
                item.requirements.iter_mut().for_each(|one| one.veto = one.id == "A.1.1.a");
            }
        }
        let scored = |judged: &_| {
            let scored = fixture::scored(&catalog, ScorePolicies::default(), judged);
            let told = scored.notes.into_iter().map(|note| note.zh);
            (scored.verdict, told.filter(|note| note.contains("合格")).collect::<Vec<_>>())
        };
        let judged = |but: &[(&str, Outcome)]| scored(&met_but(&catalog, but));
        let unqualified = |why: &str| (Verdict::Unqualified, vec![format!("{why}：不论总分，结论为不合格")]);
        let open = |why: &str| (Verdict::Open, vec![why.to_owned()]);
        assert_eq!(judged(&[("A.1.1.b", Outcome::Unmet)]), (Verdict::Qualified, vec![]));
        assert_eq!(judged(&[("A.2.2.a", Outcome::Unmet)]), unqualified("A.2为28分，低于规定的最低29分"));
        assert_eq!(
            judged(&[("A.2.2.a", Outcome::Unknown)]),
            open("A.2为22—30分，规定最低29分：核实达到后方可合格")
        );
        assert_eq!(
            scored(&measured(&catalog, "A.7.1", number(85))),
            unqualified("A.7.1为15分，低于规定的最低16分")
        );
        assert_eq!(judged(&[("A.1.1.a", Outcome::Unmet)]), unqualified("不符合A.1.1.a（一票否决）"));
        assert_eq!(
            judged(&[("A.1.1.a", Outcome::Unknown)]),
            open("A.1.1.a（一票否决）待核实：核实符合后方可合格")
        );
    }
}
