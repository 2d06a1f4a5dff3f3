//! `--source`: the database of a run is read once, by the process the user started; those that assess read what it put aside.

use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::console::Console;
use crate::database;
use crate::ingest::extract;
use crate::model::fault::{Explain, Fault};
use crate::model::privacy::Masking;
use crate::model::system;
use crate::model::text::Text;
use crate::report::temporary_file;
use crate::resources::process_role::ProcessRole;
use crate::sandbox::{hand_over, handed_over, withhold};
use crate::table::memory;

/// The submissions of a database, as long as this is held.
#[derive(Debug, Default)]
pub struct Extracts {
    /// One for each organization.
    pub paths: Vec<PathBuf>,
    _folder: Option<(TempDir, Option<File>)>,
}

impl Extracts {
    /// Reads the database of a run, if it has one; a process that another one started takes what that one read.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what is read cannot be put aside.
    pub fn of(source: Option<&Path>, masking: Masking, console: &Console) -> Result<Self, Vec<Fault>> {
        let Some(source) = source else { return Ok(Self::default()) };
        let masked = |faults: Vec<Fault>| -> Vec<Fault> {
            faults.into_iter().map(|fault| masking.fault(fault)).collect()
        };
        if console.role != ProcessRole::Main {
            let folder = handed_over().ok_or_else(|| vec![not_handed_over(source)])?;
            return Ok(Self { paths: listed(&folder).map_err(|fault| vec![fault])?, _folder: None });
        }
        let above = memory::folder();
        temporary_file::sweep(&above);
        let folder = temporary_file::folder_in(&above).map_err(|error| vec![unkept(&above, &error)])?;
        hand_over(folder.0.path().to_owned());
        let extracted = database::extract(source, folder.0.path())
            .map_err(|errors| masked(errors.iter().map(Explain::fault).collect()))?;
        extracted.password_variable.into_iter().for_each(withhold);
        console.notices(&masked(extracted.notices));
        let paths = listed(folder.0.path()).map_err(|fault| vec![fault])?;
        if paths.is_empty() {
            return Err(vec![empty(source)]);
        }
        Ok(Self { paths, _folder: Some(folder) })
    }
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    extract::adopt(folder);
    extract::all_in(folder).map_err(|error| unkept(folder, &error))
}

fn unkept(folder: &Path, error: &std::io::Error) -> Fault {
    let what = Text::new("从数据库读出的数据不能暂存", "what was read of the database cannot be put aside");
    system::refusal(error).fault("database.unwritten", &what, folder)
}

/// A process that was started with another's role, and by none of this program.
fn not_handed_over(source: &Path) -> Fault {
    Fault {
        code: "database.unwritten",
        message: Text::new(
            "主进程没有告知从数据库读出的数据在哪里",
            "this process was not told where what was read of the database lies",
        ),
        help: Text::new(
            "不要设置以 WANGGE_ 开头的内部环境变量，再运行一次",
            "set none of the internal variables that begin with WANGGE_, and run it again",
        ),
        file: Some(source.display().to_string()),
        ..Fault::default()
    }
}

fn empty(source: &Path) -> Fault {
    Fault {
        code: "database.empty",
        message: Text::new("数据库里没有任何单位的数据", "the database holds rows of no organization"),
        help: Text::new(
            "检查各表的查询，以及 organization 写的列是否有值",
            "look at the queries of the tables, and whether the column `organization` names is filled in",
        ),
        file: Some(source.display().to_string()),
        ..Fault::default()
    }
}
