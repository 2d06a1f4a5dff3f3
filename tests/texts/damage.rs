//! Files that are cut or changed: each is read or refused, in time, and nothing panics.

use std::io::Cursor;
use std::time::Duration;

use cpu_time::ThreadTime;
use wangge::document::{self, FileKind};

use crate::build::change;
use crate::{case, read};

/// Variants of each case that are tried. More of them are tried before a release: `TEXTS_DAMAGED=1000`.
fn variants() -> u64 {
    std::env::var("TEXTS_DAMAGED").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// Cuts the bytes, or changes, doubles or removes some.
fn damage(bytes: &mut Vec<u8>, seed: u64) {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    random.below(2);
    match seed % 4 {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len());
                bytes[at] = u8::try_from(random.below(256)).unwrap();
            }
        }
        2 => {
            let (from, length) = (random.below(bytes.len()), random.below(200));
            bytes.drain(from..(from + length).min(bytes.len()));
        }
        _ => {
            let (from, length, to) =
                (random.below(bytes.len()), random.below(2_000), random.below(bytes.len()));
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            bytes.splice(to..to, piece);
        }
    }
}

/// How long a debug build may work on the slowest.
const SLOWEST: Duration = Duration::from_secs(10);

fn try_all(name: &str, make: impl Fn(u64) -> Vec<u8>) {
    for seed in 0..variants() {
        let bytes = make(seed);
        let started = ThreadTime::now();
        let _ = read(name, &bytes);
        assert!(started.elapsed() < SLOWEST, "{name} {seed}: {:?}", started.elapsed());
    }
}

#[test]
fn damaged_files_are_read_or_refused() {
    for name in [
        "d1_typed.docx",
        "d2_auto.docx",
        "o1.odt",
        "h1.html",
        "t1_utf8.txt",
        "t2_gb18030.txt",
        "p1_libreoffice.pdf",
        "p3_reportlab_cid.pdf",
        "p11_enc_userpw.pdf",
        "p12_enc_emptypw.pdf",
    ] {
        let whole = case(name);
        try_all(name, |seed| {
            let mut bytes = whole.clone();
            damage(&mut bytes, seed);
            bytes
        });
    }
}

#[test]
fn damaged_markup_in_a_sound_archive_is_read_or_refused() {
    for (name, part) in [
        ("d2_auto.docx", "word/document.xml"),
        ("d2_auto.docx", "word/numbering.xml"),
        ("d2_auto.docx", "word/styles.xml"),
        ("o1.odt", "content.xml"),
        ("o1.odt", "styles.xml"),
    ] {
        let whole = case(name);
        try_all(part, |seed| change(&whole, part, |bytes| damage(bytes, seed)));
    }
}

#[test]
fn damaged_pictures_are_told_or_not() {
    for name in ["white.jpg", "drawn.jpg"] {
        let whole = case(name);
        for seed in 0..variants() {
            let mut bytes = whole.clone();
            damage(&mut bytes, seed);
            let started = ThreadTime::now();
            let _ = document::picture_content(Cursor::new(bytes));
            assert!(started.elapsed() < SLOWEST, "{name} {seed}: {:?}", started.elapsed());
        }
    }
}

#[test]
fn the_start_of_a_file_tells_its_kind_though_the_rest_is_lost() {
    for (name, kind) in
        [("d1_typed.docx", FileKind::Docx), ("o1.odt", FileKind::Odt), ("p1_libreoffice.pdf", FileKind::Pdf)]
    {
        let whole = case(name);
        let error = read(name, &whole[..whole.len() / 2]).unwrap_err();
        assert_eq!(error.kind, Some(kind), "{name}");
    }
}
