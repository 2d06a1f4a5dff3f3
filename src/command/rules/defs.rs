//! `wangge rules defs`: what editors need to help with rules and the files of a pack.

use std::path::Path;

use super::generated::Generated;
use crate::assessment::session::Session;
use crate::console::Console;
use crate::exit::Exit;
use crate::ingest::rulings;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::report::definitions;
use crate::rulebook::{FileSchema, schemas};
use crate::script::function_reference;

/// Writes the files, or compares them only.
pub(super) fn run(session: &Session, folder: &Path, check: bool, console: &Console) -> Exit {
    let mut files = definitions::files(&function_reference(), &session.declarations);
    let mut schemas = schemas();
    let (name, of_rulings) = ("rulings", &["**/rulings*.toml", "**/裁定*.toml"]);
    schemas.push(FileSchema { name, files: of_rulings, schema: rulings::schema() });
    files.push(("taplo.toml".to_owned(), taplo(folder, &schemas)));
    // The alternate form of a JSON value is indented JSON, and cannot fail.
    files.extend(schemas.iter().map(|one| (file_of(one), format!("{:#}\n", one.schema))));
    Generated { folder, files, endings: &[".d.rhai", ".schema.json"], outdated }.put(check, console)
}

fn file_of(one: &FileSchema) -> String {
    format!("{}.schema.json", one.name)
}

/// Which schema is for which files, as Taplo reads it from the folder in which the command was run.
fn taplo(folder: &Path, schemas: &[FileSchema]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let rules = schemas.iter().map(|one| {
        let files = one.files.iter().map(|pattern| quoted(pattern)).collect::<Vec<_>>().join(", ");
        let path = quoted(&folder.join(file_of(one)).display().to_string().replace('\\', "/"));
        format!("\n[[rule]]\ninclude = [{files}]\n\n[rule.schema]\npath = {path}\n")
    });
    format!("# `wangge rules defs`\n{}", rules.collect::<String>())
}

fn outdated(folder: &Path, names: &[String]) -> Fault {
    let list = names.join(" ");
    Fault {
        code: "defs.outdated",
        message: Text::new(
            format!("{} 个编辑器定义文件已过期：{list}", names.len()),
            format!("{} definition files for editors are out of date: {list}", names.len()),
        ),
        help: Text::new("重新运行 wangge rules defs", "run `wangge rules defs` again"),
        file: Some(folder.display().to_string()),
        ..Fault::default()
    }
}
