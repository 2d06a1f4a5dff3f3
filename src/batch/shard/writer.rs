//! Writes the file of a shard a line at a time, and goes on with one that was cut off.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use super::{Header, line, unreadable};
use crate::batch::executor::TaskResult;
use crate::console::{Console, unwritable};
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;

/// The file of a shard that is being written.
pub struct ShardWriter {
    path: PathBuf,
    file: File,
    /// Digest of the first line.
    above: String,
}

impl ShardWriter {
    /// Begins the file anew; with `resume`, with those entries of the file that is there which `keep` takes.
    ///
    /// # Errors
    ///
    /// The file cannot be written, or is that of another run.
    pub fn begin(
        path: &Path,
        header: &Header,
        resume: bool,
        mut keep: impl FnMut(TaskResult) -> bool,
        console: &Console,
    ) -> Result<Self, Fault> {
        let failed = |error: io::Error| unwritable(&path.display().to_string(), &error);
        let (first, above) = line::write(header, "").map_err(failed)?;
        let earlier = if resume && path.exists() { Some(earlier(path, first.trim_end())?) } else { None };
        let mut whole = console.begin(path)?;
        whole.write(first.as_bytes()).map_err(failed)?;
        for line in earlier.into_iter().flatten() {
            if line::read(&line, &above).is_some_and(|(ended, _)| keep(ended)) {
                whole.write(format!("{line}\n").as_bytes()).map_err(failed)?;
            }
        }
        whole.finish().map_err(failed)?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        Ok(Self { path: path.to_owned(), file, above })
    }

    /// Adds a line.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn add(&mut self, ended: &TaskResult) -> Result<(), Fault> {
        let written =
            line::write(ended, &self.above).and_then(|(line, _)| self.file.write_all(line.as_bytes()));
        written.map_err(|error| unwritable(&self.path.display().to_string(), &error))
    }
}

/// The lines after the first of a file that begins with the line `first`, as far as they are text.
fn earlier(path: &Path, first: &str) -> Result<impl Iterator<Item = String> + use<>, Fault> {
    let (file, _) = system::open_file(path).map_err(|error| unreadable(path, &error))?;
    let (mut lines, mut bytes) = (BufReader::new(file), Vec::new());
    let mut next = move || match line::next(&mut lines, &mut bytes) {
        Ok(0) => None,
        Ok(_) => Some(std::str::from_utf8(&bytes).unwrap_or_default().trim_end_matches('\n').to_owned()),
        // It says nothing, as one that is no text.
        Err(_) => Some(String::new()),
    };
    match next() {
        Some(found) if found != first => Err(of_another_run(path)),
        _ => Ok(std::iter::from_fn(next).take_while(|line| !line.is_empty())),
    }
}

fn of_another_run(path: &Path) -> Fault {
    Fault {
        code: "shard.other-run",
        message: Text::new(
            "这个分片文件来自另一次运行：申报材料、裁定、规则包、选项或程序不同",
            "this file is of another run: submissions, rulings, packs, options or the program differ",
        ),
        help: Text::new(
            "去掉 --resume 重新评估这一分片，或换一个文件",
            "leave --resume out to assess the shard anew, or name another file",
        ),
        file: Some(path.display().to_string()),
        row: Some(1),
        ..Fault::default()
    }
}
