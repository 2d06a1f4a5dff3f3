//! A line that shows whether it is as it was written: `{"sha256":"…","body":…}`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::digest::Digest;

const BEFORE: &str = r#"{"sha256":""#;
const BETWEEN: &str = r#"","body":"#;
const AFTER: &str = "}";

/// Length of a digest in hexadecimal.
const DIGEST: usize = 64;

/// The line with its newline, and its digest. `above` is the digest of the first line: a line belongs to its file.
///
/// # Errors
///
/// A value has no JSON form.
pub fn write<T: Serialize>(body: &T, above: &str) -> Result<(String, String), serde_json::Error> {
    let body = serde_json::to_string(body)?;
    let digest = digest(&body, above);
    Ok((format!("{BEFORE}{digest}{BETWEEN}{body}{AFTER}\n"), digest))
}

/// What a line without its newline says, and its digest; nothing where it is not as it was written.
pub fn read<T: DeserializeOwned>(line: &str, above: &str) -> Option<(T, String)> {
    let (told, rest) = line.strip_prefix(BEFORE)?.split_at_checked(DIGEST)?;
    let body = rest.strip_prefix(BETWEEN)?.strip_suffix(AFTER)?;
    let whole = digest(body, above) == told;
    whole.then(|| Some((serde_json::from_str(body).ok()?, told.to_owned())))?
}

fn digest(body: &str, above: &str) -> String {
    Digest::default().part(above.as_bytes()).part(body.as_bytes()).hex()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_or_changed_or_moved_says_nothing() {
        let (line, digest) = write(&vec!["甲", "乙"], "above").unwrap();
        let line = line.trim_end();
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
        assert_eq!(read::<Vec<String>>(line, "above"), Some((vec!["甲".into(), "乙".into()], digest)));
        assert_eq!(read::<Vec<String>>(line, "other"), None);
        assert_eq!(read::<Vec<String>>(&line.replace('甲', "丙"), "above"), None);
        for (at, _) in line.char_indices() {
            assert_eq!(read::<Vec<String>>(line.get(..at).unwrap(), "above"), None);
        }
    }
}
