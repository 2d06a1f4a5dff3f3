//! Parts of records (MS-XLSB), and what stands in them.

use super::compound::word;
use crate::ingest::damage::{Damage, Failure};

/// The records of a part: kind and length stand before each, in groups of seven bits. One that is cut off is a failure, and
/// the last.
pub(super) fn records(bytes: &[u8]) -> impl Iterator<Item = Result<(u16, &[u8]), Failure>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let record = record(bytes, &mut at);
        if record.is_none() {
            at = bytes.len();
        }
        Some(record.ok_or_else(cut))
    })
}

fn record<'b>(bytes: &'b [u8], at: &mut usize) -> Option<(u16, &'b [u8])> {
    let kind = u16::try_from(group(bytes, at, 2)?).ok()?;
    let length = usize::try_from(group(bytes, at, 4)?).ok()?;
    let from = *at;
    *at = from.checked_add(length)?;
    Some((kind, bytes.get(from..*at)?))
}

pub(super) fn cut() -> Failure {
    Failure::Damaged(Damage::Cut, String::new())
}

/// A number in groups of seven bits, of which the last has no mark.
fn group(bytes: &[u8], at: &mut usize, most: u32) -> Option<u32> {
    let mut number = 0;
    for shift in (0..most).map(|group| group.saturating_mul(7)) {
        let byte = *bytes.get(*at)?;
        *at = at.saturating_add(1);
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// A text at a place, its length before it, and the place behind it.
pub(super) fn wide(data: &[u8], at: usize) -> (String, usize) {
    let start = at.saturating_add(4);
    let length = word(data, at).filter(|length| *length != u32::MAX).unwrap_or(0);
    let length = usize::try_from(length).unwrap_or(usize::MAX).saturating_mul(2);
    let end = start.saturating_add(length).min(data.len());
    let units = data.get(start..end).unwrap_or_default().chunks_exact(2);
    let units: Vec<u16> =
        units.map(|unit| unit.iter().rev().fold(0, |all, byte| all << 8 | u16::from(*byte))).collect();
    (String::from_utf16_lossy(&units), end)
}

pub(super) fn double(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// A number in four bytes: the upper part of one of eight, or a whole one, and whether it is of hundredths.
pub(super) fn short_number(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// What an error is called.
pub(super) fn fault(code: Option<&u8>) -> &'static str {
    match code {
        Some(0x00) => "#NULL!",
        Some(0x07) => "#DIV/0!",
        Some(0x0f) => "#VALUE!",
        Some(0x17) => "#REF!",
        Some(0x1d) => "#NAME?",
        Some(0x24) => "#NUM!",
        Some(0x2b) => "#GETTING_DATA",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_is_cut_off_is_a_failure() {
        let whole = [0x13, 2, 7, 8, 0x92, 0x01, 0];
        let kinds = |bytes: &[u8]| {
            let kinds = records(bytes).map(|record| record.map(|(kind, data)| (kind, data.len())).ok());
            kinds.collect::<Vec<_>>()
        };
        assert_eq!(kinds(&whole), [Some((19, 2)), Some((146, 0))]);
        assert_eq!(kinds(&whole[..6]), [Some((19, 2)), None]);
        assert_eq!(kinds(&whole[..3]), [None]);
        assert_eq!(kinds(&[]), []);
    }
}
