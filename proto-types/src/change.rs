//! Changes: runs that started and stopped, and artifacts that appeared first.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Artifact, Coverage, Endpoint, ErrorCode, ImageDigest, Method, Stream, words::words};

/// Lists what changed from a moment on, oldest first. Asked for `text/event-stream`, it goes on
/// with what changes from then on.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ListChanges {
    /// From when on; missing means from now on, which only a stream answers with anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Only runs on this host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// At most so many; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`ListChanges`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangesResponse {
    /// What changed.
    pub changes: Vec<Change>,
    /// Whether there are more than listed.
    pub truncated: bool,
    /// The cursor for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

words! {
    /// What changed.
    ChangeKind {
        /// A run ended.
        Stopped = "stopped",
        /// A run began.
        Started = "started",
        /// An artifact was found that the fleet had never held.
        Appeared = "appeared",
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// When it became known.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
    /// What changed.
    pub kind: ChangeKind,
    /// The host, of a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The container, of a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// The name that the container's image was started by, of a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_name: Option<String>,
    /// The image, of a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<ImageDigest>,
    /// The artifact that appeared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Artifact>,
}

impl Endpoint for ListChanges {
    type Response = ChangesResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/changes";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
    const STREAM: Option<Stream> = Some(Stream {
        media_type: "text/event-stream",
        about: "Changes as they come: an event is called by its kind, its data is a `Change`, \
                its id a cursor that `Last-Event-ID` resumes at. An error is the last event, \
                called `error`, its data an `ErrorBody`.",
    });
}
