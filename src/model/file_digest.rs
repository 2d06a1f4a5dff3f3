//! The digest of a file.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

use super::digest::hex;

/// Bytes read at a time.
const PIECE: usize = 128 << 10;

/// SHA-256 of everything a stream gives, as hexadecimal digits. Of a file of any size no more than a piece is held.
///
/// # Errors
/// The system refuses to read.
pub fn sha256(mut stream: impl Read) -> io::Result<String> {
    let (mut digest, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        digest.update(piece.get(..read).unwrap_or_default());
    }
    Ok(hex(&digest.finalize()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_everybody() {
        assert_eq!(
            sha256(&b"abc"[..]).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let zeros = io::repeat(0).take(1_000_000);
        assert_eq!(
            sha256(zeros).unwrap(),
            "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025"
        );
    }
}
