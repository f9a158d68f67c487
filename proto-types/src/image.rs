//! Images: what is known of them, and how it came to be known.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Artifact, Coverage, Done, Endpoint, ErrorCode, FailureCause, HeldLease, ImageDigest,
    ImageFacts, Method, SecondOpinion, Withdrawal, endpoint::fill, words::words,
};

words! {
    /// How far an image's scan has come.
    ImageState {
        /// It has a complete SBOM.
        Complete = "complete",
        /// It has an SBOM that may lack something.
        Partial = "partial",
        /// It has no SBOM yet.
        Unscanned = "unscanned",
        /// It has no complete SBOM, and scanning it failed too often to be tried again unasked.
        Quarantined = "quarantined",
    }
}

/// Lists images.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ListImages {
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ImageState>,
    /// Only those that run (`true`) or that don't (`false`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<bool>,
    /// Only those whose 64 hexadecimal digits begin with these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest_prefix: Option<String>,
    /// At most so many; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`ListImages`], ordered by digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImagesResponse {
    /// The images.
    pub images: Vec<ImageSummary>,
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

/// One image of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImageSummary {
    /// The image.
    pub digest: ImageDigest,
    /// How far its scan has come.
    pub state: ImageState,
    /// The image names that its running containers were started with, those on the most hosts
    /// first; the last one if none runs.
    pub names: Vec<String>,
    /// Its distribution; empty where it names none or none is known yet.
    pub distro: String,
    /// Its distribution's version.
    pub distro_version: String,
    /// What else is known of it.
    #[serde(default)]
    pub facts: ImageFacts,
    /// How many artifacts its SBOM lists.
    pub artifact_count: u64,
    /// How many containers run it.
    pub containers: u64,
    /// How many hosts run it.
    pub hosts: u64,
    /// The scanner that its SBOM is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// The host that scanned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_by: Option<String>,
    /// When its SBOM was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub scanned_at: Option<Timestamp>,
    /// What other hosts found in it, where its SBOM is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_opinion: Option<SecondOpinion>,
    /// Why its SBOM is partial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was first reported.
    #[serde(serialize_with = "crate::moment::write")]
    pub first_seen: Timestamp,
    /// When it last ran; missing while it runs, or if it was never seen running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub last_seen: Option<Timestamp>,
}

/// Shows one image.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GetImage {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
}

/// Everything that is known of one image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImageDetail {
    /// What a list says of it.
    #[serde(flatten)]
    pub summary: ImageSummary,
    /// What is in it, ordered by name, type and version.
    pub artifacts: Vec<Artifact>,
    /// The generation of the lease that its SBOM was made under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<u64>,
    /// The lease on it, while one is live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<HeldLease>,
    /// Scans that failed, newest first.
    pub failures: Vec<ScanAttempt>,
    /// Scans that differ from the SBOM, newest first.
    pub conflicts: Vec<Conflict>,
    /// SBOMs of it that were withdrawn, newest first.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawal>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

/// A scan that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScanAttempt {
    /// The host that tried.
    pub host: String,
    /// When the failure became known.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
    /// Whose fault it was.
    pub cause: FailureCause,
    /// What happened.
    pub message: String,
    /// Whether it counts towards quarantine.
    pub counted: bool,
}

/// A scan that differs from the stored SBOM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Conflict {
    /// The host that scanned differently.
    pub host: String,
    /// When it was uploaded.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
    /// What it was scanned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// How many artifacts it names that the SBOM doesn't.
    pub only_there: u64,
    /// How many artifacts the SBOM names that it doesn't.
    pub only_here: u64,
    /// The first 8 of those that it names alone, such as `deb openssl 3.0.11`, and of those that it
    /// names with other details.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples_there: Vec<String>,
    /// The same of the SBOM.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples_here: Vec<String>,
}

/// Gives an image whose scans failed to the next host that runs it, quarantined or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetryImage {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
}

impl Endpoint for ListImages {
    type Response = ImagesResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/images";
}

impl Endpoint for GetImage {
    type Response = ImageDetail;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/images/{digest}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}

impl Endpoint for RetryImage {
    type Response = Done;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/images/{digest}/retry";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}
