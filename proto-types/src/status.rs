//! Status: the server, the fleet and what waits to be scanned.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ConflictingImage, Coverage, Endpoint, HeldLease, ImageDigest, Method};

/// Asks how the server and the fleet stand.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct GetStatus {}

/// The answer to [`GetStatus`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusResponse {
    /// The server's version.
    pub version: String,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much an answer can know.
    pub coverage: Coverage,
    /// What the store holds.
    pub counts: Counts,
    /// Running images that wait for a scan, at most 100 of them.
    pub queue: Vec<QueuedImage>,
    /// Images that are not tried again unasked, at most 100 of them.
    pub quarantined: Vec<QueuedImage>,
    /// Images in which two hosts with the same scanner found different artifacts, at most 100 of
    /// them.
    #[serde(default)]
    pub conflicts: Vec<ConflictingImage>,
    /// The server's certificate, where it speaks TLS itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsStatus>,
    /// How the store stands; servers of before say nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreStatus>,
}

/// How a server's store stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StoreStatus {
    /// The size of the database, in bytes.
    pub database_bytes: u64,
    /// The size of its write-ahead log, in bytes.
    pub wal_bytes: u64,
    /// The free space on the disk that holds them, in bytes.
    pub disk_free_bytes: u64,
    /// The size of that disk, in bytes.
    pub disk_bytes: u64,
    /// Changes that wait to be written.
    pub waiting_changes: u64,
}

/// How a server's certificate stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TlsStatus {
    /// When it ends.
    #[serde(serialize_with = "crate::moment::write")]
    pub expires_at: Timestamp,
    /// Why its files, which changed, aren't in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What the store holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Hosts, enrolled or not.
    pub hosts: u64,
    /// Containers that run.
    pub containers: u64,
    /// Images, running or not.
    pub images: u64,
    /// Distinct artifacts.
    pub artifacts: u64,
    /// Running images that wait for a scan.
    pub queued_images: u64,
    /// Running images with a complete SBOM that has less detail than agents of the server's
    /// release keep: they are scanned again, after all others.
    #[serde(default)]
    pub rescan_images: u64,
    /// Leases that are live.
    #[serde(default)]
    pub leases: u64,
    /// Images in quarantine.
    pub quarantined_images: u64,
    /// Scans that differ from the stored SBOM.
    pub conflicts: u64,
    /// Images in which two hosts with the same scanner found different artifacts.
    #[serde(default)]
    pub conflicting_images: u64,
    /// Images in which hosts with different scanners found different artifacts.
    #[serde(default)]
    pub differing_images: u64,
}

/// An image that has no complete SBOM, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueuedImage {
    /// The image.
    pub digest: ImageDigest,
    /// The name that most hosts run it under.
    pub image_name: String,
    /// How many containers run it.
    pub containers: u64,
    /// The lease on it, while one is live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<HeldLease>,
    /// How many failures were counted.
    pub failures: u64,
    /// The last failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<String>,
    /// Before when it isn't given again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub not_before: Option<Timestamp>,
}

impl Endpoint for GetStatus {
    type Response = StatusResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/status";
}
