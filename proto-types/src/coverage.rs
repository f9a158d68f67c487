//! Coverage: how much an answer can know.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How much of the fleet an answer covers; it comes with every answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    /// Hosts that are enrolled.
    pub hosts: u64,
    /// Hosts that were added and had not enrolled yet.
    #[serde(default)]
    pub pending_hosts: u64,
    /// Those whose last full report is too old, or that never sent one.
    pub silent_hosts: u64,
    /// Those whose last full report could not list everything that runs.
    #[serde(default)]
    pub incomplete_hosts: u64,
    /// Those as which two machines report, with one token.
    #[serde(default)]
    pub cloned_hosts: u64,
    /// Containers that have no image, so that what is in them is not known.
    #[serde(default)]
    pub containers_without_image: u64,
    /// What else runs containers on hosts and isn't looked at, but for what their settings
    /// acknowledge.
    #[serde(default)]
    pub runtimes_not_looked_at: u64,
    /// Distinct images that run.
    pub running_images: u64,
    /// Those of them that have no SBOM.
    pub images_without_sbom: u64,
    /// Those of these whose SBOM was withdrawn and that have not been scanned again.
    #[serde(default)]
    pub images_withdrawn: u64,
    /// Those of them whose SBOM is partial.
    pub images_partial: u64,
    /// Since when the past is kept, where the answer looks further back than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub kept_since: Option<Timestamp>,
    /// Whether the answer is about a time that has not come yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_future: bool,
    /// Whether nothing is missing: an empty answer is then a proof.
    pub complete: bool,
}
