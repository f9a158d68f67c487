//! Reports: what runs on a host.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Endpoint, ErrorCode, ImageDigest, Lease, Method, Unseen};

/// Everything that runs on a host at one moment; what it doesn't list has stopped.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FullReport {
    /// The reporting host's name, which must be the token's.
    pub host: String,
    /// The host's counter, taken before podman was asked; missing means newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Whether everything that runs is listed. A report that isn't complete ends nothing.
    #[serde(default = "yes")]
    pub complete: bool,
    /// The scanner this host scans with, `syft 1.18.1`: a new one may be given quarantined images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// How much the host's agent keeps of what its scanner finds: 0 for those of the first
    /// release. Images whose SBOM has less are given to it again, after all others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub detail: u32,
    /// The mark of the machine that reports: 32 hex digits that stand for it from one boot to the
    /// next, and for no other machine. Where one comes back after another, two machines report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// What else runs that the list doesn't show.
    #[serde(default, skip_serializing_if = "Unseen::is_empty")]
    pub unseen: Unseen,
    /// What runs.
    pub containers: Vec<ReportedContainer>,
}

/// One container that started or stopped, told at once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ContainerReport {
    /// The reporting host's name, which must be the token's.
    pub host: String,
    /// The host's counter, taken before podman was asked; missing means newest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Whether it runs now.
    #[serde(default = "yes")]
    pub running: bool,
    /// The scanner this host scans with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// How much the host's agent keeps of what its scanner finds: 0 for those of the first
    /// release. Images whose SBOM has less are given to it again, after all others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub detail: u32,
    /// The mark of the machine that reports: 32 hex digits that stand for it from one boot to the
    /// next, and for no other machine. Where one comes back after another, two machines report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// The container.
    pub container: ReportedContainer,
}

/// A container on the reporting host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportedContainer {
    /// Its name on the host.
    pub name: String,
    /// The image name that it was started by.
    pub image_name: String,
    /// Its image.
    pub image_digest: ImageDigest,
}

/// What to scan now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportResponse {
    /// Exactly the images of `leases`.
    pub scan_images: Vec<ImageDigest>,
    /// The leases that the host holds on what it reported.
    #[serde(default)]
    pub leases: Vec<Lease>,
    /// Since when two machines report with the host's token, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub cloned_since: Option<Timestamp>,
    /// What the server did not take of the report, the rest of which it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// Containers of a report that were over a bound, and so were not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub items: Vec<LeftOutItem>,
}

/// One container that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOutItem {
    /// Its name, shortened, without anything that a terminal would obey.
    pub name: String,
    /// Why.
    pub reason: String,
}

const fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
pub(crate) const fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Endpoint for FullReport {
    type Response = ReportResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/reports/full";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StaleReport, ErrorCode::StorageFull];
}

impl Endpoint for ContainerReport {
    type Response = ReportResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/reports/container";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StaleReport, ErrorCode::StorageFull];
}
