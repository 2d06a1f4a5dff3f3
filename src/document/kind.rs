//! What a file is, told by its bytes: names lie, and pictures are never read as text.

mod compound;
mod text;
mod zip;

pub(super) use text::heading;

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::Encoding;
use file_format::{FileFormat, Kind as Family};

use crate::model::text::Text;

/// Bytes at the start of a file that are looked at; more only where the format keeps its directory elsewhere.
pub(super) const SAMPLE: u64 = 64 << 10;

/// What a file is by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Word 2007 and later, WPS.
    Docx,
    /// Word 97 to 2003.
    Doc,
    /// A document of WPS in its old form.
    Wps,
    /// Text of `OpenDocument`, as `LibreOffice` writes it.
    Odt,
    /// Rich text.
    Rtf,
    /// A document as one XML file: of Word 2003, UOF or ODF.
    FlatXml,
    /// A page with its pictures in one file, as Word and browsers save them.
    Mhtml,
    /// PDF.
    Pdf,
    /// OFD, the fixed-layout format of GB/T 33190.
    Ofd,
    /// Plain text in this encoding.
    Text(&'static Encoding),
    /// A page.
    Html,
    /// Text with headings marked by `#`.
    Markdown,
    /// A workbook or another table.
    Workbook,
    /// Slides.
    Presentation,
    /// An office file with a password.
    Locked,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF.
    Tiff,
    /// BMP.
    Bmp,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// HEIC, as telephones take photographs.
    Heic,
    /// Another picture.
    Image,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// A ZIP that is none of the formats built on it.
    Zip,
    /// RAR.
    Rar,
    /// 7z.
    SevenZip,
    /// Another archive, or one compressed file.
    Archive,
    /// A drawing of a CAD or diagram program.
    Drawing,
    /// A program.
    Program,
    /// XML that is none of the formats above.
    Xml,
    /// No bytes.
    Empty,
    /// Something else.
    Unknown,
}

/// What can be done with a file of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileClass {
    /// Its text is read.
    Readable,
    /// A document whose text is not read.
    Document,
    /// A table.
    Table,
    /// A picture.
    Picture,
    /// Sound or moving pictures.
    Recording,
    /// Files in a file.
    Archive,
    /// Nobody can tell without the password.
    Locked,
    /// Nothing.
    Empty,
    /// Anything else.
    Other,
}

impl FileKind {
    /// The kind of a file. Reads some [`SAMPLE`] bytes and, of archives, their directory.
    ///
    /// # Errors
    /// The system refuses to read.
    pub fn of(stream: &mut (impl Read + Seek)) -> io::Result<Self> {
        stream.rewind()?;
        let mut sample = Vec::new();
        stream.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
        if sample.is_empty() {
            return Ok(Self::Empty);
        }
        let is_whole = u64::try_from(sample.len()).unwrap_or(u64::MAX) < SAMPLE;
        let text = text::decode(&sample, is_whole);
        if begins_pdf(&sample, text.is_some()) {
            return Ok(Self::Pdf);
        }
        if let Some((text, encoding)) = text {
            return Ok(text::kind(&text, encoding));
        }
        match sample.as_slice() {
            [b'P', b'K', 3, 4, ..] => Ok(zip::kind(stream, &sample)),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => compound::kind(stream, &sample),
            _ => {
                stream.seek(SeekFrom::Start(0))?;
                let format =
                    FileFormat::from_reader(stream).unwrap_or_else(|_| FileFormat::from_bytes(&sample));
                Ok(of_format(format))
            }
        }
    }

    /// What can be done with it.
    pub const fn class(self) -> FileClass {
        match self {
            Self::Docx | Self::Odt | Self::Pdf | Self::Text(_) | Self::Html | Self::Markdown => {
                FileClass::Readable
            }
            Self::Doc
            | Self::Wps
            | Self::Rtf
            | Self::FlatXml
            | Self::Mhtml
            | Self::Ofd
            | Self::Presentation => FileClass::Document,
            Self::Workbook => FileClass::Table,
            Self::Jpeg
            | Self::Png
            | Self::Tiff
            | Self::Bmp
            | Self::Gif
            | Self::WebP
            | Self::Heic
            | Self::Image => FileClass::Picture,
            Self::Audio | Self::Video => FileClass::Recording,
            Self::Zip | Self::Rar | Self::SevenZip | Self::Archive => FileClass::Archive,
            Self::Locked => FileClass::Locked,
            Self::Empty => FileClass::Empty,
            Self::Drawing | Self::Program | Self::Xml | Self::Unknown => FileClass::Other,
        }
    }

    /// Its name as people say it.
    pub fn text(self) -> Text {
        let (zh, en) = match self {
            Self::Text(encoding) => {
                let name = encoding.name().to_ascii_uppercase();
                return Text::new(format!("{name}编码的文本文件"), format!("a text file in {name}"));
            }
            Self::Docx => ("Word文档（DOCX）", "a Word document (DOCX)"),
            Self::Doc => ("旧版Word文档（DOC）", "an old Word document (DOC)"),
            Self::Wps => ("旧版WPS文字文档（WPS）", "an old WPS document (WPS)"),
            Self::Odt => ("开放文档格式文档（ODT）", "an OpenDocument text (ODT)"),
            Self::Rtf => ("RTF文档", "a rich text document (RTF)"),
            Self::FlatXml => ("XML格式的文档（Word、UOF、ODF）", "a document as XML (Word, UOF, ODF)"),
            Self::Mhtml => ("单一文件网页（MHT）", "a page in one file (MHT)"),
            Self::Pdf => ("PDF文档", "a PDF document"),
            Self::Ofd => ("OFD版式文档", "an OFD document"),
            Self::Html => ("网页（HTML）", "a page (HTML)"),
            Self::Markdown => ("Markdown文档", "a Markdown document"),
            Self::Workbook => ("电子表格", "a workbook"),
            Self::Presentation => ("演示文稿", "a presentation"),
            Self::Locked => ("有密码的Office文件", "an office file with a password"),
            Self::Jpeg => ("JPEG图片", "a JPEG picture"),
            Self::Png => ("PNG图片", "a PNG picture"),
            Self::Tiff => ("TIFF图片", "a TIFF picture"),
            Self::Bmp => ("BMP图片", "a BMP picture"),
            Self::Gif => ("GIF图片", "a GIF picture"),
            Self::WebP => ("WebP图片", "a WebP picture"),
            Self::Heic => ("HEIC图片", "a HEIC picture"),
            Self::Image => ("图片", "a picture"),
            Self::Audio => ("音频", "a sound recording"),
            Self::Video => ("视频", "a video"),
            Self::Zip => ("ZIP压缩包", "a ZIP archive"),
            Self::Rar => ("RAR压缩包", "a RAR archive"),
            Self::SevenZip => ("7z压缩包", "a 7z archive"),
            Self::Archive => ("压缩文件", "an archive"),
            Self::Drawing => ("图纸", "a drawing"),
            Self::Program => ("程序", "a program"),
            Self::Xml => ("XML文件", "an XML file"),
            Self::Empty => ("空文件", "an empty file"),
            Self::Unknown => ("无法识别的文件", "a file of an unknown kind"),
        };
        Text::new(zh, en)
    }
}

/// Bytes within which the mark of a PDF may stand.
const PDF_MARK: usize = 1_024;

/// Whether a PDF begins: its mark stands at the start, or, in what is no text, within the first bytes.
fn begins_pdf(sample: &[u8], is_text: bool) -> bool {
    const MARK: &[u8] = b"%PDF-";
    let start = sample.get(..PDF_MARK.min(sample.len())).unwrap_or_default();
    start.starts_with(MARK) || (!is_text && memchr::memmem::find(start, MARK).is_some())
}

fn of_format(format: FileFormat) -> FileKind {
    use FileFormat as F;
    match format {
        F::JointPhotographicExpertsGroup => FileKind::Jpeg,
        F::PortableNetworkGraphics => FileKind::Png,
        F::TagImageFileFormat => FileKind::Tiff,
        F::WindowsBitmap => FileKind::Bmp,
        F::GraphicsInterchangeFormat => FileKind::Gif,
        F::Webp => FileKind::WebP,
        F::HighEfficiencyImageCoding
        | F::HighEfficiencyImageCodingSequence
        | F::HighEfficiencyImageFileFormat
        | F::HighEfficiencyImageFileFormatSequence => FileKind::Heic,
        F::Zip => FileKind::Zip,
        F::RoshalArchive => FileKind::Rar,
        F::SevenZip => FileKind::SevenZip,
        F::PortableDocumentFormat => FileKind::Pdf,
        F::RichTextFormat => FileKind::Rtf,
        F::Id3v2 => FileKind::Audio,
        F::Mpeg4Part14 | F::ExtensibleBinaryMetaLanguage | F::AdvancedSystemsFormat | F::Realmedia => {
            FileKind::Video
        }
        _ => of_family(format.kind()),
    }
}

fn of_family(family: Family) -> FileKind {
    match family {
        Family::Archive | Family::Compressed | Family::Package | Family::Disk => FileKind::Archive,
        Family::Audio => FileKind::Audio,
        Family::Video => FileKind::Video,
        Family::Image => FileKind::Image,
        Family::Diagram | Family::Model => FileKind::Drawing,
        Family::Executable => FileKind::Program,
        Family::Presentation => FileKind::Presentation,
        Family::Spreadsheet => FileKind::Workbook,
        _ => FileKind::Unknown,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests;
