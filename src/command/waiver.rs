//! `wangge waiver`: what is not asked at the gate, listed and checked.

use std::path::Path;

use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::gate::{Condition, waivers};
use crate::model::assurance::Assurance;
use crate::model::fault::{Explain, Fault};
use crate::model::finding_ids;
use crate::model::standard::Standard;
use crate::model::suggest::closest;
use crate::model::text::{Lang, Text};
use crate::model::waiver::Waiver;
use crate::report::escape;
use crate::table::date::Date;

/// Months for which a waiver may run without being asked about.
const LONG: i64 = 24;

fn all(file: &Path) -> Result<Vec<Waiver>, Vec<Fault>> {
    waivers::read(file).map_err(|errors| errors.iter().map(Explain::fault).collect())
}

/// `list`: a line for each waiver, and whether it has expired on a day.
pub fn list(file: &Path, day: Date, console: &Console) -> Exit {
    match all(file) {
        Ok(waivers) => console.print_result(&listed(&waivers, day, console.lang)),
        Err(faults) => console.refuse(&faults),
    }
}

fn listed(waivers: &[Waiver], day: Date, lang: Lang) -> String {
    let is_expired = |waiver: &&Waiver| waiver.expires < day.to_string();
    let line = |waiver: &Waiver| {
        let Waiver { organization, concerns, reason, approver, document, expires } = waiver;
        let expired = match lang {
            Lang::Zh if is_expired(&waiver) => "（已过期）",
            Lang::En if is_expired(&waiver) => " (expired)",
            _ => "",
        };
        let ground = [approver.as_str(), document, reason].into_iter().filter(|part| !part.is_empty());
        let line = format!(
            "{organization}  {concerns}  {expires}{expired}  {}",
            ground.collect::<Vec<_>>().join("  ")
        );
        format!("{}\n", escape::terminal(&line))
    };
    let (count, expired) = (waivers.len(), waivers.iter().filter(is_expired).count());
    let total = Text::new(
        format!("共{count}条豁免，其中{expired}条已过期\n"),
        format!("waivers: {count}, expired: {expired}\n"),
    );
    waivers.iter().map(line).collect::<String>() + total.get(lang)
}

/// `lint`: what is wrong with waivers: unknown ids, the same twice, none that holds. Exit 1 where anything is.
pub fn lint(file: &Path, choices: &Choices, console: &Console) -> Exit {
    let (waivers, session) = match all(file).and_then(|waivers| Ok((waivers, Session::load(choices)?))) {
        Ok(both) => both,
        Err(faults) => return console.refuse(&faults),
    };
    let report = session.report();
    let standard = report.standard.unwrap_or_default();
    let shown = file.display().to_string();
    let faults: Vec<Fault> = waivers
        .iter()
        .enumerate()
        .flat_map(|(at, waiver)| {
            let earlier = waivers.get(..at).unwrap_or_default();
            defects(waiver, earlier, &standard, choices.as_of)
        })
        .map(|fault| Fault { file: Some(shown.clone()), ..fault })
        .collect();
    console.faults(&faults);
    let count = waivers.len();
    let told = Text::new(
        format!("共{count}条豁免，问题{}个", faults.len()),
        format!("waivers: {count}, problems: {}", faults.len()),
    );
    console.print_lines(&[told]).max(if faults.is_empty() { Exit::Passed } else { Exit::GateNotMet })
}

fn defects(waiver: &Waiver, earlier: &[Waiver], standard: &Standard, day: Date) -> Vec<Fault> {
    let told = |code, zh: String, en: String, help: Text| Fault {
        code,
        message: Text::new(
            format!("{}的豁免“{}”{zh}", waiver.organization, waiver.concerns),
            format!("the waiver `{}` of {} {en}", waiver.concerns, waiver.organization),
        ),
        help,
        ..Fault::default()
    };
    let unknown = (!is_known(&waiver.concerns, standard)).then(|| {
        told(
            "waiver.unknown-id",
            "不是本次评估的规则、表、评价内容、评价要求或门禁条件".to_owned(),
            "names no rule, table, item, requirement or condition".to_owned(),
            near(&waiver.concerns, standard),
        )
    });
    let nobody = ["", "*"].contains(&waiver.organization.trim()).then(|| {
        told(
            "waiver.nobody",
            "没有写明是哪个单位".to_owned(),
            "does not say of which organization".to_owned(),
            Text::new("写单位编号，每个单位一条", "write the id, a waiver for each organization"),
        )
    });
    let is_same =
        |other: &&Waiver| other.organization == waiver.organization && other.covers(&waiver.concerns);
    let twice = earlier.iter().find(is_same).map(|other| {
        told(
            "waiver.twice",
            format!("已包含在前面的“{}”中", other.concerns),
            format!("is within the earlier `{}`", other.concerns),
            Text::new("删去其中一条", "remove one of them"),
        )
    });
    let expired = (waiver.expires < day.to_string()).then(|| {
        told(
            "waiver.expired",
            format!("已于{}到期", waiver.expires),
            format!("expired on {}", waiver.expires),
            Text::new("删去，或重新报批", "remove it, or have it approved anew"),
        )
    });
    let long = day.plus_months(LONG).filter(|last| waiver.expires > last.to_string()).map(|_| {
        told(
            "waiver.too-long",
            format!("有效期超过{LONG}个月"),
            format!("runs for more than {LONG} months"),
            Text::new("缩短有效期，到期再报批", "let it end earlier, and have it approved anew then"),
        )
    });
    [nobody, unknown, twice, expired, long].into_iter().flatten().collect()
}

/// Everything that a waiver may name.
fn known(standard: &Standard) -> impl Iterator<Item = &str> {
    let Standard { catalog, clauses, .. } = standard;
    let tables = catalog.tables.iter().map(|table| table.id.as_str());
    let items = catalog.items().map(|item| item.id.as_str());
    let requirements = catalog.items().flat_map(|item| &item.requirements).map(|one| one.id.as_str());
    let rest = finding_ids::ALL.iter().copied().chain(Condition::SUBJECTS);
    tables.chain(items).chain(requirements).chain(clauses.ids()).chain(rest)
}

fn is_known(name: &str, standard: &Standard) -> bool {
    let is_own = |name: &str| known(standard).any(|id| id == name);
    let of_part = name.split_once('.').is_some_and(|(head, part)| {
        Condition::SUBJECTS.contains(&head)
            && (is_own(part) || Assurance::ALL.into_iter().any(|one| one.word() == part))
    });
    is_own(name) || of_part
}

fn near(name: &str, standard: &Standard) -> Text {
    closest(name, known(standard)).map_or_else(
        || Text::new("用 wangge explain 查看可用的编号", "see `wangge explain` for the ids there are"),
        |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
    )
}
