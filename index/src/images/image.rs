//! One image: what it holds, now and as of earlier commits.

use proto_types::{ImageDigest, ScanStatus};

use super::{distros::Distro, kinds::Kinds};
use crate::{change::Seq, deltas};

/// What an image holds as it was known from a commit on, until the next set.
#[derive(Debug)]
pub struct Set {
    /// The commit.
    pub since: Seq,
    /// Whether it is all; `None` where nothing is known.
    pub status: Option<ScanStatus>,
    /// The image's distribution and its version.
    pub distro: Distro,
    /// Which kinds of packages it has.
    pub kinds: Kinds,
    artifacts: Box<[u8]>,
    len: u32,
}

/// An image.
#[derive(Debug)]
pub struct Image {
    /// Its digest.
    pub digest: ImageDigest,
    /// The commit that it was reported with first.
    pub since: Seq,
    /// The commit since which it has had an SBOM.
    pub scanned_since: Option<Seq>,
    /// And one that lacks nothing.
    pub complete_since: Option<Seq>,
    /// The manifest digests that name it too, each with the commit since which that is known.
    pub aliases: Vec<(Seq, ImageDigest)>,
    /// How much is kept of what was found in it last.
    pub detail: u32,
    /// What it holds, oldest first: one set for most images.
    pub sets: Vec<Set>,
}

impl Set {
    /// A set of artifacts, rising, of these kinds.
    pub fn new(
        since: Seq,
        status: Option<ScanStatus>,
        distro: Distro,
        (artifacts, kinds): (&[u32], Kinds),
    ) -> Self {
        Self {
            since,
            status,
            distro,
            kinds,
            artifacts: deltas::pack(artifacts),
            len: artifacts.len() as u32,
        }
    }

    /// The artifacts, rising.
    pub fn artifacts(&self) -> deltas::Deltas<'_> {
        deltas::read(&self.artifacts)
    }

    /// How many artifacts it holds.
    pub const fn len(&self) -> u32 {
        self.len
    }
}

impl Image {
    /// What it held as of a commit, where anything was known.
    pub fn set_at(&self, pin: Seq) -> Option<&Set> {
        self.sets.iter().rev().find(|set| set.since <= pin)
    }
}

impl Image {
    /// What names it: its own digest and the manifests'.
    pub fn names(&self) -> impl Iterator<Item = ImageDigest> {
        let aliases = self.aliases.iter().map(|(_, alias)| *alias);
        std::iter::once(self.digest).chain(aliases)
    }

    /// The same as of a commit.
    pub fn names_at(&self, pin: Seq) -> impl Iterator<Item = ImageDigest> {
        let known = self.aliases.iter().filter(move |(since, _)| *since <= pin);
        std::iter::once(self.digest).chain(known.map(|(_, alias)| *alias))
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let aliases = self.aliases.capacity() * size_of::<(Seq, ImageDigest)>();
        let sets = self.sets.capacity() * size_of::<Set>();
        let held: usize = self.sets.iter().map(|set| set.artifacts.len()).sum();
        size_of::<Self>() + aliases + sets + held
    }
}
