//! Syft's own JSON document, read without copying what isn't kept.

use std::{borrow::Cow, collections::BTreeSet};

use proto_types::Artifact;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{doubts, found::Found, source};

/// How long a type, a name, a version or a source may be, in bytes.
const FIELD: usize = 1 << 10;
/// How long a package URL may be, in bytes.
const PURL: usize = 2 << 10;

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
    artifacts: Option<Vec<Package<'a>>>,
    #[serde(default)]
    distro: Option<Distro>,
    #[serde(borrow, default)]
    files: Option<Vec<File<'a>>>,
    #[serde(default)]
    descriptor: Descriptor,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Cow<'a, str>,
    #[serde(borrow, default)]
    purl: Cow<'a, str>,
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Distro {
    #[serde(default)]
    id: String,
    #[serde(default, rename = "versionID")]
    version_id: String,
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
struct Descriptor {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

/// Reads a document; what had to be left out is named as a doubt.
pub(super) fn read(json: &[u8]) -> Result<Found, Unreadable> {
    let document: Document<'_> = serde_json::from_slice(json)?;
    let packages = document.artifacts.ok_or(Unreadable::NoArtifacts)?;
    let count = packages.len();
    let mut dropped = 0;
    let mut artifacts = BTreeSet::new();
    for package in packages {
        match artifact(package) {
            Some(artifact) => _ = artifacts.insert(artifact),
            None => dropped += 1,
        }
    }
    let left_out = (dropped > 0).then(|| {
        format!("{dropped} of {count} packages have no name, or a field that is too long")
    });
    let distro = document.distro.unwrap_or_default();
    Ok(Found {
        scanner: scanner(&document.descriptor),
        distro: distro.id,
        distro_version: distro.version_id,
        artifacts: artifacts.into_iter().collect(),
        doubt: unread(document.files.unwrap_or_default()).or(left_out),
    })
}

fn artifact(package: Package<'_>) -> Option<Artifact> {
    let source = source::of(
        &package.kind,
        &package.name,
        &package.purl,
        package.metadata.map(RawValue::get),
    );
    let fits = |field: &str| field.len() <= FIELD;
    let named = !package.name.is_empty() && !package.kind.is_empty();
    let short = fits(&package.kind) && fits(&package.name) && fits(&package.version);
    if !named || !short || !source.as_deref().is_none_or(fits) || package.purl.len() > PURL {
        return None;
    }
    Some(Artifact {
        artifact_type: package.kind.into_owned(),
        name: package.name.into_owned(),
        version: package.version.into_owned(),
        purl: (!package.purl.is_empty()).then(|| package.purl.into_owned()),
        source,
        ..Artifact::default()
    })
}

/// What syft notes beside files that it could not read: the only place where it tells.
fn unread(files: Vec<File<'_>>) -> Option<String> {
    files.into_iter().find_map(|file| {
        let unknowns = file.unknowns.unwrap_or_default();
        let path = file.location.path;
        unknowns
            .iter()
            .find_map(|unknown| doubts::about_file(&path, unknown))
    })
}

fn scanner(descriptor: &Descriptor) -> Option<String> {
    let named = !descriptor.name.is_empty() && !descriptor.version.is_empty();
    named.then(|| crate::text::plain(&format!("{} {}", descriptor.name, descriptor.version), 100))
}

#[cfg(test)]
mod tests;
