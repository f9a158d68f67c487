//! What is kept of an artifact: all of it, its package URL and its licenses in writings that
//! thousands of artifacts share.

use std::borrow::Cow;

use model::{artifacts::Held, fields::ArtifactFields, licenses};
use proto_types::Artifact;

use super::purls;

/// All that is kept of an artifact.
pub trait Kept: ArtifactFields {
    /// What is left of its package URL once its other fields are taken out.
    fn pattern(&self) -> Option<Cow<'_, str>>;
    /// Its licenses as one text, which is empty where it has none.
    fn licenses(&self) -> Cow<'_, str>;
    /// Whether files of it belong to a package of the distribution.
    fn owned_by_os(&self) -> bool;
}

impl Kept for Artifact {
    fn pattern(&self) -> Option<Cow<'_, str>> {
        let purl = self.purl.as_deref()?;
        Some(purls::pattern(self, purl).into())
    }

    fn licenses(&self) -> Cow<'_, str> {
        licenses::packed(&self.licenses).into()
    }

    fn owned_by_os(&self) -> bool {
        self.owned_by_os
    }
}

impl Kept for Held<'_> {
    fn pattern(&self) -> Option<Cow<'_, str>> {
        let purl = self.purl()?;
        Some(purls::pattern(self, purl).into())
    }

    fn licenses(&self) -> Cow<'_, str> {
        self.packed_licenses().into()
    }

    fn owned_by_os(&self) -> bool {
        self.owned_by_os()
    }
}

/// An artifact of its own, with all that is kept.
pub fn whole(artifact: &impl Kept) -> Artifact {
    let text = |text: Option<&str>| text.map(str::to_owned);
    Artifact {
        artifact_type: artifact.artifact_type().to_owned(),
        name: artifact.name().to_owned(),
        version: artifact.version().to_owned(),
        purl: text(artifact.purl()),
        source: text(artifact.source()),
        source_version: text(artifact.source_version()),
        module: text(artifact.module()),
        licenses: licenses::read(&artifact.licenses()),
        owned_by_os: artifact.owned_by_os(),
    }
}
