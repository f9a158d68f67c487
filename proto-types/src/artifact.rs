//! An artifact: a package as a scanner names it.

use serde::{Deserialize, Serialize};

/// A package in an image, as a scanner names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
}
