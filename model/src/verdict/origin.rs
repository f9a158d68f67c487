//! Where an artifact is from, and which feeds can speak of it at all.

use super::{
    release::{self as releases, Fit},
    subject::Distro,
};
use crate::{
    advisory::{Ecosystem, Family},
    source,
};

/// Where an artifact of this type is from in an image of this distribution, in words: `alpine 3.16`, `npm`.
/// Its type where nobody publishes advisories for it.
#[must_use]
pub fn origin(artifact_type: &str, distro: Distro<'_>) -> String {
    if !source::is_of_distribution(artifact_type) {
        let family = Family::of_artifacts(artifact_type);
        let name = family.map(Family::name);
        return name.unwrap_or(artifact_type).to_owned();
    }
    match distro.id {
        "" => format!("a distribution that isn't known, of {artifact_type} packages"),
        _ => release(distro),
    }
}

/// A distribution in its release: `alpine 3.16`.
fn release(distro: Distro<'_>) -> String {
    format!("{} {}", distro.id, distro.version)
        .trim()
        .to_owned()
}

/// Whether an ecosystem is that of an image's distribution, and surely in its release: then what a record names is
/// called as it is there, and where none names it something is known. Those of a registry never are.
#[must_use]
pub fn can_speak(ecosystem: &Ecosystem, distro: Distro<'_>) -> bool {
    let family = ecosystem.family().filter(|family| family.is_distribution());
    family.is_some_and(|family| {
        let fit = releases::fit(family, ecosystem, distro);
        matches!(fit, Fit::Yes | Fit::Extended)
    })
}

/// Why nothing is known of a distribution that [no advisory can speak of](can_speak), as a sentence without its full
/// stop: on so many vulnerabilities, which may be all that was asked about, and one of which has this id.
#[must_use]
pub fn unspoken(distro: Distro<'_>, (id, many, all): (&str, u64, u64)) -> String {
    let is_known = Family::of_distro(distro.id).is_some();
    match (distro.id, distro.version) {
        ("", _) => "which distribution these images are of isn't known".to_owned(),
        (of, "") if is_known => format!("which release of {of} these images are of isn't known"),
        _ => {
            let on = match many {
                _ if many == all => String::new(),
                1 => format!(" on {id}"),
                _ => format!(" on {many} vulnerabilities, such as {id},"),
            };
            format!("none of the advisories{on} is about {}", release(distro))
        }
    }
}
