//! Syft's own JSON document, read without copying what isn't kept: it may have hundreds of
//! thousands of files and relations.

mod each;
mod owned;
mod package;
mod set;

use std::borrow::Cow;

use proto_types::ImageFacts;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{doubt::Doubt, found::Found};
use each::each;
use package::Package;
use set::Set;

/// A document that can't be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It isn't JSON, or not syft's.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// It has no list of artifacts, not even an empty one.
    #[error("it has no `artifacts`")]
    NoArtifacts,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    artifacts: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "artifactRelationships")]
    relations: Option<&'a RawValue>,
    #[serde(borrow, default)]
    files: Option<&'a RawValue>,
    #[serde(default)]
    distro: Option<Distro>,
    #[serde(default)]
    descriptor: Descriptor,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Distro {
    id: String,
    #[serde(rename = "versionID")]
    version_id: String,
    version_codename: Option<String>,
    cpe_name: Option<String>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    location: Location<'a>,
    #[serde(default)]
    unknowns: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
struct Location<'a> {
    #[serde(borrow, default)]
    path: Cow<'a, str>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Descriptor {
    name: String,
    version: String,
}

/// Reads a document; `note` is told what syft notes of files that it could not read, and answers with
/// the doubt that it gives.
pub(super) fn read(
    json: &[u8],
    note: impl FnMut(&str, &str) -> Option<Doubt>,
) -> Result<Found, Unreadable> {
    let document: Document<'_> = serde_json::from_slice(json)?;
    let packages = document.artifacts.ok_or(Unreadable::NoArtifacts)?;
    let owned = owned::by_distribution(Some(packages), document.relations)?;
    let mut set = Set::default();
    each(Some(packages), |package: Package<'_>| {
        let owned_by_os = owned.contains(&package.id);
        set.add(package.artifact(), package.licenses(), owned_by_os);
    })?;
    let distro = document.distro.unwrap_or_default();
    Ok(Found {
        scanner: scanner(&document.descriptor),
        facts: ImageFacts {
            distro_codename: distro.version_codename,
            distro_cpe: distro.cpe_name,
            ..ImageFacts::default()
        },
        distro: distro.id,
        distro_version: distro.version_id,
        artifacts: set.artifacts(),
        doubt: unread(document.files, note)?,
    })
}

/// The doubt that counts of those that notes of unread files give.
fn unread(
    files: Option<&RawValue>,
    mut note: impl FnMut(&str, &str) -> Option<Doubt>,
) -> serde_json::Result<Option<Doubt>> {
    let mut doubt = None;
    each(files, |file: File<'_>| {
        let path = file.location.path;
        for unknown in file.unknowns.unwrap_or_default() {
            let gives = note(&path, &unknown);
            doubt = Doubt::first_of(doubt.take(), gives);
        }
    })?;
    Ok(doubt)
}

fn scanner(descriptor: &Descriptor) -> Option<String> {
    let named = !descriptor.name.is_empty() && !descriptor.version.is_empty();
    named.then(|| {
        model::shown::on_one_line(&format!("{} {}", descriptor.name, descriptor.version), 100)
    })
}

#[cfg(test)]
mod tests;
