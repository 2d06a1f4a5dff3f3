//! Charts of stacked bars as Office keeps them, with the workbook they can be edited in. Patterns tell the series apart where
//! there is no colour.

use std::io;

use rust_xlsxwriter::{DocProperties, Workbook};

use super::section::{DRAWING, RELATIONS};
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::workbook::{display_text, failed, made_on, saved};
use crate::report::xml::Xml;

pub(super) const VOCABULARY: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// The sheet of figures.
const SHEET: &str = "Sheet1";

/// A bar of less than this part of the longest has no figure in it.
const SMALL: u64 = 30;

/// How bars of a series are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Dark: what is for sure.
    Solid,
    /// Hatched: what is open.
    Hatched,
    /// White with a border: what is missing.
    Empty,
}

/// One figure for each category.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: &'static str,
    pub(crate) fill: Fill,
    pub(crate) values: Vec<u64>,
}

/// Bars of several series.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) categories: Vec<String>,
    pub(crate) series: Vec<Series>,
    /// Bars lie, with room for long names; otherwise they stand.
    pub(crate) lies: bool,
}

impl Chart {
    /// Height in millimetres.
    pub(super) fn height(&self) -> u32 {
        let bars = u32::try_from(self.categories.len()).unwrap_or(u32::MAX).min(20);
        if self.lies { bars.saturating_mul(9).saturating_add(20) } else { 64 }
    }

    /// What it shows, for those who do not see it.
    pub(super) fn told(&self) -> String {
        let one = |(at, category): (usize, &String)| {
            let values = self.series.iter().filter_map(|series| {
                let value = series.values.get(at).filter(|value| **value > 0)?;
                Some(format!("{} {value}", series.name))
            });
            let values = values.collect::<Vec<_>>().join(", ");
            (!values.is_empty()).then(|| format!("{category}: {values}"))
        };
        let all: Vec<_> = self.categories.iter().enumerate().filter_map(one).collect();
        format!("{}. {}", self.title, all.join("; "))
    }

    /// The workbook with its figures.
    pub(super) fn workbook(&self, iso: &str) -> io::Result<Vec<u8>> {
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_creation_datetime(&made_on(iso)?));
        let sheet = book.add_worksheet();
        for (row, category) in (1..).zip(&self.categories) {
            sheet.write_string(row, 0, display_text(category)).map_err(failed)?;
        }
        for (column, series) in (1..).zip(&self.series) {
            sheet.write_string(0, column, series.name).map_err(failed)?;
            for (row, value) in (1..).zip(&series.values) {
                let value = u32::try_from(*value).unwrap_or(u32::MAX);
                sheet.write_number(row, column, value).map_err(failed)?;
            }
        }
        saved(&mut book)
    }

    /// The part.
    pub(super) fn part(&self, lang: Lang) -> io::Result<Vec<u8>> {
        let names = [("xmlns:c", VOCABULARY), ("xmlns:a", DRAWING), ("xmlns:r", RELATIONS)];
        Xml::document("c:chartSpace", &names, |xml| {
            value(xml, "c:roundedCorners", "0")?;
            xml.element("c:chart", &[], |xml| {
                value(xml, "c:autoTitleDeleted", "1")?;
                xml.element("c:plotArea", &[], |xml| self.plot(xml))?;
                xml.element("c:legend", &[], |xml| {
                    value(xml, "c:legendPos", "b")?;
                    value(xml, "c:overlay", "0")
                })?;
                value(xml, "c:plotVisOnly", "1")
            })?;
            xml.element("c:spPr", &[], |xml| {
                xml.empty("a:noFill", &[])?;
                xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]))
            })?;
            text_properties(xml, lang)?;
            xml.element("c:externalData", &[("r:id", "rId1")], |xml| value(xml, "c:autoUpdate", "0"))
        })
    }

    fn plot(&self, xml: &mut Xml) -> io::Result<()> {
        xml.empty("c:layout", &[])?;
        xml.element("c:barChart", &[], |xml| {
            value(xml, "c:barDir", if self.lies { "bar" } else { "col" })?;
            value(xml, "c:grouping", "stacked")?;
            value(xml, "c:varyColors", "0")?;
            for (at, series) in self.series.iter().enumerate() {
                xml.element("c:ser", &[], |xml| self.series(xml, at, series))?;
            }
            value(xml, "c:gapWidth", "45")?;
            value(xml, "c:overlap", "100")?;
            value(xml, "c:axId", "1")?;
            value(xml, "c:axId", "2")
        })?;
        self.category_axis(xml)?;
        self.value_axis(xml)
    }

    fn series(&self, xml: &mut Xml, at: usize, series: &Series) -> io::Result<()> {
        let number = at.to_string();
        value(xml, "c:idx", &number)?;
        value(xml, "c:order", &number)?;
        let column = char::from(b'B'.saturating_add(u8::try_from(at).unwrap_or(0)));
        let rows = self.categories.len().saturating_add(1);
        xml.element("c:tx", &[], |xml| {
            let cell = format!("{SHEET}!${column}$1");
            cached(xml, "c:strRef", &cell, "c:strCache", &[series.name.to_owned()])
        })?;
        xml.element("c:spPr", &[], |xml| fill(xml, series.fill))?;
        value(xml, "c:invertIfNegative", "0")?;
        self.labels(xml, series)?;
        xml.element("c:cat", &[], |xml| {
            let names: Vec<_> = self.categories.iter().map(|name| display_text(name)).collect();
            cached(xml, "c:strRef", &format!("{SHEET}!$A$2:$A${rows}"), "c:strCache", &names)
        })?;
        xml.element("c:val", &[], |xml| {
            let values: Vec<_> = series.values.iter().map(ToString::to_string).collect();
            cached(xml, "c:numRef", &format!("{SHEET}!${column}$2:${column}${rows}"), "c:numCache", &values)
        })
    }

    /// All of the longest bar.
    fn longest(&self) -> u64 {
        let bar = |at: usize| {
            let parts = self.series.iter().filter_map(|series| series.values.get(at));
            parts.fold(0_u64, |sum, part| sum.saturating_add(*part))
        };
        (0..self.categories.len()).map(bar).max().unwrap_or(0)
    }

    /// Figures in the bars; none where the bar is too small for one.
    fn labels(&self, xml: &mut Xml, series: &Series) -> io::Result<()> {
        let longest = self.longest();
        xml.element("c:dLbls", &[], |xml| {
            for (at, one) in series.values.iter().enumerate() {
                if one.saturating_mul(SMALL) < longest {
                    xml.element("c:dLbl", &[], |xml| {
                        value(xml, "c:idx", &at.to_string())?;
                        value(xml, "c:delete", "1")
                    })?;
                }
            }
            labelled(xml, series.fill)
        })
    }

    fn category_axis(&self, xml: &mut Xml) -> io::Result<()> {
        // Lying bars are read from above.
        let (order, place) = if self.lies { ("maxMin", "l") } else { ("minMax", "b") };
        xml.element("c:catAx", &[], |xml| {
            value(xml, "c:axId", "1")?;
            xml.element("c:scaling", &[], |xml| value(xml, "c:orientation", order))?;
            value(xml, "c:delete", "0")?;
            value(xml, "c:axPos", place)?;
            value(xml, "c:majorTickMark", "none")?;
            value(xml, "c:minorTickMark", "none")?;
            value(xml, "c:tickLblPos", "nextTo")?;
            xml.element("c:spPr", &[], |xml| line(xml, "595959"))?;
            value(xml, "c:crossAx", "2")?;
            value(xml, "c:crosses", "autoZero")
        })
    }

    fn value_axis(&self, xml: &mut Xml) -> io::Result<()> {
        xml.element("c:valAx", &[], |xml| {
            value(xml, "c:axId", "2")?;
            xml.element("c:scaling", &[], |xml| {
                value(xml, "c:orientation", "minMax")?;
                if self.lies {
                    value(xml, "c:max", &self.longest().to_string())?;
                }
                value(xml, "c:min", "0")
            })?;
            value(xml, "c:delete", "0")?;
            value(xml, "c:axPos", if self.lies { "b" } else { "l" })?;
            xml.element("c:majorGridlines", &[], |xml| {
                xml.element("c:spPr", &[], |xml| line(xml, "D9D9D9"))
            })?;
            xml.empty("c:numFmt", &[("formatCode", "0"), ("sourceLinked", "0")])?;
            value(xml, "c:majorTickMark", "none")?;
            value(xml, "c:minorTickMark", "none")?;
            value(xml, "c:tickLblPos", "nextTo")?;
            xml.element("c:spPr", &[], |xml| line(xml, "595959"))?;
            value(xml, "c:crossAx", "1")?;
            value(xml, "c:crosses", if self.lies { "max" } else { "autoZero" })
        })
    }
}

fn value(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.empty(name, &[("val", value)])
}

/// Cells of the workbook, and what stands in them.
fn cached(xml: &mut Xml, kind: &str, cells: &str, cache: &str, values: &[String]) -> io::Result<()> {
    xml.element(kind, &[], |xml| {
        xml.text("c:f", &[], cells)?;
        xml.element(cache, &[], |xml| {
            value(xml, "c:ptCount", &values.len().to_string())?;
            for (at, one) in values.iter().enumerate() {
                xml.element("c:pt", &[("idx", &at.to_string())], |xml| xml.text("c:v", &[], one))?;
            }
            Ok(())
        })
    })
}

/// How the figures look, and that they are shown.
fn labelled(xml: &mut Xml, fill: Fill) -> io::Result<()> {
    xml.empty("c:numFmt", &[("formatCode", "0"), ("sourceLinked", "0")])?;
    xml.element("c:spPr", &[], |xml| {
        if fill == Fill::Hatched { solid(xml, "FFFFFF") } else { xml.empty("a:noFill", &[]) }
    })?;
    xml.element("c:txPr", &[], |xml| {
        text(xml, "900", if fill == Fill::Solid { "FFFFFF" } else { "000000" }, None)
    })?;
    value(xml, "c:dLblPos", "ctr")?;
    for (name, shown) in [
        ("c:showLegendKey", "0"),
        ("c:showVal", "1"),
        ("c:showCatName", "0"),
        ("c:showSerName", "0"),
        ("c:showPercent", "0"),
        ("c:showBubbleSize", "0"),
    ] {
        value(xml, name, shown)?;
    }
    Ok(())
}

const DARK: &str = "2F5597";

fn fill(xml: &mut Xml, fill: Fill) -> io::Result<()> {
    match fill {
        Fill::Solid => solid(xml, DARK)?,
        Fill::Hatched => xml.element("a:pattFill", &[("prst", "wdUpDiag")], |xml| {
            colour(xml, "a:fgClr", "7F7F7F")?;
            colour(xml, "a:bgClr", "FFFFFF")
        })?,
        Fill::Empty => solid(xml, "FFFFFF")?,
    }
    line(xml, if fill == Fill::Solid { DARK } else { "7F7F7F" })
}

fn solid(xml: &mut Xml, rgb: &str) -> io::Result<()> {
    colour(xml, "a:solidFill", rgb)
}

fn colour(xml: &mut Xml, name: &str, rgb: &str) -> io::Result<()> {
    xml.element(name, &[], |xml| value(xml, "a:srgbClr", rgb))
}

/// A thin line.
fn line(xml: &mut Xml, rgb: &str) -> io::Result<()> {
    xml.element("a:ln", &[("w", "6350")], |xml| solid(xml, rgb))
}

fn text_properties(xml: &mut Xml, lang: Lang) -> io::Result<()> {
    let latin = pick(lang, "宋体", "Times New Roman");
    xml.element("c:txPr", &[], |xml| text(xml, "1000", "000000", Some(latin)))
}

/// How texts look; sizes in hundredths of a point.
fn text(xml: &mut Xml, size: &str, rgb: &str, latin: Option<&str>) -> io::Result<()> {
    xml.empty("a:bodyPr", &[])?;
    xml.element("a:p", &[], |xml| {
        xml.element("a:pPr", &[], |xml| {
            xml.element("a:defRPr", &[("sz", size), ("b", "0")], |xml| {
                solid(xml, rgb)?;
                latin.map_or(Ok(()), |latin| {
                    xml.empty("a:latin", &[("typeface", latin)])?;
                    xml.empty("a:ea", &[("typeface", "宋体")])
                })
            })
        })?;
        xml.empty("a:endParaRPr", &[("lang", "zh-CN")])
    })
}
