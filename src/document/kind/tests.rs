use std::io::Cursor;

use super::*;

fn of(bytes: &[u8]) -> FileKind {
    FileKind::of(&mut Cursor::new(bytes)).unwrap()
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let gb = encoding_rs::GB18030.encode("BMI指标，第1部分：总则").0.into_owned();
    for (bytes, kind) in [
        (&b""[..], FileKind::Empty),
        (b"%PDF-1.7\n1 0 obj", FileKind::Pdf),
        (b"\x00\x01junk\xff\n%PDF-1.4\n", FileKind::Pdf),
        (b"{\\rtf1\\ansi", FileKind::Rtf),
        ("本文件规定了编码规则".as_bytes(), FileKind::Text(encoding_rs::UTF_8)),
        (&gb, FileKind::Text(encoding_rs::GB18030)),
        ("# 范围\n\n本文件规定了".as_bytes(), FileKind::Markdown),
        (b"<!-- saved -->\n<P>x</P>", FileKind::Html),
        (b"<?xml version=\"1.0\"?><a/>", FileKind::Xml),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w/>", FileKind::FlatXml),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", FileKind::Mhtml),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", FileKind::Jpeg),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind::Png),
        (b"II*\x00\x08\x00\x00\x00\x00\x00", FileKind::Tiff),
        (b"GIF89a\x01\x00\x01\x00\x00", FileKind::Gif),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x00", FileKind::WebP),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", FileKind::Heic),
        (b"Rar!\x1a\x07\x01\x00\xcf", FileKind::Rar),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind::SevenZip),
        (b"PK\x03\x04\x14\x00\x00\x00cut", FileKind::Zip),
        (b"PK\x03\x04\x14\x00\x00\x00word/document.xml", FileKind::Docx),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90", FileKind::Audio),
        (b"MZ\x90\x00\x03\x00\x00\x00", FileKind::Program),
        (b"\x00\x01\x02\x03\xfe\xff\x00", FileKind::Unknown),
    ] {
        assert_eq!(of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn compound_files_are_told_by_their_streams() {
    for (stream, kind) in [
        ("WordDocument", FileKind::Doc),
        ("WpsCustomData", FileKind::Wps),
        ("Workbook", FileKind::Workbook),
        ("EncryptedPackage", FileKind::Locked),
        ("Other", FileKind::Unknown),
    ] {
        let mut file = vec![0_u8; 1_024];
        file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        file[30] = 9;
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        file[512 + 128..512 + 128 + name.len()].copy_from_slice(&name);
        file[512 + 128 + 64] = u8::try_from(name.len() + 2).unwrap();
        assert_eq!(of(&file), kind, "{stream}");
    }
}

#[test]
fn every_kind_has_its_name_in_both_languages() {
    assert_eq!(FileKind::Text(encoding_rs::GB18030).text().zh, "GB18030编码的文本文件");
    assert_eq!(FileKind::Heic.class(), FileClass::Picture);
    assert_eq!(FileKind::Wps.class(), FileClass::Document);
}
