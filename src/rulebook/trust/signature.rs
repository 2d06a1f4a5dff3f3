//! Signatures in the format of minisign: what is signed is a list of the digests of a pack's files, so that the
//! public tools can check it too: `sha256sum -c pack.sums` and `minisign -Vm pack.sums -p key.pub`.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek};

use minisign::{ErrorKind, KeyPair, PError, PublicKey, PublicKeyBox, SecretKeyBox, SignatureBox};
use sha2::{Digest as _, Sha256};

use super::scope::{Scope, signers};
use crate::model::digest::hex;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Pack, SIGNATURE, SUMS};

/// A public key that packs may be signed with.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    key: PublicKey,
    /// Its id, as minisign shows it.
    pub id: String,
    /// The packs it may sign.
    pub(super) scope: Scope,
}

/// A secret key, ready to sign.
#[derive(Debug)]
pub struct SecretKey {
    key: minisign::SecretKey,
    /// Its id, as minisign shows it.
    pub id: String,
    /// Whether its file is of no use without a password.
    pub is_protected: bool,
}

/// A new pair of keys as the texts of their files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The secret key.
    pub secret: String,
    /// The public key.
    pub public: String,
}

impl TrustedKey {
    /// Reads the text of a key file, or the key alone.
    ///
    /// # Errors
    ///
    /// It is no public key.
    pub fn read(text: &str) -> Result<Self, Text> {
        let boxed = PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key);
        let key = boxed
            .or_else(|_| PublicKey::from_base64(text.trim()))
            .map_err(|_| Text::new("这不是 minisign 公钥", "this is no public key of minisign"))?;
        Ok(Self { id: key_id(key.keynum()), key, scope: Scope::Unsaid })
    }

    /// Whether it is the same key, whatever its id and the packs it is for.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.key.to_bytes() == other.key.to_bytes()
    }

    /// The same key for the packs of this id alone, or where it ends in `*` for those whose ids begin so.
    ///
    /// # Errors
    ///
    /// It is neither.
    pub fn signing(self, packs: &str) -> Result<Self, Text> {
        Ok(Self { scope: Scope::parse(packs)?, ..self })
    }

    /// Whether it signed what a stream gives.
    pub(super) fn has_signed(&self, from: impl Read + Seek, signature: &SignatureBox) -> bool {
        minisign::verify(&self.key, signature, from, true, false, false).is_ok()
    }
}

impl SecretKey {
    /// Reads the text of a key file; `password` where the key is protected by one.
    ///
    /// # Errors
    ///
    /// It is no secret key, or the password does not open it.
    pub fn read(text: &str, password: Option<String>) -> Result<Self, Text> {
        let boxed = || SecretKeyBox::from_string(text);
        let plain = boxed().and_then(minisign::SecretKey::from_unencrypted_box);
        let is_protected = plain.is_err();
        let key = match (plain, password) {
            (Ok(key), _) => Ok(key),
            (Err(_), Some(password)) => {
                boxed().and_then(|key| minisign::SecretKey::from_box(key, Some(password)))
            }
            (Err(error), None) => Err(error),
        };
        key.map(|key| Self { id: key_id(key.keynum()), key, is_protected }).map_err(|error| {
            // The library says of a wrong password what it says of a damaged key, and of a protected one that it cannot ask.
            let why = if is_protected && boxed().is_ok() {
                Text::new("缺少密码、密码不对，或内容损坏", error.to_string())
            } else {
                translate(&error)
            };
            Text::new(
                format!("密钥打不开（有密码的请设环境变量）：{}", why.zh),
                format!(
                    "the key cannot be opened (a protected one needs its password in the environment): {}",
                    why.en
                ),
            )
        })
    }

    /// Signs what a stream gives: the text of the file of the signature, whose `comment` is signed too.
    ///
    /// # Errors
    ///
    /// The key cannot sign, or the stream cannot be read.
    pub(super) fn sign(&self, from: impl Read, comment: &str) -> Result<String, Text> {
        let signature = minisign::sign(None, &self.key, from, Some(comment), None);
        signature.map(SignatureBox::into_string).map_err(|error| {
            let why = translate(&error);
            Text::new(format!("不能签名：{}", why.zh), format!("it cannot be signed: {}", why.en))
        })
    }
}

/// Makes a pair of keys, the secret one protected where there is a password.
///
/// # Errors
///
/// The system gives no randomness.
pub fn generate(password: Option<String>) -> Result<Key, Text> {
    let failed = |error: PError| {
        let why = translate(&error);
        Text::new(format!("不能生成密钥：{}", why.zh), format!("no keys can be made: {}", why.en))
    };
    let protected = password.is_some();
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(failed)?;
    let comment = if protected { "wangge secret key" } else { "wangge secret key, without a password" };
    let secret = pair.sk.to_box(Some(comment)).map_err(failed)?.into_string();
    let public = pair.pk.to_box().map_err(failed)?.into_string();
    Ok(Key { secret, public })
}

/// The message of the library, which has no Chinese: in Chinese its kind.
fn translate(error: &PError) -> Text {
    let zh = match error.kind() {
        ErrorKind::KDF | ErrorKind::EncryptedKey => "密码不对，或缺少密码",
        ErrorKind::Encoding | ErrorKind::Verify | ErrorKind::Hash => "内容损坏，或不是 minisign 密钥",
        ErrorKind::RNG | ErrorKind::Generate => "系统没有给出随机数",
        ErrorKind::Io => "读写出错",
        ErrorKind::Sign | ErrorKind::Misc => "密钥不能用于签名",
    };
    Text::new(zh, error.to_string())
}

/// The digests of a pack's files as `sha256sum` writes them.
pub(in crate::rulebook) fn sums(pack: &Pack) -> String {
    pack.files.keys().fold(String::new(), |mut list, path| {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{}  {path}", hex(&Sha256::digest(pack.bytes(path))));
        list
    })
}

/// The names and texts of the two files that sign a pack.
///
/// # Errors
///
/// The key cannot sign.
pub fn seal(pack: &Pack, key: &SecretKey) -> Result<[(&'static str, String); 2], Text> {
    let sums = sums(pack);
    let comment = format!("{} {}", pack.info.id, pack.info.version);
    let signature = key.sign(Cursor::new(sums.as_bytes()), &comment)?;
    Ok([(SUMS, sums), (SIGNATURE, signature)])
}

/// The id of the trusted key that signed a pack as it is.
///
/// # Errors
///
/// It is not signed, not by one of these keys, not by one that may sign it, or not as it is now.
pub fn signed_by(pack: &Pack, keys: &[TrustedKey]) -> Result<String, PackFault> {
    let refused = |zh: String, en: String| PackFault::Untrusted {
        file: pack.home.clone(),
        message: Text::new(format!("规则包“{}”{zh}", pack.info.id), format!("pack `{}` {en}", pack.info.id)),
        help: Text::new(
            "向发布单位索取签名的规则包，或用 wangge rules sign 签名",
            "ask whoever issued it for the signed pack, or sign it with `wangge rules sign`",
        ),
    };
    let (Some(listed), Some(signature)) = (pack.seal.get(SUMS), pack.seal.get(SIGNATURE)) else {
        return Err(refused("没有签名".to_owned(), "is not signed".to_owned()));
    };
    if let Some(path) = altered(listed, &sums(pack)) {
        return Err(refused(
            format!("签名后改过：{path}"),
            format!("was changed after it was signed: {path}"),
        ));
    }
    let wrong = || refused("的签名不成形".to_owned(), "has a signature that is none".to_owned());
    let signature = parse(signature).ok_or_else(wrong)?;
    let id = key_id(signature.keynum());
    if !keys.iter().any(|key| key.id == id) {
        return Err(refused(
            format!("由不受信任的密钥 {id} 签名"),
            format!("is signed with the key {id}, which is not trusted"),
        ));
    }
    // Whoever makes a key chooses its id, so that several may have it.
    let able: Vec<_> = signers(keys, &pack.info.id).into_iter().filter(|key| key.id == id).collect();
    if able.is_empty() {
        return Err(beyond(pack, &id));
    }
    if able.iter().any(|key| key.has_signed(Cursor::new(listed.as_bytes()), &signature)) {
        return Ok(id);
    }
    Err(refused("的签名不符".to_owned(), "has a signature that does not fit".to_owned()))
}

/// A pack signed by a key that is trusted for others.
fn beyond(pack: &Pack, key: &str) -> PackFault {
    let id = &pack.info.id;
    PackFault::Untrusted {
        file: pack.home.clone(),
        message: Text::new(
            format!("规则包“{id}”由密钥 {key} 签名，这个密钥不能签署它"),
            format!("pack `{id}` is signed with the key {key}, which may not sign it"),
        ),
        help: Text::new(
            format!("核实发布单位；确由这个密钥签署的，写成 --trusted-key {id}=公钥"),
            format!("make sure who issued it; if the key may sign it, write --trusted-key {id}=KEY"),
        ),
    }
}

/// The signature that a text is.
pub(super) fn parse(text: &str) -> Option<SignatureBox> {
    Some(text).filter(|text| is_whole(text)).and_then(|text| SignatureBox::from_string(text).ok())
}

/// Whether the two coded lines of a signature have the lengths they must have: the library takes that for granted.
fn is_whole(signature: &str) -> bool {
    let coded = |at: usize, digits: usize, padding: &str| {
        let line = signature.lines().nth(at).and_then(|line| line.strip_suffix(padding));
        let digit = |c: u8| c.is_ascii_alphanumeric() || c == b'+' || c == b'/';
        line.is_some_and(|line| line.len() == digits && line.bytes().all(digit))
    };
    coded(1, 99, "=") && coded(3, 86, "==")
}

/// The first file whose digest is not as listed, or that is not listed, or not there.
fn altered<'t>(listed: &'t str, found: &'t str) -> Option<&'t str> {
    if listed == found {
        return None;
    }
    let differs = |one: &&str, other: &str| !other.lines().any(|line| line == *one);
    let changed = found.lines().find(|line| differs(line, listed));
    let line = changed.or_else(|| listed.lines().find(|line| differs(line, found)));
    Some(line.and_then(|line| line.split_once("  ")).map_or(SUMS, |(_, path)| path))
}

pub(super) fn key_id(number: &[u8]) -> String {
    number.iter().rev().fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02X}");
        id
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    fn signed() -> (Pack, TrustedKey) {
        let pair = generate(None).unwrap();
        let mut pack = Pack::built_in().unwrap();
        let files = seal(&pack, &SecretKey::read(&pair.secret, None).unwrap()).unwrap();
        pack.seal.extend(files.map(|(name, text)| (name.to_owned(), text)));
        let key = TrustedKey::read(&pair.public).unwrap().signing(&pack.info.id);
        (pack, key.unwrap())
    }

    #[test]
    fn a_signed_pack_is_known_by_its_key() {
        let (pack, key) = signed();
        assert_eq!(signed_by(&pack, std::slice::from_ref(&key)).unwrap(), key.id);
        assert!(signed_by(&pack, &[]).is_err());
        assert!(signed_by(&pack, &[signed().1]).is_err());
    }

    #[test]
    fn no_byte_can_be_changed() {
        let (pack, key) = signed();
        let keys = [key];
        for name in [SUMS, SIGNATURE] {
            let text = pack.seal.get(name).unwrap().clone();
            let comment = text.find('\n').unwrap();
            for at in (0..text.len()).step_by(if name == SUMS { 997 } else { 1 }) {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                let mut other = pack.clone();
                other.seal.insert(name.to_owned(), changed);
                // Nobody vouches for the first line of a signature, a comment, nor for the line feed at its end.
                let vouched = name == SUMS || (at >= comment && at + 1 < text.len());
                assert!(!vouched || signed_by(&other, &keys).is_err(), "{name} {at}");
            }
        }
        for cut in 0..pack.seal[SIGNATURE].len() {
            let mut other = pack.clone();
            other.seal.insert(SIGNATURE.to_owned(), pack.seal[SIGNATURE][..cut].to_owned());
            // A line feed at the very end says nothing.
            assert!(cut + 2 > pack.seal[SIGNATURE].len() || signed_by(&other, &keys).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_file_more_or_less_is_told_by_name() {
        let (mut pack, key) = signed();
        pack.files.insert("items/a1/zz.rhai".to_owned(), String::new());
        let message = signed_by(&pack, &[key]).unwrap_err().to_string();
        assert!(message.contains("items/a1/zz.rhai"), "{message}");
    }

    #[test]
    fn a_protected_key_needs_its_password() {
        let pair = generate(Some("一二三".to_owned())).unwrap();
        assert!(SecretKey::read(&pair.secret, None).is_err());
        assert!(SecretKey::read(&pair.secret, Some("wrong".to_owned())).is_err());
        assert!(SecretKey::read(&pair.secret, Some("一二三".to_owned())).is_ok());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "\n", "untrusted comment: x\nRWQ", "RWQ", "untrusted comment:\n\n", "甲乙"] {
            assert!(TrustedKey::read(text).is_err(), "{text:?}");
            assert!(SecretKey::read(text, None).is_err(), "{text:?}");
        }
    }
}
