//! What the worker found out, or why it could not.

use jiff::Timestamp;
use proto_types::{
    Change, Coverage, FindResult, HeldLease, Host, ImageSummary, RelatedArtifact, Summary,
    TimelinePoint, Withdrawal,
};

use super::{item::Item, judged::Judged, stack::Layer};

/// Rows of a list.
#[derive(Debug, Clone)]
pub(crate) struct RowsAnswer {
    /// Which row of the list the first one is.
    pub(crate) from: u64,
    /// The rows; left out where only the way to the next page was wanted.
    pub(crate) items: Vec<Item>,
    /// Which row the next page begins with.
    pub(crate) next: u64,
    /// What to ask for that page with; nothing at the end.
    pub(crate) next_cursor: Option<String>,
    /// How long the list is.
    pub(crate) total: u64,
    /// How much was found, where the server counted.
    pub(crate) summary: Option<Summary>,
    /// What the whole list says, in sentences: the first heads it, the others are doubts.
    pub(crate) headline: Vec<String>,
    /// The moment that the answer stands for.
    pub(crate) as_of: Timestamp,
    /// How much the answer can know.
    pub(crate) coverage: Coverage,
}

impl RowsAnswer {
    /// An answer that holds the whole list.
    pub(crate) const fn whole(
        items: Vec<Item>,
        total: u64,
        as_of: Timestamp,
        coverage: Coverage,
    ) -> Self {
        Self {
            from: 0,
            items,
            next: 0,
            next_cursor: None,
            total,
            summary: None,
            headline: Vec::new(),
            as_of,
            coverage,
        }
    }
}

/// More about one thing.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// One of the results: its purl and its source package.
    pub(crate) sample: Option<FindResult>,
    /// How much of it runs, since when.
    pub(crate) summary: Option<Summary>,
    /// What else is built from the same source package.
    pub(crate) related: Vec<RelatedArtifact>,
    /// How many containers ran it over time.
    pub(crate) timeline: Vec<TimelinePoint>,
    /// What that is made up of, by version; nothing where that wasn't asked.
    pub(crate) stack: Vec<Layer>,
    /// Its image: who scanned it, and when.
    pub(crate) image: Option<ImageAbout>,
    /// Its runs, newest first.
    pub(crate) runs: Vec<Run>,
    /// Its host.
    pub(crate) host: Option<Host>,
    /// What an advisory means for artifacts that run, the worst first.
    pub(crate) judged: Vec<Judged>,
    /// What changed last on it, newest first.
    pub(crate) changes: Vec<Change>,
}

/// What is known of an image, without its artifacts.
#[derive(Debug, Clone)]
pub(crate) struct ImageAbout {
    /// What a list says of it.
    pub(crate) summary: ImageSummary,
    /// The lease on it, while one is live.
    pub(crate) lease: Option<HeldLease>,
    /// How many scans of it failed, and what the last one said.
    pub(crate) failures: (usize, Option<String>),
    /// How many scans differ from its SBOM.
    pub(crate) conflicts: usize,
    /// The last SBOM of it that was withdrawn.
    pub(crate) withdrawn: Option<Withdrawal>,
}

/// What is new in the fleet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// How many containers started in a day.
    pub(crate) started: u64,
    /// How many stopped.
    pub(crate) stopped: u64,
    /// The artifacts that the fleet had never held before, with their versions, the newest last.
    pub(crate) appeared: Vec<String>,
    /// Whether there were more changes than were counted.
    pub(crate) has_more: bool,
    /// The oldest images that run, with when they were made.
    pub(crate) oldest: Vec<(Timestamp, String)>,
}

impl News {
    /// Whether there is nothing to say.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// What tells it from the others: the version that it ran, or the name of its image.
    pub(crate) label: String,
    /// When it began.
    pub(crate) since: Timestamp,
    /// When it ended.
    pub(crate) until: Option<Timestamp>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What failed, and why.
    pub(crate) what: String,
    /// The way out.
    pub(crate) hint: Option<String>,
    /// Which of the kinds that look different.
    pub(crate) kind: ProblemKind,
}

/// The kinds of problems that look different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// The server can't be reached.
    Unreachable,
    /// The server wants another token.
    NotAuthorized,
    /// Anything else.
    Other,
}
