//! What the store tells: commits by number, each with what it changed. Hosts, images and artifacts
//! go by the numbers that the store gave them, one after the other.

use std::sync::Arc;

use jiff::Timestamp;
use model::{
    artifacts::{ArtifactSet, Held},
    presence::{Lapse, Span},
    unseen::UnseenKind,
};
use proto_types::{Artifact, ImageDigest, ScanStatus};

use crate::standing::Stands;

/// The number of a commit; the next one's is higher.
pub type Seq = u64;

/// What was committed at once.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Its number.
    pub seq: Seq,
    /// When that was.
    pub at: Timestamp,
    /// What it changed, in this order.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone)]
pub enum Change {
    /// A host was added, or has another name from now on.
    Host {
        /// The host.
        host: u32,
        /// Its name.
        name: String,
    },
    /// A host stands otherwise, or has told so again.
    Stands {
        /// The host.
        host: u32,
        /// How.
        stands: Stands,
    },
    /// A time over which it isn't known what ran on a host is over.
    Lapsed {
        /// The host.
        host: u32,
        /// The time.
        lapse: Lapse,
    },
    /// A time is over in which a host told of so much that nobody looks at.
    WasUnseen {
        /// The host.
        host: u32,
        /// Of what.
        kind: UnseenKind,
        /// How much.
        count: u64,
        /// The time.
        span: Span,
    },
    /// The clock was set back since a host reported last: what of it is over later is over now.
    SetBack {
        /// The host.
        host: u32,
        /// The time.
        now: Timestamp,
    },
    /// What was over before a moment is dropped.
    KeptSince(Timestamp),
    /// An image was reported for the first time.
    Image {
        /// The image.
        image: u32,
        /// Its digest.
        digest: ImageDigest,
        /// The name that it runs under.
        name: String,
        /// When it was first seen.
        first_seen: Timestamp,
    },
    /// Manifest digests that name an image became known; those that were known stay.
    Aliases {
        /// The image.
        image: u32,
        /// The digests.
        aliases: Vec<ImageDigest>,
    },
    /// Artifacts were stored that no SBOM listed before.
    Artifacts(Added),
    /// What is known of what an image holds, in place of what was known before.
    Sbom {
        /// The image.
        image: u32,
        /// What is known.
        sbom: Sbom,
    },
    /// What was known of what an image holds is withdrawn, and the manifest digests with it that were
    /// known to name it.
    Withdrawn {
        /// The image.
        image: u32,
    },
    /// A run began.
    RunBegan(Run),
    /// A run ended.
    RunEnded {
        /// The run.
        run: u64,
        /// Its host.
        host: u32,
        /// When it ended.
        until: Timestamp,
    },
    /// A run that ended long ago was dropped.
    RunDropped {
        /// The run.
        run: u64,
        /// Its host.
        host: u32,
    },
    /// An image that no run leads to was dropped, with what it held.
    ImageDropped {
        /// The image.
        image: u32,
    },
    /// An artifact that no image holds was dropped.
    ArtifactDropped {
        /// The artifact.
        number: u32,
    },
}

/// Artifacts that were added, which share the memory of the SBOM that they came with.
#[derive(Debug, Clone)]
pub struct Added {
    /// The SBOM's.
    pub of: Arc<ArtifactSet>,
    /// The place of each among those, and its number.
    pub numbers: Vec<(u32, u32)>,
}

impl Added {
    /// One artifact, which gets this number.
    #[must_use]
    pub fn one(number: u32, artifact: &Artifact) -> Self {
        Self {
            of: Arc::new([artifact].into_iter().collect()),
            numbers: vec![(0, number)],
        }
    }

    /// Each with its number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Held<'_>)> {
        let numbers = self.numbers.iter();
        numbers.filter_map(|(place, number)| Some((*number, self.of.get(*place as usize)?)))
    }
}

/// What is known of what an image holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sbom {
    /// Whether it is all; `None` where nothing is known (any more).
    pub status: Option<ScanStatus>,
    /// How much its scanner's agent keeps of what it finds, by the model's `detail`.
    pub detail: u32,
    /// The image's distribution.
    pub distro: String,
    /// The distribution's version.
    pub distro_version: String,
    /// The artifacts by number, rising.
    pub artifacts: Vec<u32>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub run: u64,
    /// The host.
    pub host: u32,
    /// The image.
    pub image: u32,
    /// The container's name.
    pub container: String,
    /// The name that the image was started by.
    pub image_name: String,
    /// When it began.
    pub since: Timestamp,
}
