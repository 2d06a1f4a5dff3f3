//! The list to put right, filled in by people and carried forward.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx, open_workbook};

const KEY: &str = "标识";

/// A list as rows of cells by head.
type Lines = Vec<BTreeMap<String, String>>;

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Assesses, and reads the list of the workbook with what is said above it.
    fn list(&self, last: Option<&Path>) -> (String, Lines) {
        let (book, report) = (self.at("book.xlsx"), self.at("report.json"));
        let page = self.at("page.html");
        let outputs = [("xlsx", &book), ("json", &report), ("html", &page)];
        let outputs = outputs.map(|(form, path)| format!("{form}:{}", path.display()));
        let mut asked =
            vec!["check", "fixtures/violations", "--as-of", "2026-06-30", "--lang", "zh", "--exit-zero"];
        outputs.iter().for_each(|output| asked.extend(["-o", output]));
        asked.extend(["-o", "terminal"]);
        let last = last.map(|path| path.display().to_string());
        asked.extend(last.iter().flat_map(|last| ["--last-list", last]));
        let run = support::wangge(&asked);
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        fs::write(self.at("terminal.txt"), run.stdout).unwrap();
        read(&book)
    }

    /// Writes lines as the CSV that a spreadsheet makes of them.
    fn csv(&self, name: &str, lines: &Lines) -> PathBuf {
        let heads: Vec<&String> = lines.first().unwrap().keys().collect();
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = heads.iter().map(|head| quoted(head)).collect::<Vec<_>>().join(",") + "\n";
        for line in lines {
            text += &(line.values().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n");
        }
        fs::write(self.at(name), text).unwrap();
        self.at(name)
    }
}

fn read(book: &Path) -> (String, Lines) {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range("整改清单").unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let head = rows.iter().position(|row| row.contains(&KEY.to_owned())).unwrap();
    let (above, below) = rows.split_at(head);
    let heads = below.first().unwrap();
    let line = |row: &Vec<String>| heads.iter().cloned().zip(row.iter().cloned()).collect();
    (above.concat().join(""), below.iter().skip(1).map(line).collect())
}

fn set(line: &mut BTreeMap<String, String>, cells: &[(&str, &str)]) {
    cells.iter().for_each(|(head, text)| drop(line.insert((*head).to_owned(), (*text).to_owned())));
}

fn count(lines: &Lines, standing: &str) -> usize {
    lines.iter().filter(|line| line.get("与上次相比").is_some_and(|text| text == standing)).count()
}

#[test]
fn what_people_filled_in_is_carried_along_and_every_line_is_new_open_again_or_closed() {
    let office = Office::new();
    let (about, first) = office.list(None);
    assert!(!about.contains("与上次") && first.len() > 10);
    assert_eq!(count(&first, ""), first.len());
    // The first two are new next time, the third was put right, the rest has a term; one line more is of what is gone.
    let mut filled: Lines = first.iter().skip(2).cloned().collect();
    let note = [
        ("完成期限", "2026-09-30"),
        ("状态", "整改中"),
        ("复核申请", "数据已补报，请复核"),
        ("整改措施", "已下发通知"),
    ];
    filled.iter_mut().for_each(|line| set(line, &note));
    set(filled.first_mut().unwrap(), &[("状态", "已整改")]);
    let mut gone = filled.last().unwrap().clone();
    let key = gone.get(KEY).unwrap().split('|').next_back().unwrap().to_owned();
    set(&mut gone, &[(KEY, &format!("0123456789abcdef|data.gone|gone|{key}")), ("问题", "上次的问题")]);
    filled.push(gone);
    // Sorted otherwise.
    filled.reverse();
    let (about, next) = office.list(Some(&office.csv("上次清单.csv", &filled)));
    let open = first.len() - 3;
    let counts = ["新增", "未整改", "再次出现", "已整改"].map(|standing| count(&next, standing));
    assert_eq!(counts, [2, open, 1, 1]);
    assert!(about.contains(&format!("新增2项，未整改{open}项，再次出现1项，已整改1项")), "{about}");
    assert_eq!(next.len(), first.len() + 1);
    let written = |name: &str| fs::read_to_string(office.at(name)).unwrap();
    let (terminal, page) = (written("terminal.txt"), written("page.html"));
    let told = format!("与上次整改清单相比：新增2项，未整改{open}项，再次出现1项，已整改1项");
    assert!(terminal.contains(&told) && page.contains(&told), "{terminal}");
    assert!(terminal.contains("\n  再次出现："), "{terminal}");
    let standings = ["new", "still-open", "again", "closed"]
        .map(|key| page.matches(&format!("<tr data-since=\"{key}\"")).count());
    assert_eq!(standings, [2, open, 1, 1]);
    let cell = |line: usize, head: &str| next.get(line).unwrap().get(head).unwrap().clone();
    let cells = |line| ["完成期限", "状态", "复核申请", "整改措施"].map(|head| cell(line, head));
    assert_eq!(cells(3), ["2026-09-30", "整改中", "数据已补报，请复核", "已下发通知"]);
    assert_eq!((cell(0, "完成期限"), cell(0, "状态")), (String::new(), "待整改".to_owned()));
    assert_eq!(cell(2, "状态"), "待整改");
    assert_eq!(
        (cell(next.len() - 1, "问题"), cell(next.len() - 1, "状态")),
        ("上次的问题".to_owned(), "已整改".to_owned())
    );
    // What is closed is told once.
    let (_, third) = office.list(Some(&office.csv("再上次.csv", &next)));
    assert_eq!((third.len(), count(&third, "未整改")), (first.len(), first.len()));
}

#[test]
fn the_report_of_last_time_does_as_well_and_the_workbook_itself() {
    let office = Office::new();
    let (_, first) = office.list(None);
    for kept in ["book.xlsx", "report.json"] {
        let last = office.at(&format!("last-{kept}"));
        fs::copy(office.at(kept), &last).unwrap();
        let (_, next) = office.list(Some(&last));
        assert_eq!(count(&next, "未整改"), first.len(), "{kept}");
        let bare = |lines: &Lines| -> Vec<Option<String>> {
            lines.iter().map(|line| line.get(KEY).cloned()).collect()
        };
        assert_eq!(bare(&next), bare(&first), "{kept}");
    }
}

#[test]
fn a_compressed_report_does_as_well_and_one_that_is_not_masked_needs_to_be_asked_for() {
    let office = Office::new();
    let (packed, open) = (office.at("last.json.zst"), office.at("open.json"));
    let check = |more: &[&str]| {
        let asked = ["check", "fixtures/violations", "--as-of", "2026-06-30", "--lang", "zh", "--exit-zero"];
        support::wangge(&[&asked, more].concat())
    };
    assert!(check(&["-o", &format!("json.zst:{}", packed.display())]).status.success());
    let (_, next) = office.list(Some(&packed));
    assert_eq!(count(&next, "未整改"), next.len());
    assert!(check(&["--unmask", "-o", &format!("json:{}", open.display())]).status.success());
    let last = open.display().to_string();
    let refused = check(&["--last-list", &last, "-o", &format!("json:{}", office.at("new.json").display())]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("report.unmasked"));
    assert!(!office.at("new.json").exists());
    assert!(check(&["--unmask", "--last-list", &last, "-q"]).status.success());
}

#[test]
fn where_the_rows_of_a_requirement_changed_its_line_is_known_by_the_rule() {
    let office = Office::new();
    let (_, mut first) = office.list(None);
    for (at, line) in first.iter_mut().enumerate() {
        let key = line.get(KEY).unwrap().clone();
        let (_, rest) = key.split_once('|').unwrap();
        let other = format!("ffff{at:012x}|{rest}");
        set(line, &[(KEY, &other), ("状态", "整改中")]);
    }
    let (_, next) = office.list(Some(&office.csv("清单.csv", &first)));
    assert_eq!((count(&next, "未整改"), count(&next, "已整改")), (first.len(), 0));
}
