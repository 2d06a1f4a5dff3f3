//! `wangge cache`: what is kept, and away with it.

use std::io;
use std::path::Path;

use crate::batch::cache::folder::{self, Content, Location};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::{Lang, Text};

/// What `cache` was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Where the cache is and how much is in it.
    Info,
    /// To remove all that is in it.
    Clear,
}

/// Runs the command.
pub fn run(asked: Asked, location: &Location, console: &Console) -> Exit {
    let Some(path) = location.folder() else {
        return console.print_result(match console.lang {
            Lang::Zh => "本机没有存放缓存的地方；用 --cache 或 WANGGE_CACHE 指定\n",
            Lang::En => "this machine has no place for a cache; give --cache or WANGGE_CACHE\n",
        });
    };
    let answer = match asked {
        Asked::Info => folder::content(&path).map(|found| info(&path, found, console.lang)),
        Asked::Clear => cleared(&path, console.lang),
    };
    match answer {
        Ok(text) => console.print_result(&text),
        Err(error) => console.fail_with(unreadable(&path, &error)),
    }
}

fn info(path: &Path, found: Content, lang: Lang) -> String {
    let Content { entries, bytes } = found;
    let path = path.display();
    match lang {
        Lang::Zh => format!("{path}\n{entries} 份评估结果，{bytes} 字节\n"),
        Lang::En => format!("{path}\n{entries} assessments, {bytes} bytes\n"),
    }
}

fn cleared(path: &Path, lang: Lang) -> io::Result<String> {
    let Content { entries, .. } = folder::content(path)?;
    folder::clear(path)?;
    Ok(match lang {
        Lang::Zh => format!("已清除 {entries} 份评估结果\n"),
        Lang::En => format!("{entries} assessments removed\n"),
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    let what = Text::new("缓存文件夹不能读写", "the folder of the cache cannot be read or written");
    system::refusal(error).fault("cache.unreadable", &what, path)
}
