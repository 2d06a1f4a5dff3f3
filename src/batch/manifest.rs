//! `--manifest`: a file that names submissions, a path a line.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;

/// Bytes of a manifest: paths of some hundred thousand submissions.
const MOST: u64 = 32 << 20;

/// The paths in `file`, as if they were given on the command line. Empty lines and those that begin with `#` say nothing.
///
/// # Errors
///
/// The file cannot be read, or a path in it does not exist.
pub(super) fn read(file: &Path) -> Result<Vec<PathBuf>, Vec<Fault>> {
    let text = text(file).map_err(|fault| vec![fault])?;
    let (mut paths, mut faults) = (Vec::new(), Vec::new());
    for (line, row) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if Path::new(line).exists() {
            paths.push(PathBuf::from(line));
        } else {
            faults.push(missing(file, row, line));
        }
    }
    if paths.is_empty() && faults.is_empty() {
        faults.push(empty(file));
    }
    if faults.is_empty() { Ok(paths) } else { Err(faults) }
}

/// The lines of a list of paths, whether these exist or not. Empty lines and those that begin with `#` say nothing.
///
/// # Errors
///
/// The file cannot be read.
pub(super) fn lines(file: &Path) -> Result<Vec<PathBuf>, Vec<Fault>> {
    let text = text(file).map_err(|fault| {
        let message = Text::new("改动清单不能读取", "the list of changed paths cannot be read");
        vec![Fault { code: "changed.unreadable", message, ..fault }]
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(PathBuf::from).collect())
}

/// What stands in the file, which may be a pipe of another program.
fn text(file: &Path) -> Result<String, Fault> {
    let mut text = String::new();
    let read = File::open(file).and_then(|pipe| pipe.take(MOST.saturating_add(1)).read_to_string(&mut text));
    match read {
        Ok(bytes) if bytes as u64 > MOST => Err(too_long(file)),
        Ok(_) => Ok(text),
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn fault(file: &Path, row: Option<u32>, code: &'static str, message: Text, help: Text) -> Fault {
    Fault { code, message, help, file: Some(file.display().to_string()), row, ..Fault::default() }
}

fn unreadable(file: &Path, error: &std::io::Error) -> Fault {
    let what = Text::new("申报材料清单不能读取", "the manifest cannot be read");
    system::refusal(error).fault("manifest.unreadable", &what, file)
}

fn too_long(file: &Path) -> Fault {
    let most = MOST >> 20;
    let message =
        Text::new(format!("申报材料清单超过{most} MiB"), format!("the manifest holds more than {most} MiB"));
    fault(file, None, "manifest.too-long", message, Text::new("分成几个清单", "make several of it"))
}

fn missing(file: &Path, row: u32, path: &str) -> Fault {
    let message = Text::new(format!("路径不存在：{path}"), format!("there is no such path: {path}"));
    let help = Text::new("相对路径从当前文件夹算起", "paths that are relative start at the current folder");
    fault(file, Some(row), "manifest.missing", message, help)
}

fn empty(file: &Path) -> Fault {
    let message = Text::new("申报材料清单是空的", "the manifest names nothing");
    fault(file, None, "manifest.empty", message, Text::new("每行写一个路径", "write a path a line"))
}
