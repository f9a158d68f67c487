//! What syft found in a tree.

use proto_types::{Artifact, ImageFacts};

/// What syft found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// `syft 1.18.1`.
    pub(crate) scanner: Option<String>,
    /// The distribution's identifier, empty where there is none.
    pub(crate) distro: String,
    /// Its version, empty where there is none.
    pub(crate) distro_version: String,
    /// What else is known of the image; syft knows the distribution's codename and CPE name.
    pub(crate) facts: ImageFacts,
    /// The artifacts, each once.
    pub(crate) artifacts: Vec<Artifact>,
    /// Why it isn't everything, if it isn't.
    pub(crate) doubt: Option<String>,
}
