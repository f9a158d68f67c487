//! A row of an answer, as it stands in the index, and where a page ended.

use jiff::Timestamp;
use model::fields::ArtifactFields;
use proto_types::{FindRow, ImageDigest};

use crate::{artifacts::ArtifactAt, runs::RunAt};

/// An artifact in a container.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a, 'i> {
    /// The artifact.
    pub artifact: &'a ArtifactAt<'i>,
    /// The container that runs it.
    pub container: &'i str,
    /// The name that the container's image was started by.
    pub image_name: &'i str,
    /// The container's image.
    pub image_digest: &'i ImageDigest,
    /// The host.
    pub host: &'i str,
    pub(super) image: u32,
    pub(super) at: RunAt<'i>,
}

/// Where a row stands in the order of all rows. It stays good for as long as its artifact is there,
/// and for another index of the same store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The artifact's name.
    pub name: String,
    /// The artifact.
    pub artifact: u32,
    /// The image.
    pub image: u32,
    /// The host's name.
    pub host: String,
    /// The container's name.
    pub container: String,
    /// When the run began, in milliseconds since 1970.
    pub since: i64,
    /// The run.
    pub run: u64,
}

impl Row<'_, '_> {
    /// Since when the container runs on this image.
    #[must_use]
    pub fn running_since(&self) -> Timestamp {
        time(self.at.run.since)
    }

    /// When it stopped, where that was known.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.at.until.map(time)
    }

    /// The row as it is answered.
    #[must_use]
    pub fn to_answer(&self) -> FindRow<'_> {
        let artifact = self.artifact;
        FindRow {
            artifact_type: artifact.artifact_type(),
            name: artifact.name(),
            version: artifact.version(),
            purl: artifact.purl(),
            source: artifact.source(),
            source_version: artifact.source_version(),
            module: artifact.module(),
            container: self.container,
            image_name: self.image_name,
            image_digest: *self.image_digest,
            host: self.host,
            running_since: self.running_since(),
            until: self.until(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn position(&self) -> Position {
        Position {
            name: self.artifact.name().to_owned(),
            artifact: self.artifact.number(),
            image: self.image,
            host: self.host.to_owned(),
            container: self.container.to_owned(),
            since: self.at.run.since,
            run: self.at.run.run,
        }
    }
}

/// A time that the index keeps.
pub(super) fn time(ms: i64) -> Timestamp {
    // It was one when it came.
    Timestamp::from_millisecond(ms).unwrap_or_default()
}
