//! Package URLs: which package one means.
//!
//! Two package URLs mean the same package where their type, namespace, name and version are the
//! same by the rules of package URLs: percent-encoding doesn't count, nor does the case of letters
//! where the type says so. A question asks for no more than what stands in it:
//!
//! - without a version it means any, and without an epoch any epoch;
//! - a qualifier or a subpath counts only where the question has it;
//! - where a type's namespace says who packaged something (`deb`, `rpm`, `maven`, …), a missing one
//!   is not known, on either side, and may be any.
//!
//! An artifact without a package URL is what its type, name and version say, and nothing that they
//! don't say tells it apart: a question that may mean it finds it. An empty answer must be a proof.

mod kind;
mod parse;

use crate::{epoch, fields::ArtifactFields};

/// A package as a package URL or an artifact names it: decoded, and in the writing that its type's
/// rules ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purl {
    /// `deb`, `pypi`, `golang`, ….
    kind: String,
    /// Its parts are joined by `/`; empty where it has none, or where it belongs to the name.
    namespace: String,
    name: String,
    version: Option<Version>,
    /// Sorted by key, and without an epoch that belongs to the version.
    qualifiers: Vec<(String, String)>,
    /// Empty where it has none.
    subpath: String,
    /// Whether it is known which qualifiers and which subpath it has.
    is_whole: bool,
}

/// A version without its epoch, and that.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Version {
    epoch: Option<String>,
    rest: String,
}

/// Whether a word is meant as a package URL, and not as a name.
#[must_use]
pub fn is_purl(word: &str) -> bool {
    word.get(.."pkg:".len())
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("pkg:"))
}

impl Purl {
    /// Reads a package URL; `None` where a text isn't one. It forgives what can be understood: a
    /// host may have written it, or a person.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse::purl(text)
    }

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

    /// What every package has in common with this one that [`Self::covers`] may hold for, as one
    /// text: to be looked up by. Stores keep it: where its rules change, it has to be written anew.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }

    /// Whether this, as a question, means an artifact.
    #[must_use]
    pub fn means(&self, artifact: &impl ArtifactFields) -> bool {
        self.covers(&Self::of(artifact))
    }

    /// Whether this, as a question, means a package.
    #[must_use]
    pub fn covers(&self, package: &Self) -> bool {
        self.kind == package.kind
            && self.name == package.name
            && (self.namespace == package.namespace
                || self.namespace.is_empty()
                || package.namespace.is_empty())
            && self.covers_version(package.version.as_ref())
            && (!package.is_whole || self.covers_rest(package))
    }

    fn covers_version(&self, version: Option<&Version>) -> bool {
        match (&self.version, version) {
            (None, _) => true,
            (Some(asked), Some(version)) => asked.covers(version),
            (Some(_), None) => false,
        }
    }

    fn covers_rest(&self, package: &Self) -> bool {
        self.qualifiers
            .iter()
            .all(|one| package.qualifiers.contains(one))
            && (self.subpath.is_empty() || self.subpath == package.subpath)
    }
}

impl Version {
    /// A version as its type writes it; `None` for an empty one.
    fn new(kind: &str, version: &str) -> Option<Self> {
        let (epoch, rest) = match kind::has_epochs(kind) {
            true => epoch::split(version),
            false => (None, kind::version(kind, version)),
        };
        (!rest.is_empty()).then(|| Self {
            epoch: epoch.map(str::to_owned),
            rest: rest.to_owned(),
        })
    }

    /// The same, in this epoch where it has none of its own.
    fn or_epoch(self, epoch: Option<String>) -> Self {
        Self {
            epoch: self.epoch.or(epoch),
            ..self
        }
    }

    fn covers(&self, version: &Self) -> bool {
        self.rest == version.rest
            && (self.epoch.is_none()
                || epoch::are_equal(self.epoch.as_deref(), version.epoch.as_deref()))
    }
}

#[cfg(test)]
mod tests;
