//! Coverage: how much an answer can know.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How much of the fleet an answer covers; part of every answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    /// Enrolled hosts.
    pub hosts: u64,
    /// Hosts that were added but have not enrolled yet.
    #[serde(default)]
    pub pending_hosts: u64,
    /// Hosts whose last full report is too old, or that never sent one.
    pub silent_hosts: u64,
    /// Hosts whose last full report could not list everything that runs.
    #[serde(default)]
    pub incomplete_hosts: u64,
    /// Hosts that are reported by two machines with one token.
    #[serde(default)]
    pub cloned_hosts: u64,
    /// Containers without an image, whose contents are unknown.
    #[serde(default)]
    pub containers_without_image: u64,
    /// Other things that run containers on hosts and are not looked at, except for those
    /// acknowledged in their settings.
    #[serde(default)]
    pub runtimes_not_looked_at: u64,
    /// Distinct running images.
    pub running_images: u64,
    /// Running images without an SBOM.
    pub images_without_sbom: u64,
    /// Running images whose SBOM was withdrawn, and that have not been scanned again.
    #[serde(default)]
    pub images_withdrawn: u64,
    /// Running images with a partial SBOM.
    pub images_partial: u64,
    /// The start of the kept history, if the answer goes further back than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub kept_since: Option<Timestamp>,
    /// Whether the answer is about a time in the future.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_future: bool,
    /// Whether there are no gaps, so that an empty answer is a proof.
    pub complete: bool,
}
