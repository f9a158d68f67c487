//! An SBOM as it is uploaded: a sorted set of artifacts with a hash that tells two apart.

use std::collections::BTreeSet;

use proto_types::{Artifact, ImageDigest, ScanReport, ScanStatus};
use sha2::{Digest, Sha256};

use super::{Result, StoreError};

/// No image holds more artifacts.
const MOST_ARTIFACTS: usize = 200_000;
/// No type, name, version or source is longer, in bytes.
const LONGEST_FIELD: usize = 1024;
/// No package URL is longer, in bytes.
const LONGEST_PURL: usize = 4096;

/// The artifacts of one image and how they came to be known.
#[derive(Debug, Clone)]
pub struct Sbom {
    /// The image.
    pub image: ImageDigest,
    /// Its distribution; empty where it names none.
    pub distro: String,
    /// Its distribution's version.
    pub distro_version: String,
    /// What is in it, sorted, each once.
    pub artifacts: Vec<Artifact>,
    /// Whether the scanner saw everything.
    pub status: ScanStatus,
    /// Who scanned.
    pub scanner: Option<String>,
    /// Why it is partial.
    pub reason: Option<String>,
}

impl Sbom {
    /// The SBOM that a host uploads, with everything in it held to its bounds.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming what is over its bound.
    pub fn from_report(report: ScanReport) -> Result<Self> {
        let image = report.image;
        if image.artifacts.len() > MOST_ARTIFACTS {
            return Err(StoreError::invalid(format!(
                "image {} lists {} artifacts: at most {MOST_ARTIFACTS} are taken",
                image.digest,
                image.artifacts.len()
            )));
        }
        for artifact in &image.artifacts {
            check(artifact)?;
        }
        Ok(Self {
            image: image.digest,
            distro: bounded(image.distro),
            distro_version: bounded(image.distro_version),
            artifacts: distinct(image.artifacts),
            status: report.status,
            scanner: report.scanner.map(bounded),
            reason: report.reason.map(bounded),
        })
    }

    /// What tells two SBOMs of one image apart: SHA-256 over the distribution and the artifacts.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        put(&mut hash, &[&self.distro, &self.distro_version]);
        for artifact in &self.artifacts {
            put(&mut hash, &fields(artifact));
        }
        hash.finalize().into()
    }
}

/// An artifact's identity in the store: the first 16 bytes of SHA-256 over its fields.
#[must_use]
pub fn artifact_hash(artifact: &Artifact) -> [u8; 16] {
    let mut hash = Sha256::new();
    put(&mut hash, &fields(artifact));
    let whole: [u8; 32] = hash.finalize().into();
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}

fn fields(artifact: &Artifact) -> [&str; 5] {
    [
        &artifact.artifact_type,
        &artifact.name,
        &artifact.version,
        artifact.purl.as_deref().unwrap_or_default(),
        artifact.source.as_deref().unwrap_or_default(),
    ]
}

/// Each text with its length before it, so that no two lists hash alike.
fn put(hash: &mut Sha256, texts: &[&str]) {
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
}

fn distinct(artifacts: Vec<Artifact>) -> Vec<Artifact> {
    artifacts
        .into_iter()
        .map(|artifact| Artifact {
            artifact_type: searchable(artifact.artifact_type),
            name: searchable(artifact.name),
            version: searchable(artifact.version),
            purl: artifact
                .purl
                .map(searchable)
                .filter(|purl| !purl.is_empty()),
            source: artifact
                .source
                .map(searchable)
                .filter(|source| !source.is_empty()),
            ..artifact
        })
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// A text without NUL, which an index of pieces would end at; no ecosystem knows it.
fn searchable(text: String) -> String {
    match text.contains('\0') {
        true => text.replace('\0', "\u{fffd}"),
        false => text,
    }
}

fn check(artifact: &Artifact) -> Result<()> {
    let [artifact_type, name, version, purl, source] = fields(artifact);
    if name.is_empty() || artifact_type.is_empty() {
        return Err(StoreError::invalid(
            "an artifact has no name or no type: both are required",
        ));
    }
    let bounds = [
        ("type", artifact_type, LONGEST_FIELD),
        ("name", name, LONGEST_FIELD),
        ("version", version, LONGEST_FIELD),
        ("purl", purl, LONGEST_PURL),
        ("source", source, LONGEST_FIELD),
    ];
    for (field, text, longest) in bounds {
        if text.len() > longest {
            return Err(StoreError::invalid(format!(
                "an artifact's {field} has {} bytes: at most {longest} are taken",
                text.len()
            )));
        }
    }
    Ok(())
}

/// A text that only people read, cut to its bound.
fn bounded(mut text: String) -> String {
    if text.len() > LONGEST_FIELD {
        let end = (0..=LONGEST_FIELD)
            .rev()
            .find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
    }
    text
}
