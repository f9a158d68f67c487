//! The index: everything that a question may be about, as of the last commit and of those before
//! it that pages may still stand for.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use proto_types::Artifact;

use crate::{
    artifacts::{Artifacts, Kept, whole},
    change::Seq,
    hosts::Hosts,
    images::{Images, OfTypes},
    postings::Postings,
    runs::Runs,
    spread::Spread,
    standing::Stand,
};

/// The fleet in memory. It is asked by [`crate::Search`], told by [`Index::apply`], and read from
/// the store by [`crate::Loader`].
#[derive(Debug, Default)]
pub struct Index {
    pub(crate) built: Built,
    pub(crate) seq: Seq,
    pub(crate) at: Timestamp,
    pub(crate) artifacts: Artifacts,
    pub(crate) postings: Postings,
    pub(crate) hosts: Hosts,
    pub(crate) images: Images,
    pub(crate) runs: Runs,
    pub(crate) stand: Stand,
    pub(crate) spread: Spread,
    pub(crate) of_types: OfTypes,
    /// Artifacts that are dropped once no older set holds them.
    pub(crate) leaving: HashSet<u32>,
}

/// Tells an index from one that is built anew, or whose texts were numbered anew: their numbers are
/// good for one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Built(u64);

impl Default for Built {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Index {
    /// An index of nothing, before the first commit.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The last commit that was taken in.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// When that was.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// The number of an artifact that is one with another in all that is kept.
    #[must_use]
    pub fn number_of(&self, artifact: &impl Kept) -> Option<u32> {
        let mut same = self.artifacts.same(artifact);
        same.find(|number| !self.leaving.contains(number))
    }

    /// Whether there is an artifact of the same name, type, version and package URL as another.
    #[must_use]
    pub fn has_alike(&self, artifact: &impl Kept) -> bool {
        let mut alike = self.artifacts.alike(artifact);
        alike.any(|number| !self.leaving.contains(&number))
    }

    /// Whether an image holds an artifact, or held it as of a commit that is kept.
    #[must_use]
    pub fn is_held(&self, artifact: u32) -> bool {
        !self.postings.is_empty(artifact)
    }

    /// An artifact by number, with all that is kept.
    #[must_use]
    pub fn artifact(&self, number: u32) -> Option<Artifact> {
        let known = self.artifacts.is_known(number);
        known.then(|| whole(&self.artifacts.at(number)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Added, Change, Commit, Sbom};

    fn artifact(version: &str, license: &str) -> Artifact {
        Artifact {
            artifact_type: "deb".to_owned(),
            name: "libssl3".to_owned(),
            version: version.to_owned(),
            purl: Some(format!("pkg:deb/debian/libssl3@{version}")),
            source: Some("openssl".to_owned()),
            licenses: vec![license.to_owned()],
            ..Artifact::default()
        }
    }

    fn told(index: &mut Index, changes: Vec<Change>) {
        let (seq, at) = (index.seq() + 1, Timestamp::UNIX_EPOCH);
        index.apply(&Commit { seq, at, changes }).unwrap();
    }

    fn sbom(artifacts: Vec<u32>) -> Change {
        let status = Some(proto_types::ScanStatus::Complete);
        let sbom = Sbom {
            status,
            artifacts,
            ..Sbom::default()
        };
        Change::Sbom { image: 1, sbom }
    }

    #[test]
    fn an_artifact_is_known_by_all_that_is_kept_until_it_is_dropped() {
        let mut index = Index::new();
        let known = artifact("3.0", "MIT");
        let image = Change::Image {
            image: 1,
            digest: proto_types::ImageDigest::from_bytes([1; 32]),
            name: "web".to_owned(),
            first_seen: Timestamp::UNIX_EPOCH,
        };
        let added = Change::Artifacts(Added::one(7, &known));
        told(&mut index, vec![image, added, sbom(vec![7])]);
        assert_eq!(index.number_of(&known), Some(7));
        assert_eq!(index.artifact(7), Some(known.clone()));
        assert_eq!(index.number_of(&artifact("3.0", "Apache-2.0")), None);
        assert!(index.has_alike(&artifact("3.0", "Apache-2.0")));
        assert!(!index.has_alike(&artifact("3.1", "MIT")));
        // The set that held it is kept for pages; the artifact is gone all the same.
        let dropped = Change::ArtifactDropped { number: 7 };
        told(&mut index, vec![sbom(vec![]), dropped]);
        assert_eq!(index.number_of(&known), None);
        assert!(!index.has_alike(&known));
        assert_eq!(index.artifact(7), Some(known));
        index.forget(index.seq());
        assert_eq!(index.artifact(7), None);
    }
}
