//! What it means that no record of a feed speaks of an artifact.

use proto_types::Verdict;

use crate::advisory::{Advisory, Affected, Family};

/// What a feed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedKind {
    /// It was imported before what is asked about was published: it can't have anything on that.
    Earlier,
    /// Some of it, or nobody said that it is all. It says nothing of anything else.
    Part,
    /// Only what was fixed. It says nothing of what wasn't.
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
}

/// The verdict, and its reason, on an artifact of a distribution or registry (`debian 12`, `npm`) that no
/// record speaks of, by what the best feed of it lists; `None` where there is no feed of it.
#[must_use]
pub fn absent(kind: Option<FeedKind>, of: &str) -> (Verdict, String) {
    match kind {
        None => (Verdict::Unknown, format!("no feed speaks of {of}")),
        Some(FeedKind::Earlier) => (
            Verdict::Unknown,
            format!("what was imported of {of} is from before this was published: import it again"),
        ),
        Some(FeedKind::Part) => (
            Verdict::Unknown,
            format!(
                "what was imported of {of} isn't known to be all of it, and has nothing on this"
            ),
        ),
        Some(FeedKind::FixesOnly) => (
            Verdict::Unknown,
            format!("the feed of {of} lists fixes only, and nothing that isn't fixed"),
        ),
        Some(FeedKind::All) => (
            Verdict::NotAffected,
            format!("the feed of {of} lists everything, and not this"),
        ),
    }
}
