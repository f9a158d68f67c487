//! An artifact as it stands in the index: each field is looked up when it is looked at.

use std::{borrow::Cow, cell::OnceCell, fmt};

use model::fields::ArtifactFields;
use proto_types::Artifact;

use super::{facts::Facts, kept::Kept, origins::UNKNOWN, purls};
use crate::texts::Texts;

/// An artifact.
#[derive(Clone)]
pub struct ArtifactAt<'i> {
    facts: &'i Facts,
    number: u32,
    purl: OnceCell<Option<String>>,
}

impl<'i> ArtifactAt<'i> {
    /// The artifact with a number.
    pub(super) const fn new(facts: &'i Facts, number: u32) -> Self {
        Self {
            facts,
            number,
            purl: OnceCell::new(),
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The same as a struct of its own, without what no question looks at: licenses, and whether
    /// files of it belong to a package of the distribution.
    #[must_use]
    pub fn to_artifact(&self) -> Artifact {
        Artifact {
            artifact_type: self.artifact_type().to_owned(),
            name: self.name().to_owned(),
            version: self.version().to_owned(),
            purl: self.purl().map(str::to_owned),
            source: self.source().map(str::to_owned),
            source_version: self.source_version().map(str::to_owned),
            module: self.module().map(str::to_owned),
            ..Artifact::default()
        }
    }
}

impl ArtifactFields for ArtifactAt<'_> {
    fn artifact_type(&self) -> &str {
        let style = self.facts.rows.style(self.number);
        self.facts.styles.kind(style)
    }

    fn name(&self) -> &str {
        self.facts.texts.get(self.facts.rows.name(self.number))
    }

    fn version(&self) -> &str {
        self.facts
            .versions
            .get(self.facts.rows.version(self.number))
    }

    fn purl(&self) -> Option<&str> {
        let style = self.facts.rows.style(self.number);
        let purl = self.purl.get_or_init(|| {
            let pattern = self.facts.styles.purl(style)?;
            Some(purls::expanded(self, pattern))
        });
        purl.as_deref()
    }

    fn source(&self) -> Option<&str> {
        known(&self.facts.texts, self.facts.origin(self.number).source)
    }

    fn source_version(&self) -> Option<&str> {
        known(&self.facts.versions, self.facts.origin(self.number).version)
    }

    fn module(&self) -> Option<&str> {
        known(&self.facts.modules, self.facts.origin(self.number).module)
    }
}

impl Kept for ArtifactAt<'_> {
    fn pattern(&self) -> Option<Cow<'_, str>> {
        let style = self.facts.rows.style(self.number);
        self.facts.styles.purl(style).map(Cow::Borrowed)
    }

    fn licenses(&self) -> Cow<'_, str> {
        let licenses = self.facts.origin(self.number).licenses;
        known(&self.facts.licenses, licenses)
            .unwrap_or_default()
            .into()
    }

    fn owned_by_os(&self) -> bool {
        self.facts.origin(self.number).owned_by_os
    }
}

fn known(texts: &Texts, number: u32) -> Option<&str> {
    (number != UNKNOWN).then(|| texts.get(number))
}

impl fmt::Debug for ArtifactAt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_artifact().fmt(f)
    }
}
