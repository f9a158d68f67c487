//! What was imported, as a question is made ready with it.

use std::collections::BTreeSet;

use model::{
    advisory::{Advisory, Ecosystem},
    verdict::FeedKind,
};
use proto_types::LeftOutAdvisories;

/// What was imported of some vulnerabilities.
#[derive(Debug)]
pub struct Imported {
    /// The advisories that speak of them.
    pub advisories: Vec<Advisory>,
    /// Bytes that they are kept as.
    pub bytes: usize,
    /// What could not be read of them when they were imported.
    pub left_out: LeftOutAdvisories,
    /// The ids that were asked about, each with those of the advisories that speak of it.
    pub asked: Vec<(String, BTreeSet<String>)>,
    /// What all feeds speak of, each ecosystem once, with the best that is listed of it.
    pub feeds: Vec<(Ecosystem, FeedKind)>,
}
