//! An artifact: a package as a scanner names it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A package in an image, as a scanner names it.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub struct Artifact {
    /// The packaging ecosystem in syft's words: `deb`, `rpm`, `apk`, `npm`, `python`, ….
    #[serde(rename = "type")]
    pub artifact_type: String,
    /// Its name: `libssl3`.
    pub name: String,
    /// Its version in its ecosystem's own writing: `3.0.15-1~deb12u1`.
    pub version: String,
    /// Its package URL, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// The name of the source package that it was built from, where known: `openssl`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The version of that source package, where known: `3.0.15-1~deb12u1`. For `dmsetup`
    /// `2:1.02.185-2` it is `2.03.16-2`, the version of `lvm2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_version: Option<String>,
    /// The label of the rpm module that it comes from, where it comes from one:
    /// `nodejs:18:9020020230327152102:rhel9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<String>,
    /// Its licenses, as SPDX expressions where the scanner has them, else as the package says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<String>,
    /// Whether any of its files belong to a distribution package, whose version is then the one
    /// that counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owned_by_os: bool,
}
