//! The file of an entry: a line with its form and the digest of what follows, a line with what the assessment rests
//! on, and the assessment.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::key::Key;
use crate::assessment::assess::Assessed;
use crate::batch::snapshot::Snapshot;
use crate::model::digest::hex;
use crate::model::ruling::Whose;

/// What every entry starts with.
const FORM: &[u8] = b"wangge.cache/1 ";

/// Length of a digest in hexadecimal.
const DIGEST: usize = 64;

/// What an assessment rests on, and what to look at to see whether it still does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    /// Everything the assessment rests on.
    pub key: Key,
    /// The submission before it was read.
    #[serde(rename = "visit")]
    pub snapshot: Snapshot,
    /// The organization.
    pub whose: Whose,
}

/// The bytes of an entry.
pub(super) fn encode(header: &Header, body: &[u8]) -> Option<Vec<u8>> {
    let mut content = serde_json::to_vec(header).ok()?;
    content.push(b'\n');
    content.extend_from_slice(body);
    Some([FORM, digest(&content).as_bytes(), b"\n", &content].concat())
}

/// The header and the body of an entry that is as it was written.
pub(super) fn decode(bytes: &[u8]) -> Option<(Header, &[u8])> {
    let (told, rest) = bytes.strip_prefix(FORM)?.split_at_checked(DIGEST)?;
    let content = rest.strip_prefix(b"\n")?;
    if digest(content).as_bytes() != told {
        return None;
    }
    let end = content.iter().position(|byte| *byte == b'\n')?;
    let (header, body) = content.split_at_checked(end)?;
    Some((serde_json::from_slice(header).ok()?, body.strip_prefix(b"\n")?))
}

/// The assessment, which must be the one its header tells of.
pub(super) fn assessed(header: &Header, body: &[u8]) -> Option<Assessed> {
    let assessed: Assessed = serde_json::from_slice(body).ok()?;
    let one = &assessed.organization;
    let same = assessed.whose == header.whose
        && one.submission.sha256 == header.key.content
        && one.submission.path == header.key.path
        && assessed.faults.is_empty();
    same.then_some(assessed)
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
