//! Answers of `find` counted by something.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words::words;

words! {
    /// What the answers are counted by.
    GroupBy {
        /// The artifact's version, newest first.
        Version = "version",
        /// The artifact's name.
        Name = "name",
        /// The artifact's type.
        Type = "type",
        /// The image.
        Image = "image",
        /// The host.
        Host = "host",
        /// The image's distribution with its version.
        Distro = "distro",
    }
}

/// How much of the answer has one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    /// The version, name, digest, and so on that they share.
    pub key: String,
    /// With `version`, the type whose ordering the key follows; with `image`, the name most hosts run it under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Distinct artifacts.
    pub artifacts: u64,
    /// Distinct images.
    pub images: u64,
    /// Distinct containers.
    pub containers: u64,
    /// Distinct hosts.
    pub hosts: u64,
}
