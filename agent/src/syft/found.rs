//! What syft found in a tree.

use std::collections::BTreeSet;

use proto_types::{Artifact, ImageFacts};

use super::doubt::Doubt;
use crate::tree::Entry;

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
    pub(crate) doubt: Option<Doubt>,
}

impl Found {
    /// Leaves out what dpkg knows and what isn't there, which syft lists all the same.
    pub(super) fn without(&mut self, gone: &BTreeSet<Entry>) {
        if gone.is_empty() {
            return;
        }
        self.artifacts.retain(|artifact| {
            let architecture = artifact.purl.as_deref().and_then(architecture);
            let entry = architecture.map(|architecture| Entry {
                name: artifact.name.clone(),
                version: artifact.version.clone(),
                architecture: architecture.to_owned(),
            });
            artifact.artifact_type != "deb" || entry.is_none_or(|entry| !gone.contains(&entry))
        });
    }
}

/// The architecture that a package URL names.
fn architecture(purl: &str) -> Option<&str> {
    let (_, qualifiers) = purl.split_once('?')?;
    let mut qualifiers = qualifiers.split('&');
    qualifiers.find_map(|qualifier| qualifier.strip_prefix("arch="))
}
