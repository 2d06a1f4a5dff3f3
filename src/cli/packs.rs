//! Arguments about packs: which are in force, and the commands that pack, lock and sign them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::command::rules::PackAsked;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::rulebook::{Trust, TrustedKey, are_ambiguous};
use crate::table::date::Date;

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
    /// A minisign public key (a file, or the key itself) that packs must be signed with, for the packs of an id alone as
    /// `ID=KEY` or `START*=KEY`; repeatable
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
        /// A minisign public key (a file, or the key itself) that packs must be signed with, for the packs of an id
        /// alone as `ID=KEY` or `START*=KEY`; repeatable
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

/// The keys given and those of the environment. A setting that is there and holds no key is a mistake that must not pass
/// for no setting: packs would go unchecked.
fn trusted_keys(given: &[String]) -> Result<Vec<TrustedKey>, Fault> {
    let configured = std::env::var_os(KEYS).map(|keys| keys.to_string_lossy().into_owned());
    let named = configured.iter().flat_map(|keys| keys.split(','));
    let named: Vec<&str> = named.map(str::trim).filter(|key| !key.is_empty()).collect();
    if configured.is_some() && named.is_empty() {
        return Err(no_key_set());
    }
    let all = given.iter().map(|key| key.trim()).chain(named);
    let keys: Vec<TrustedKey> = all.map(trusted_key).collect::<Result<_, _>>()?;
    if are_ambiguous(&keys) { Err(ambiguous_keys()) } else { Ok(keys) }
}

/// A key, `ID=KEY` for the packs of an id alone. What stands before `=` is a path where it has a separator.
fn trusted_key(given: &str) -> Result<TrustedKey, Fault> {
    let wrong = |why: &Text| no_key(given, why);
    let bound = given.split_once('=').filter(|(id, _)| !id.contains(['/', '\\']));
    let (scope, key) = bound.map_or((None, given), |(id, key)| (Some(id.trim()), key.trim()));
    let key = TrustedKey::read(&key_text(key).map_err(|why| wrong(&why))?).map_err(|why| wrong(&why))?;
    scope.map_or(Ok(key.clone()), |scope| key.signing(scope)).map_err(|why| wrong(&why))
}

/// Bytes of a file that may be a public key: two lines.
const KEY_BYTES: u64 = 4096;

/// The text of a key: that of its file, or what is given.
fn key_text(given: &str) -> Result<String, Text> {
    if !Path::new(given).is_file() {
        return Ok(given.to_owned());
    }
    let mut text = String::new();
    let read = File::open(given).and_then(|file| file.take(KEY_BYTES).read_to_string(&mut text));
    read.map(|_| text).map_err(|error| Text::new("文件读不了", error.to_string()))
}

fn no_key_set() -> Fault {
    Fault {
        code: "usage.trusted-key",
        message: Text::new(
            format!("环境变量 {KEYS} 已设置，其中却没有公钥"),
            format!("the environment variable {KEYS} is set and holds no key"),
        ),
        help: Text::new(
            "写明公钥；不要求签名的，请取消这个变量（unset）",
            "give a key; if no signature is wanted, unset the variable",
        ),
        ..Fault::default()
    }
}

fn ambiguous_keys() -> Fault {
    Fault {
        code: "usage.trusted-key",
        message: Text::new(
            "给出了几个公钥，没有写明各用于哪个规则包：其中任何一个都能冒充别的发布单位",
            "several keys are given without the packs they are for: each could sign in the name of the others",
        ),
        help: Text::new(
            "写成 --trusted-key 编号=公钥，如 fujian=省级.pub、fujian.*=市级.pub；同一单位的新旧公钥写成 *=公钥",
            "write --trusted-key ID=KEY, such as fujian=province.pub or fujian.*=city.pub; *=KEY for any pack but the built-in one",
        ),
        ..Fault::default()
    }
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
