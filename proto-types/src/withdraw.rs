//! The remedies for an SBOM that is not believed, or not good enough: its image is scanned again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Done, Endpoint, ErrorCode, ImageDigest, Method, ScanStatus, endpoint::fill};

/// Withdraws an image's SBOM: the image is unscanned from then on, and is leased to another host
/// first. An image that has none is left as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WithdrawImage {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
}

/// Has the next host that runs an image scan it again, though it has a complete SBOM. That stays until
/// the new one is in, which takes its place whatever it lists.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RescanImage {
    /// The image.
    #[serde(skip)]
    pub digest: ImageDigest,
}

/// Withdraws every SBOM that a host submitted. The host stays as it is; where none has the name any
/// more, the last one that was removed with it is meant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WithdrawHost {
    /// Its name.
    #[serde(skip)]
    pub name: String,
}

/// The answer to [`WithdrawImage`] and [`WithdrawHost`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Withdrawn {
    /// How many SBOMs were withdrawn.
    pub withdrawn: u64,
}

/// An SBOM that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Withdrawal {
    /// The host that had submitted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// When it was stored.
    #[serde(serialize_with = "crate::moment::write")]
    pub scanned_at: Timestamp,
    /// What it was scanned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// Whether it claimed to list everything.
    pub status: ScanStatus,
    /// How many artifacts it listed.
    pub artifacts: u64,
    /// When it was withdrawn.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
    /// By whom: the name of a token, or the user of the local socket.
    pub by: String,
}

impl Endpoint for WithdrawImage {
    type Response = Withdrawn;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/images/{digest}/withdraw";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}

impl Endpoint for RescanImage {
    type Response = Done;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/images/{digest}/rescan";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.digest.to_string())
    }
}

impl Endpoint for WithdrawHost {
    type Response = Withdrawn;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/hosts/{name}/withdraw";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}
