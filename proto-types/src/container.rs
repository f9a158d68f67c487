//! Containers: what runs where.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Coverage, Endpoint, ErrorCode, ImageDigest, Method};

/// Lists containers, now or at a moment.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ListContainers {
    /// Only on this host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Only of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Only on this image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<ImageDigest>,
    /// What ran at this moment, instead of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// At most so many; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`ListContainers`], ordered by host and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContainersResponse {
    /// The containers.
    pub containers: Vec<RunningContainer>,
    /// The total number.
    pub total: u64,
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

/// One run of a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RunningContainer {
    /// Its name on its host.
    pub name: String,
    /// The image name that it was started with.
    pub image_name: String,
    /// Its image.
    pub image_digest: ImageDigest,
    /// Its host.
    pub host: String,
    /// When it started to run this image.
    #[serde(serialize_with = "crate::moment::write")]
    pub running_since: Timestamp,
    /// When it stopped; empty while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub until: Option<Timestamp>,
}

impl Endpoint for ListContainers {
    type Response = ContainersResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/containers";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
}
