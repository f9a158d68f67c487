//! A host or an image that an answer can't know everything of: which, since when, and why.

use jiff::Timestamp;
use proto_types::{
    ConflictingImage, Host, HostState, ImageDigest, ImageState, ImageSummary, QueuedImage,
};
use serde::Serialize;

use crate::output::{
    Cell, Heading, Listed, Row, Tone,
    row::Column,
    rows::{self, host_state, image_state},
};

/// A host or an image that an answer can't know everything of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Uncovered {
    /// Whether it is a host or an image.
    pub(crate) kind: &'static str,
    /// The host's name, or one of the image's; its digest where it has none.
    pub(crate) name: String,
    /// How it stands.
    #[serde(serialize_with = "as_word")]
    pub(crate) state: Trouble,
    /// Since when.
    pub(crate) since: Option<Timestamp>,
    /// Why, in words.
    pub(crate) reason: Option<String>,
    /// How many containers it runs, or run it.
    pub(crate) containers: u64,
    /// The image's digest, where it is one.
    pub(crate) digest: Option<ImageDigest>,
}

/// What is the matter, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// Two machines report as one host.
    Cloned,
    /// A host sends no full reports any more.
    Silent,
    /// A host can't list everything that runs.
    Incomplete,
    /// A host runs what nobody looks at.
    NotLookedAt,
    /// A host was added and has not enrolled.
    Pending,
    /// Scans of an image failed too often.
    Quarantined,
    /// An image has no SBOM yet.
    Unscanned,
    /// An image's SBOM may lack something.
    Partial,
    /// Two hosts found different artifacts in an image.
    Conflict,
}

impl Trouble {
    /// The word for it, with how bad it is: the state's own, where it is one.
    const fn cell(self) -> Cell {
        match self {
            Self::Cloned => host_state(HostState::Cloned),
            Self::Silent => host_state(HostState::Silent),
            Self::Incomplete => host_state(HostState::Incomplete),
            Self::NotLookedAt => Cell::Word("not looked at", Tone::Doubtful),
            Self::Pending => host_state(HostState::Pending),
            Self::Quarantined => image_state(ImageState::Quarantined),
            Self::Unscanned => image_state(ImageState::Unscanned),
            Self::Partial => image_state(ImageState::Partial),
            Self::Conflict => Cell::Word("conflict", Tone::Bad),
        }
    }

    /// The word alone.
    pub(crate) fn word(self) -> &'static str {
        match self.cell() {
            Cell::Word(word, _) => word,
            _ => "",
        }
    }
}

fn as_word<S: serde::Serializer>(state: &Trouble, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(state.word())
}

impl Uncovered {
    /// What is the matter with a host; nothing where it is covered.
    pub(crate) fn host(host: &Host) -> Option<Self> {
        let (state, since, reason) = match host.state {
            HostState::Cloned => {
                let why = "two machines report with its token";
                (Trouble::Cloned, host.cloned_since, why.to_owned())
            }
            HostState::Silent => match host.last_full_report_at {
                Some(last) => {
                    let why = "no full report since";
                    (Trouble::Silent, Some(last), why.to_owned())
                }
                None => {
                    let why = "never sent a full report";
                    (Trouble::Silent, host.enrolled_at, why.to_owned())
                }
            },
            HostState::Incomplete => {
                let why = "could not list everything that runs";
                (Trouble::Incomplete, None, why.to_owned())
            }
            HostState::Pending => {
                let why = "added, but not enrolled yet";
                (Trouble::Pending, Some(host.added_at), why.to_owned())
            }
            HostState::Reporting => {
                let is_whole = host.unseen.containers_without_image == 0
                    && host.unseen.gaps().next().is_none();
                let why = rows::unseen(&host.unseen).filter(|_| !is_whole)?;
                (Trouble::NotLookedAt, None, why)
            }
        };
        Some(Self {
            kind: "host",
            name: host.name.clone(),
            state,
            since,
            reason: Some(reason),
            containers: host.containers,
            digest: None,
        })
    }

    /// What is the matter with an image that runs; nothing where its SBOM is complete. `queued` is
    /// what the server says of its failures, where it says anything.
    pub(crate) fn image(image: &ImageSummary, queued: Option<&QueuedImage>) -> Option<Self> {
        let failed = queued.and_then(|one| one.last_failure.clone());
        let scanning = queued.and_then(|one| one.lease.as_ref());
        let (state, since, reason) = match image.state {
            ImageState::Complete => return None,
            ImageState::Quarantined => {
                let why = failed.unwrap_or_else(|| "scans of it failed too often".to_owned());
                (Trouble::Quarantined, Some(image.first_seen), why)
            }
            ImageState::Unscanned => {
                let why = match (scanning, failed) {
                    (Some(lease), _) => format!("{} is scanning it", lease.host),
                    (None, Some(failed)) => failed,
                    (None, None) => "waits for a host that runs it to scan it".to_owned(),
                };
                (Trouble::Unscanned, Some(image.first_seen), why)
            }
            ImageState::Partial => {
                let why = image.reason.clone();
                let why = why.unwrap_or_else(|| "its SBOM may lack something".to_owned());
                (Trouble::Partial, image.scanned_at, why)
            }
        };
        let digest = image.digest.to_string();
        Some(Self {
            kind: "image",
            name: image.names.first().cloned().unwrap_or(digest),
            state,
            since,
            reason: Some(reason),
            containers: image.containers,
            digest: Some(image.digest),
        })
    }

    /// An image in which two hosts found different artifacts.
    pub(crate) fn conflict(image: &ConflictingImage) -> Self {
        let (one, other) = (&image.scanned_by, &image.host);
        Self {
            kind: "image",
            name: image.image_name.clone(),
            state: Trouble::Conflict,
            since: Some(image.at),
            reason: Some(format!("{one} and {other} found different artifacts")),
            containers: image.containers,
            digest: Some(image.digest),
        }
    }

    /// The host's name, where it is one.
    pub(crate) fn as_host(&self) -> Option<&str> {
        self.digest.is_none().then_some(self.name.as_str())
    }

    /// Puts the worst first; of what is equally bad, what lasts longest.
    pub(crate) fn sort(rows: &mut [Self]) {
        rows.sort_by(|a, b| {
            let key = |one: &Self| (one.state, one.since.unwrap_or(Timestamp::MAX));
            key(a)
                .cmp(&key(b))
                .then_with(|| b.containers.cmp(&a.containers))
                .then_with(|| a.name.cmp(&b.name))
        });
    }
}

impl Row for Uncovered {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Kind => Cell::text(self.kind),
            Heading::Name => Cell::text(&self.name),
            Heading::State => self.state.cell(),
            Heading::Since => Cell::some_time(self.since),
            Heading::Reason => Cell::some_text(self.reason.as_deref()),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Digest => self.digest.map_or(Cell::Empty, Cell::Digest),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.digest
            .map_or_else(|| self.name.clone(), |digest| digest.to_string())
    }
}

impl Listed for Uncovered {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Kind),
        Column::new(Heading::Name),
        Column::new(Heading::State),
        Column::new(Heading::Since),
        Column::new(Heading::Containers),
        Column::new(Heading::Reason).cut(),
        Column::new(Heading::Digest).leaves().wide(),
    ];
}
