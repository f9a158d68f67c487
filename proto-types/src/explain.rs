//! What advisories say of one artifact, step by step.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Verdict;

/// An artifact in the images of one distribution, and what the advisories of a question say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExplainedArtifact {
    /// The artifact's type.
    #[serde(rename = "type")]
    pub artifact_type: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its package URL, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// The source package that it was built from, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The version of that source package, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_version: Option<String>,
    /// The label of the rpm module that it comes from, where it comes from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Whether any of its files belong to a distribution package.
    pub owned_by_os: bool,
    /// The distribution of the images; empty where it isn't known.
    pub distro: String,
    /// Its version.
    pub distro_version: String,
    /// Images of it that hold the artifact.
    pub images: u64,
    /// Containers that run those.
    pub containers: u64,
    /// Hosts that run those.
    pub hosts: u64,
    /// The verdict that counts most of those that the advisories have; none where none speaks of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// What is known where none speaks of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What each advisory says that names it, in the order of the results.
    pub advisories: Vec<ExplainedAdvisory>,
}

/// What one advisory says of an artifact, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExplainedAdvisory {
    /// The advisory's id.
    pub advisory: String,
    /// The CVEs that it is about.
    pub cves: Vec<String>,
    /// What it means; none where it names the artifact and isn't about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The version that fixes it, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The steps of the decision, each a sentence without its full stop.
    pub steps: Vec<String>,
}
