//! `wangge rules eject`: the built-in pack as files, whole, or single rules of it to be changed in a pack of one's own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::assessment::session::display_path;
use crate::console::Console;
use crate::console::unwritable;
use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest;
use crate::model::text::{Lang, Text};
use crate::report::words::pick;
use crate::report::write;
use crate::rulebook::{Pack, PackFault, Rulebook};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Ejecting {
    /// Folder to write to.
    pub folder: PathBuf,
    /// Rules, items, tables, requirements or clauses; the whole pack without.
    pub ids: Vec<String>,
    /// Write over files that are there.
    pub force: bool,
}

/// Files to be written by their path in the folder, and the rules among them.
struct Chosen {
    files: Vec<(String, String)>,
    rules: BTreeSet<String>,
    /// The `pack.toml` there was before, which stays as it is.
    kept: bool,
}

/// Runs the command.
pub fn run(asked: &Ejecting, console: &Console) -> Exit {
    match eject(asked, console) {
        Ok(told) => console.print_result(&told),
        Err(faults) => console.refuse(&faults),
    }
}

fn eject(asked: &Ejecting, console: &Console) -> Result<String, Vec<Fault>> {
    let explained = |faults: Vec<PackFault>| faults.iter().map(Explain::fault).collect::<Vec<_>>();
    let chosen = if asked.ids.is_empty() {
        let pack = Pack::built_in().map_err(explained)?;
        let files = pack.files().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        Chosen { files, rules: BTreeSet::new(), kept: false }
    } else {
        chosen(asked, &Rulebook::built_in().map_err(explained)?, console.lang)?
    };
    let path = |inner: &str| asked.folder.join(inner);
    let there: Vec<String> = chosen
        .files
        .iter()
        .map(|(inner, _)| path(inner))
        .filter(|path| path.exists())
        .map(|p| display_path(&p))
        .collect();
    if !asked.force && !there.is_empty() {
        return Err(vec![occupied(&asked.folder, &there)]);
    }
    let written = if empty(&asked.folder) {
        let files = chosen.files.iter().map(|(inner, text)| (inner.as_str(), text.as_str()));
        let above = asked.folder.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = above.and_then(|()| write::folder(&asked.folder, files));
        written.map_err(|error| unwritable(&display_path(&asked.folder), &error))
    } else {
        chosen.files.iter().try_for_each(|(inner, text)| console.file_with_folders(&path(inner), text))
    };
    written.map_err(|fault| vec![fault])?;
    Ok(summary(asked, &chosen, console.lang))
}

/// Whether nothing is in the folder, or it is not there.
fn empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(!folder.exists(), |mut inside| inside.next().is_none())
}

/// The files of the rules asked for, and a `pack.toml` where the folder has none yet.
fn chosen(asked: &Ejecting, book: &Rulebook, lang: Lang) -> Result<Chosen, Vec<Fault>> {
    let (mut rules, mut faults) = (BTreeSet::new(), Vec::new());
    for id in &asked.ids {
        let named = rules_of(book, id);
        if named.is_empty() {
            faults.push(nothing(book, id));
        }
        rules.extend(named);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let of_rule = |id: &String| book.rule_files(id);
    let mut files: Vec<(String, String)> = rules.iter().flat_map(of_rule).collect();
    let kept = asked.folder.join("pack.toml").exists();
    if !kept {
        files.push(("pack.toml".to_owned(), manifest(&asked.folder, book, &rules, lang)));
    }
    files.sort();
    Ok(Chosen { files, rules, kept })
}

/// The rules an id stands for: itself, those of a table, that of a requirement, those that look at a clause.
fn rules_of(book: &Rulebook, id: &str) -> BTreeSet<String> {
    let known = |id: &str| book.rules.iter().any(|rule| rule.meta.id == id);
    if known(id) {
        return BTreeSet::from([id.to_owned()]);
    }
    let of_table = book.catalog.tables.iter().filter(|table| table.id == id).flat_map(|table| &table.items);
    let of_requirement = book.catalog.items().filter(|item| item.requirements.iter().any(|one| one.id == id));
    let items = of_table.chain(of_requirement).map(|item| item.id.clone());
    let looking = book.rules.iter().filter(|rule| rule.meta.clauses.iter().any(|clause| clause == id));
    items.chain(looking.map(|rule| rule.meta.id.clone())).filter(|id| known(id)).collect()
}

fn nothing(book: &Rulebook, id: &str) -> Fault {
    let tables = book.catalog.tables.iter().map(|table| table.id.as_str());
    let requirements = book.catalog.requirements().map(|one| one.id.as_str());
    let known = book.rules.iter().map(|rule| rule.meta.id.as_str()).chain(tables).chain(requirements);
    let (zh, en) = ("wangge rules list 列出全部规则", "`wangge rules list` names every rule");
    let help = match closest(id, known) {
        Some(near) => Text::new(format!("是否想写“{near}”？{zh}"), format!("did you mean `{near}`? {en}")),
        None => Text::new(zh, en),
    };
    Fault {
        code: "eject.nothing",
        message: Text::new(
            format!("没有规则、评价内容或条款“{id}”"),
            format!("there is no rule, item or clause `{id}`"),
        ),
        help,
        ..Fault::default()
    }
}

/// Files listed where many are there already.
const LISTED: usize = 6;

fn occupied(folder: &Path, there: &[String]) -> Fault {
    let more = if there.len() > LISTED { " …" } else { "" };
    let list = there.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(" ") + more;
    Fault {
        code: "eject.occupied",
        message: Text::new(
            format!("{} 个文件已经存在，没有写出任何文件：{list}", there.len()),
            format!("{} files are there already, nothing was written: {list}", there.len()),
        ),
        help: Text::new(
            "换一个文件夹；确要用内置的内容替换这些文件时加 --force，其中的改动会丢失",
            "name another folder; --force puts the built-in files in their place, and what was changed in them is lost",
        ),
        file: Some(folder.display().to_string()),
        ..Fault::default()
    }
}

/// A pack over the built-in one that replaces these rules, the ground of each to be filled in.
fn manifest(folder: &Path, book: &Rulebook, rules: &BTreeSet<String>, lang: Lang) -> String {
    let base = book.packs.first().cloned().unwrap_or_default();
    let name = std::path::absolute(folder)
        .ok()
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| display_path(Path::new(name)));
    let name = name.filter(|name| !name.contains(['"', '\\']) && !name.contains(char::is_control));
    let name = name.unwrap_or_else(|| "local".to_owned());
    let (about, title, ground) = match lang {
        Lang::Zh => (
            "叠加在内置规则包之上；与内置规则同编号的文件代替内置的那一条。改动依据填在每条规则下面，去掉行首的 #。",
            format!("{name}规则包"),
            "# document = \"文号\"\n# reason = \"改动理由\"\n# from = 2026-09-01\n",
        ),
        Lang::En => (
            "Laid over the built-in pack; a file here takes the place of the built-in rule of the same id. Fill in the \
             ground of each change below, without the #.",
            format!("Pack {name}"),
            "# document = \"number of the document\"\n# reason = \"why\"\n# from = 2026-09-01\n",
        ),
    };
    let replaces = rules.iter().map(|id| format!("\n[replaces.\"{id}\"]\n{ground}"));
    format!(
        "# {about}\nid = \"{name}\"\nversion = \"0.1.0\"\ntitle = \"{title}\"\nextends = [ {{ id = \"{}\", version = \"^{}\" }} ]\n{}",
        base.id,
        base.version,
        replaces.collect::<String>()
    )
}

/// What was written, and how to go on.
fn summary(asked: &Ejecting, chosen: &Chosen, lang: Lang) -> String {
    let (count, folder) = (chosen.files.len(), display_path(&asked.folder));
    let mut text = match lang {
        Lang::Zh => format!("写出 {count} 个文件到 {folder}\n"),
        Lang::En => format!("{count} files written to {folder}\n"),
    };
    if !chosen.rules.is_empty() {
        text.extend(chosen.files.iter().map(|(inner, _)| format!("  {inner}\n")));
    }
    if chosen.kept {
        text.push_str(match lang {
            Lang::Zh => "pack.toml 保持原样；改动依据可写在其中的 [replaces.\"编号\"]\n",
            Lang::En => "pack.toml stays as it is; the ground of a change goes into its [replaces.\"ID\"]\n",
        });
    }
    let next = pick(lang, "接下来：", "next: ");
    text.extend([next, "wangge rules test --packs ", &folder, "\n"]);
    text
}
