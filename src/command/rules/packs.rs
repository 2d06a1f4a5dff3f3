//! `wangge rules lock|pack|key|sign|verify`: packs as files that others can trust.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::assessment::session::Choices;
use crate::command::secret_key;
use crate::console;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::text::Text;
use crate::report::write;
use crate::rulebook::{
    Pack, PackFault, Rulebook, Sources, Trust, TrustedKey, generate, lock_text, seal, signed_by,
};

/// What is asked about packs as files.
#[derive(Clone, Debug)]
pub enum PackAsked {
    /// Write the lock of the packs in force.
    Lock {
        /// File to write instead of the one with the topmost pack.
        output: Option<PathBuf>,
    },
    /// Write a pack as one file.
    Pack {
        /// Its folder.
        folder: PathBuf,
        /// The file.
        output: PathBuf,
    },
    /// Make a pair of keys.
    Key {
        /// Name of the files, without ending.
        name: PathBuf,
    },
    /// Sign packs.
    Sign {
        /// The packs.
        packs: Vec<PathBuf>,
        /// File of the secret key.
        key: PathBuf,
    },
    /// Check the signatures of packs.
    Verify {
        /// The packs.
        packs: Vec<PathBuf>,
        /// Keys that may have signed them.
        keys: Vec<TrustedKey>,
    },
}

/// Runs the command.
pub fn run(asked: &PackAsked, choices: &Choices, console: &Console) -> Exit {
    let done = match asked {
        PackAsked::Lock { output } => lock(output.as_deref(), choices, console),
        PackAsked::Pack { folder, output } => pack(folder, output, console),
        PackAsked::Key { name } => key(name, console),
        PackAsked::Sign { packs, key } => sign(packs, key, console),
        PackAsked::Verify { packs, keys } => return verify(packs, keys, console),
    };
    done.unwrap_or_else(|faults| console.refuse(&faults))
}

type Done = Result<Exit, Vec<Fault>>;

fn explained(faults: &[PackFault]) -> Vec<Fault> {
    faults.iter().map(Explain::fault).collect()
}

fn opened(path: &Path) -> Result<Pack, Vec<Fault>> {
    Pack::open(path).map_err(|faults| explained(&faults))
}

fn lock(output: Option<&Path>, choices: &Choices, console: &Console) -> Done {
    let trust = Trust { unlocked: true, ..choices.trust.clone() };
    let sources = Sources { packs: &choices.packs, as_of: choices.as_of, trust: &trust };
    let book = Rulebook::load(&sources).map_err(|faults| explained(&faults))?;
    let path =
        output.map(Path::to_owned).or_else(|| book.lock_path()).ok_or_else(|| vec![nothing_to_lock()])?;
    console.file(&path, &lock_text(&book.packs)).map_err(|fault| vec![fault])?;
    let lines = book.packs.iter().map(|pack| format!("{}\t{}\t{}\n", pack.id, pack.version, pack.sha256));
    Ok(console.print_result(&lines.collect::<String>()))
}

fn nothing_to_lock() -> Fault {
    Fault {
        code: "usage.lock",
        message: Text::new("没有给出规则包", "no pack is given"),
        help: Text::new(
            "用 --packs 给出规则包，或用 -o 写明锁文件",
            "give --packs, or name the lock with -o",
        ),
        ..Fault::default()
    }
}

fn pack(folder: &Path, output: &Path, console: &Console) -> Done {
    let pack = opened(folder)?;
    if let Some(fault) = pack.stale() {
        return Err(explained(&[fault]));
    }
    let bytes = pack.archive(&[]).map_err(|fault| explained(&[fault]))?;
    written(output, &bytes)?;
    Ok(console.print_result(&format!("{}\t{}\t{}\n", pack.info.id, pack.info.version, pack.info.sha256)))
}

fn written(path: &Path, bytes: &[u8]) -> Result<(), Vec<Fault>> {
    write::atomically(path, bytes).map_err(|error| vec![unwritable(path, &error)])
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    console::unwritable(&path.display().to_string(), error)
}

fn key(name: &Path, console: &Console) -> Done {
    let named = |ending: &str| {
        let mut file = name.as_os_str().to_owned();
        file.push(ending);
        PathBuf::from(file)
    };
    let protection = secret_key::password();
    let pair = generate(protection.clone()).map_err(|message| vec![secret_key::no_key(name, message)])?;
    let (secret, public) = (named(".key"), named(".pub"));
    for (path, text, mode) in [(&secret, &pair.secret, 0o600), (&public, &pair.public, 0o644)] {
        new_file(path, text, mode).map_err(|error| vec![unwritable(path, &error)])?;
    }
    if protection.is_none() {
        console.notices(&[secret_key::unprotected(&secret)]);
    }
    Ok(console.print_result(&format!("{}\n{}\n", secret.display(), public.display())))
}

/// A file that was not there before: nobody loses a key by making another.
fn new_file(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn sign(packs: &[PathBuf], key: &Path, console: &Console) -> Done {
    let secret = secret_key::read(key).map_err(|fault| vec![fault])?;
    if !secret.is_protected {
        console.notices(&[secret_key::unprotected(key)]);
    }
    let mut told = String::new();
    for path in packs {
        let pack = opened(path)?;
        let files = seal(&pack, &secret).map_err(|message| vec![secret_key::no_key(key, message)])?;
        if path.is_dir() {
            for (name, text) in &files {
                written(&path.join(name), text.as_bytes())?;
            }
        } else {
            let bytes = pack.archive(&files).map_err(|fault| explained(&[fault]))?;
            written(path, &bytes)?;
        }
        told.push_str(signed(&pack, path, &secret.id).get(console.lang));
    }
    Ok(console.print_result(&told))
}

/// What was done with a pack.
fn signed(pack: &Pack, path: &Path, key: &str) -> Text {
    let (id, version, count, path) =
        (&pack.info.id, &pack.info.version, pack.files().count(), path.display());
    Text::new(
        format!("规则包“{id}”{version} 已由密钥 {key} 签名，共{count}个文件，签名已写入 {path}\n"),
        format!(
            "signed pack `{id}` {version} of {count} files with the key {key}; the signature is in {path}\n"
        ),
    )
}

/// Exit 1 where a signature is not what it should be.
fn verify(packs: &[PathBuf], keys: &[TrustedKey], console: &Console) -> Exit {
    let (mut told, mut faults, mut unread) = (String::new(), Vec::new(), Vec::new());
    if keys.is_empty() {
        unread.push(Fault {
            code: "usage.trusted-key",
            message: Text::new("没有给出公钥", "no public key is given"),
            help: Text::new("用 --trusted-key 给出", "give --trusted-key"),
            ..Fault::default()
        });
    }
    for path in packs.iter().filter(|_| !keys.is_empty()) {
        match opened(path) {
            Err(found) => unread.extend(found),
            Ok(pack) => match signed_by(&pack, keys) {
                Ok(key) => told.extend([&pack.info.id, "\t", &pack.info.version, "\t", &key, "\n"]),
                Err(fault) => faults.push(fault.fault()),
            },
        }
    }
    console.faults(&unread);
    console.faults(&faults);
    match (console.print_result(&told), unread.is_empty(), faults.is_empty()) {
        (Exit::Passed, true, true) => Exit::Passed,
        (Exit::Passed, true, false) => Exit::GateNotMet,
        _ => Exit::CouldNotJudge,
    }
}
