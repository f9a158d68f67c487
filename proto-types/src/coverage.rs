//! Coverage: how much an answer can know.

use serde::{Deserialize, Serialize};

/// How much of the fleet an answer covers; it comes with every answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Hosts that are enrolled.
    pub hosts: u64,
    /// Those whose last report is too old, or that never reported.
    pub silent_hosts: u64,
    /// Those whose last full report could not list everything that runs.
    #[serde(default)]
    pub incomplete_hosts: u64,
    /// Distinct images that run.
    pub running_images: u64,
    /// Those of them that have no SBOM.
    pub images_without_sbom: u64,
    /// Those of them whose SBOM is partial.
    pub images_partial: u64,
    /// Whether nothing is missing: an empty answer is then a proof.
    pub complete: bool,
}

impl Coverage {
    /// The same counts with `complete` as they imply it.
    #[must_use]
    pub fn judged(mut self) -> Self {
        self.complete = self.silent_hosts == 0
            && self.incomplete_hosts == 0
            && self.images_without_sbom == 0
            && self.images_partial == 0;
        self
    }
}
