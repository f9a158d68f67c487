//! Where an artifact is from, and which feeds can speak of it at all.

use super::{
    release::{self, Fit},
    subject::Distro,
};
use crate::{
    advisory::{Ecosystem, Family},
    purl, source,
};

/// Where an artifact of this type is from in an image of this distribution, in words: `alpine 3.16`, `npm`.
/// Its type where nobody publishes advisories for it.
#[must_use]
pub fn origin(artifact_type: &str, distro: Distro<'_>) -> String {
    if !source::is_of_distribution(artifact_type) {
        let family = Family::of_registry(purl::type_of(artifact_type));
        let name = family.map(Family::name);
        return name.unwrap_or(artifact_type).to_owned();
    }
    match (distro.id, distro.version) {
        ("", _) => format!("a distribution that isn't known, of {artifact_type} packages"),
        (id, "") => id.to_owned(),
        (id, version) => format!("{id} {version}"),
    }
}

/// Whether records of an ecosystem can speak of artifacts of this type in images of this distribution, so
/// that where none does something is known.
#[must_use]
pub fn can_speak(ecosystem: &Ecosystem, artifact_type: &str, distro: Distro<'_>) -> bool {
    ecosystem.family().is_some_and(|family| {
        family.purl_type() == purl::type_of(artifact_type)
            && matches!(
                release::fit(family, ecosystem, distro),
                Fit::Yes | Fit::Extended
            )
    })
}

/// Whether packages of an ecosystem are, or may be, those of an image's distribution in its release, so that where
/// a record names one something is said of it, if only that it can't be known. Those of a registry never are.
#[must_use]
pub fn may_speak(ecosystem: &Ecosystem, distro: Distro<'_>) -> bool {
    let family = ecosystem.family().filter(|family| family.is_distribution());
    family.is_some_and(|family| release::fit(family, ecosystem, distro) != Fit::No)
}
