//! The program started from the desktop of Windows: by a double click, or with submissions dragged onto it. The window
//! that it is shown in would close with it, so it says there what to do, does it, and asks for more until Enter is pressed.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{self, Path, PathBuf};
use std::process::Command;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

use crate::exit::Exit;
use crate::model::text::{Lang, Text};
use crate::sandbox::ignore_interrupts;

/// What people type commands into, and what runs them: a program started from one of these ends when it is done.
const SHELLS: [&str; 16] = [
    "bash",
    "busybox",
    "cargo",
    "cmd",
    "fish",
    "make",
    "node",
    "nu",
    "powershell",
    "powershell_ise",
    "pwsh",
    "py",
    "python",
    "sh",
    "wangge",
    "zsh",
];

/// Serves a person at the window; `None` where the program was not started from the desktop, or with a command of its own.
pub(super) fn run(arguments: &[OsString], lang: Lang) -> Option<Exit> {
    let given: Vec<PathBuf> = arguments.iter().skip(1).map(PathBuf::from).collect();
    let is_asked = given.iter().all(|path| path.exists()) && is_started_from_desktop();
    is_asked.then(|| {
        ignore_interrupts();
        serve(given, &mut Window { lang, input: io::stdin().lock(), output: io::stdout() }, &mut Program)
    })
}

/// Whether it has a window, and nobody's shell goes on in it afterwards.
fn is_started_from_desktop() -> bool {
    let has_window = || io::stdin().is_terminal() && io::stdout().is_terminal();
    cfg!(windows) && has_window() && parent().is_none_or(|name| !SHELLS.contains(&name.as_str()))
}

/// The name of the program that started this one, without its ending; `None` where it is gone.
fn parent() -> Option<String> {
    let mut system = System::new();
    let own = sysinfo::get_current_pid().ok()?;
    let mut look = |process| {
        let one = ProcessesToUpdate::Some(std::slice::from_ref(&process));
        system.refresh_processes_specifics(one, false, ProcessRefreshKind::nothing());
        let found = system.process(process)?;
        Some((found.parent(), found.name().to_string_lossy().to_ascii_lowercase()))
    };
    let (parent, _) = look(own)?;
    let (_, name) = look(parent?)?;
    Some(name.strip_suffix(".exe").unwrap_or(&name).to_owned())
}

/// Where a person reads and types.
struct Window<I, O> {
    lang: Lang,
    input: I,
    output: O,
}

impl<I: BufRead, O: Write> Window<I, O> {
    /// A window that cannot be written to is no reason to fail.
    fn say(&mut self, text: &Text) {
        let _ = writeln!(self.output, "{}", text.get(self.lang));
    }

    /// What is entered; `None` for nothing, and where the window is gone.
    fn asked(&mut self) -> Option<Vec<PathBuf>> {
        let _ = write!(self.output, "> ").and_then(|()| self.output.flush());
        let mut line = String::new();
        self.input.read_line(&mut line).ok()?;
        Some(entered(&line)).filter(|paths| !paths.is_empty())
    }
}

/// What is done with submissions.
trait Assessor {
    /// Assesses submissions and writes the page of the report, which tells all the rest.
    fn assess(&mut self, submissions: &[PathBuf], page: &Path) -> Exit;

    /// Shows a page.
    fn show(&mut self, page: &Path) -> io::Result<()>;
}

/// Serves until Enter is pressed.
fn serve<I: BufRead, O: Write>(
    given: Vec<PathBuf>,
    window: &mut Window<I, O>,
    program: &mut impl Assessor,
) -> Exit {
    let mut exit = Exit::Passed;
    let mut asked = Some(given);
    if asked.as_ref().is_some_and(Vec::is_empty) {
        window.say(&greeting());
        asked = window.asked();
    }
    while let Some(paths) = asked {
        match paths.iter().find(|path| !path.exists()) {
            Some(missing) => window.say(&no_such(missing)),
            None => exit = assess(&paths, window, program),
        }
        window.say(&what_next());
        asked = window.asked();
    }
    exit
}

fn assess<I: BufRead, O: Write>(
    paths: &[PathBuf],
    window: &mut Window<I, O>,
    program: &mut impl Assessor,
) -> Exit {
    let submissions: Vec<PathBuf> =
        paths.iter().map(|path| path::absolute(path).unwrap_or_else(|_| path.clone())).collect();
    let page = page_of(&submissions, window.lang);
    let changed = || page.metadata().and_then(|data| data.modified()).ok();
    let before = changed();
    let exit = program.assess(&submissions, &page);
    // Times of some file systems are two seconds apart; a run that failed may have written the page all the same.
    let is_done = matches!(exit, Exit::Passed | Exit::GateNotMet);
    if changed().is_some_and(|after| is_done || Some(after) != before) {
        window
            .say(&Text::new(format!("\n报告：{}", page.display()), format!("\nReport: {}", page.display())));
        if program.show(&page).is_err() {
            window.say(&Text::new("请双击这个文件打开报告。", "Open it with a double click."));
        }
    }
    exit
}

/// The page of the report: beside the submissions, or where the user may write.
fn page_of(submissions: &[PathBuf], lang: Lang) -> PathBuf {
    let kind = Text::new("评估报告.html", "report.html");
    let name = match submissions {
        [one] => one.file_stem().filter(|_| one.file_name().is_some()),
        _ => None,
    };
    let name = name.map_or_else(
        || kind.get(lang).to_owned(),
        |name| format!("{}-{}", name.to_string_lossy(), kind.get(lang)),
    );
    let first = submissions.first().map(PathBuf::as_path);
    let beside = first.map(|first| first.parent().unwrap_or(first).to_owned());
    let program = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    let places = [beside, program, std::env::home_dir()];
    let writable = |folder: &PathBuf| tempfile::tempfile_in(folder).is_ok();
    places.into_iter().flatten().find(writable).unwrap_or_else(std::env::temp_dir).join(name)
}

/// The paths in a line: what is dragged into the window is typed there, in quotes where it has spaces. A line that is one
/// path as it stands is one.
fn entered(line: &str) -> Vec<PathBuf> {
    let line = line.trim();
    if !line.contains('"') {
        let whole = Path::new(line);
        return match line {
            "" => Vec::new(),
            _ if whole.exists() => vec![whole.to_owned()],
            _ => line.split_whitespace().map(PathBuf::from).collect(),
        };
    }
    let parts = line.split('"').enumerate();
    let paths = parts.flat_map(|(at, part)| match at % 2 {
        1 => vec![part],
        _ => part.split_whitespace().collect(),
    });
    paths.filter(|part| !part.is_empty()).map(PathBuf::from).collect()
}

fn greeting() -> Text {
    let version = env!("CARGO_PKG_VERSION");
    let mut text = Text::new(
        format!(
            "wangge {version}：按 T/CSSG 001 / T/CA 007 评估网格化治理组织的标准体系\n\n\
             把存放申报材料的文件夹（或其ZIP压缩包、一个工作簿）拖进本窗口，再按回车键；\n\
             也可以关闭本窗口，把文件夹直接拖到程序的图标上。\n\
             评估后打开报告的网页，网页存放在申报材料旁边。不联网，不改动申报材料。\n\n\
             其他用法在命令提示符中运行 wangge --help 查看。直接按回车键退出。"
        ),
        format!(
            "wangge {version}: assesses grid-governance organizations against T/CSSG 001 / T/CA 007\n\n\
             Drag a folder of submissions (or a ZIP of it, or a workbook) into this window and press Enter;\n\
             or close the window and drag the folder onto the icon of the program.\n\
             The page of the report is opened then; it lies beside the submissions. No network is used, nothing of \
             the submissions is changed.\n\n\
             `wangge --help` at a command prompt tells the rest. Press Enter to close the window."
        ),
    );
    if is_in_archive() {
        text.zh += "\n注意：程序像是从压缩包里直接打开的，请先解压到文件夹中再运行。";
        text.en += "\nThe program seems to run from inside an archive: unpack it into a folder first.";
    }
    text
}

/// What is opened in the view of a ZIP is unpacked into the folder of temporary files, without what lies beside it.
fn is_in_archive() -> bool {
    std::env::current_exe().is_ok_and(|program| program.starts_with(std::env::temp_dir()))
}

fn what_next() -> Text {
    Text::new(
        "\n还要评估的，把文件夹拖进本窗口再按回车键；直接按回车键退出。",
        "\nDrag another folder into this window and press Enter, or press Enter to close the window.",
    )
}

fn no_such(path: &Path) -> Text {
    Text::new(format!("没有这个文件或文件夹：{}", path.display()), format!("There is no {}", path.display()))
}

/// This program, for each assessment anew.
struct Program;

impl Assessor for Program {
    fn assess(&mut self, submissions: &[PathBuf], page: &Path) -> Exit {
        let Ok(program) = std::env::current_exe() else { return Exit::CouldNotJudge };
        let mut output = OsString::from("html:");
        output.push(page);
        let asked = ["-o", "terminal", "-o"].map(OsStr::new);
        let mut command = Command::new(program);
        command.arg("check").args(submissions).args(asked).arg(output);
        match command.status().ok().and_then(|status| status.code()) {
            Some(0) => Exit::Passed,
            Some(1) => Exit::GateNotMet,
            _ => Exit::CouldNotJudge,
        }
    }

    #[cfg(windows)]
    fn show(&mut self, page: &Path) -> io::Result<()> {
        open::that_detached(page)
    }

    #[cfg(not(windows))]
    fn show(&mut self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// Notes what it is asked for, and writes the page.
    #[derive(Default)]
    struct Clerk {
        assessed: Vec<Vec<PathBuf>>,
        shown: Vec<PathBuf>,
    }

    impl Assessor for Clerk {
        fn assess(&mut self, submissions: &[PathBuf], page: &Path) -> Exit {
            self.assessed.push(submissions.to_vec());
            std::fs::write(page, "").unwrap();
            Exit::GateNotMet
        }

        fn show(&mut self, page: &Path) -> io::Result<()> {
            self.shown.push(page.to_owned());
            Ok(())
        }
    }

    fn served(given: Vec<PathBuf>, typed: &str) -> (Exit, Clerk, String) {
        let (mut clerk, mut output) = (Clerk::default(), Vec::new());
        let mut window = Window { lang: Lang::Zh, input: typed.as_bytes(), output: &mut output };
        let exit = serve(given, &mut window, &mut clerk);
        (exit, clerk, String::from_utf8(output).unwrap())
    }

    #[test]
    fn what_is_dragged_onto_it_is_assessed_and_its_page_shown_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let given = folder.path().join("三个 区");
        std::fs::create_dir(&given).unwrap();
        let (exit, clerk, said) = served(vec![given.clone()], "\n");
        assert_eq!((exit, clerk.assessed), (Exit::GateNotMet, vec![vec![given]]));
        assert_eq!(clerk.shown, [folder.path().join("三个 区-评估报告.html")]);
        assert!(said.contains("三个 区-评估报告.html") && said.contains("直接按回车键退出"), "{said}");
    }

    #[test]
    fn a_double_click_says_what_to_do_and_does_what_is_typed() {
        let (exit, clerk, said) = served(Vec::new(), "\n");
        assert!(exit == Exit::Passed && clerk.assessed.is_empty() && said.contains("拖进本窗口"), "{said}");
        let folder = tempfile::tempdir().unwrap();
        let typed = format!("没有的\n\"{}\"\n", folder.path().display());
        let (_, clerk, said) = served(Vec::new(), &typed);
        assert!(said.contains("没有这个文件或文件夹：没有的"), "{said}");
        assert_eq!(clerk.assessed, [[folder.path().to_owned()]]);
    }

    #[test]
    fn paths_are_typed_as_windows_types_what_is_dragged() {
        let paths =
            |line: &str| entered(line).iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
        assert_eq!(paths("\"D:\\申报 材料\"\r\n"), ["D:\\申报 材料"]);
        assert_eq!(paths("D:\\甲 \"D:\\乙 区\" D:\\丙"), ["D:\\甲", "D:\\乙 区", "D:\\丙"]);
        assert!(paths(" \r\n").is_empty() && paths("\"\"").is_empty());
    }
}
