//! Pages as bytes, for the time they lie in a temporary file of this run: nothing else ever reads them.

use rust_decimal::Decimal;

use super::page::{Coded, Fixed, Numbers, Page, Plain};

/// Cells of fixed size as bytes and back; written so that the compiler copies them in bulk.
trait Plainly: Copy {
    fn write(list: &[Self], out: &mut [u8]);
    fn read(bytes: &[u8]) -> Vec<Self>;
}

macro_rules! plainly {
    ($($number:ty),*) => {$(
        impl Plainly for $number {
            fn write(list: &[Self], out: &mut [u8]) {
                for (one, bytes) in list.iter().zip(out.as_chunks_mut().0) {
                    *bytes = one.to_le_bytes();
                }
            }

            fn read(bytes: &[u8]) -> Vec<Self> {
                bytes.as_chunks().0.iter().map(|bytes| Self::from_le_bytes(*bytes)).collect()
            }
        }
    )*};
}

plainly!(u8, u16, u32, i32, i64);

impl Plainly for bool {
    fn write(list: &[Self], out: &mut [u8]) {
        for (one, byte) in list.iter().zip(out) {
            *byte = u8::from(*one);
        }
    }

    fn read(bytes: &[u8]) -> Vec<Self> {
        bytes.iter().map(|byte| *byte != 0).collect()
    }
}

fn put<T: Plainly>(list: &[T], out: &mut Vec<u8>) {
    out.extend_from_slice(&(list.len() as u64).to_le_bytes());
    let start = out.len();
    out.resize(start.saturating_add(size_of_val(list)), 0);
    T::write(list, out.get_mut(start..).unwrap_or_default());
}

/// Takes lists off the front of bytes.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<T: Plainly>(&mut self) -> Option<Vec<T>> {
        let (count, rest) = self.0.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_mul(size_of::<T>())?;
        let (list, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(T::read(list))
    }

    fn fixed<T: Plainly>(&mut self) -> Option<Fixed<T>> {
        Some(Fixed { values: self.take()?, filled: self.take()? })
    }
}

fn put_fixed<T: Plainly>(tag: u8, page: &Fixed<T>, out: &mut Vec<u8>) {
    out.push(tag);
    put(&page.values, out);
    put(&page.filled, out);
}

impl Page {
    /// Appends the page as bytes.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Blank(rows) => {
                out.push(0);
                out.extend_from_slice(&(*rows as u64).to_le_bytes());
            }
            Self::Plain(page) => {
                out.push(1);
                put(&page.ends, out);
                put(page.bytes.as_bytes(), out);
            }
            Self::Coded(Coded::Byte(codes)) => {
                out.push(2);
                put(codes, out);
            }
            Self::Coded(Coded::Short(codes)) => {
                out.push(3);
                put(codes, out);
            }
            Self::Coded(Coded::Long(codes)) => {
                out.push(4);
                put(codes, out);
            }
            Self::Integer(page) => put_fixed(5, page, out),
            Self::Decimal(page) => {
                out.push(6);
                put(&page.mantissas, out);
                put(&page.scales, out);
                let rows: Vec<u32> = page.wide.iter().map(|(row, _)| *row).collect();
                let numbers: Vec<u8> = page.wide.iter().flat_map(|(_, number)| number.serialize()).collect();
                put(&rows, out);
                put(&numbers, out);
            }
            Self::Date(page) => put_fixed(7, page, out),
            Self::YesNo(page) => put_fixed(8, page, out),
            Self::Enumerated(page) => put_fixed(9, page, out),
        }
    }

    /// The page written so; `None` where the bytes are not those written.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (tag, rest) = bytes.split_first()?;
        let mut bytes = Bytes(rest);
        let page = match tag {
            0 => {
                let (rows, rest) = rest.split_first_chunk::<8>()?;
                bytes = Bytes(rest);
                Self::Blank(usize::try_from(u64::from_le_bytes(*rows)).ok()?)
            }
            1 => {
                let ends = bytes.take()?;
                Self::Plain(Plain { ends, bytes: String::from_utf8(bytes.take()?).ok()? })
            }
            2 => Self::Coded(Coded::Byte(bytes.take()?)),
            3 => Self::Coded(Coded::Short(bytes.take()?)),
            4 => Self::Coded(Coded::Long(bytes.take()?)),
            5 => Self::Integer(bytes.fixed()?),
            6 => Self::Decimal(numbers(&mut bytes)?),
            7 => Self::Date(bytes.fixed()?),
            8 => Self::YesNo(bytes.fixed()?),
            9 => Self::Enumerated(bytes.fixed()?),
            _ => return None,
        };
        bytes.0.is_empty().then_some(page)
    }
}

fn numbers(bytes: &mut Bytes<'_>) -> Option<Numbers> {
    let (mantissas, scales) = (bytes.take()?, bytes.take()?);
    let (rows, numbers): (Vec<u32>, Vec<u8>) = (bytes.take()?, bytes.take()?);
    let each = numbers.chunks_exact(16).map(|one| <[u8; 16]>::try_from(one).ok().map(Decimal::deserialize));
    let numbers: Vec<Decimal> = each.collect::<Option<_>>()?;
    let wide = rows.into_iter().zip(numbers).collect();
    Some(Numbers { mantissas, scales, wide })
}
