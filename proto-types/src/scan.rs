//! Scans: an image's artifacts, or why there are none.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Artifact, Endpoint, ErrorCode, ImageDigest, ImageFacts, Method, report::is_zero, words::words,
};

// Whoever takes many in may hold the artifacts otherwise than in a list of them: as an `A`.
/// The artifacts of one image, as a host scanned them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(bound = "")]
pub struct ScanReport<A = Vec<Artifact>> {
    /// The image and what is in it.
    #[schema(value_type = ScannedImage)]
    pub image: ScannedImage<A>,
    /// The lease that it was scanned under; missing is accepted from the lease's holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<String>,
    /// That lease's generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<u64>,
    /// Who scanned: `syft 1.18.1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// How much the agent keeps of what its scanner finds: 0 for those of the first release.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub detail: u32,
    /// Whether the scanner saw the whole image.
    #[serde(default)]
    pub status: ScanStatus,
    /// Why it is partial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whose fault it is that it is partial; the image's where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<FailureCause>,
}

impl<A> ScanReport<A> {
    /// The same with its artifacts held otherwise.
    pub fn holding<B>(self, hold: impl FnOnce(A) -> B) -> ScanReport<B> {
        let image = self.image;
        ScanReport {
            image: ScannedImage {
                digest: image.digest,
                distro: image.distro,
                distro_version: image.distro_version,
                facts: image.facts,
                artifacts: hold(image.artifacts),
            },
            lease: self.lease,
            generation: self.generation,
            scanner: self.scanner,
            detail: self.detail,
            status: self.status,
            reason: self.reason,
            cause: self.cause,
        }
    }
}

/// An image and what is in it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(bound = "")]
pub struct ScannedImage<A = Vec<Artifact>> {
    /// The image.
    pub digest: ImageDigest,
    /// The distribution's identifier as os-release says it (`debian`); empty where there is none.
    #[serde(default)]
    pub distro: String,
    /// The distribution's version; empty where there is none.
    #[serde(default)]
    pub distro_version: String,
    /// What else is known of it.
    #[serde(default)]
    pub facts: ImageFacts,
    /// Its artifacts, a set: an artifact that is listed twice counts once.
    #[schema(value_type = Vec<Artifact>)]
    pub artifacts: A,
}

words! {
    /// Whether an SBOM lists everything that is in its image.
    ScanStatus {
        /// The scanner saw the whole image.
        Complete = "complete",
        /// Something kept it from seeing everything.
        Partial = "partial",
    }
}

#[expect(clippy::derivable_impls, reason = "`words!` takes nothing but docs")]
impl Default for ScanStatus {
    fn default() -> Self {
        Self::Complete
    }
}

words! {
    /// What became of an upload.
    ScanOutcome {
        /// It is the image's SBOM now.
        Stored = "stored",
        /// It says what was known.
        AlreadyKnown = "already_known",
        /// It differs from what is known, which stays; the difference is kept and shown.
        Conflict = "conflict",
    }
}

/// The answer to an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScanResponse {
    /// What became of it.
    pub outcome: ScanOutcome,
}

/// A scan that did not come to an SBOM.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ScanFailure {
    /// The image.
    pub image_digest: ImageDigest,
    /// The lease that it was tried under; missing is accepted from the lease's holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<String>,
    /// That lease's generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<u64>,
    /// Who scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// Whose fault it was.
    pub cause: FailureCause,
    /// What happened.
    #[serde(default)]
    pub message: String,
}

words! {
    /// Whose fault it was that a scan failed or didn't see everything.
    FailureCause {
        /// The image's: it counts, and enough of them quarantine the image.
        Image = "image",
        /// The host's (the image is gone, no room, …): it isn't counted.
        Environment = "environment",
        /// The lease ran out without a word; only the server says so.
        Expired = "expired",
    }
}

/// The answer to a failure that was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScanFailureResponse {
    /// Whether the image is quarantined now.
    pub quarantined: bool,
}

impl Endpoint for ScanReport {
    type Response = ScanResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/reports/scan";
    const REFUSALS: &'static [ErrorCode] = &[
        ErrorCode::NotFound,
        ErrorCode::LeaseSuperseded,
        ErrorCode::StorageFull,
    ];
}

impl Endpoint for ScanFailure {
    type Response = ScanFailureResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/reports/scan-failure";
    const REFUSALS: &'static [ErrorCode] = &[
        ErrorCode::NotFound,
        ErrorCode::LeaseSuperseded,
        ErrorCode::StorageFull,
    ];
}
