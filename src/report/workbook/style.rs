//! How cells look. Fonts are named as offices have them; where one is missing the program at hand takes another.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The type of texts and that of heads.
const BODY: &str = "宋体";
const HEAD: &str = "黑体";

/// Sizes in points.
pub(crate) const POINTS: u8 = 9;
const TITLE: u8 = 18;

/// Grounds: grey enough to be seen, light enough to be written and copied on.
const HEAD_GROUND: Color = Color::RGB(0x00E7_EBF0);
const SUM_GROUND: Color = Color::RGB(0x00F3_F3F3);
const INPUT_GROUND: Color = Color::RGB(0x00FF_FBE6);
const MARKED_GROUND: Color = Color::RGB(0x00F8_CBAD);

/// The looks of a workbook.
#[derive(Debug)]
pub(crate) struct Styles {
    /// The title of a sheet.
    pub(crate) title: Format,
    /// Lines of text without border.
    pub(crate) line: Format,
    /// The same, smaller, in grey.
    pub(crate) note: Format,
    /// The head of a column.
    pub(crate) head: Format,
    /// A head that is read from below.
    pub(crate) head_upright: Format,
    /// Text.
    pub(crate) text: Format,
    /// Short text and numbers.
    pub(crate) centre: Format,
    /// An example, which is no data.
    pub(crate) example: Format,
    /// Text with something wrong.
    pub(crate) marked: Format,
    /// The group a row belongs to.
    pub(crate) group: Format,
    /// A sum and what it is of.
    pub(crate) sum: Format,
    /// A cell to be filled in: text, whatever is typed.
    pub(crate) input: Format,
    /// The same, short.
    pub(crate) input_centre: Format,
}

impl Default for Styles {
    fn default() -> Self {
        let plain = Format::new().set_font_name(BODY).set_font_size(POINTS);
        let wrapped = plain.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let cell = wrapped.clone().set_border(FormatBorder::Thin);
        let centre = cell.clone().set_align(FormatAlign::Center);
        let head = centre.clone().set_font_name(HEAD).set_background_color(HEAD_GROUND);
        let input = cell.clone().set_num_format("@").set_background_color(INPUT_GROUND).set_unlocked();
        let title = plain.clone().set_font_name(HEAD).set_font_size(TITLE).set_align(FormatAlign::Center);
        Self {
            title: title.set_align(FormatAlign::VerticalCenter),
            line: wrapped.clone().set_font_size(POINTS + 1),
            note: wrapped.set_font_color(Color::RGB(0x0059_5959)),
            head_upright: head.clone().set_rotation(90),
            head,
            text: cell.clone(),
            example: cell.clone().set_font_color(Color::RGB(0x0080_8080)).set_italic(),
            marked: cell.clone().set_background_color(MARKED_GROUND).set_bold(),
            group: centre.clone().set_font_name(HEAD),
            sum: centre.clone().set_font_name(HEAD).set_background_color(SUM_GROUND),
            centre,
            input_centre: input.clone().set_align(FormatAlign::Center),
            input,
        }
    }
}
