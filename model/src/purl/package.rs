//! The package that a package URL means, and which others it covers as a question.

use super::kind;
use crate::epoch;

/// A package as a package URL or an artifact names it: decoded, and in the writing that its type's
/// rules ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purl {
    /// `deb`, `pypi`, `golang`, ….
    pub(super) kind: String,
    /// Its parts are joined by `/`; empty where it has none, or where it belongs to the name.
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) version: Option<Version>,
    /// Sorted by key, and without an epoch that belongs to the version.
    pub(super) qualifiers: Vec<(String, String)>,
    /// Empty where it has none.
    pub(super) subpath: String,
    /// Whether it is known which qualifiers and which subpath it has.
    pub(super) is_whole: bool,
}

/// A version without its epoch, and that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) epoch: Option<String>,
    pub(super) rest: String,
}

impl Purl {
    /// Its type: `deb`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What stands in front of its name, joined by `/`; empty where nothing does.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version without an epoch, where it has one.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_ref().map(|version| version.rest.as_str())
    }

    /// The value of a qualifier, where it has it; an epoch belongs to the version.
    #[must_use]
    pub fn qualifier(&self, key: &str) -> Option<&str> {
        let found = self.qualifiers.iter().find(|(own, _)| own == key);
        found.map(|(_, value)| value.as_str())
    }

    /// What every package has in common with this one that [`Self::covers`] may hold for, as one
    /// text: to be looked up by.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }

    /// Its type, where there is no such type of package URL.
    #[must_use]
    pub fn unknown_kind(&self) -> Option<&str> {
        (!kind::is_known(&self.kind)).then_some(self.kind.as_str())
    }

    /// The type that is meant where [`Self::unknown_kind`] is none: `pip` is `pypi`.
    #[must_use]
    pub fn kind_meant(&self) -> Option<&'static str> {
        kind::meant(&self.kind)
    }

    /// The package's name [`kind::folded`]: every package that [`Self::covers`] may hold for has
    /// the same.
    #[must_use]
    pub fn folded_name(&self) -> String {
        kind::folded(&self.name)
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
    pub(super) fn new(kind: &str, version: &str) -> Option<Self> {
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
    pub(super) fn or_epoch(self, epoch: Option<String>) -> Self {
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
