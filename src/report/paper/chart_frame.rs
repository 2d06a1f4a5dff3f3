//! Where a chart stands in the text.

use std::io;

use super::chart::{self, Chart};
use super::package::chart_relation;
use super::section::RELATIONS;
use super::style;
use crate::report::workbook::display_text;
use crate::report::xml::Xml;

/// English metric units in a millimetre.
const UNITS: u32 = 36_000;
/// Width of a chart in millimetres: that of the text.
const WIDTH: u32 = 155;

/// Puts a chart, the so-manieth of the paper, in a line of its own.
pub(super) fn write(xml: &mut Xml, chart: &Chart, number: usize) -> io::Result<()> {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style::CAPTION)?;
            xml.empty("w:spacing", &[("w:line", "240"), ("w:lineRule", "auto")])
        })?;
        xml.element("w:r", &[], |xml| xml.element("w:drawing", &[], |xml| inline(xml, chart, number)))
    })
}

fn inline(xml: &mut Xml, chart: &Chart, number: usize) -> io::Result<()> {
    let none = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
    let size = [WIDTH, chart.height()].map(|millimetres| millimetres.saturating_mul(UNITS).to_string());
    let [width, height] = &size;
    let (number, relation) = (number.to_string(), chart_relation(number));
    xml.element("wp:inline", &none, |xml| {
        xml.empty("wp:extent", &[("cx", width), ("cy", height)])?;
        let (name, told) = (format!("chart{number}"), display_text(&chart.told()));
        xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", &told)])?;
        xml.empty("wp:cNvGraphicFramePr", &[])?;
        xml.element("a:graphic", &[], |xml| {
            xml.element("a:graphicData", &[("uri", chart::VOCABULARY)], |xml| {
                let names = [("xmlns:c", chart::VOCABULARY), ("xmlns:r", RELATIONS), ("r:id", &relation)];
                xml.empty("c:chart", &names)
            })
        })
    })
}
