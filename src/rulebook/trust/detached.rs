//! Signatures of whole files, which lie beside them: `minisign -Vm report.json -p key.pub` checks them too.

use std::ffi::OsString;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::signature::{key_id, parse};
use super::{SecretKey, TrustedKey};
use crate::model::text::Text;

/// How the name of the file of a signature ends.
const ENDING: &str = ".minisig";

/// Bytes of the file of a signature: four lines.
pub const MOST: u64 = 4096;

/// Where the signature of a file lies.
pub fn signature_path(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ENDING);
    name.into()
}

/// What keeps a signature from standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// It is none.
    Malformed,
    /// It is of a key that is not trusted.
    Stranger(String),
    /// The file is not the one that was signed.
    Mismatch(String),
}

/// Signs what a stream gives: the text of the file of the signature. The name is signed too.
///
/// # Errors
///
/// The key cannot sign, or the stream cannot be read.
pub fn sign(from: impl Read, name: &str, key: &SecretKey) -> Result<String, Text> {
    key.sign(from, name)
}

/// The id of the key of these that signed what a stream gives, whatever packs it is for.
///
/// # Errors
///
/// The stream cannot be read; or why the signature does not stand.
pub fn signer(
    mut from: impl Read + Seek,
    signature: &str,
    keys: &[TrustedKey],
) -> io::Result<Result<String, SignatureError>> {
    let Some(signature) = parse(signature) else { return Ok(Err(SignatureError::Malformed)) };
    let id = key_id(signature.keynum());
    let mut able = keys.iter().filter(|key| key.id == id).peekable();
    if able.peek().is_none() {
        return Ok(Err(SignatureError::Stranger(id)));
    }
    for key in able {
        from.seek(SeekFrom::Start(0))?;
        if key.has_signed(&mut from, &signature) {
            return Ok(Ok(id));
        }
    }
    Ok(Err(SignatureError::Mismatch(id)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::rulebook::trust::generate;

    #[test]
    fn a_signature_stands_for_its_bytes_and_no_others() {
        let pair = generate(None).unwrap();
        let (secret, public) =
            (SecretKey::read(&pair.secret, None).unwrap(), TrustedKey::read(&pair.public).unwrap());
        let text = "{\"schema\":\"wangge.report/1\"}\n".repeat(9);
        let signature = sign(Cursor::new(&text), "报告.json", &secret).unwrap();
        let keys = [public];
        let by = |text: &str, keys: &[TrustedKey]| signer(Cursor::new(text), &signature, keys).unwrap();
        assert_eq!(by(&text, &keys), Ok(secret.id.clone()));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            *bytes.get_mut(at).unwrap() ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(by(&changed, &keys), Err(SignatureError::Mismatch(secret.id.clone())), "{at}");
        }
        assert_eq!(by(&text, &[]), Err(SignatureError::Stranger(secret.id.clone())));
        let cut = signer(Cursor::new(&text), signature.get(..90).unwrap(), &keys).unwrap();
        assert_eq!(cut, Err(SignatureError::Malformed));
    }

    #[test]
    fn the_signature_lies_beside_its_file() {
        assert_eq!(signature_path(Path::new("a/报告.json")), Path::new("a/报告.json.minisig"));
    }
}
