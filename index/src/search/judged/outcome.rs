//! What comes of counting by verdict.

use model::tally::Counts;

/// How much each verdict is about, and what no advisory speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Rows of each verdict, in the order of [`proto_types::Verdict::ALL`].
    pub rows: [u64; 4],
    /// What those are made of.
    pub counts: [Counts; 4],
    /// What would be affected or unknown, and isn't by what a vendor states.
    pub excused: Counts,
    /// Distributions that no advisory speaks of.
    pub unspoken: Vec<Mute>,
}

/// A distribution whose packages run and that no advisory on some vulnerability speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// Its id.
    pub distro: String,
    /// Its version.
    pub version: String,
    /// Its images that count, and what runs those. Artifacts aren't counted.
    pub counts: Counts,
    /// How many vulnerabilities those are, and an id of the first.
    pub vulnerabilities: u64,
    /// That id.
    pub first: String,
}
