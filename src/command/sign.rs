//! `wangge sign`: signatures of reports and of whatever else is handed on, each beside its file.

use std::path::{Path, PathBuf};

use super::secret_key;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;
use crate::rulebook::{SecretKey, sign, signature_path};

/// What was asked.
#[derive(Clone, Debug)]
pub struct SignOptions {
    /// The files.
    pub files: Vec<PathBuf>,
    /// File of the secret key.
    pub key: PathBuf,
}

/// Runs the command.
pub fn run(options: &SignOptions, console: &Console) -> Exit {
    let key = match secret_key::read(&options.key) {
        Ok(key) => key,
        Err(fault) => return console.refuse(&[fault]),
    };
    if !key.is_protected {
        console.notices(&[secret_key::unprotected(&options.key)]);
    }
    let (mut told, mut faults) = (String::new(), Vec::new());
    for file in &options.files {
        match signed(file, (&options.key, &key), console) {
            Ok(line) => told.push_str(line.get(console.lang)),
            Err(fault) => faults.push(fault),
        }
    }
    console.faults(&faults);
    console.print_result(&told).max(if faults.is_empty() { Exit::Passed } else { Exit::CouldNotJudge })
}

fn signed(file: &Path, (key_file, key): (&Path, &SecretKey), console: &Console) -> Result<Text, Fault> {
    let unreadable = |error| {
        system::refusal(&error).fault(
            "sign.unreadable",
            &Text::new("文件不能读取", "the file cannot be read"),
            file,
        )
    };
    let (opened, _) = system::open_file(file).map_err(unreadable)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let signature = sign(opened, &name, key).map_err(|message| secret_key::no_key(key_file, message))?;
    let beside = signature_path(file);
    console.file(&beside, &signature)?;
    let (file, beside, id) = (file.display(), beside.display(), &key.id);
    Ok(Text::new(
        format!("{file} 已由密钥 {id} 签名，签名写在 {beside}\n"),
        format!("signed {file} with the key {id}; the signature is {beside}\n"),
    ))
}
