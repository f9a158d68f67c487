//! What is judged: an artifact, and where it is.

use crate::{advisory::Named, fields::ArtifactFields, source};

/// The distribution that an image is of, as its `os-release` has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Distro<'a> {
    /// Its id: `debian`. Empty where it isn't known, or where there is none.
    pub id: &'a str,
    /// Its version: `12`. Empty where it isn't known, and where it has none.
    pub version: &'a str,
}

/// An artifact in an image of a distribution.
pub struct Subject<'a, A> {
    /// The artifact.
    pub artifact: &'a A,
    /// Whether files of it belong to a package of the distribution.
    pub owned_by_os: bool,
    /// The distribution of the image.
    pub distro: Distro<'a>,
    pub(super) named: Named,
}

impl<'a, A: ArtifactFields> Subject<'a, A> {
    /// An artifact in an image of a distribution. Its names are read once, so keep it for several
    /// advisories.
    #[must_use]
    pub fn new(artifact: &'a A, owned_by_os: bool, distro: Distro<'a>) -> Self {
        Self {
            named: Named::of(artifact),
            artifact,
            owned_by_os,
            distro,
        }
    }

    /// Whether it is a package of the distribution, which has releases.
    pub(super) fn is_of_distribution(&self) -> bool {
        source::is_of_distribution(self.artifact.artifact_type())
    }

    /// The label of its rpm module; scanners write nothing in several ways.
    pub(super) fn label(&self) -> Option<&'a str> {
        self.artifact
            .module()
            .filter(|label| !matches!(label.trim(), "" | "(none)"))
    }
}
