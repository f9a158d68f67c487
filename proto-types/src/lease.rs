//! Leases: the right, for a limited time, to scan one image.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ImageDigest;

/// A lease as its holder gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lease {
    /// The image to scan.
    pub image_digest: ImageDigest,
    /// What the holder says with its upload.
    pub lease: String,
    /// How often the image was leased, this time included.
    pub generation: u64,
    /// How long it holds, in seconds from when the report was sent.
    pub ttl_seconds: u64,
}

/// A live lease as readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeldLease {
    /// The host that holds it.
    pub host: String,
    /// How often the image was leased, this time included.
    pub generation: u64,
    /// When it runs out.
    #[serde(serialize_with = "crate::moment::write")]
    pub expires_at: Timestamp,
}
