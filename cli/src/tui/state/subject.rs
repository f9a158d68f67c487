//! What a level lists, and which request that is.

use jiff::Timestamp;
use proto_types::{Field, FindRequest, GroupBy, ImageDigest, Match, Op};

use crate::tui::ask::{Ask, ContainersAsk};

/// Lists that are held as a whole have at most so many rows.
pub(crate) const MOST_HELD: u64 = 50_000;

/// Of advisories fewer, since they hold more text each, which each key of a filter is looked for in.
const MOST_ADVISORIES: u64 = 20_000;

/// What a level lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// What fits, counted by something.
    Grouped { by: GroupBy, of: Vec<Match> },
    /// What fits: an artifact in a container each.
    Found { of: Vec<Match> },
    /// Every image.
    Images,
    /// Every host.
    Hosts,
    /// The images that hold what fits, those first whose rebuilding frees the most hosts of it.
    Cover { of: Vec<Match> },
    /// What two images or hosts hold differently.
    Diff { from: String, to: String },
    /// What changed last, of the fleet or of a host.
    Changes { host: Option<String> },
    /// What each host runs of an artifact: its rows make a map. `affected` says which of its versions
    /// are, where that was asked.
    Rollout {
        of: Vec<Match>,
        affected: Vec<Match>,
    },
    /// The hosts and images that answers can't know everything of.
    Uncovered,
    /// The imported advisories that affect what runs now.
    Affecting,
    /// The artifacts that an advisory speaks of, or what else there is about its vulnerability.
    Affected { id: String },
    /// The images or hosts that run what is affected by it.
    AffectedBy { id: String, by: GroupBy },
    /// The artifacts of an image.
    Contents(ImageDigest),
    /// The containers of a host, or of an image.
    Containers {
        host: Option<String>,
        image: Option<ImageDigest>,
    },
}

/// Which lists look alike, so that an order of one is remembered for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    noun: &'static str,
    is_found: bool,
}

impl Subject {
    /// Which lists look like this one.
    pub(crate) const fn kind(&self) -> Kind {
        Kind {
            noun: self.noun(),
            is_found: self.is_found(),
        }
    }

    /// What fits, counted by something.
    pub(crate) const fn grouped(by: GroupBy, of: Vec<Match>) -> Self {
        Self::Grouped { by, of }
    }

    /// The same in the past, where the lists of images and hosts are those of what ran.
    #[must_use]
    pub(crate) fn in_time(&self, at: Option<Timestamp>) -> Self {
        match (self, at) {
            (Self::Images, Some(_)) => Self::grouped(GroupBy::Image, Vec::new()),
            (Self::Hosts, Some(_)) => Self::grouped(GroupBy::Host, Vec::new()),
            _ => self.clone(),
        }
    }

    /// Whether the server filters it, and pages of it come one by one.
    pub(crate) const fn is_found(&self) -> bool {
        matches!(self, Self::Grouped { .. } | Self::Found { .. })
    }

    /// Whether its rows have states, so that a bare word in its filter is looked for in these too.
    pub(crate) const fn has_states(&self) -> bool {
        matches!(
            self,
            Self::Images
                | Self::Hosts
                | Self::Changes { .. }
                | Self::Diff { .. }
                | Self::Rollout { .. }
                | Self::Uncovered
                | Self::Affecting
                | Self::Affected { .. }
        )
    }

    /// What must fit whatever is filtered.
    pub(crate) fn of(&self) -> &[Match] {
        match self {
            Self::Grouped { of, .. }
            | Self::Found { of }
            | Self::Rollout { of, .. }
            | Self::Cover { of } => of,
            _ => &[],
        }
    }

    /// The find that lists it, filtered, where it is one.
    pub(crate) fn find(&self, filter: &[Match], at: Option<Timestamp>) -> Option<FindRequest> {
        let group_by = match self {
            Self::Grouped { by, .. } => Some(*by),
            Self::Found { .. } => None,
            _ => return None,
        };
        Some(FindRequest {
            matches: self.of().iter().chain(filter).cloned().collect(),
            at,
            group_by,
            ..FindRequest::default()
        })
    }

    /// The request for its rows.
    pub(crate) fn ask(&self, filter: &[Match], at: Option<Timestamp>) -> Ask {
        match self {
            Self::Grouped { .. } | Self::Found { .. } => {
                Ask::Find(self.find(filter, at).unwrap_or_default())
            }
            Self::Images => Ask::Images { most: MOST_HELD },
            Self::Hosts => Ask::Hosts,
            Self::Cover { of } => Ask::Cover { of: of.clone(), at },
            Self::Diff { from, to } => Ask::Diff {
                from: from.clone(),
                to: to.clone(),
            },
            Self::Changes { host } => Ask::Changes {
                host: host.clone(),
                at,
                most: MOST_HELD,
            },
            Self::Rollout { of, affected } => Ask::Rollout {
                of: of.clone(),
                affected: affected.clone(),
                at,
            },
            Self::Uncovered => Ask::Uncovered {
                at,
                most: MOST_HELD,
            },
            Self::Affecting => Ask::Affecting {
                at,
                most: MOST_ADVISORIES,
            },
            Self::Affected { id } => Ask::Affected { id: id.clone(), at },
            Self::AffectedBy { id, by } => Ask::AffectedBy {
                id: id.clone(),
                by: *by,
                at,
                most: MOST_HELD,
            },
            Self::Contents(digest) => Ask::Contents(*digest),
            Self::Containers { host, image } => {
                let (host, image_digest) = (host.clone(), *image);
                let which = ContainersAsk {
                    host,
                    image_digest,
                    at,
                };
                Ask::Containers(which, MOST_HELD)
            }
        }
    }

    /// What a bare word in its filter looks at.
    pub(crate) const fn word_field(&self) -> Field {
        match self {
            Self::Grouped { by, .. } | Self::AffectedBy { by, .. } => match by {
                GroupBy::Name => Field::Name,
                GroupBy::Version => Field::Version,
                GroupBy::Type => Field::Type,
                GroupBy::Image => Field::ImageName,
                GroupBy::Host => Field::Host,
                GroupBy::Distro => Field::Distro,
            },
            Self::Found { .. } | Self::Hosts | Self::Rollout { .. } | Self::Changes { .. } => {
                Field::Host
            }
            Self::Images | Self::Uncovered | Self::Cover { .. } => Field::ImageName,
            Self::Contents(_) | Self::Diff { .. } | Self::Affecting | Self::Affected { .. } => {
                Field::Name
            }
            Self::Containers { host: Some(_), .. } => Field::Container,
            Self::Containers { .. } => Field::Host,
        }
    }

    /// The fields that its filter knows.
    pub(crate) const fn fields(&self) -> &'static [Field] {
        match self {
            Self::Grouped { .. } | Self::Found { .. } => Field::ALL,
            Self::Images => &[
                Field::ImageName,
                Field::ImageDigest,
                Field::Distro,
                Field::DistroVersion,
            ],
            Self::Hosts => &[Field::Host],
            Self::Cover { .. } => &[Field::ImageName, Field::ImageDigest],
            Self::Diff { .. } => &[Field::Name, Field::Type],
            Self::Changes { .. } => &[Field::Host, Field::Container, Field::ImageName, Field::Name],
            Self::Rollout { .. } => &[Field::Host, Field::Version, Field::Type],
            Self::Uncovered => &[Field::Host, Field::ImageName, Field::ImageDigest],
            Self::Affecting => &[],
            Self::AffectedBy { .. } => &[Field::Host, Field::ImageName, Field::ImageDigest],
            Self::Affected { .. } => &[
                Field::Name,
                Field::Type,
                Field::Version,
                Field::Purl,
                Field::Source,
                Field::SourceVersion,
                Field::Module,
                Field::Distro,
                Field::DistroVersion,
            ],
            Self::Contents(_) => &[
                Field::Name,
                Field::Type,
                Field::Version,
                Field::Purl,
                Field::Source,
                Field::SourceVersion,
                Field::Module,
            ],
            Self::Containers { .. } => &[
                Field::Host,
                Field::Container,
                Field::ImageName,
                Field::ImageDigest,
            ],
        }
    }

    /// What its rows are.
    pub(crate) const fn noun(&self) -> &'static str {
        match self {
            Self::Grouped { by, .. } | Self::AffectedBy { by, .. } => match by {
                GroupBy::Name => "artifacts",
                GroupBy::Version => "versions",
                GroupBy::Type => "types",
                GroupBy::Image => "images",
                GroupBy::Host => "hosts",
                GroupBy::Distro => "distros",
            },
            Self::Images => "images",
            Self::Hosts => "hosts",
            Self::Cover { .. } => "rebuilds",
            Self::Diff { .. } => "differences",
            Self::Changes { .. } => "changes",
            Self::Rollout { .. } => "rollout",
            Self::Uncovered => "gaps",
            Self::Affecting => "advisories",
            Self::Contents(_) | Self::Affected { .. } => "artifacts",
            Self::Found { .. } | Self::Containers { .. } => "containers",
        }
    }

    /// The name of the artifact that it is about, where it is about one.
    pub(crate) fn artifact_name(&self) -> Option<&str> {
        let mut names = self.of().iter();
        names
            .find(|one| one.field == Field::Name && one.op == Op::Eq)
            .map(|one| one.value.as_str())
    }
}

/// A match for equality.
pub(crate) fn is(field: Field, value: impl Into<String>) -> Match {
    Match {
        field,
        op: Op::Eq,
        value: value.into(),
    }
}
