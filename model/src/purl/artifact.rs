//! The package that an artifact is.

use super::{
    kind,
    package::{Purl, Version},
};
use crate::fields::ArtifactFields;

impl Purl {
    /// The package that an artifact is: by its package URL, or where it has none that can be read
    /// by its type, its name and its version.
    #[must_use]
    pub fn of(artifact: &impl ArtifactFields) -> Self {
        let mut package = artifact
            .purl()
            .and_then(Self::parse)
            .unwrap_or_else(|| Self::by_name(artifact));
        // A package URL may leave out the version, or an epoch that the version has.
        let known = Version::new(&package.kind, artifact.version());
        package.version = match package.version {
            Some(version) => Some(version.or_epoch(known.and_then(|known| known.epoch))),
            None => known,
        };
        package
    }

    fn by_name(artifact: &impl ArtifactFields) -> Self {
        let kind = kind::of_artifact(artifact.artifact_type());
        Self {
            kind: kind.to_owned(),
            namespace: String::new(),
            name: kind::name(kind, artifact.name()),
            version: None,
            qualifiers: Vec::new(),
            subpath: String::new(),
            is_whole: false,
        }
    }

    /// Whether this, as a question, means an artifact.
    #[must_use]
    pub fn means(&self, artifact: &impl ArtifactFields) -> bool {
        self.covers(&Self::of(artifact))
    }
}
