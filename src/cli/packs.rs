//! The commands that pack, lock and sign packs, and the keys packs are signed with.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::argument::{Arguments, bind, record};
use super::command::Command;
use super::rules::{Day, choices, choices_of_today, scripts};
use super::value::{Valued, option, positional};
use crate::assessment::session::Choices;
use crate::command::rules::{PackAsked, run_packs};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::rulebook::{TrustedKey, are_ambiguous};

/// `wangge rules lock`, `pack`, `key`, `sign` and `verify`.
pub(super) fn commands() -> Vec<Command> {
    vec![lock(), pack(), key(), sign(), verify()]
}

fn lock() -> Command {
    let output =
        output("写到哪个文件；默认在最上层规则包旁边", "File to write; with the topmost pack otherwise")
            .maybe();
    Command::leaf(
        "lock",
        "写出 pack.lock：与之不同的规则包不予采用",
        "Write pack.lock: a pack that differs from it is refused",
        bind!(output: output, choices: choices(Day::Now) => Ok((PackAsked::Lock { output }, choices))),
        scripts(run),
    )
}

fn pack() -> Command {
    let arguments = record!(PackAsked::Pack {
        folder: positional("DIR", "规则包的文件夹", "Folder of the pack").required(),
        output: output("写到哪个文件，如 fujian.wpack", "File to write, such as fujian.wpack").required(),
    });
    Command::leaf("pack", "把规则包写成一个文件", "Write a pack as one file", alone(arguments), scripts(run))
}

fn key() -> Command {
    let name = positional("NAME", "两个密钥文件的名称", "Name of the two files").required();
    Command::leaf(
        "key",
        "生成一对密钥：名称.key 和 名称.pub",
        "Make a pair of keys: NAME.key and NAME.pub",
        alone(name.map(|name| PackAsked::Key { name })),
        scripts(run),
    )
}

fn sign() -> Command {
    let arguments = record!(PackAsked::Sign { packs: packs(), key: secret_key() });
    Command::leaf("sign", "给规则包签名", "Sign packs", alone(arguments), scripts(run))
}

/// The key to sign with.
pub(super) fn secret_key() -> Arguments<PathBuf> {
    option(
        "key",
        "FILE",
        "密钥文件；密码取自环境变量 WANGGE_KEY_PASSWORD",
        "File of the secret key; its password is taken from `WANGGE_KEY_PASSWORD`",
    )
    .required()
}

fn verify() -> Command {
    let arguments = record!(PackAsked::Verify { packs: packs(), keys: trusted_keys() });
    Command::leaf(
        "verify",
        "核对规则包的签名",
        "Check the signatures of packs",
        alone(arguments),
        scripts(run),
    )
}

fn run((asked, choices): &(PackAsked, Choices), console: &Console) -> Exit {
    run_packs(asked, choices, console)
}

fn output(zh: &str, en: &str) -> Valued<PathBuf> {
    option("output", "FILE", zh, en).with(|arg| arg.short('o'))
}

fn packs() -> Arguments<Vec<PathBuf>> {
    positional("PACK", "规则包：文件夹或 .wpack 文件", "Packs: folders or .wpack files")
        .with(|arg| arg.required(true))
        .many()
}

/// With the choices of a command that is not about the packs in force.
fn alone(asked: Arguments<PackAsked>) -> Arguments<(PackAsked, Choices)> {
    asked.try_map(|asked| Ok((asked, choices_of_today()?)))
}

/// Keys that packs must be signed with.
pub(super) fn trusted_keys() -> Arguments<Vec<TrustedKey>> {
    option::<String>(
        "trusted-key",
        "KEY",
        "规则包必须由它签名的 minisign 公钥（文件或公钥本身）；只用于某些规则包的写成 编号=公钥 或 编号开头*=公钥",
        "A minisign public key (a file, or the key itself) that packs must be signed with, for the packs of an id alone \
         as `ID=KEY` or `START*=KEY`",
    )
    .many()
    .try_map(|given| keys_of(&given))
}

/// Where keys stand that hold for every run on a machine, separated by commas.
const KEYS: &str = "WANGGE_TRUSTED_KEY";

/// The keys given and those of the environment. A setting that is there and holds no key is a mistake that must not pass
/// for no setting: packs would go unchecked.
fn keys_of(given: &[String]) -> Result<Vec<TrustedKey>, Fault> {
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
pub(super) fn trusted_key(given: &str) -> Result<TrustedKey, Fault> {
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
