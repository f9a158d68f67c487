//! `find`: where artifacts run.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Coverage, During, Endpoint, ErrorCode, Group, GroupBy, ImageDigest, Match, Method, Stream,
    TimelinePoint, TimelineRequest, moment,
};

/// Asks which containers run the artifacts that fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindRequest {
    /// All of these must hold.
    #[serde(rename = "match", default)]
    pub matches: Vec<Match>,
    /// At least one of these must hold, where any are given; on fields of the artifact only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Match>,
    /// What ran at this moment, instead of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What ran at any moment of this range, instead of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<During>,
    /// Count the answers by this instead of listing them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_by: Option<GroupBy>,
    /// List the images whose rebuild frees the most hosts, instead of the answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cover: bool,
    /// Count the containers over time besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<TimelineRequest>,
    /// At most so many results; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`FindRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindResponse {
    /// How much was found.
    pub summary: Summary,
    /// One for each artifact in each container, in a total order: name, type, version (newest
    /// first), image, host, container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<FindResult>>,
    /// With `group_by`, instead of the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// With `cover`, instead of the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Vec<CoverImage>>,
    /// With `timeline`, how many containers ran what was asked for, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Vec<TimelinePoint>>,
    /// Artifacts built from a source package with the requested name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedArtifact>,
    /// The hosts that are silent now, by name, where there are no more than four; of a question about
    /// now, on its first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<String>,
    /// The total number of results (with `group_by`, of groups).
    pub total: u64,
    /// Whether there are more than listed.
    pub truncated: bool,
    /// The cursor for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The time that the answer is about.
    #[serde(serialize_with = "moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

/// How much was found, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Summary {
    /// Artifacts.
    pub artifacts: u64,
    /// Images.
    pub images: u64,
    /// Containers.
    pub containers: u64,
    /// Hosts.
    pub hosts: u64,
    /// When one of them first ran, at any time in the past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "moment::write_or_none")]
    pub first_seen: Option<Timestamp>,
    /// When one of them last ran; `as_of` if one is running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "moment::write_or_none")]
    pub last_seen: Option<Timestamp>,
}

/// One artifact in one container. Its texts are its own, or somebody else's ([`FindRow`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindResult<S = String> {
    /// The artifact's type.
    #[serde(rename = "type")]
    pub artifact_type: S,
    /// The artifact's name.
    pub name: S,
    /// The artifact's version.
    pub version: S,
    /// The artifact's package URL, where known.
    pub purl: Option<S>,
    /// The source package that it was built from, where known.
    pub source: Option<S>,
    /// The version of that source package, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_version: Option<S>,
    /// The label of the rpm module that it comes from, where it comes from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<S>,
    /// The container that runs it.
    pub container: S,
    /// The image name that the container was started with.
    pub image_name: S,
    /// The container's image.
    pub image_digest: ImageDigest,
    /// The host.
    pub host: S,
    /// When the container started to run this image.
    #[serde(serialize_with = "moment::write")]
    pub running_since: Timestamp,
    /// When it stopped; empty while it runs.
    #[serde(serialize_with = "moment::write_or_none")]
    pub until: Option<Timestamp>,
}

/// A result whose texts are kept elsewhere, to be written as they are.
pub type FindRow<'t> = FindResult<&'t str>;

impl FindRow<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> FindResult {
        FindResult {
            artifact_type: self.artifact_type.to_owned(),
            name: self.name.to_owned(),
            version: self.version.to_owned(),
            purl: self.purl.map(str::to_owned),
            source: self.source.map(str::to_owned),
            source_version: self.source_version.map(str::to_owned),
            module: self.module.map(str::to_owned),
            container: self.container.to_owned(),
            image_name: self.image_name.to_owned(),
            image_digest: self.image_digest,
            host: self.host.to_owned(),
            running_since: self.running_since,
            until: self.until,
        }
    }
}

/// An artifact that is built from the source package that was asked for, and how much of it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RelatedArtifact {
    /// Its type.
    #[serde(rename = "type")]
    pub artifact_type: String,
    /// Its name.
    pub name: String,
    /// Images that hold it.
    pub images: u64,
    /// Containers that run it.
    pub containers: u64,
    /// Hosts that run it.
    pub hosts: u64,
}

/// An image to rebuild, and what that brings on top of the ones before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoverImage {
    /// The image.
    pub image_digest: ImageDigest,
    /// A name that it runs under.
    pub image_name: String,
    /// Containers that run it.
    pub containers: u64,
    /// Hosts that run it.
    pub hosts: u64,
    /// Hosts that run none of what was asked for once this one and those before it are rebuilt.
    pub hosts_clean: u64,
}

impl Endpoint for FindRequest {
    type Response = FindResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/find";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::QuestionTooLarge];
    const STREAM: Option<Stream> = Some(Stream {
        media_type: "application/x-ndjson",
        about: "Every result, one `FindResult` a line and without a bound. An error in the \
                middle is the last line, an `ErrorBody`.",
    });
}
