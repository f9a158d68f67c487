//! Second opinions: what other hosts found in an image that one host scanned.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ImageDigest, words::words};

words! {
    /// What another host's scan says of a complete SBOM.
    Opinion {
        /// No other host scanned the image.
        Unconfirmed = "unconfirmed",
        /// Another host found the same artifacts.
        Confirmed = "confirmed",
        /// Another host with another scanner, or another version of it, found others: scanners differ.
        Differs = "differs",
        /// Another host with the same scanner found others: one of the two is wrong.
        Conflict = "conflict",
    }
}

/// A second opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondOpinion {
    /// What it says.
    pub opinion: Opinion,
    /// The other host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// What it scanned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// When it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub at: Option<Timestamp>,
}

/// An image in which two hosts with the same scanner found different artifacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictingImage {
    /// The image.
    pub digest: ImageDigest,
    /// A name that it runs under.
    pub image_name: String,
    /// How many containers run it.
    pub containers: u64,
    /// The host whose SBOM is stored.
    pub scanned_by: String,
    /// The host that found something else.
    pub host: String,
    /// What both scanned with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// When that was.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
}
