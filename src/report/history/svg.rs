//! A history as a picture: of each thing a line of its points for sure under the band up to its points at most, on the
//! scale from nothing to full.

use std::io;

use super::{History, Series, SeriesKind, Standing};
use crate::model::text::Lang;
use crate::report::comparison::Look;
use crate::report::paper::clipped;
use crate::report::words::pick;
use crate::report::xml::Xml;

/// Measures in units of the picture.
const WIDTH: u64 = 900;
const NAME: u64 = 300;
const VALUE: u64 = 150;
const ROW: u64 = 44;
const CHART: u64 = 32;
const TOP: u64 = 64;
const HEADING: u64 = 40;

/// Days that find room in a line.
const NAMED_DAYS: usize = 7;

/// Characters of a name that are shown.
const SHOWN: usize = 22;

const FONT: &str = "'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', SimSun, sans-serif";

/// The picture; of each kind no more things than are looked at.
///
/// # Errors
///
/// It cannot be written, which does not happen in memory.
pub fn svg(history: &History, look: &Look) -> io::Result<Vec<u8>> {
    let (lang, top) = (look.lang, look.top());
    let days = history.days();
    let parts: Vec<(SeriesKind, Vec<&Series>)> = SeriesKind::ALL
        .into_iter()
        .map(|kind| (kind, history.of(kind).take(top).collect::<Vec<_>>()))
        .filter(|(_, series)| !series.is_empty())
        .collect();
    let rows: u64 = parts.iter().map(|(_, series)| height(series.len())).sum();
    let (width, tall) = (WIDTH.to_string(), TOP.saturating_add(rows).saturating_add(16).to_string());
    let view = format!("0 0 {width} {tall}");
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", width.as_str()),
        ("height", &tall),
        ("viewBox", &view),
        ("font-family", FONT),
        ("font-size", "14"),
    ];
    Xml::document("svg", &attributes, |xml| {
        xml.empty("rect", &[("width", &width), ("height", &tall), ("fill", "#ffffff")])?;
        let title = pick(lang, "历次评价得分", "Scores over time");
        text(xml, (24, 34), title, &[("font-size", "20"), ("font-weight", "bold")])?;
        let span = days.first().zip(days.last()).map(|(first, last)| format!("{first} — {last}"));
        text(
            xml,
            (WIDTH - 24, 34),
            &span.unwrap_or_default(),
            &[("text-anchor", "end"), ("fill", "#555555")],
        )?;
        let mut y = TOP;
        for (kind, series) in &parts {
            part(xml, (*kind, series), &days, (y, lang))?;
            y = y.saturating_add(height(series.len()));
        }
        Ok(())
    })
}

fn height(rows: usize) -> u64 {
    HEADING.saturating_add(ROW.saturating_mul(rows as u64))
}

fn part(
    xml: &mut Xml,
    (kind, series): (SeriesKind, &[&Series]),
    days: &[&str],
    (y, lang): (u64, Lang),
) -> io::Result<()> {
    let (zh, en) = kind.title();
    text(xml, (24, y.saturating_add(24)), pick(lang, zh, en), &[("font-weight", "bold")])?;
    // More days would run into each other.
    for (day, at) in days.iter().zip(0_u64..).filter(|_| days.len() <= NAMED_DAYS) {
        let look = [("text-anchor", "middle"), ("font-size", "10"), ("fill", "#777777")];
        text(xml, (across(at, days.len()), y.saturating_add(24)), day, &look)?;
    }
    for (one, at) in series.iter().zip(0_u64..) {
        let y = y.saturating_add(HEADING).saturating_add(ROW.saturating_mul(at));
        row(xml, one, days, (y, lang))?;
    }
    Ok(())
}

fn row(xml: &mut Xml, series: &Series, days: &[&str], (y, lang): (u64, Lang)) -> io::Result<()> {
    let name = clipped(series.name.get(lang), SHOWN, lang);
    let name = if name.is_empty() { series.id.clone() } else { name };
    text(xml, (24, y.saturating_add(22)), &name, &[])?;
    let most = series.days.values().map(|one| scale(series, one)).max().unwrap_or(1).max(1);
    let points: Vec<(u64, u64, u64)> = days
        .iter()
        .zip(0_u64..)
        .filter_map(|(day, at)| {
            let one = series.days.get(*day)?;
            let place = |sum| y.saturating_add(CHART).saturating_sub(share(one.tenths(sum), most));
            Some((across(at, days.len()), place(one.low), place(one.high)))
        })
        .collect();
    let base = y.saturating_add(CHART).to_string();
    let (left, right) = (NAME.to_string(), WIDTH.saturating_sub(VALUE).to_string());
    xml.empty("line", &[("x1", &left), ("x2", &right), ("y1", &base), ("y2", &base), ("stroke", "#cccccc")])?;
    let low = points.iter().map(|(x, low, _)| format!("{x},{low}"));
    let high = points.iter().rev().map(|(x, _, high)| format!("{x},{high}"));
    let band: Vec<String> = low.clone().chain(high).collect();
    xml.empty("polygon", &[("points", &band.join(" ")), ("fill", "#9dc3e6"), ("fill-opacity", "0.6")])?;
    let line: Vec<String> = low.collect();
    let stroke = [("fill", "none"), ("stroke", "#1f4e79"), ("stroke-width", "2")];
    xml.empty("polyline", &[&[("points", line.join(" ").as_str())], &stroke[..]].concat())?;
    for (x, low, _) in &points {
        let (x, low) = (x.to_string(), low.to_string());
        xml.empty("circle", &[("cx", &x), ("cy", &low), ("r", "3"), ("fill", "#1f4e79")])?;
    }
    let last = series.days.values().next_back().map(Standing::range).unwrap_or_default();
    text(xml, (WIDTH.saturating_sub(24), y.saturating_add(22)), &last, &[("text-anchor", "end")])
}

/// Tenths at the top of the chart: what there is to have, or where that is not known what was had at most.
fn scale(series: &Series, one: &Standing) -> u64 {
    let most = if series.kind == SeriesKind::Region { one.high } else { one.full };
    one.tenths(most)
}

fn share(tenths: u64, most: u64) -> u64 {
    tenths.min(most).saturating_mul(CHART).checked_div(most).unwrap_or(0)
}

/// Where a day stands, from the left; one alone in the middle.
fn across(at: u64, days: usize) -> u64 {
    let width = WIDTH.saturating_sub(NAME).saturating_sub(VALUE);
    match (days as u64).saturating_sub(1) {
        0 => NAME.saturating_add(width / 2),
        last => NAME.saturating_add(width.saturating_mul(at) / last),
    }
}

fn text(xml: &mut Xml, (x, y): (u64, u64), text: &str, more: &[(&str, &str)]) -> io::Result<()> {
    let (x, y) = (x.to_string(), y.to_string());
    xml.text("text", &[&[("x", x.as_str()), ("y", &y)], more].concat(), text)
}
