//! What was imported, as a question is made ready with it.

use std::collections::BTreeSet;

use model::{
    advisory::{Advisory, Ecosystem},
    verdict::FeedKind,
};

/// What was imported of some vulnerabilities.
#[derive(Debug)]
pub struct Imported {
    /// The advisories that speak of them.
    pub advisories: Vec<Advisory>,
    /// The ids that were asked about, each with those of the advisories that speak of it.
    pub asked: Vec<(String, BTreeSet<String>)>,
    /// What all feeds speak of, each ecosystem once, with the best that is listed of it.
    pub feeds: Vec<(Ecosystem, FeedKind)>,
}
