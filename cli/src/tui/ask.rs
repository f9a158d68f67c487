//! What the worker may be asked to find out, and whose question it is.

use std::time::Duration;

use jiff::Timestamp;
use proto_types::{FindRequest, GroupBy, ImageDigest, ListContainers, Match};

use super::item::Item;
use crate::output::Format;

/// Whose request it is. An answer whose ticket isn't the latest is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Ticket {
    /// The level that asks.
    pub(crate) level: u64,
    /// What for.
    pub(crate) slot: Slot,
    /// Which of its requests it is.
    pub(crate) generation: u64,
}

/// What a level may have one request each under way for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    /// Its rows.
    Rows,
    /// How long it is without its filter.
    Total,
    /// The thing that the whole level is about.
    Picture,
    /// The selected row.
    Detail,
    /// What is new.
    News,
    /// A file.
    Export,
    /// A scan.
    Rescan,
}

/// A request for rows.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    /// What to ask.
    pub(crate) ask: Ask,
    /// Which row of the list the first one is.
    pub(crate) from: u64,
    /// Whether the rows themselves are wanted, or only the way to the next page.
    pub(crate) keep: bool,
    /// How long to wait for a newer request that makes this one needless.
    pub(crate) patience: Duration,
}

/// The requests that lists are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// One page of a find.
    Find(FindRequest),
    /// Every image, up to a bound.
    Images { most: u64 },
    /// Every host.
    Hosts,
    /// What changed last, of the fleet or of a host, up to a bound.
    Changes {
        host: Option<String>,
        at: Option<Timestamp>,
        most: u64,
    },
    /// Which images to rebuild first.
    Cover {
        of: Vec<Match>,
        at: Option<Timestamp>,
    },
    /// What two sides hold differently.
    Diff { from: String, to: String },
    /// What each host runs of an artifact.
    Rollout {
        of: Vec<Match>,
        affected: Vec<Match>,
        at: Option<Timestamp>,
    },
    /// The hosts and images that answers can't know everything of, up to a bound; of another moment
    /// than now only how many they were is known.
    Uncovered { at: Option<Timestamp>, most: u64 },
    /// The imported advisories that affect what runs now, up to a bound; of another moment that isn't known.
    Affecting { at: Option<Timestamp>, most: u64 },
    /// The artifacts that an advisory, or what else there is about its vulnerability, speaks of.
    Affected { id: String, at: Option<Timestamp> },
    /// The images or hosts that run what is affected by it, up to a bound.
    AffectedBy {
        id: String,
        by: GroupBy,
        at: Option<Timestamp>,
        most: u64,
    },
    /// The artifacts of an image.
    Contents(ImageDigest),
    /// Containers, up to a bound.
    Containers(ContainersAsk, u64),
}

/// Which containers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ContainersAsk {
    /// Only on this host.
    pub(crate) host: Option<String>,
    /// Only on this image.
    pub(crate) image_digest: Option<ImageDigest>,
    /// At this moment, instead of now.
    pub(crate) at: Option<Timestamp>,
}

impl ContainersAsk {
    /// The request for one page.
    pub(crate) fn page(&self, limit: u64, cursor: Option<String>) -> ListContainers {
        ListContainers {
            host: self.host.clone(),
            name: None,
            image_digest: self.image_digest,
            at: self.at,
            limit: Some(limit),
            cursor,
        }
    }
}

/// What to find out about one thing; what isn't given isn't asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AboutAsk {
    /// The artifact and where it is looked for.
    pub(crate) of: Option<Vec<Match>>,
    /// The moment that is looked at, instead of now.
    pub(crate) at: Option<Timestamp>,
    /// Whether to count its containers over time.
    pub(crate) timeline: bool,
    /// Whether to count them by version, too.
    pub(crate) by_version: bool,
    /// The image.
    pub(crate) image: Option<ImageDigest>,
    /// The container whose runs are wanted: its host and its name.
    pub(crate) runs_of: Option<(String, String)>,
    /// The host.
    pub(crate) host: Option<String>,
    /// The advisory, by its id: what is affected, and why.
    pub(crate) advisory: Option<String>,
    /// The host whose last changes are wanted.
    pub(crate) changes_of: Option<String>,
}

/// A file to write.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    /// What the file is called.
    pub(crate) path: String,
    /// The format.
    pub(crate) format: Format,
    /// The rows.
    pub(crate) rows: ExportRows,
    /// How many containers all of them stand for, where that is known.
    pub(crate) containers: u64,
}

/// Where a file's rows come from.
#[derive(Debug, Clone)]
pub(crate) enum ExportRows {
    /// All that fits is asked for anew, since only a part of it is here.
    Find(FindRequest),
    /// They are all here.
    Here(Vec<Item>),
}
