//! An assessment as it is kept for later: whole, with what the JSON of a report leaves out.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::assess::Assessed;
use crate::model::fault::Fault;
use crate::model::finding::ExcerptCell;
use crate::model::report::Organization;
use crate::model::ruling::Whose;

#[derive(Serialize)]
struct Lent<'a> {
    whose: &'a Whose,
    ruled: Part<&'a Organization>,
    unruled: Option<Part<&'a Organization>>,
    faults: &'a [Fault],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    whose: Whose,
    ruled: Part<Organization>,
    unruled: Option<Part<Organization>>,
    faults: Vec<Fault>,
}

/// An organization, and what the JSON of a report leaves out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part<O> {
    organization: O,
    /// Of each finding, of each of its places.
    excerpts: Vec<Vec<Vec<ExcerptCell>>>,
}

impl<'a> Part<&'a Organization> {
    fn of(organization: &'a Organization) -> Self {
        let excerpts = organization
            .findings
            .iter()
            .map(|finding| finding.locations.iter().map(|place| place.excerpt.clone()).collect());
        Self { excerpts: excerpts.collect(), organization }
    }
}

impl Part<Organization> {
    fn whole<E: serde::de::Error>(self) -> Result<Organization, E> {
        let Self { mut organization, excerpts } = self;
        let places = organization.findings.iter().map(|finding| finding.locations.len());
        if !places.eq(excerpts.iter().map(Vec::len)) {
            return Err(E::custom("excerpts do not fit the findings"));
        }
        let places = organization.findings.iter_mut().flat_map(|finding| &mut finding.locations);
        for (place, excerpt) in places.zip(excerpts.into_iter().flatten()) {
            place.excerpt = excerpt;
        }
        Ok(organization)
    }
}

impl Serialize for Assessed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { whose, organization, unruled, faults } = self;
        let unruled = unruled.as_deref().map(Part::of);
        Lent { whose, ruled: Part::of(organization), unruled, faults }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Assessed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Kept { whose, ruled, unruled, faults } = Kept::deserialize(deserializer)?;
        let unruled = unruled.map(Part::whole).transpose()?.map(Box::new);
        Ok(Self { whose, organization: ruled.whole()?, unruled, faults })
    }
}
