//! Workbooks as an office prints and signs them: A4, fonts by name, every text from data a text and nothing else, the same
//! bytes each time.
//!
//! ```text
//! output/xlsx, worksheet ─▶ list ─▶ sheet ─▶ book ─▶ bytes
//!                             └─ style, measure, cell, names
//! ```

mod book;
mod cell;
mod list;
mod measure;
mod names;
mod sheet;
mod stamp;
mod style;

pub(super) use self::book::{Book, made_on, saved};
pub(super) use self::cell::display_text;
pub(super) use self::list::{Column, Kind, List, Value};
pub(super) use self::measure::{height, lines};
pub(super) use self::sheet::{At, LINES_OF_A_PAGE, Print, Sheet, failed, formula_name};
pub(super) use self::stamp::Stamp;
pub(super) use self::style::{POINTS as TEXT, Styles};
