//! What it means that no record of a feed speaks of an artifact.

use proto_types::Verdict;

use crate::advisory::{Advisory, Affected, Ecosystem, Family};

/// Advisories that a feed has at least of a release of a distribution where it lists everything that is known: trackers
/// have tens of thousands. Who imports a few records of one has an excerpt.
const ALL_OF_A_RELEASE: u64 = 1_000;

/// What a feed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedKind {
    /// Only what was fixed, or an excerpt. It says nothing of the rest.
    FixesOnly,
    /// Everything that is known.
    All,
}

impl FeedKind {
    /// What a feed lists that has this record; of a feed, the highest of its records in an ecosystem counts.
    ///
    /// Errata are fixes, and some distributions publish nothing but the versions that fix something,
    /// whatever their records are called.
    #[must_use]
    pub fn of(advisory: &Advisory) -> Self {
        let lists_fixes = |one: &Affected| {
            use Family::{Alpaquita, Alpine, BellSoft, Chainguard, MinimOs, Wolfi};
            let family = one.ecosystem.family();
            matches!(
                family,
                Some(Alpine | Alpaquita | BellSoft | Chainguard | MinimOs | Wolfi)
            )
        };
        match advisory.is_erratum() || advisory.affected.iter().any(lists_fixes) {
            true => Self::FixesOnly,
            false => Self::All,
        }
    }

    /// What a feed lists of an ecosystem of which it has so many advisories, the highest of which is of this kind.
    #[must_use]
    pub fn of_so_many(self, ecosystem: &Ecosystem, advisories: u64) -> Self {
        let family = ecosystem.family();
        let is_excerpt =
            family.is_some_and(|family| family.is_distribution()) && advisories < ALL_OF_A_RELEASE;
        match is_excerpt {
            true => Self::FixesOnly,
            false => self,
        }
    }
}

/// The verdict, and its reason, on an artifact of a distribution or registry (`debian 12`, `npm`) that no
/// record speaks of, by what the best feed of it lists; `None` where there is no feed of it.
#[must_use]
pub fn absent(kind: Option<FeedKind>, of: &str) -> (Verdict, String) {
    match kind {
        None => (Verdict::Unknown, format!("no feed speaks of {of}")),
        Some(FeedKind::FixesOnly) => (
            Verdict::Unknown,
            format!("the feed of {of} lists fixes only, or is an excerpt"),
        ),
        Some(FeedKind::All) => (
            Verdict::NotAffected,
            format!("the feed of {of} lists everything, and not this"),
        ),
    }
}
