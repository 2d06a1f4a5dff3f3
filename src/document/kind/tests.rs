use std::io::Cursor;

use super::*;

fn of(bytes: &[u8]) -> Kind {
    Kind::of(&mut Cursor::new(bytes)).unwrap()
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let gb = encoding_rs::GB18030.encode("BMI指标，第1部分：总则").0.into_owned();
    for (bytes, kind) in [
        (&b""[..], Kind::Empty),
        (b"%PDF-1.7\n1 0 obj", Kind::Pdf),
        (b"\x00\x01junk\xff\n%PDF-1.4\n", Kind::Pdf),
        (b"{\\rtf1\\ansi", Kind::Rtf),
        ("本文件规定了编码规则".as_bytes(), Kind::Text(encoding_rs::UTF_8)),
        (&gb, Kind::Text(encoding_rs::GB18030)),
        ("# 范围\n\n本文件规定了".as_bytes(), Kind::Markdown),
        (b"<!-- saved -->\n<P>x</P>", Kind::Html),
        (b"<?xml version=\"1.0\"?><a/>", Kind::Xml),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w/>", Kind::FlatXml),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Kind::Mhtml),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", Kind::Jpeg),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Kind::Png),
        (b"II*\x00\x08\x00\x00\x00\x00\x00", Kind::Tiff),
        (b"GIF89a\x01\x00\x01\x00\x00", Kind::Gif),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x00", Kind::WebP),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", Kind::Heic),
        (b"Rar!\x1a\x07\x01\x00\xcf", Kind::Rar),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", Kind::SevenZip),
        (b"PK\x03\x04\x14\x00\x00\x00cut", Kind::Zip),
        (b"PK\x03\x04\x14\x00\x00\x00word/document.xml", Kind::Docx),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90", Kind::Audio),
        (b"MZ\x90\x00\x03\x00\x00\x00", Kind::Program),
        (b"\x00\x01\x02\x03\xfe\xff\x00", Kind::Unknown),
    ] {
        assert_eq!(of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn compound_files_are_told_by_their_streams() {
    for (stream, kind) in [
        ("WordDocument", Kind::Doc),
        ("WpsCustomData", Kind::Wps),
        ("Workbook", Kind::Workbook),
        ("EncryptedPackage", Kind::Locked),
        ("Other", Kind::Unknown),
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
    assert_eq!(Kind::Text(encoding_rs::GB18030).text().zh, "GB18030编码的文本文件");
    assert_eq!(Kind::Heic.class(), Class::Picture);
    assert_eq!(Kind::Wps.class(), Class::Document);
}
