//! Diff: what two images, two hosts, or one host at two times hold differently.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Artifact, Coverage, Endpoint, ErrorCode, Method, words::words};

/// Compares two sides, each `sha256:…`, `host:NAME` or `host:NAME@TIME`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GetDiff {
    /// What is compared.
    pub from: String,
    /// What it is compared with.
    pub to: String,
}

/// The answer to [`GetDiff`]; each list is ordered by name and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DiffResponse {
    /// What is compared.
    pub from: DiffSide,
    /// What it is compared with.
    pub to: DiffSide,
    /// What only `to` holds.
    pub added: Vec<Artifact>,
    /// What only `from` holds.
    pub removed: Vec<Artifact>,
    /// What both hold in other versions.
    pub changed: Vec<ChangedArtifact>,
    /// When it was answered.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
}

/// One side of a diff, and how much can be known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DiffSide {
    /// The side as it was asked for.
    pub what: String,
    /// The moment that it stands for, of a host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub at: Option<Timestamp>,
    /// How many images it is made of.
    pub images: u64,
    /// How many of them have no complete SBOM, so that artifacts may be missing here.
    pub images_not_complete: u64,
    /// Of a host: how much can be known of what it ran at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// How many distinct artifacts it holds.
    pub artifacts: u64,
}

/// An artifact that both sides hold in other versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedArtifact {
    /// Its type.
    #[serde(rename = "type")]
    pub artifact_type: String,
    /// Its name.
    pub name: String,
    /// The versions that only `from` holds, newest first.
    pub from: Vec<String>,
    /// The versions that only `to` holds, newest first.
    pub to: Vec<String>,
    /// Which way the newest ones went.
    pub direction: Direction,
}

words! {
    /// Which way a version went.
    Direction {
        /// To a newer one.
        Up = "up",
        /// To an older one.
        Down = "down",
        /// To one that is as old, written otherwise.
        Level = "level",
    }
}

impl Endpoint for GetDiff {
    type Response = DiffResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/diff";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
}
