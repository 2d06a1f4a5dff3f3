//! `wangge rules try`: expressions on a loaded submission, from the command line, from a pipe or at a terminal.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

use crate::assessment::session::{Choices, Session, within};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::dataset::Dataset;
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest;
use crate::model::text::{Lang, Text};
use crate::report::{evaluation, fault};
use crate::resources::process_role::ProcessRole;
use crate::resources::progress::{self, ProgressEvent};
use crate::script::{Prompt, RuleFault};

/// What is tried.
#[derive(Clone, Debug)]
pub struct TryAsked {
    /// The submission.
    pub path: PathBuf,
    /// Expressions; those of the standard input where there are none.
    pub expressions: Vec<String>,
    /// Rows that are shown of a table.
    pub rows: usize,
}

/// Tries them.
pub fn run(asked: &TryAsked, choices: &Choices, console: &Console) -> Exit {
    let read = Session::load(choices).and_then(|session| {
        let dataset = session.dataset(&asked.path).map_err(|fault| vec![within(&asked.path, fault)])?;
        Ok((session, dataset))
    });
    match read {
        // The entries belong to the process that died.
        Ok(_) if console.role == ProcessRole::Load => Exit::Passed,
        Ok((session, dataset)) => {
            let loaded = session.ready(&dataset);
            let prompt = Prompt::new(&session.book.libraries, &loaded, &session.around, asked.rows);
            let person = asked.expressions.is_empty() && io::stdin().is_terminal();
            let conversation =
                Conversation { prompt, session: &session, dataset: &dataset, console, person, failed: false };
            if asked.expressions.is_empty() {
                conversation.read()
            } else {
                conversation.given(&asked.expressions)
            }
        }
        Err(faults) => console.refuse(&faults),
    }
}

struct Conversation<'a> {
    prompt: Prompt<'a>,
    session: &'a Session,
    dataset: &'a Dataset,
    console: &'a Console,
    /// Whether a person enters, at a terminal.
    person: bool,
    failed: bool,
}

/// Whether more is to come.
#[derive(PartialEq, Eq)]
enum Next {
    Go,
    Quit,
}

impl Conversation<'_> {
    fn given(mut self, expressions: &[String]) -> Exit {
        for (line, expression) in (1..).zip(expressions) {
            if self.entered(line, expression) == Next::Quit || self.failed {
                break;
            }
        }
        self.ended()
    }

    /// Entries of the standard input: a line each, or more while a bracket is open.
    fn read(mut self) -> Exit {
        if self.person {
            self.say(pick(self.console.lang, WELCOME));
        }
        let (mut entry, mut first) = (String::new(), 1_usize);
        let mut lines = (1_usize..).zip(io::stdin().lock().lines());
        loop {
            if self.person {
                self.say(if entry.is_empty() { "> " } else { ". " });
            }
            let Some((number, Ok(line))) = lines.next() else { break };
            if entry.is_empty() {
                first = number;
            }
            // An empty line gives up on a bracket that was forgotten.
            let given_up = self.person && line.trim().is_empty();
            entry.push_str(line.trim_start_matches('\u{feff}'));
            entry.push('\n');
            if is_open(&entry) && !given_up {
                continue;
            }
            if self.entered(first, &std::mem::take(&mut entry)) == Next::Quit {
                return self.ended();
            }
        }
        self.entered(first, &entry);
        if self.person {
            self.failed = false;
            self.say("\n");
        }
        self.ended()
    }

    fn ended(&self) -> Exit {
        if self.failed { Exit::CouldNotJudge } else { Exit::Passed }
    }

    /// What cannot be said is lost with the stream.
    fn say(&self, text: &str) {
        let _ = self.console.result(text);
    }

    fn entered(&mut self, line: usize, entry: &str) -> Next {
        let entry = entry.trim_end();
        if entry.trim().is_empty() {
            return Next::Go;
        }
        if let Some(command) = entry.trim().strip_prefix([':', '：']) {
            return self.command(command.trim());
        }
        progress::announce(ProgressEvent::Entry, &format!("{line}:{entry}"));
        match self.prompt.run(entry) {
            Ok(value) => {
                self.say(&evaluation::terminal(
                    &value,
                    self.console.lang,
                    self.console.color_out,
                    self.console.width,
                ));
            }
            Err(fault) => self.fail(&to_fault(&fault)),
        }
        Next::Go
    }

    fn fail(&mut self, what: &Fault) {
        self.failed = true;
        let faults = std::slice::from_ref(what);
        // At a terminal in order with all else: what comes by stderr may come later.
        if self.person {
            self.say(&fault::render(faults, self.console.lang, self.console.color_out));
        } else {
            self.console.faults(faults);
        }
    }

    fn command(&mut self, command: &str) -> Next {
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        match name {
            "quit" | "q" | "exit" | "退出" => return Next::Quit,
            "help" | "h" | "帮助" => self.say(pick(self.console.lang, HELP)),
            "tables" | "数据表" | "表" => self.tables(),
            "columns" | "列" => self.columns(rest.trim()),
            _ => self.fail(&Fault {
                code: "try.command",
                message: Text::new(format!("没有命令“:{name}”"), format!("there is no command `:{name}`")),
                help: Text::new(":help 列出全部命令", ":help lists all commands"),
                ..Fault::default()
            }),
        }
        Next::Go
    }

    fn tables(&self) {
        let rows =
            |id: &str| self.dataset.tables.get(id).filter(|table| table.present).map(|table| table.len());
        let own = self.session.declarations.tables.iter().filter(|table| table.is_sent());
        let tables: Vec<_> = own.map(|table| (&**table, rows(&table.id))).collect();
        self.say(&evaluation::tables(&tables, self.console.lang, self.console.color_out, self.console.width));
    }

    fn columns(&mut self, name: &str) {
        let name = name.trim_start_matches("t.");
        let declarations = &self.session.declarations;
        if let Some(table) = declarations.table(name) {
            let Console { lang, color_out, width, .. } = *self.console;
            self.say(&evaluation::table_columns(table, lang, color_out, width));
            return;
        }
        let known = declarations.tables.iter().flat_map(|table| [table.id.as_str(), table.zh.as_str()]);
        let help = closest(name, known).map_or_else(
            || {
                Text::new(
                    "写作 :columns 网格；:tables 列出全部数据表",
                    "write :columns grids; :tables lists all tables",
                )
            },
            |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
        );
        let message = Text::new(format!("没有数据表“{name}”"), format!("there is no table `{name}`"));
        self.fail(&Fault { code: "try.table", message, help, ..Fault::default() });
    }
}

/// The failure of an expression, which belongs to no rule and no file.
fn to_fault(fault: &RuleFault) -> Fault {
    Fault {
        code: "try.failed",
        message: fault.message.clone(),
        file: fault.position.map(|_| "-".to_owned()),
        ..fault.fault()
    }
}

fn pick(lang: Lang, (zh, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

const WELCOME: (&str, &str) = (
    "输入表达式看结果，如 t.网格.count()；:help 看说明，:quit 退出\n",
    "Type an expression, such as t.grids.count(); :help for help, :quit to leave\n",
);

const HELP: (&str, &str) = (
    "t 是这份材料，t.网格 是一张数据表的全部行，可以像在规则里一样写：
  t.网格.filter(|g| g.网格名称 == \"\")      没有名称的网格
  let 空格 = t.网格.blank(\"责任人工号\")    记下来，后面接着用
  require_none(t.网格, 空格, \"缺责任人\", \"no holder\")
括号没有写完就回车，可以接着写下一行。
  :tables          全部数据表和行数（也可写 :表）
  :columns 网格    一张表的全部列（也可写 :列 网格）
  :help  :quit     说明、退出（也可写 :帮助 :退出）
",
    "t is the submission, t.grids all rows of a table; write as in a rule:
  t.grids.filter(|g| g.name == \"\")        grids without a name
  let bare = t.grids.blank(\"holder\")      keep it for the lines to come
  require_none(t.grids, bare, \"缺责任人\", \"no holder\")
While a bracket is open an entry goes on on the next line.
  :tables           all tables and their rows
  :columns grids    all columns of a table
  :help  :quit
",
);

/// Whether a bracket, a text or a comment is still open.
fn is_open(text: &str) -> bool {
    let (mut depth, mut rest) = (0_i64, text);
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '(' | '[' | '{' => {
                depth = depth.saturating_add(1);
                after
            }
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                after
            }
            '"' => closed(after, '"').unwrap_or_default(),
            '`' => match closed(after, '`') {
                Some(after) => after,
                None => return true,
            },
            '/' if after.starts_with('/') => after.split_once('\n').map_or("", |(_, rest)| rest),
            '/' if after.starts_with('*') => match after.split_once("*/") {
                Some((_, rest)) => rest,
                None => return true,
            },
            _ => after,
        };
    }
    depth > 0
}

/// What follows the end of a text.
fn closed(text: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if sign == quote => return text.get(at.saturating_add(1)..),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn an_entry_goes_on_while_something_is_open() {
        for open in ["f(", "#{ a: 1,", "`\n一", "/* x", "f(\")\"", "[1, // ]"] {
            assert!(is_open(open), "{open}");
        }
        for whole in ["f()", "\"(\"", "'", "a // (", "`(`", "\"\\\"(\"", ")", "\"("] {
            assert!(!is_open(whole), "{whole}");
        }
    }
}
