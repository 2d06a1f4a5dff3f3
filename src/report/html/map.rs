//! Where findings lie: the grids as a picture, filled by how much was found in each, with a list beside it. A pattern tells each
//! filling apart without colour, a number leads from the picture to the list.

use super::markup::Markup;
use super::outcome::severity_key;
use crate::model::finding::Severity;
use crate::model::grid::GridLine;
use crate::model::grid_map::{GridMap, GridShape};
use crate::model::report::Organization;
use crate::model::summary::{GridSummary, WorstGrid};
use crate::model::text::Text;
use crate::report::picture::{Frame, Outline, Shape, bounds, outlines};

/// Grids numbered on a map.
const LISTED: usize = 20;
/// Grids on the map of a run; of more, each organization has its own in its page.
const MOST: usize = 2_000;
/// Errors from which on a grid counts as one with many.
const MANY: u64 = 10;
/// Room around the picture, and width of a shape in which a digit fits.
const AROUND: i64 = 80;
const DIGIT: i64 = 180;
/// Side of a pattern.
const TILE: i64 = 170;

/// Fillings: the class, and what is drawn over its ground.
const FILLINGS: [(&str, &str); 4] = [
    ("m0", ""),
    ("m1", "M60 85a25 25 0 1 0 50 0a25 25 0 1 0 -50 0z"),
    ("m2", "M-10 180L180 -10"),
    ("m3", "M-10 180L180 -10M-10 -10L180 180"),
];

/// What the fillings stand for, in their order.
fn meanings() -> [Text; 4] {
    [
        Text::new("无错误和警告", "no errors or warnings"),
        Text::new("只有警告", "warnings alone"),
        Text::new(format!("错误1～{}处", MANY - 1), format!("1 to {} errors", MANY - 1)),
        Text::new(format!("错误{MANY}处及以上"), format!("{MANY} errors or more")),
    ]
}

/// The filling of a grid.
const fn filling(grid: &GridShape) -> usize {
    match (grid.errors, grid.warnings) {
        (0, 0) => 0,
        (0, _) => 1,
        (errors, _) if errors < MANY => 2,
        _ => 3,
    }
}

/// A grid that is numbered.
struct Listed<'a> {
    /// Its number among those with the most findings, from 1.
    number: usize,
    line: &'a GridLine,
    /// Number and name of its organization, on the map of several.
    whose: Option<(usize, &'a str)>,
}

impl Listed<'_> {
    /// Where its number leads.
    fn leads(&self) -> String {
        self.whose.map_or_else(|| format!("#grid-{}", self.number), |(place, _)| format!("#o-{place}"))
    }
}

/// The map of one organization of a run.
#[derive(Debug)]
struct Own {
    /// Number of the organization from 1.
    place: usize,
    id: String,
    name: String,
    outlines: Vec<Outline>,
}

/// The maps of a run.
#[derive(Debug, Default)]
pub(in crate::report) struct Maps {
    all: Vec<Own>,
    projected: bool,
    grids: usize,
    left_out: usize,
}

impl Maps {
    /// One more organization.
    pub(in crate::report) fn add(&mut self, one: &Organization, number: usize) {
        let Some(map) = &one.map else { return };
        if self.grids == 0 {
            self.projected = map.projected;
        }
        self.grids = self.grids.saturating_add(map.grids.len());
        self.left_out = self.left_out.saturating_add(map.left_out);
        if self.is_full() {
            self.all.clear();
        } else if self.projected == map.projected {
            let (id, name) = (one.id.clone(), one.name.clone());
            self.all.push(Own { place: number, id, name, outlines: outlines(map) });
        } else {
            self.left_out = self.left_out.saturating_add(map.grids.len());
        }
    }

    const fn is_full(&self) -> bool {
        self.grids > MOST
    }

    /// Whether no grid has a boundary.
    pub(super) const fn is_empty(&self) -> bool {
        self.grids == 0
    }
}

/// The fillings that have a pattern, once a page.
pub(super) fn patterns(m: &mut Markup) {
    let hidden =
        [("class", "unseen"), ("width", "0"), ("height", "0"), ("aria-hidden", "true"), ("id", "patterns")];
    m.element("svg", &hidden, |m| {
        let tile = TILE.to_string();
        for (class, over) in FILLINGS.iter().filter(|(_, over)| !over.is_empty()) {
            let pattern =
                [("id", *class), ("width", &tile), ("height", &tile), ("patternUnits", "userSpaceOnUse")];
            m.element("pattern", &pattern, |m| {
                m.element("rect", &[("width", &tile), ("height", &tile)], |_| ());
                m.element("path", &[("d", over)], |_| ());
            });
        }
    });
}

/// The map of one organization.
pub(super) fn of_organization(m: &mut Markup, map: &GridMap, worst: &[GridLine]) {
    let all = outlines(map);
    let Some(frame) = Frame::around(all.iter(), map.projected) else { return };
    let shapes = frame.shapes(all.iter());
    let lines = (1..).zip(worst.iter().take(LISTED));
    let lines = lines.filter(|(_, line)| shapes.iter().any(|shape| shape.grid.grid == line.grid));
    let listed: Vec<_> = lines.map(|(number, line)| Listed { number, line, whose: None }).collect();
    m.class("div", "map-of", |m| {
        picture(m, frame, |m| drawn(m, &shapes, &listed.iter().collect::<Vec<_>>(), ""));
        beside(m, &listed, map.left_out);
    });
}

/// The map of a run: a group of shapes for each organization, of which the script makes its own map.
pub(super) fn of_run(m: &mut Markup, maps: &Maps, found: Option<&GridSummary>) {
    if maps.is_full() {
        return m.class("p", "aside", |m| {
            m.say(
                &format!(
                    "{}个网格有边界坐标，汇总页不再画分布图；用 -o html:文件夹/ 另出每个单位一页的网页，各有分布图。",
                    maps.grids
                ),
                &format!(
                    "{} grids have a boundary, more than one map shows; `-o html:DIR/` makes a page with a map for each \
                     organization.",
                    maps.grids
                ),
            );
        });
    }
    let all = || maps.all.iter().flat_map(|own| &own.outlines);
    let Some(frame) = Frame::around(all(), maps.projected) else { return };
    let worst = (1..).zip(found.iter().flat_map(|found| found.worst.iter().take(LISTED)));
    let listed: Vec<_> = worst.filter_map(|(number, worst)| of_worst(maps, number, worst)).collect();
    m.class("div", "map-of", |m| {
        picture(m, frame, |m| {
            for Own { place, name, outlines, .. } in &maps.all {
                let shapes = frame.shapes(outlines.iter());
                let own = |one: &&Listed<'_>| one.whose.is_some_and(|(of, _)| of == *place);
                let own: Vec<_> = listed.iter().filter(own).collect();
                let (number, around) = (place.to_string(), view_box(&shapes));
                m.element("g", &[("data-o", &number), ("data-box", &around)], |m| {
                    drawn(m, &shapes, &own, name);
                });
            }
        });
        beside(m, &listed, maps.left_out);
    });
}

/// One of the worst grids of a run, if it is on the map.
fn of_worst<'a>(maps: &Maps, number: usize, worst: &'a WorstGrid) -> Option<Listed<'a>> {
    let line = &worst.grid;
    let holds = |own: &&Own| {
        own.id == worst.organization && own.outlines.iter().any(|one| one.grid.grid == line.grid)
    };
    let own = maps.all.iter().find(holds)?;
    let name = &worst.organization_name;
    let name = if name.is_empty() { &worst.organization } else { name };
    Some(Listed { number, line, whose: Some((own.place, name)) })
}

/// Left, top, width and height of several shapes.
fn view_box(shapes: &[Shape<'_>]) -> String {
    let corners = |shape: &Shape<'_>| {
        let [left, top, right, bottom] = shape.bounds;
        [(left, top), (right, bottom)]
    };
    let [left, top, right, bottom] = bounds(shapes.iter().flat_map(corners));
    format!("{left} {top} {} {}", right.saturating_sub(left), bottom.saturating_sub(top))
}

fn picture(m: &mut Markup, frame: Frame, inside: impl FnOnce(&mut Markup)) {
    let (width, height) = frame.size();
    let roomy = |side: i64| side.saturating_add(AROUND.saturating_mul(2));
    let view = format!("-{AROUND} -{AROUND} {} {}", roomy(width), roomy(height));
    let svg = [("class", "map"), ("viewBox", &view), ("role", "group"), ("aria-labelledby", "map-legend")];
    m.element("svg", &svg, inside);
}

/// Shapes; of those listed with their numbers, which lead on.
fn drawn(m: &mut Markup, shapes: &[Shape<'_>], listed: &[&Listed<'_>], whose: &str) {
    for (at, one) in shapes.iter().enumerate() {
        match listed.iter().find(|listed| listed.line.grid == one.grid.grid) {
            None => shape(m, one, whose),
            Some(listed) => {
                let (leads, names) = (listed.leads(), format!("map-{}", listed.number));
                m.element("a", &[("href", &leads), ("aria-labelledby", &names)], |m| {
                    shape(m, one, whose);
                    let ((x, y), room) = one.label;
                    // A number under a smaller grid would be read as that one's.
                    let under = shapes.iter().skip(at + 1).any(|smaller| smaller.is_around((x, y)));
                    let number = listed.number.to_string();
                    let fits =
                        i64::try_from(number.len()).is_ok_and(|digits| room >= digits.saturating_mul(DIGIT));
                    if fits && !under {
                        let (x, y) = (x.to_string(), y.to_string());
                        m.element("text", &[("x", &x), ("y", &y)], |m| m.text(&number));
                    }
                });
            }
        }
    }
}

fn shape(m: &mut Markup, one: &Shape<'_>, whose: &str) {
    let (class, over) = FILLINGS.get(filling(one.grid)).copied().unwrap_or_default();
    let ((x, y), room) = one.label;
    let (label, fill) = (format!("{x} {y} {room}"), format!("url(#{class})"));
    let attributes = [
        ("class", class),
        ("data-g", &one.grid.grid),
        ("data-l", &label),
        ("d", &one.path),
        ("fill", if over.is_empty() { "none" } else { &fill }),
    ];
    m.element("path", &attributes, |m| {
        m.element("title", &[], |m| {
            let parts = [one.grid.grid.as_str(), &one.grid.grid_name, whose];
            m.long(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "));
            for (severity, count) in
                [(Severity::Error, one.grid.errors), (Severity::Warning, one.grid.warnings)]
            {
                m.text(&format!(" {}{count}", severity_key(severity).1));
            }
        });
    });
}

/// What the fillings mean, and the numbered grids.
fn beside(m: &mut Markup, listed: &[Listed<'_>], left_out: usize) {
    m.class("div", "beside", |m| {
        m.element("ul", &[("class", "fillings"), ("id", "map-legend")], |m| {
            for ((class, over), meaning) in FILLINGS.into_iter().zip(meanings()) {
                m.element("li", &[], |m| {
                    let swatch = [("viewBox", "0 0 510 340"), ("width", "27"), ("height", "18"), ("aria-hidden", "true")];
                    m.element("svg", &swatch, |m| {
                        let fill = format!("url(#{class})");
                        let fill = if over.is_empty() { "none" } else { &fill };
                        m.element("path", &[("class", class), ("d", "M0 0h510v340h-510z"), ("fill", fill)], |_| ());
                    });
                    m.say(&meaning.zh, &meaning.en);
                });
            }
        });
        if !listed.is_empty() {
            m.class("p", "aside", |m| {
                m.say("图中数字为清单序号：", "Numbers on the map are those of the list:");
            });
            m.class("ol", "map-list", |m| listed.iter().for_each(|one| line(m, one)));
        }
        if left_out > 0 {
            m.class("p", "aside", |m| {
                m.say(
                    &format!("另有{left_out}个网格未画出：边界坐标有误、坐标单位与其他网格不一致，或超出一张图所能画的数量。"),
                    &format!(
                        "{left_out} more are not drawn: their boundary is not in order or in another unit than the rest, or \
                         there are too many."
                    ),
                );
            });
        }
    });
}

fn line(m: &mut Markup, one: &Listed<'_>) {
    let GridLine { grid, grid_name, errors, warnings, .. } = one.line;
    m.element("li", &[("id", &format!("map-{}", one.number))], |m| {
        m.label("b", "number", &one.number.to_string());
        m.element("span", &[], |m| {
            m.element("a", &[("href", &one.leads())], |m| {
                m.long(if grid_name.is_empty() { grid } else { grid_name });
            });
            m.text(" ");
            m.label("span", "id", grid);
            if let Some((_, name)) = one.whose {
                m.class("span", "aside", |m| m.long(name));
            }
        });
        m.class("span", "aside", |m| {
            m.say(&format!("错误{errors}、警告{warnings}"), &format!("errors {errors}, warnings {warnings}"));
        });
    });
}
