//! What is known of an image besides its artifacts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ImageDigest;

/// What is known of an image besides its artifacts, kept at scan time: the image may be gone
/// when someone asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImageFacts {
    /// Its distribution's codename, as os-release says it: `bookworm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distro_codename: Option<String>,
    /// Its distribution's CPE name, as os-release says it: `cpe:/o:redhat:enterprise_linux:9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distro_cpe: Option<String>,
    /// The manifest digests that name the same image in registries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<ImageDigest>,
    /// The architecture that it is built for, as its configuration says it: `amd64`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// Its size on the host that scanned it, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// When it was built, as its configuration says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub created_at: Option<Timestamp>,
}
