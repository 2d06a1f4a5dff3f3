//! `wangge demo`: invents submissions.

use std::path::Path;

use crate::console::Console;
use crate::console::unwritable;
use crate::demo::{self, DemoError, Made, Options};
use crate::exit::Exit;
use crate::model::divisions::Divisions;
use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;
use crate::rulebook::Rulebook;
use crate::schema;

/// Runs the command.
pub fn run(folder: &Path, options: &Options, console: &Console) -> Exit {
    match made(folder, options) {
        Ok(made) => {
            let told = Text::new(
                format!(
                    "{} 份申报材料，{} 处已知问题，清单见 manifest.json\n",
                    made.organizations, made.faults
                ),
                format!(
                    "{} submissions with {} known faults, listed in manifest.json\n",
                    made.organizations, made.faults
                ),
            );
            console.print_result(told.get(console.lang))
        }
        Err(faults) => console.refuse(&faults),
    }
}

fn made(folder: &Path, options: &Options) -> Result<Made, Vec<Fault>> {
    let explained = |faults: Vec<_>| faults.iter().map(Explain::fault).collect::<Vec<_>>();
    let book = Rulebook::built_in().map_err(explained)?;
    let declarations = schema::declarations_of(&book.tables)
        .map_err(|faults| faults.iter().map(Explain::fault).collect::<Vec<_>>())?;
    let divisions = Divisions::parse(&book.divisions).map_err(|error| vec![broken(&error)])?;
    demo::generate(folder, &declarations, &divisions, options).map_err(|error| vec![fault(&error)])
}

fn broken(error: &dyn std::error::Error) -> Fault {
    Fault {
        code: "demo.built-in",
        message: Text::new("内置数据有误", format!("built-in data is broken: {error}")),
        ..Fault::default()
    }
}

fn fault(error: &DemoError) -> Fault {
    match error {
        DemoError::List(error) => broken(error),
        DemoError::Unwritable(path, why) => {
            Fault { code: "demo.unwritable", ..unwritable(&path.display().to_string(), why) }
        }
        DemoError::Occupied(folder) => Fault {
            code: "demo.occupied",
            message: Text::new("文件夹不是空的", "the folder is not empty"),
            help: Text::new(
                "换一个空文件夹；其中只有以前虚构的材料时，可加 --force 替换",
                "name an empty one; --force replaces an earlier demo that has it to itself",
            ),
            file: Some(folder.display().to_string()),
            ..Fault::default()
        },
        DemoError::TooMany { what, most } => Fault {
            code: "demo.too-many",
            message: Text::new(format!("--{what} 最多 {most}"), format!("--{what} can be {most} at most")),
            help: Text::new("减少数量，或换一个 --level", "ask for fewer, or another --level"),
            ..Fault::default()
        },
    }
}
