//! `wangge man DIR`: a manual page for each command, in both languages.

use std::io;
use std::path::{Path, PathBuf};

use clap_mangen::Man;

use super::command::Command;
use super::program::program;
use super::value::positional;
use super::with;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};

/// `wangge man`.
pub(super) fn man() -> Command {
    let folder = positional::<PathBuf>(
        "DIR",
        "写到哪个文件夹：英文在 man1，中文在 zh_CN/man1",
        "Folder to write to: English pages in man1, Chinese ones in zh_CN/man1",
    );
    Command::leaf(
        "man",
        "写出每条命令的手册页（man），中文和英文",
        "Write manual pages (man) of all commands, in Chinese and English",
        folder.required(),
        |folder, console| write(&folder, console),
    )
}

/// Writes the pages where `man -M DIR` finds them.
fn write(folder: &Path, console: &Console) -> Exit {
    let written = [(Lang::En, "man1"), (Lang::Zh, "zh_CN/man1")].into_iter().try_for_each(|(lang, inner)| {
        let pages = pages(lang).map_err(|error| unrenderable(&error))?;
        pages
            .iter()
            .try_for_each(|(name, text)| console.file_with_folders(&folder.join(inner).join(name), text))
    });
    with(written, console, |()| Exit::Passed)
}

/// The pages of all commands in a language: name of the file and text.
pub(super) fn pages(lang: Lang) -> io::Result<Vec<(String, String)>> {
    let mut whole = program().clap(lang);
    whole.build();
    let mut pages = Vec::new();
    collect(&whole, lang, &mut pages)?;
    Ok(pages)
}

fn collect(command: &clap::Command, lang: Lang, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    let man = Man::new(command.clone()).source(concat!("wangge ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    pages.push((man.get_filename(), if lang == Lang::Zh { chinese(&page) } else { page.into_owned() }));
    command.get_subcommands().try_for_each(|below| collect(below, lang, pages))
}

/// The headings that `clap_mangen` writes in English whatever the help says.
const HEADINGS: [(&str, &str); 4] =
    [("NAME", "名称"), ("SYNOPSIS", "概要"), ("DESCRIPTION", "描述"), ("VERSION", "版本")];

fn chinese(page: &str) -> String {
    let line = |line: &str| {
        let heading = line.strip_prefix(".SH ").and_then(|name| HEADINGS.iter().find(|(en, _)| *en == name));
        heading.map_or_else(|| format!("{line}\n"), |(_, zh)| format!(".SH {zh}\n"))
    };
    page.lines().map(line).collect()
}

fn unrenderable(error: &io::Error) -> Fault {
    Fault {
        code: "output.man",
        message: Text::new("不能写出手册页", format!("the manual pages cannot be written: {error}")),
        ..Fault::default()
    }
}
