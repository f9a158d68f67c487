//! What an export is about: an image or a host, with what it holds and what isn't known of it.

use model::{
    proof::{self, Gap},
    shown,
};
use proto_types::{Artifact, Coverage, ImageDigest, ImageState, ImageSummary, Timestamp};

use crate::store::Holdings;

/// What a document is about.
pub struct Subject<'h> {
    /// `sha256:…`, or a host's name.
    pub(super) name: String,
    /// A name that people know it by, and its version: an image name and its digest, or a host's
    /// name and the moment.
    pub(super) version: String,
    pub(super) kind: Kind,
    pub(super) images: &'h [ImageSummary],
    pub(super) artifacts: &'h [Artifact],
    /// Of a host: how much can be known of what it ran.
    pub(super) coverage: Option<Coverage>,
}

/// What a document can be about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Image,
    Host,
}

impl<'h> Subject<'h> {
    /// An image.
    #[must_use]
    pub fn image(asked: ImageDigest, holdings: &'h Holdings) -> Self {
        // It may have been asked for by an alias.
        let digest = holdings.images.first().map_or(asked, |image| image.digest);
        let name = holdings.images.iter().flat_map(|image| &image.names).next();
        Self {
            name: name.cloned().unwrap_or_else(|| digest.to_string()),
            version: digest.to_string(),
            kind: Kind::Image,
            images: &holdings.images,
            artifacts: &holdings.artifacts,
            coverage: holdings.coverage,
        }
    }

    /// A host at a moment.
    #[must_use]
    pub fn host(name: String, at: Timestamp, holdings: &'h Holdings) -> Self {
        Self {
            name,
            version: at.to_string(),
            kind: Kind::Host,
            images: &holdings.images,
            artifacts: &holdings.artifacts,
            coverage: holdings.coverage,
        }
    }

    /// The manifest digests that name the image; a host's images have theirs.
    pub(super) fn aliases(&self) -> impl Iterator<Item = String> {
        let images = match self.kind {
            Kind::Image => self.images,
            Kind::Host => &[],
        };
        let aliases = images.iter().flat_map(|image| &image.facts.aliases);
        aliases.map(ToString::to_string)
    }

    /// Whether everything that is in it is known.
    pub(super) fn is_complete(&self) -> bool {
        self.gaps().is_empty()
    }

    /// What isn't known of it.
    fn gaps(&self) -> Vec<Gap> {
        if let Some(coverage) = &self.coverage {
            return proof::gaps(coverage);
        }
        let lacking = || {
            let lacks = |image: &&ImageSummary| image.state != ImageState::Complete;
            self.images.iter().filter(lacks)
        };
        // One that was given up may have a part of its SBOM.
        let has_none = |image: &&ImageSummary| match image.state {
            ImageState::Quarantined => image.scanned_at.is_none(),
            state => state == ImageState::Unscanned,
        };
        let without = lacking().filter(has_none).count() as u64;
        let partial = lacking().count() as u64 - without;
        let gaps = [
            (without > 0).then_some(Gap::ImagesWithoutSbom(without)),
            (partial > 0).then_some(Gap::ImagesPartial(partial)),
        ];
        gaps.into_iter().flatten().collect()
    }

    /// What isn't known of it, as a sentence.
    pub(super) fn doubts(&self) -> Option<String> {
        let gaps: Vec<String> = self.gaps().into_iter().map(Gap::of_host).collect();
        let doubts = gaps.join("; ");
        (!gaps.is_empty()).then(|| format!("packages may be missing here: {doubts}"))
    }

    /// The scanners that the artifacts were found by, each once, as they may be shown: the
    /// standards want one line, and a host may have said anything.
    pub(super) fn scanners(&self) -> Vec<String> {
        let mut scanners: Vec<String> = self
            .images
            .iter()
            .filter_map(|image| image.scanner.as_deref())
            .map(|scanner| shown::escaped(scanner.trim()).into_owned())
            .filter(|scanner| !scanner.is_empty())
            .collect();
        scanners.sort_unstable();
        scanners.dedup();
        scanners
    }
}
