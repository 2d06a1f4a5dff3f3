//! The report as pages of HTML that need nothing from outside: what a person opens, prints and hands on.
//!
//! ```text
//! Organization ─┬─ organization ─▶ a page that is read without script
//! Summary ──────┴─ overview ─────▶ tables and pictures
//!                  columns ──────▶ all outcomes, compressed, for the script of the overview
//!        └▶ markup (escapes everything) ─▶ document (policy, style, script, both languages)
//! ```

mod attachments;
mod base64;
mod blank;
mod chart;
mod clauses;
mod columns;
mod details;
mod difference;
mod document;
mod filters;
mod findings;
mod grids;
mod grounds;
mod items;
mod lists;
mod map;
mod markup;
mod organization;
mod outcome;
mod overview;
mod plan;
mod ranking;
mod requirement;
mod rulings;
mod since;
mod texts;
mod verdict;

use std::collections::BTreeMap;

pub(super) use self::blank::in_short;
pub(super) use self::columns::Columns;
pub(super) use self::difference::difference_page;
pub(super) use self::document::page_of_one;
pub(super) use self::map::Maps;
pub(super) use self::markup::Markup;
pub(super) use self::overview::{Batch, SMALL, batch_page};

use crate::model::policy::Policies;
use crate::model::report::Report;
use crate::model::text::Lang;

use super::summary::Titles;

/// What pages say beside the organization they are about.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The report without its organizations.
    pub(super) run: &'a Report,
    /// Titles of items, requirements and clauses.
    pub(super) titles: Titles<'a>,
    /// Readings of the standard, with what each decides.
    pub(super) policies: &'a Policies,
    /// Whether only what costs points is told, without what is accepted and what to do.
    pub(super) brief: bool,
    /// The language a page is in until the reader chooses the other.
    pub(super) lang: Lang,
}

/// Findings of an organization by what they are about.
type ByTarget<'a> = BTreeMap<&'a str, Vec<&'a str>>;
