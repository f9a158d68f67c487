//! A row of an answer, as it stands in the index, and where a page ended.

use jiff::Timestamp;
use model::fields::ArtifactFields;
use proto_types::{FindResult, ImageDigest};
use serde::{Serialize, Serializer, ser::SerializeStruct};

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
    pub fn to_result(&self) -> FindResult {
        let artifact = self.artifact;
        FindResult {
            artifact_type: artifact.artifact_type().to_owned(),
            name: artifact.name().to_owned(),
            version: artifact.version().to_owned(),
            purl: artifact.purl().map(str::to_owned),
            source: artifact.source().map(str::to_owned),
            source_version: artifact.source_version().map(str::to_owned),
            module: artifact.module().map(str::to_owned),
            container: self.container.to_owned(),
            image_name: self.image_name.to_owned(),
            image_digest: *self.image_digest,
            host: self.host.to_owned(),
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

/// As [`FindResult`] is written, without a copy of the texts.
impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let artifact = self.artifact;
        let (version, module) = (artifact.source_version(), artifact.module());
        let fields = 11 + usize::from(version.is_some()) + usize::from(module.is_some());
        let mut row = serializer.serialize_struct("FindResult", fields)?;
        row.serialize_field("type", artifact.artifact_type())?;
        row.serialize_field("name", artifact.name())?;
        row.serialize_field("version", artifact.version())?;
        row.serialize_field("purl", &artifact.purl())?;
        row.serialize_field("source", &artifact.source())?;
        match version {
            Some(version) => row.serialize_field("source_version", version)?,
            None => row.skip_field("source_version")?,
        }
        match module {
            Some(module) => row.serialize_field("module", module)?,
            None => row.skip_field("module")?,
        }
        row.serialize_field("container", self.container)?;
        row.serialize_field("image_name", self.image_name)?;
        row.serialize_field("image_digest", self.image_digest)?;
        row.serialize_field("host", self.host)?;
        row.serialize_field("running_since", &self.running_since())?;
        row.serialize_field("until", &self.until())?;
        row.end()
    }
}

/// A time that the index keeps.
pub(super) fn time(ms: i64) -> Timestamp {
    // It was one when it came.
    Timestamp::from_millisecond(ms).unwrap_or_default()
}
