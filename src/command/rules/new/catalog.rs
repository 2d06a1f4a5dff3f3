//! A new item in a scoring table of the pack's own, and the sums that change with it.

use std::fs;
use std::path::{Path, PathBuf};

use super::fault::NewFault;
use super::kind::{Kind, file_stem};
use super::template::{self, Fill, fill};
use super::{Draft, NewAsked};
use crate::assessment::session::display_path;
use crate::model::text::{Lang, Text};
use crate::rulebook::Rulebook;

/// A scoring table of the pack's own.
#[derive(Debug)]
pub(super) struct OwnTable {
    pub(super) id: String,
    path: PathBuf,
    text: String,
}

/// The scoring tables that stand in the folder of a pack, in the order of their files.
pub(super) fn own_tables(pack: &Path) -> Vec<OwnTable> {
    let entries = fs::read_dir(pack.join("catalog")).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let id = text.parse::<toml::Table>().ok()?.get("id")?.as_str()?.to_owned();
        Some(OwnTable { id, path, text })
    };
    paths.into_iter().filter_map(read).collect()
}

/// Puts the item into its table, and states the new sums in the heading of the table and in `[marks]`.
pub(super) fn add_item(
    asked: &NewAsked,
    kind: &Kind,
    book: &Rulebook,
    fill_in: &Fill,
    lang: Lang,
    drafts: &mut Vec<Draft>,
) -> Result<(), NewFault> {
    let Kind::Item { table, own } = kind else { return Ok(()) };
    let points = asked.points;
    let fill_in = fill_in
        .clone()
        .set("points", points.to_string())
        .set("greater", points.div_ceil(2).to_string())
        .set("lesser", (points / 2).to_string());
    let item = fill(template::ITEM, lang, &fill_in);
    let what = Text::new("评分表：分值、扣分、整改办法", "the scoring table: points, deductions, remedies");
    drafts.push(match own {
        Some(own) => {
            let by_hand = || by_hand(&own.path, &format!("declared + {points}"));
            let raised = raised(&own.text, "declared", points).ok_or_else(by_hand)?;
            let text = format!("{}{item}", ended(&raised));
            Draft { path: own.path.clone(), was: Some(own.text.clone()), text, what }
        }
        None => {
            let path = asked.pack.join("catalog").join(format!("{}.toml", file_stem(table)));
            let text = format!("{}{item}", fill(template::TABLE, lang, &fill_in));
            Draft::new_file(path, text, what)?
        }
    });
    marks(asked, book, lang, drafts)
}

/// The sums of all tables with the new item: whoever changes what tables declare states both marks.
fn marks(asked: &NewAsked, book: &Rulebook, lang: Lang, drafts: &mut Vec<Draft>) -> Result<(), NewFault> {
    let was = book.catalog.tables.iter().map(|table| table.declared).fold(0, u32::saturating_add);
    let full = was.saturating_add(asked.points);
    // The same share of the new sum.
    let share = u64::from(book.catalog.pass).saturating_mul(u64::from(full)).div_ceil(u64::from(was.max(1)));
    let pass = u32::try_from(share).unwrap_or(book.catalog.pass);
    let path = asked.pack.join("pack.toml");
    let what =
        Text::new(format!("满分 {full}、合格分 {pass}"), format!("full marks {full}, pass mark {pass}"));
    if let Some(draft) = drafts.iter_mut().find(|draft| draft.path == path) {
        draft.text = marked(&draft.text, full, pass, lang).unwrap_or_else(|| draft.text.clone());
        return Ok(());
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    let stated = marked(&text, full, pass, lang);
    let stated = stated.ok_or_else(|| by_hand(&path, &format!("[marks] full = {full}, pass = {pass}")))?;
    drafts.push(Draft { path, was: Some(text), text: stated, what });
    Ok(())
}

fn by_hand(path: &Path, add: &str) -> NewFault {
    NewFault::ByHand { path: display_path(path), add: add.to_owned() }
}

/// The `pack.toml` with these marks; none where they are written in a way this does not know.
fn marked(text: &str, full: u32, pass: u32, lang: Lang) -> Option<String> {
    let table = text.parse::<toml::Table>().ok()?;
    if !table.contains_key("marks") {
        let fill_in = Fill::default().set("full", full.to_string()).set("pass", pass.to_string());
        return Some(format!("{}{}", ended(text), fill(template::MARKS, lang, &fill_in)));
    }
    let start = text.lines().position(|line| line.trim() == "[marks]")?;
    let (mut inside, mut set, mut lines) = (false, 0_usize, Vec::new());
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with('[') {
            inside = at == start;
        }
        let value = match key(line) {
            "full" if inside => Some(full),
            "pass" if inside => Some(pass),
            _ => None,
        };
        set = set.saturating_add(usize::from(value.is_some()));
        lines.push(value.map_or_else(|| Some(line.to_owned()), |value| with_number(line, |_| value))?);
    }
    (set == 2).then(|| lines.join("\n") + "\n")
}

/// The text with a number before its first section raised.
fn raised(text: &str, name: &str, by: u32) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let head = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let line = lines.iter_mut().take(head).find(|line| key(line) == name)?;
    *line = with_number(line, |was| was.saturating_add(by))?;
    Some(lines.join("\n") + "\n")
}

fn key(line: &str) -> &str {
    line.split_once('=').map_or("", |(key, _)| key.trim())
}

/// `key = 12  # remark` with another number.
fn with_number(line: &str, new: impl Fn(u32) -> u32) -> Option<String> {
    let (key, rest) = line.split_once('=')?;
    let (value, remark) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let number: u32 = value.trim().parse().ok()?;
    let blank = if remark.is_empty() { "" } else { " " };
    Some(format!("{key}= {}{blank}{remark}", new(number)))
}

/// The text, ended by a line break unless it is empty.
pub(super) fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_changed_where_they_stand_or_added() {
        let text = "id = \"a\"\n\n[marks]\nfull = 510  # 满分\npass = 306\n\n[policy]\nfull = \"x\"\n";
        let marked_ = marked(text, 520, 312, Lang::Zh).unwrap_or_default();
        assert_eq!(
            marked_,
            "id = \"a\"\n\n[marks]\nfull = 520 # 满分\npass = 312\n\n[policy]\nfull = \"x\"\n"
        );
        let added = marked("id = \"a\"", 520, 312, Lang::En).unwrap_or_default();
        assert!(
            added.starts_with("id = \"a\"\n\n# ") && added.ends_with("[marks]\nfull = 520\npass = 312\n"),
            "{added}"
        );
        assert_eq!(marked("marks = { full = 1, pass = 1 }\n", 520, 312, Lang::Zh), None);
    }

    #[test]
    fn the_heading_of_a_table_is_raised_before_its_items() {
        let text = "id = \"A.8\"\ndeclared = 10\n[[item]]\ndeclared = 1\n";
        assert_eq!(
            raised(text, "declared", 5).as_deref(),
            Some("id = \"A.8\"\ndeclared = 15\n[[item]]\ndeclared = 1\n")
        );
        assert_eq!(raised("[[item]]\ndeclared = 1\n", "declared", 5), None);
    }
}
