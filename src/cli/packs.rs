//! Arguments about packs: which are in force, and the commands that pack, lock and sign them.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::command::rules::PackAsked;
use crate::model::date::Date;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::rulebook::{Trust, TrustedKey};

/// Packs in force.
#[derive(Args, Debug)]
pub(super) struct BookArgs {
    /// A pack to lay over the built-in one (a folder or a .wpack file), or a folder of packs it needs; repeatable
    #[arg(long, value_name = "PACK")]
    pub(super) packs: Vec<PathBuf>,
    /// The day on which dates are judged, such as 2026-06-30; today otherwise
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) as_of: Option<Date>,
    /// A lock the packs must agree with, besides the pack.lock that lies with them
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// A minisign public key (a file, or the key itself) that packs must be signed with; repeatable
    #[arg(long, value_name = "KEY")]
    trusted_key: Vec<String>,
}

/// Commands on packs as files.
#[derive(Subcommand, Debug)]
pub(super) enum PackCommand {
    /// Write pack.lock: a pack that differs from it is refused
    Lock {
        /// File to write; with the topmost pack otherwise
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        lock_file: Option<PathBuf>,
        #[command(flatten)]
        book: BookArgs,
    },
    /// Write a pack as one file
    Pack {
        /// Folder of the pack
        #[arg(value_name = "DIR")]
        pack: PathBuf,
        /// File to write, such as fujian.wpack
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        archive: PathBuf,
    },
    /// Make a pair of keys: NAME.key and NAME.pub
    Key {
        /// Name of the two files
        #[arg(value_name = "NAME")]
        name: PathBuf,
    },
    /// Sign packs
    Sign {
        /// Packs: folders or .wpack files
        #[arg(required = true, value_name = "PACK")]
        signed: Vec<PathBuf>,
        /// File of the secret key; its password is taken from `WANGGE_KEY_PASSWORD`
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Check the signatures of packs
    Verify {
        /// Packs: folders or .wpack files
        #[arg(required = true, value_name = "PACK")]
        signed: Vec<PathBuf>,
        /// A minisign public key (a file, or the key itself) that packs must be signed with; repeatable
        #[arg(long, value_name = "KEY")]
        trusted_key: Vec<String>,
    },
}

impl PackCommand {
    /// What is asked, and the packs it is asked about.
    pub(super) fn asked(&self) -> Result<(PackAsked, Option<&BookArgs>), Fault> {
        Ok(match self {
            Self::Lock { lock_file, book } => (PackAsked::Lock { output: lock_file.clone() }, Some(book)),
            Self::Pack { pack, archive } => {
                (PackAsked::Pack { folder: pack.clone(), output: archive.clone() }, None)
            }
            Self::Key { name } => (PackAsked::Key { name: name.clone() }, None),
            Self::Sign { signed, key } => (PackAsked::Sign { packs: signed.clone(), key: key.clone() }, None),
            Self::Verify { signed, trusted_key } => {
                (PackAsked::Verify { packs: signed.clone(), keys: trusted_keys(trusted_key)? }, None)
            }
        })
    }
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::from_iso(text).ok_or_else(|| "2026-06-30".to_owned())
}

/// Where keys stand that hold for every run on a machine, separated by commas.
const KEYS: &str = "WANGGE_TRUSTED_KEY";

impl BookArgs {
    /// What the packs must live up to.
    pub(super) fn trust(&self) -> Result<Trust, Fault> {
        let keys = trusted_keys(&self.trusted_key)?;
        Ok(Trust { keys, lock: self.lock.clone(), unlocked: false })
    }
}

/// The keys given and those of the environment.
fn trusted_keys(given: &[String]) -> Result<Vec<TrustedKey>, Fault> {
    let configured = std::env::var(KEYS).unwrap_or_default();
    let configured = configured.split(',').map(str::trim).filter(|key| !key.is_empty());
    given.iter().map(String::as_str).chain(configured).map(trusted_key).collect()
}

/// A key from its file, or from its own text.
fn trusted_key(given: &str) -> Result<TrustedKey, Fault> {
    let text = if Path::new(given).is_file() {
        fs::read_to_string(given)
            .map_err(|error| no_key(given, &Text::new(error.to_string(), error.to_string())))?
    } else {
        given.to_owned()
    };
    TrustedKey::read(&text).map_err(|why| no_key(given, &why))
}

fn no_key(given: &str, why: &Text) -> Fault {
    Fault {
        code: "usage.trusted-key",
        message: Text::new(
            format!("公钥“{given}”不能用：{}", why.zh),
            format!("the key `{given}` is no use: {}", why.en),
        ),
        help: Text::new(
            "写公钥文件的路径，或公钥本身（RW 开头的一行）",
            "give the file of the public key, or the key itself: the line that begins with RW",
        ),
        ..Fault::default()
    }
}
