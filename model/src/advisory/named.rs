//! By which names an artifact is known to advisories.

use std::borrow::Cow;

use super::{Family, major};
use crate::{
    fields::ArtifactFields,
    purl::{self, Purl},
    source,
};

/// An artifact's names, as its ecosystem writes them.
pub(crate) struct Named {
    /// The type of its package URL: `deb`, `pypi`.
    pub(crate) purl_type: String,
    /// Its own name; of a Maven artifact without the group.
    pub(crate) name: String,
    /// The source package that it was built from, where it is a distribution's.
    pub(crate) source: Option<String>,
    /// Of a Go module that has its major version in its path, the path without that, and the version.
    pub(crate) without_major: Option<(String, u64)>,
    /// Of a Maven artifact the group, where one is said. Where an archive names none, scanners write
    /// the artifact ID in its place, so that one which is the same is a guess.
    pub(crate) group: Option<String>,
}

impl Named {
    /// The names of an artifact.
    pub(crate) fn of(artifact: &impl ArtifactFields) -> Self {
        let kind = purl::type_of(artifact.artifact_type());
        if source::is_of_distribution(artifact.artifact_type()) {
            let source = artifact.source().filter(|source| !source.is_empty());
            return Self {
                purl_type: kind.to_owned(),
                name: written(kind, artifact.name()).into_owned(),
                source: source.map(|source| written(kind, source).into_owned()),
                without_major: None,
                group: None,
            };
        }
        match kind {
            "golang" => Self::of_go(artifact.name()),
            "maven" => Self::of_maven(artifact),
            "swift" => Self::by_path(kind, artifact),
            _ => Self::plain(kind, artifact.name()),
        }
    }

    fn plain(kind: &str, name: &str) -> Self {
        Self {
            purl_type: kind.to_owned(),
            name: written(kind, name).into_owned(),
            source: None,
            without_major: None,
            group: None,
        }
    }

    /// Some records name a Go module without the major version that its path has.
    fn of_go(path: &str) -> Self {
        let plain = Self::plain("golang", path);
        let base = major::split(&plain.name).map(|(base, major)| (base.to_owned(), major));
        Self {
            without_major: base,
            ..plain
        }
    }

    /// Scanners name a Java archive by its artifact ID; the group stands in the package URL.
    fn of_maven(artifact: &impl ArtifactFields) -> Self {
        let url = artifact.purl().and_then(Purl::parse);
        let url = url.filter(|url| url.kind() == "maven");
        let (group, name) = match (&url, artifact.name().rsplit_once(':')) {
            (Some(url), _) => (url.namespace(), url.name()),
            (None, Some((group, name))) => (group, name),
            (None, None) => ("", artifact.name()),
        };
        Self {
            group: (!group.is_empty()).then(|| group.to_owned()),
            ..Self::plain("maven", name)
        }
    }

    /// A Swift package is called by where it is from.
    fn by_path(kind: &str, artifact: &impl ArtifactFields) -> Self {
        let url = artifact.purl().and_then(Purl::parse);
        let url = url.filter(|url| url.kind() == kind && !url.namespace().is_empty());
        match url {
            Some(url) if url.namespace().ends_with(&format!("/{}", url.name())) => {
                Self::plain(kind, url.namespace())
            }
            Some(url) => Self::plain(kind, &format!("{}/{}", url.namespace(), url.name())),
            None => Self::plain(kind, artifact.name()),
        }
    }
}

/// The artifact ID and the group of a package that a record names `group:artifact`.
pub(crate) struct Maven<'a> {
    pub(crate) group: Option<&'a str>,
    pub(crate) name: &'a str,
}

impl<'a> Maven<'a> {
    pub(crate) fn new(name: &'a str) -> Self {
        match name.split_once(':') {
            Some((group, name)) => Self {
                group: Some(group),
                name,
            },
            None => Self { group: None, name },
        }
    }
}

/// The name that a record's package is looked for by.
pub(crate) fn of_package(family: Family, name: &str) -> Cow<'_, str> {
    match family {
        Family::Maven => Cow::Borrowed(Maven::new(name).name),
        Family::Swift => {
            let name = name.trim_start_matches("https://").trim_end_matches(".git");
            Cow::Borrowed(name)
        }
        _ => written(family.purl_type(), name),
    }
}

/// A name as the type of its package URL writes it: in small letters, by PEP 503, or as it is.
fn written<'n>(kind: &str, name: &'n str) -> Cow<'n, str> {
    purl::written(kind, name)
}
