//! Feeds: sets of advisories, each from one source, that the server keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Coverage, Done, Endpoint, ErrorCode, Method, Upload, endpoint::fill, words::words};

words! {
    /// What a feed lists.
    Lists {
        /// Everything that is known: what it doesn't list isn't known to be vulnerable.
        All = "all",
        /// Only what was fixed: it says nothing of what wasn't.
        FixesOnly = "fixes_only",
        /// Some advisories: nobody said that they are all of the source's, or some could not be read. It says nothing of
        /// anything else.
        Part = "part",
        /// Of some ecosystems everything, of others only what was fixed.
        Mixed = "mixed",
        /// No advisories, but which vulnerabilities are known to be exploited: CISA's catalog.
        Kev = "kev",
        /// No advisories, but how likely vulnerabilities are to be exploited: FIRST's scores.
        Epss = "epss",
        /// No advisories, but what vendors state of vulnerabilities in their products: OpenVEX.
        Vex = "vex",
    }
}

/// Imports the advisories of a feed, in the place of those that it had: what isn't among them any more is gone. Nothing
/// changes where the body can't be read to its end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportFeed {
    /// The source that they are from.
    #[serde(skip)]
    pub source: String,
}

/// The answer to [`ImportFeed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedImported {
    /// The feed as it is now.
    pub feed: Feed,
    /// Advisories that it didn't have.
    pub added: u64,
    /// Advisories that it had otherwise.
    pub changed: u64,
    /// Advisories that it had, and that are gone.
    pub removed: u64,
}

/// What was left out of what is imported by whoever sends it: a line of its own among the advisories. It is counted with what the
/// server leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkippedLine {
    /// What was.
    pub skipped: SkippedPart,
}

/// What whoever sends the advisories says of them as a whole: a line of its own among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompleteLine {
    /// Whether they are all that their source has. Only then what a feed doesn't list is known not to be vulnerable.
    pub complete: bool,
}

/// An advisory, or a part of one, that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SkippedPart {
    /// Why, in the words that `skipped` of a feed has.
    pub reason: String,
    /// The id of the advisory, or where it stands.
    #[serde(default)]
    pub of: String,
    /// More of it.
    #[serde(default)]
    pub detail: String,
}

/// Lists the feeds.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct ListFeeds {}

/// The answer to [`ListFeeds`], ordered by source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedsResponse {
    /// The feeds.
    pub feeds: Vec<Feed>,
    /// The server's time.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
}

/// A feed that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Feed {
    /// The source that it is from.
    pub source: String,
    /// What it lists.
    pub kind: Lists,
    /// Its advisories.
    pub advisories: u64,
    /// Those of them that were withdrawn: they affect nothing.
    pub withdrawn: u64,
    /// Of what holds no advisories: the vulnerabilities that it says something of, or the statements.
    #[serde(default)]
    pub entries: u64,
    /// When the newest of them was changed; the day when a catalog was added to last, or that scores are of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub newest: Option<Timestamp>,
    /// When it was imported.
    #[serde(serialize_with = "crate::moment::write")]
    pub imported_at: Timestamp,
    /// The ecosystems that it speaks of, such as `Debian:12`; at most 100 of them.
    pub ecosystems: Vec<FeedEcosystem>,
    /// How many ecosystems there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ecosystems_total: Option<u64>,
    /// What was left out of the import, by reason.
    pub skipped: Vec<Skips>,
    /// A hash of its contents, in hexadecimal digits.
    pub hash: String,
}

/// What a feed lists of an ecosystem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedEcosystem {
    /// The ecosystem.
    pub ecosystem: String,
    /// What is listed of it.
    pub kind: Lists,
    /// Advisories that speak of it.
    pub advisories: u64,
}

/// What was left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Skips {
    /// The reason.
    pub reason: String,
    /// How often.
    pub count: u64,
    /// What it was first.
    pub first: String,
}

/// Lists what runs of which no feed lists everything that is known.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct ListGaps {}

/// The answer to [`ListGaps`]. An advisory that none of the feeds has may be about what is listed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GapsResponse {
    /// Distributions and registries, those of the most hosts first; of distributions at most 100.
    pub gaps: Vec<FeedGap>,
    /// How many distributions there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distributions_total: Option<u64>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

/// A distribution or a registry whose packages run, and of which no feed lists everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedGap {
    /// What it is: `alpine 3.16`, `npm`.
    pub of: String,
    /// Images that hold packages of it.
    pub images: u64,
    /// Containers that run them.
    pub containers: u64,
    /// Hosts that run them.
    pub hosts: u64,
    /// What isn't known, in words.
    pub reason: String,
}

/// Drops a feed and all its advisories.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DropFeed {
    /// The source that it is from.
    #[serde(skip)]
    pub source: String,
}

impl Endpoint for ImportFeed {
    type Response = FeedImported;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/advisories/feeds/{source}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StorageFull];
    const UPLOAD: Option<Upload> = Some(Upload {
        media_type: "application/x-ndjson",
        about: "Of several things one: CISA's catalog of exploited vulnerabilities (its JSON); FIRST's scores (EPSS, its CSV); \
                OpenVEX documents; \
                or OSV records, one after the other: a line `{\"skipped\":{\"reason\",\"of\",\"detail\"}}` counts what the sender left \
                out, and a line `{\"complete\":true}` says that they are all that their source has.",
    });
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.source)
    }
}

impl Endpoint for ListFeeds {
    type Response = FeedsResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/advisories/feeds";
}

impl Endpoint for ListGaps {
    type Response = GapsResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/advisories/gaps";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::QuestionTooLarge];
}

impl Endpoint for DropFeed {
    type Response = Done;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/advisories/feeds/{source}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.source)
    }
}
