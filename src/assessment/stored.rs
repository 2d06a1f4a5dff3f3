//! The JSON of an assessment in the cache and in files of shards: that of the report, with the excerpts it leaves out.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::assess::Assessed;
use crate::model::fault::Fault;
use crate::model::finding::ExcerptCell;
use crate::model::report::Organization;
use crate::model::ruling::Whose;

#[derive(Serialize)]
struct StoredAssessmentRef<'a> {
    whose: &'a Whose,
    ruled: StoredOrganization<&'a Organization>,
    unruled: Option<StoredOrganization<&'a Organization>>,
    faults: &'a [Fault],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredAssessment {
    whose: Whose,
    ruled: StoredOrganization<Organization>,
    unruled: Option<StoredOrganization<Organization>>,
    faults: Vec<Fault>,
}

/// An organization as in a report, and the excerpts that the JSON of a report leaves out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredOrganization<O> {
    organization: O,
    /// For each finding, for each of its places, its cells.
    excerpts: Vec<Vec<Vec<ExcerptCell>>>,
}

impl<'a> StoredOrganization<&'a Organization> {
    fn of(organization: &'a Organization) -> Self {
        let excerpts = organization
            .findings
            .iter()
            .map(|finding| finding.locations.iter().map(|place| place.excerpt.clone()).collect());
        Self { excerpts: excerpts.collect(), organization }
    }
}

impl StoredOrganization<Organization> {
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
        let unruled = unruled.as_deref().map(StoredOrganization::of);
        StoredAssessmentRef { whose, ruled: StoredOrganization::of(organization), unruled, faults }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Assessed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StoredAssessment { whose, ruled, unruled, faults } = StoredAssessment::deserialize(deserializer)?;
        let unruled = unruled.map(StoredOrganization::whole).transpose()?.map(Box::new);
        Ok(Self { whose, organization: ruled.whole()?, unruled, faults })
    }
}
