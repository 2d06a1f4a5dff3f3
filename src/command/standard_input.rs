//! `--manifest -`: the list of submissions from stdin, read once by the process the user started; those it starts read what
//! it put aside.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;
use crate::report::temporary_file;
use crate::resources::process_role::ProcessRole;
use crate::sandbox::{hand_over, handed_over};
use crate::table::memory;

/// Stands for stdin where a file is asked for.
const STDIN: &str = "-";

/// What the list is called where it is put aside.
const LIST: &str = "manifest.txt";

/// Bytes of a list at most, with one more to tell a longer one.
const MOST: u64 = (32 << 20) + 1;

/// A list of submissions, as long as this is held.
#[derive(Debug, Default)]
pub struct Manifest {
    /// The file.
    pub path: Option<PathBuf>,
    _folder: Option<(TempDir, Option<File>)>,
}

impl Manifest {
    /// The file that is named; of stdin what was read of it.
    ///
    /// # Errors
    ///
    /// Stdin cannot be read, or what is read cannot be put aside.
    pub fn of(named: Option<&Path>, source: Option<&Path>, console: &Console) -> Result<Self, Fault> {
        let Some(path) = named.filter(|path| path.as_os_str() == STDIN) else {
            return Ok(Self { path: named.map(Path::to_owned), _folder: None });
        };
        if source.is_some() {
            return Err(with_a_database());
        }
        if console.role != ProcessRole::Main {
            let folder = handed_over().ok_or_else(|| unread(path, &io::ErrorKind::NotConnected.into()))?;
            return Ok(Self { path: Some(folder.join(LIST)), _folder: None });
        }
        let above = memory::folder();
        temporary_file::sweep(&above);
        let folder = temporary_file::folder_in(&above).map_err(|error| unread(&above, &error))?;
        let mut text = Vec::new();
        let read = io::stdin().lock().take(MOST).read_to_end(&mut text);
        let list = folder.0.path().join(LIST);
        read.and_then(|_| fs::write(&list, &text)).map_err(|error| unread(path, &error))?;
        hand_over(folder.0.path().to_owned());
        Ok(Self { path: Some(list), _folder: Some(folder) })
    }
}

fn with_a_database() -> Fault {
    Fault {
        code: "usage.manifest",
        message: Text::new(
            "--manifest - 不能与 --source 同时使用",
            "--manifest - cannot stand beside --source",
        ),
        help: Text::new("把清单写成文件，或分两次评估", "write the list to a file, or assess in two runs"),
        ..Fault::default()
    }
}

fn unread(path: &Path, error: &io::Error) -> Fault {
    let what = Text::new("申报材料清单不能读取", "the manifest cannot be read");
    system::refusal(error).fault("manifest.unreadable", &what, path)
}
