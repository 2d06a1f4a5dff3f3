//! The organizations of a demo: real codes, invented names, each under the next one up.

use super::names;
use super::random::Random;
use crate::model::divisions::Divisions;
use crate::table::date::Date;

/// Levels of organizations to invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Level {
    /// Cities, each with counties in its grids.
    City,
    /// Counties.
    County,
    /// Towns.
    Town,
    /// Villages.
    Village,
    /// All of them: a tree in which the organizations above are there too.
    Tree,
}

/// Where an organization is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) level: Level,
    /// The organization's id.
    pub(super) code: String,
    /// The id of the organization above it.
    pub(super) parent: String,
    /// Such as 临江区.
    pub(super) name: String,
    /// Such as 临江.
    pub(super) stem: String,
    /// Such as LJ.
    pub(super) initials: String,
    /// The name of the city it lies in, without 市.
    pub(super) city: String,
    /// The counties of a city.
    pub(super) counties: Vec<String>,
}

impl Place {
    /// The word by which a submission tells the level.
    pub(super) fn level_id(&self) -> &'static str {
        match self.level {
            Level::City => "city",
            Level::County | Level::Tree => "county",
            Level::Town => "town",
            Level::Village => "village",
        }
    }

    /// The name of the body that is assessed.
    pub(super) fn centre(&self) -> String {
        format!("{}网格化综合治理中心", self.name)
    }

    /// The name of the city or, for a city, of its province: it assesses the organization.
    pub(super) fn upper(&self) -> String {
        format!("{}{}", self.city, if self.level == Level::City { "省" } else { "市" })
    }

    /// The six digits of the county, or of the first one of a city: identity numbers begin with them.
    pub(super) fn area(&self) -> &str {
        let county = if self.level == Level::City { self.counties.first() } else { None };
        county.unwrap_or(&self.code).get(..6).unwrap_or_default()
    }
}

/// Towns of a county and villages of a town that have an organization.
const PARTS: usize = 10;
/// And so many in a tree.
const TREE_PARTS: usize = 2;

/// So many organizations, all in cities that have counties on the day.
pub(super) fn places(divisions: &Divisions, day: Date, level: Level, number: usize, seed: u64) -> Vec<Place> {
    let cities = cities(divisions, day);
    let skipped = Random::new(seed, PLACES).below(cities.len() as u64);
    let skipped = usize::try_from(skipped).unwrap_or(0);
    let turned = cities.iter().cycle().skip(skipped).take(cities.len()).enumerate();
    turned.flat_map(|(nth, city)| city.places(nth, level)).take(number).collect()
}

const PLACES: u64 = u64::MAX;

struct City {
    code: String,
    /// Whether the code is that of a city; the districts of 北京 or the counties right below a province lie in none.
    listed: bool,
    counties: Vec<String>,
}

fn cities(divisions: &Divisions, day: Date) -> Vec<City> {
    let mut cities: Vec<City> = Vec::new();
    for code in divisions.current(day) {
        let (Some(above), Some(own)) = (code.get(..4), code.get(4..)) else { continue };
        match cities.last_mut() {
            _ if own == "00" => {
                cities.push(City { code: code.to_owned(), listed: true, counties: Vec::new() });
            }
            Some(city) if city.code.starts_with(above) => city.counties.push(code.to_owned()),
            _ => cities.push(City {
                code: format!("{above}00"),
                listed: false,
                counties: vec![code.to_owned()],
            }),
        }
    }
    cities.retain(|city| !city.counties.is_empty());
    cities
}

impl City {
    fn places(&self, nth: usize, level: Level) -> Vec<Place> {
        let city = Place {
            level: Level::City,
            code: self.code.clone(),
            parent: format!("{}0000", self.code.get(..2).unwrap_or_default()),
            counties: self.counties.clone(),
            ..named(nth * 31, "市", &names::place(nth * 31 + 1).0)
        };
        // Names of counties go on from city to city; no city has more than 40.
        let counties = self.counties.iter().enumerate();
        let county = |(turn, code): (usize, &String)| {
            let kind = ["区", "县", "市"].get(turn % 3).copied().unwrap_or("区");
            Place {
                level: Level::County,
                code: code.clone(),
                parent: self.code.clone(),
                ..named(nth * 13 + turn, kind, &city.stem)
            }
        };
        let counties: Vec<Place> = counties.map(county).collect();
        match level {
            Level::City => self.listed.then_some(city).into_iter().collect(),
            Level::County => counties,
            Level::Town => below(&counties, PARTS),
            Level::Village => below(&below(&counties, PARTS), PARTS),
            Level::Tree => {
                let deeper = counties.iter().flat_map(|county| {
                    let towns = below(std::slice::from_ref(county), TREE_PARTS);
                    let under = towns.into_iter().flat_map(|town| {
                        let villages = below(std::slice::from_ref(&town), TREE_PARTS);
                        std::iter::once(town).chain(villages)
                    });
                    std::iter::once(county.clone()).chain(under.collect::<Vec<_>>())
                });
                self.listed.then(|| city.clone()).into_iter().chain(deeper).collect()
            }
        }
    }
}

/// The towns of counties, or the villages of towns.
fn below(above: &[Place], parts: usize) -> Vec<Place> {
    let part = |upper: &Place, turn: usize| {
        let (level, kind) =
            if upper.level == Level::County { (Level::Town, "镇") } else { (Level::Village, "村") };
        let code = format!("{}{:03}", upper.code, turn + 1);
        let shift = code.bytes().fold(0_usize, |sum, byte| (sum * 11 + usize::from(byte)) % 1999);
        Place { level, code, parent: upper.code.clone(), ..named(shift, kind, &upper.city) }
    };
    above.iter().flat_map(|upper| (0..parts).map(move |turn| part(upper, turn))).collect()
}

fn named(turn: usize, kind: &str, city: &str) -> Place {
    let (stem, initials) = names::place(turn);
    Place {
        level: Level::County,
        code: String::new(),
        parent: String::new(),
        name: format!("{stem}{kind}"),
        city: if city.is_empty() { stem.clone() } else { city.to_owned() },
        stem,
        initials,
        counties: Vec::new(),
    }
}
