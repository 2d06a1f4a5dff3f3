//! Files of secret keys, as every command that signs reads them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;
use crate::rulebook::SecretKey;

/// Where the password of a secret key stands.
pub(super) const PASSWORD: &str = "WANGGE_KEY_PASSWORD";

/// Bytes of a file that may be a secret key: two lines.
const MOST: u64 = 4096;

/// The password that is set, if any.
pub(super) fn password() -> Option<String> {
    std::env::var(PASSWORD).ok().filter(|password| !password.is_empty())
}

/// The secret key in a file.
///
/// # Errors
///
/// It cannot be read, is none, or the password does not open it.
pub(super) fn read(path: &Path) -> Result<SecretKey, Fault> {
    let mut text = String::new();
    let read =
        system::open_file(path).and_then(|(file, _): (File, _)| file.take(MOST).read_to_string(&mut text));
    read.map_err(|error| {
        let cause = system::refusal(&error).cause;
        let message =
            Text::new(format!("密钥读不了：{}", cause.zh), format!("the key cannot be read: {}", cause.en));
        no_key(path, message)
    })?;
    SecretKey::read(&text, password()).map_err(|message| no_key(path, message))
}

/// Why a key is of no use.
pub(super) fn no_key(path: &Path, message: Text) -> Fault {
    Fault {
        code: "pack.key",
        message,
        help: Text::new(
            format!("密码放在环境变量 {PASSWORD} 里"),
            format!("its password stands in the environment variable {PASSWORD}"),
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}

/// That whoever has the file of a key can sign with it.
pub(super) fn unprotected(path: &Path) -> Fault {
    Fault {
        code: "key.unprotected",
        message: Text::new(
            "密钥文件没有密码保护，拿到文件的人都能签名",
            "the key has no password: whoever has the file can sign with it",
        ),
        help: Text::new(
            format!("设置环境变量 {PASSWORD} 后用 wangge rules key 生成有密码的密钥；确需使用的，收好文件"),
            format!("set {PASSWORD} and make a protected key with `wangge rules key`; or keep the file safe"),
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}
