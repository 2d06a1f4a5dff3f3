//! An assessment as it is kept for later: whole, with what the JSON of a report leaves out.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::assess::Assessed;
use crate::model::fault::Fault;
use crate::model::finding::ExcerptCell;
use crate::model::report::Organization;

#[derive(Serialize)]
struct Lent<'a> {
    organization: &'a Organization,
    excerpts: Vec<Vec<&'a [ExcerptCell]>>,
    faults: &'a [Fault],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    organization: Organization,
    /// Of each finding, of each of its places.
    excerpts: Vec<Vec<Vec<ExcerptCell>>>,
    faults: Vec<Fault>,
}

impl Serialize for Assessed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { organization, faults } = self;
        let excerpts = organization
            .findings
            .iter()
            .map(|finding| finding.locations.iter().map(|place| place.excerpt.as_slice()).collect());
        let excerpts = excerpts.collect();
        Lent { organization, excerpts, faults }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Assessed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Kept { mut organization, excerpts, faults } = Kept::deserialize(deserializer)?;
        let places = organization.findings.iter().map(|finding| finding.locations.len());
        if !places.eq(excerpts.iter().map(Vec::len)) {
            return Err(D::Error::custom("excerpts do not fit the findings"));
        }
        let places = organization.findings.iter_mut().flat_map(|finding| &mut finding.locations);
        for (place, excerpt) in places.zip(excerpts.into_iter().flatten()) {
            place.excerpt = excerpt;
        }
        Ok(Self { organization, faults })
    }
}
