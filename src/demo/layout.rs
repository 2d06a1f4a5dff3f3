//! How an organization's area is divided: areas down to communities, and base grids of six to a community.

use super::names;
use super::places::{Level, Place};

/// Grids of a community, unless its town had too many communities.
const PER_COMMUNITY: usize = 6;
/// Codes of towns, communities and grids have three digits.
const MOST: usize = 999;
const COMMUNITIES_PER_TOWN: usize = 60;
/// Towns have a station each, and the templates so many.
pub(super) const STATIONS: usize = 16;

/// An area that is no base grid.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) level: &'static str,
    /// The code of the area above it.
    pub(super) parent: String,
    /// The name of a community; empty above.
    pub(super) community: String,
    /// The station that looks after it, by number.
    station: usize,
}

/// The division of one organization's area. Grids are numbered from 0 across it.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) areas: Vec<Area>,
    /// Which areas are communities.
    communities: Vec<usize>,
    /// The towns with a station.
    pub(super) towns: Vec<String>,
    /// Base grids in all.
    pub(super) grids: usize,
    per_community: usize,
}

/// The place of a base grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    pub(super) community: &'a Area,
    /// Counted from 1 in its community.
    pub(super) order: usize,
    /// The grid whose member holds this one.
    pub(super) held_by: usize,
    /// Whether its own member works full time, and so holds it.
    pub(super) full_time: bool,
}

impl Layout {
    /// Divides the area of a place into so many grids.
    pub(super) fn new(place: &Place, grids: usize) -> Self {
        let most_communities = match place.level {
            Level::Village => 1,
            Level::Town => MOST,
            _ => STATIONS * MOST,
        };
        let communities = grids.div_ceil(PER_COMMUNITY).clamp(1, most_communities);
        let mut layout = Self {
            areas: Vec::new(),
            communities: Vec::new(),
            towns: Vec::new(),
            grids,
            per_community: grids.div_ceil(communities).max(1),
        };
        layout.divide(place, communities);
        layout
    }

    /// The most grids a place can have.
    pub(super) fn most(level: Level) -> usize {
        match level {
            Level::Village | Level::Tree => MOST,
            Level::Town => MOST * MOST,
            _ => STATIONS * MOST * MOST,
        }
    }

    fn divide(&mut self, place: &Place, communities: usize) {
        let root = if place.level == Level::City { place.code.get(..4) } else { None };
        let root = root.unwrap_or(&place.code).to_owned();
        let area = |level, parent: &str| Area {
            code: root.clone(),
            name: place.name.clone(),
            level,
            parent: parent.to_owned(),
            community: String::new(),
            station: 0,
        };
        match place.level {
            Level::Village => {
                self.towns.push(place.name.clone());
                self.communities.push(0);
                self.areas.push(Area { community: place.name.clone(), ..area("community", "") });
            }
            Level::Town => self.add_town(area("town", ""), communities),
            Level::County | Level::Tree => {
                self.areas.push(area("county", ""));
                self.add_towns(&root, towns_for(communities), communities, 0);
            }
            Level::City => self.divide_city(place, area("city", ""), communities),
        }
    }

    fn divide_city(&mut self, place: &Place, city: Area, communities: usize) {
        let root = city.code.clone();
        self.areas.push(city);
        let towns = towns_for(communities);
        let counties = place.counties.len().min(towns);
        for (nth, code) in place.counties.iter().take(counties).enumerate() {
            let (stem, _) = names::place(nth * 17);
            self.areas.push(Area {
                code: code.clone(),
                name: format!("{stem}区"),
                level: "county",
                parent: root.clone(),
                community: String::new(),
                station: 0,
            });
            self.add_towns(code, share(towns, counties, nth), share(communities, counties, nth), nth * 97);
        }
    }

    fn add_towns(&mut self, county: &str, towns: usize, communities: usize, shift: usize) {
        for nth in 0..towns {
            let (stem, _) = names::place(nth * 5 + shift);
            let town = Area {
                code: format!("{county}{:03}", nth + 1),
                name: format!("{stem}{}", if nth % 3 == 2 { "镇" } else { "街道" }),
                level: "town",
                parent: county.to_owned(),
                community: String::new(),
                station: 0,
            };
            self.add_town(town, share(communities, towns, nth));
        }
    }

    fn add_town(&mut self, mut town: Area, communities: usize) {
        town.station = self.towns.len();
        self.towns.push(town.name.clone());
        let (above, name, station) = (town.code.clone(), town.name.clone(), town.station);
        self.areas.push(town);
        for nth in 0..communities {
            let (stem, _) = names::place(nth + station * 41);
            let community = format!("{stem}社区");
            self.communities.push(self.areas.len());
            self.areas.push(Area {
                code: format!("{above}{:03}", nth + 1),
                name: format!("{name}{community}"),
                level: "community",
                parent: above.clone(),
                community,
                station,
            });
        }
    }

    /// Where a base grid lies.
    pub(super) fn spot(&self, grid: usize) -> Option<Spot<'_>> {
        let (nth, within) = (grid / self.per_community, grid % self.per_community);
        let community = self.communities.get(nth).and_then(|at| self.areas.get(*at))?;
        let full = self.full_time_of_each();
        let full_time = within < full;
        let held_by = if full_time { grid } else { grid - full };
        Some(Spot { community, order: within + 1, held_by, full_time })
    }

    /// Full-time members of a community: two thirds, so that none holds more than two grids.
    fn full_time_of_each(&self) -> usize {
        (self.per_community * 2).div_ceil(3)
    }

    /// Full-time members in all.
    pub(super) fn all_full_time(&self) -> usize {
        let full = self.full_time_of_each();
        self.grids / self.per_community * full + (self.grids % self.per_community).min(full)
    }

    /// The grid of the `nth` full-time member.
    pub(super) fn full_time(&self, nth: usize) -> usize {
        let full = self.full_time_of_each();
        nth / full * self.per_community + nth % full
    }

    /// The number of the member who serves a base grid; those of areas come first.
    pub(super) fn nth_member(&self, grid: usize) -> u64 {
        (self.areas.len() + grid) as u64
    }

    /// The code of a base grid.
    pub(super) fn code(&self, grid: usize) -> String {
        self.spot(grid).map(|spot| format!("{}{:03}", spot.community.code, spot.order)).unwrap_or_default()
    }

    /// The id of the member who serves a base grid.
    pub(super) fn member(&self, grid: usize) -> String {
        let kind = if self.spot(grid).is_some_and(|spot| spot.full_time) { "WG" } else { "JZ" };
        format!("{kind}{:05}", self.nth_member(grid) + 1)
    }

    /// The number of the station that looks after a base grid.
    pub(super) fn station(&self, grid: usize) -> usize {
        self.spot(grid).map_or(0, |spot| spot.community.station)
    }
}

fn towns_for(communities: usize) -> usize {
    communities.div_ceil(COMMUNITIES_PER_TOWN).clamp(1, STATIONS)
}

/// The `nth` of so many nearly equal parts.
fn share(whole: usize, parts: usize, nth: usize) -> usize {
    let parts = parts.max(1);
    whole * (nth + 1) / parts - whole * nth / parts
}
