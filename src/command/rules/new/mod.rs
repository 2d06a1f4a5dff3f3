//! `wangge rules new`: a pack, and in it rules with their tests, made from templates.

mod catalog;
mod fault;
mod kind;
mod sample;
mod standalone;
mod template;

use std::fs;
use std::path::{Path, PathBuf};

use crate::assessment::session::{Choices, Session, display_path};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::text::{Lang, Text};
use crate::rulebook::Trust;
use fault::NewFault;
use kind::Kind;
use sample::Sample;
use template::{Fill, fill};

/// What is to be made.
#[derive(Clone, Debug)]
pub struct NewAsked {
    /// Id of the rule; none for the pack alone.
    pub id: Option<String>,
    /// Folder of the pack.
    pub pack: PathBuf,
    /// The table the rule looks at, by id or Chinese name.
    pub table: Option<String>,
    /// What the rule asks for.
    pub title: Option<String>,
    /// Points of an item.
    pub points: u32,
    /// The pack lies over no other.
    pub is_alone: bool,
}

/// A file about to be written.
pub(super) struct Draft {
    path: PathBuf,
    /// Its text so far; none for a new file.
    was: Option<String>,
    text: String,
    what: Text,
}

impl Draft {
    /// A file that must not be there yet: nothing anybody wrote is lost.
    fn new_file(path: PathBuf, text: String, what: Text) -> Result<Self, NewFault> {
        if path.exists() {
            return Err(NewFault::Occupied { path: display_path(&path) });
        }
        Ok(Self { path, was: None, text, what })
    }
}

/// Makes what is asked for, and says what to do next.
pub fn run(asked: &NewAsked, choices: &Choices, console: &Console) -> Exit {
    let made = drafts(asked, choices, console.lang).and_then(|drafts| {
        write(&drafts, console)?;
        // What was made is loaded at once: a pack that does not load is no use to anybody.
        load(&with_pack(asked, choices)).inspect_err(|_| undo(&drafts, console))?;
        Ok(drafts)
    });
    match made {
        Ok(drafts) => console.print_result(&summary(asked, choices, &drafts, console.lang)),
        Err(faults) => console.refuse(&faults),
    }
}

fn load(choices: &Choices) -> Result<Session, Vec<Fault>> {
    // The pack is about to change: its lock is written anew afterwards.
    let trust = Trust { unlocked: true, ..choices.trust.clone() };
    Session::load(&Choices { trust, ..choices.clone() })
}

fn with_pack(asked: &NewAsked, choices: &Choices) -> Choices {
    let packs = std::iter::once(asked.pack.clone()).chain(choices.packs.iter().cloned()).collect();
    Choices { packs, ..choices.clone() }
}

/// Every file that is made or changed, the pack's own first.
fn drafts(asked: &NewAsked, choices: &Choices, lang: Lang) -> Result<Vec<Draft>, Vec<Fault>> {
    let one = |fault: NewFault| vec![fault.fault()];
    if asked.is_alone {
        usable(&asked.pack).map_err(one)?;
        return standalone::drafts(asked, lang).map_err(one);
    }
    let manifest = asked.pack.join("pack.toml");
    let (session, mut drafts) = if manifest.is_file() {
        (load(&with_pack(asked, choices))?, Vec::new())
    } else {
        usable(&asked.pack).map_err(one)?;
        let session = load(choices)?;
        let text = skeleton(&asked.pack, &session, lang);
        let what = Text::new("规则包的说明：编号、版本、名称", "what the pack is: id, version, title");
        (session, vec![Draft { path: manifest, was: None, text, what }])
    };
    let Some(id) = &asked.id else {
        return if drafts.is_empty() {
            Err(one(NewFault::Occupied { path: display_path(&asked.pack.join("pack.toml")) }))
        } else {
            Ok(drafts)
        };
    };
    let kind = Kind::of(id, &session.book, &asked.pack).map_err(one)?;
    let sample = Sample::of(&session.declarations, asked.table.as_deref(), lang).map_err(one)?;
    let fill_in = filled(asked, id, &kind, &sample);
    match &kind {
        Kind::Item { .. } => {
            catalog::add_item(asked, &kind, &session.book, &fill_in, lang, &mut drafts).map_err(one)?;
        }
        Kind::Clause { known: false, .. } => drafts.push(clause(&asked.pack, &fill_in, lang)),
        Kind::Clause { .. } => {}
    }
    kind::rule_files(id, &kind, &asked.pack, &fill_in, lang, &mut drafts).map_err(one)?;
    Ok(drafts)
}

/// A folder in which a pack can begin.
fn usable(folder: &Path) -> Result<(), NewFault> {
    if folder.is_file() {
        return Err(NewFault::File { path: display_path(folder) });
    }
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut inner = entries.map(|entry| entry.path()).filter(|path| path.join("pack.toml").is_file());
    match inner.next() {
        Some(pack) => Err(NewFault::FolderOfPacks { path: display_path(folder), pack: display_path(&pack) }),
        None => Ok(()),
    }
}

/// What a pack in a folder is called: as the folder.
fn name_of(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "local".to_owned())
}

/// `pack.toml` of a new pack, laid over the topmost pack in force.
fn skeleton(folder: &Path, session: &Session, lang: Lang) -> String {
    let name = name_of(folder);
    let below = session.book.packs.last();
    let version: Vec<&str> = below.map_or("1.0", |pack| &pack.version).split('.').take(2).collect();
    let title = Text::new(format!("{name}规则包"), format!("Pack of {name}"));
    let fill_in = Fill::default()
        .quoted("id", &name)
        .both("title", &title)
        .quoted("below", below.map_or("wangge.national", |pack| &pack.id))
        .set("version", format!("^{}", version.join(".")));
    fill(template::PACK, lang, &fill_in)
}

fn clause(pack: &Path, fill_in: &Fill, lang: Lang) -> Draft {
    let path = pack.join("clauses.toml");
    let was = fs::read_to_string(&path).ok();
    let gap = if was.as_deref().is_some_and(|text| !text.trim().is_empty()) { "\n" } else { "" };
    let added = fill(template::CLAUSE, lang, &fill_in.clone().set("gap", gap.to_owned()));
    let text = format!("{}{added}", catalog::ended(was.as_deref().unwrap_or_default()));
    Draft {
        path,
        was,
        text,
        what: Text::new("条款：名称、要求、整改办法", "the clause: title, what it asks, remedy"),
    }
}

/// What the templates speak of.
fn filled(asked: &NewAsked, id: &str, kind: &Kind, sample: &Sample) -> Fill {
    let by_default = Text::new(
        format!("{}都填写了{}", sample.table.zh, sample.column.zh),
        format!("Every row of {} has its {}", sample.table.en, sample.column.en),
    );
    let given = asked.title.as_ref().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let title = given.map_or(by_default, |title| Text::new(title.clone(), title));
    let fix = Text::new(
        format!("补填{}的{}", sample.table.zh, sample.column.zh),
        format!("Fill in {} in {}", sample.column.en, sample.table.en),
    );
    let sentence = |text: &str, end: &str| {
        let whole = text.trim_end_matches(['。', '.']);
        format!("{whole}{end}")
    };
    let fill = Fill::default()
        .set("plain", id.to_owned())
        .quoted("id", id)
        .set("line_zh", sentence(&title.zh, "。"))
        .set("line_en", sentence(&title.en, "."))
        .both("title", &title)
        .both("asks", &title)
        .both("fix", &fix)
        .both("title_b", &title)
        .both("fix_b", &fix);
    sample.fill(kind.fill(fill))
}

fn write(drafts: &[Draft], console: &Console) -> Result<(), Vec<Fault>> {
    let written = drafts.iter().try_for_each(|draft| console.file_with_folders(&draft.path, &draft.text));
    written.map_err(|fault| {
        undo(drafts, console);
        vec![fault]
    })
}

/// Takes everything back; what cannot be taken back is left.
fn undo(drafts: &[Draft], console: &Console) {
    for draft in drafts {
        match &draft.was {
            Some(text) => drop(console.file_with_folders(&draft.path, text)),
            None => drop(fs::remove_file(&draft.path)),
        }
    }
}

/// What was made, and the commands that come next.
fn summary(asked: &NewAsked, choices: &Choices, drafts: &[Draft], lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| Text::new(zh, en).get(lang).to_owned();
    let line = |draft: &Draft| {
        let sign = if draft.was.is_some() { pick("改", "changed") } else { pick("新", "new") };
        format!("  {sign}  {}    {}\n", display_path(&draft.path), draft.what.get(lang))
    };
    let files = drafts.iter().map(line).collect::<Vec<_>>().concat();
    let below = named(&choices.packs);
    let packs = format!("{}{below}", named(std::slice::from_ref(&asked.pack)));
    let next = if asked.id.is_some() || asked.is_alone {
        let place = pick("材料文件夹", "SUBMISSION");
        format!("  wangge rules test{packs}\n  wangge check {place}{packs}\n")
    } else {
        format!("  wangge rules new P/1 --pack {}{below}\n", display_path(&asked.pack))
    };
    format!("{files}{}\n{next}", pick("接下来：", "Next:"))
}

/// Packs as the options of a command.
fn named(packs: &[PathBuf]) -> String {
    packs.iter().map(|pack| format!(" --packs {}", display_path(pack))).collect::<Vec<_>>().concat()
}
