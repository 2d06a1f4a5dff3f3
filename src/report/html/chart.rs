//! Charts as SVG. Each stands beside the numbers it shows, so that readers of a screen pass over it.

use super::markup::Markup;
use crate::model::report::Score;
use crate::model::summary::Band;
use crate::model::text::Lang;
use crate::report::words;

/// The place of some points on a scale, in percent with two decimals.
fn percent(points: u32, full: u32) -> String {
    let share = u64::from(points.min(full)).saturating_mul(10_000) / u64::from(full.max(1));
    format!("{}.{:02}%", share / 100, share % 100)
}

/// From which end a label at this share of the scale is written, so that it does not leave it.
const fn anchor(points: u32, full: u32) -> &'static str {
    match points.saturating_mul(100) {
        hundredth if hundredth < full.saturating_mul(12) => "start",
        hundredth if hundredth > full.saturating_mul(88) => "end",
        _ => "middle",
    }
}

/// The score as a range on its scale: what is sure, what is open, and the pass mark.
pub(super) fn scale(m: &mut Markup, score: &Score) {
    let (low, high) = (score.low.min(score.full), score.high.min(score.full));
    let full = score.full.to_string();
    let svg = [
        ("class", "scale"),
        ("data-full", &full),
        ("width", "100%"),
        ("height", "78"),
        ("aria-hidden", "true"),
    ];
    m.element("svg", &svg.map(|(name, value)| (name, value as &str)), |m| {
        rect(m, "lost", 0, score.full, score.full);
        rect(m, "sure", 0, low, score.full);
        rect(m, "open", low, high, score.full);
        pass_mark(m, score);
        let middle = low.midpoint(high);
        label(m, "range", (middle, score.full), "72", |lang| words::range(score.low, score.high, lang));
        let end = anchor(middle, score.full);
        for (class, points, hidden) in [("zero", 0, "start"), ("full", score.full, "end")] {
            let shown = if end == hidden { "none" } else { "inline" };
            let x = percent(points, score.full);
            let place = [
                ("class", "end"),
                ("data-f", class),
                ("x", &x),
                ("y", "72"),
                ("display", shown),
                ("text-anchor", anchor(points, score.full)),
            ];
            m.element("text", &place, |m| m.text(&points.to_string()));
        }
    });
}

fn rect(m: &mut Markup, class: &str, from: u32, to: u32, full: u32) {
    let (x, width) = (percent(from, full), percent(to.saturating_sub(from), full));
    let place =
        [("class", class), ("data-f", class), ("x", &x), ("y", "28"), ("width", &width), ("height", "24")];
    m.element("rect", &place, |_| ());
}

fn pass_mark(m: &mut Markup, score: &Score) {
    let x = percent(score.pass, score.full);
    m.element("line", &[("class", "pass"), ("x1", &x), ("x2", &x), ("y1", "19"), ("y2", "58")], |_| ());
    label(m, "pass", (score.pass, score.full), "13", |lang| match lang {
        Lang::Zh => format!("合格线 {}", score.pass),
        Lang::En => format!("pass mark {}", score.pass),
    });
}

fn label(m: &mut Markup, class: &str, (at, full): (u32, u32), y: &str, text: impl Fn(Lang) -> String) {
    let x = percent(at, full);
    for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
        let attributes = [
            ("class", class),
            ("data-f", class),
            ("lang", name),
            ("x", &x),
            ("y", y),
            ("text-anchor", anchor(at, full)),
        ];
        m.element("text", &attributes, |m| m.text(&text(lang)));
    }
}

/// A bar: what is sure and what is open of some points.
pub(super) fn bar(m: &mut Markup, low: u32, high: u32, full: u32) {
    m.element(
        "svg",
        &[("class", "bar"), ("width", "100%"), ("height", "10"), ("aria-hidden", "true")],
        |m| {
            let (sure, most) = (percent(low, full), percent(high, full));
            for (class, width) in [("lost", "100%"), ("open", most.as_str()), ("sure", sure.as_str())] {
                let place = [("class", class), ("data-f", class), ("width", width), ("height", "10")];
                m.element("rect", &place, |_| ());
            }
        },
    );
}

/// Height of the picture of a distribution, in its own units.
const TALL: usize = 120;

/// How many have how many points for sure.
pub(super) fn distribution(m: &mut Markup, bands: &[Band]) {
    let most = bands.iter().map(|band| band.verdicts.total()).max().unwrap_or(0).max(1);
    let step = 1_000_usize / bands.len().max(1);
    m.element(
        "svg",
        &[("class", "distribution"), ("width", "100%"), ("height", "170"), ("aria-hidden", "true")],
        |m| {
            for (at, band) in bands.iter().enumerate() {
                column(m, band, (at.saturating_mul(step), step), most);
            }
        },
    );
}

/// One column, its parts by verdict from the ground up; `x` and `step` are in thousandths of the width.
fn column(m: &mut Markup, band: &Band, (x, step): (usize, usize), most: usize) {
    let thousandths = |value: usize| format!("{}.{}%", value / 10, value % 10);
    let (left, width) = (thousandths(x.saturating_add(step / 8)), thousandths(step.saturating_sub(step / 4)));
    let middle = thousandths(x.saturating_add(step / 2));
    let mut top = TALL.saturating_add(20);
    let verdicts = band.verdicts;
    for (class, count) in
        [("qualified", verdicts.qualified), ("open", verdicts.open), ("unqualified", verdicts.unqualified)]
    {
        let height = count.saturating_mul(TALL).div_ceil(most);
        top = top.saturating_sub(height);
        let (y, height) = (top.to_string(), height.to_string());
        let place = [("class", class), ("x", &left), ("y", &y), ("width", &width), ("height", &height)];
        m.element("rect", &place, |_| ());
    }
    let mut text = |class: &str, y: usize, text: &str| {
        let y = y.to_string();
        let place = [("class", class), ("x", middle.as_str()), ("y", &y), ("text-anchor", "middle")];
        m.element("text", &place, |m| m.text(text));
    };
    if verdicts.total() > 0 {
        text("count", top.saturating_sub(4), &verdicts.total().to_string());
    }
    // On a narrow screen there is room for one number.
    text("band", TALL.saturating_add(38), &format!("{}–{}", band.from, band.to));
    text("from", TALL.saturating_add(38), &band.from.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_their_place_on_the_scale() {
        assert_eq!(
            [(0, 500), (1, 500), (300, 500), (600, 500), (1, 0)].map(|(points, full)| percent(points, full)),
            ["0.00%", "0.20%", "60.00%", "100.00%", "0.00%"]
        );
        assert_eq!([0, 250, 499].map(|points| anchor(points, 500)), ["start", "middle", "end"]);
    }
}
