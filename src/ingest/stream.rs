//! Reads an input from any position. The meter is looked at with every piece: what a library holds grows with what it
//! reads, so that reading ends in good order before there is no memory left.

use std::io::{self, Read, Seek, SeekFrom};

use super::blocks::BLOCK;
use super::input::{Content, Input, Stop};

/// Bytes handed over at a time: packed a thousandfold they unpack to four MiB, of which a library can make twenty.
const PIECE: usize = 4 << 10;

/// A position in an input.
pub(super) struct Reader<'a> {
    input: &'a Input,
    at: u64,
    /// The block read last, and its number.
    block: Vec<u8>,
    number: Option<u64>,
}

impl<'a> Reader<'a> {
    /// At the start.
    pub(super) fn new(input: &'a Input) -> Self {
        Self { input, at: 0, block: Vec::new(), number: None }
    }

    /// What lies at the position and is at hand; empty at the end.
    fn here(&mut self) -> io::Result<&[u8]> {
        let from = |start: u64| usize::try_from(self.at.saturating_sub(start)).unwrap_or(usize::MAX);
        let blocks = match &self.input.content {
            Content::Held(bytes) => return Ok(bytes.get(from(0)..).unwrap_or_default()),
            Content::OnDisk(_) if self.at >= self.input.bytes => return Ok(&[]),
            Content::OnDisk(blocks) => blocks,
            // Read by a reader of its own.
            Content::Packed(_) => return Ok(&[]),
        };
        let number = self.at / BLOCK;
        let inside = from(number.saturating_mul(BLOCK));
        if self.number != Some(number) {
            self.number = None;
            let same = blocks.read(number, &mut self.block).map_err(|error| self.input.refused(&error))?;
            if !same {
                return Err(self.input.stop(Stop::Changed));
            }
            self.number = Some(number);
        }
        Ok(self.block.get(inside..).unwrap_or_default())
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.input.poll()?;
        let here = self.here()?;
        let length = into.len().min(here.len()).min(PIECE);
        if let (Some(to), Some(from)) = (into.get_mut(..length), here.get(..length)) {
            to.copy_from_slice(from);
        }
        self.at = self.at.saturating_add(u64::try_from(length).unwrap_or(0));
        Ok(length)
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.input.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Write;

    use super::super::limit::Limit;
    use super::*;

    fn bytes() -> Vec<u8> {
        (0..300_000_u32).map(|at| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect()
    }

    fn opened(file: &tempfile::NamedTempFile, held: u64) -> Input {
        Input::open(file.path(), "a.csv".to_owned(), Limit::File, held).unwrap()
    }

    #[test]
    fn what_is_on_disk_reads_like_what_is_held() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes()).unwrap();
        for held in [0, u64::MAX] {
            let input = opened(&file, held);
            let mut stream = input.stream();
            let mut all = Vec::new();
            stream.read_to_end(&mut all).unwrap();
            assert!(all == bytes());
            stream.seek(SeekFrom::End(-5)).unwrap();
            stream.seek(SeekFrom::Current(-131_070)).unwrap();
            let mut part = vec![0; 131_072];
            stream.read_exact(&mut part).unwrap();
            assert_eq!(bytes().get(300_000 - 131_075..300_000 - 3), Some(part.as_slice()));
            assert!(stream.seek(SeekFrom::End(-300_001)).is_err());
        }
    }

    #[test]
    fn a_block_that_is_another_stops_reading() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes()).unwrap();
        let input = opened(&file, 0);
        let mut all = Vec::new();
        input.stream().read_to_end(&mut all).unwrap();
        file.as_file_mut().seek(SeekFrom::Start(200_000)).unwrap();
        file.write_all(b"!").unwrap();
        file.flush().unwrap();
        let error = input.stream().read_to_end(&mut all).unwrap_err();
        let fault = format!("{:?}", input.unreadable(&error));
        assert!(fault.contains("Changed"), "{fault}");
    }

    #[test]
    fn a_file_that_is_cut_or_grows_is_another() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes()).unwrap();
        let (cut, held) = (opened(&file, 0), opened(&file, u64::MAX));
        assert!(cut.unchanged().is_ok() && held.unchanged().is_ok());
        file.as_file_mut().set_len(299_999).unwrap();
        assert!(cut.stream().read_to_end(&mut Vec::new()).is_err());
        file.as_file_mut().set_len(300_001).unwrap();
        assert!(cut.unchanged().is_err() && held.unchanged().is_err());
    }
}
