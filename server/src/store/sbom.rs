//! An SBOM as it is uploaded: a sorted set of artifacts with a hash that tells two apart.

use std::collections::BTreeSet;

use model::bounds;
use proto_types::{Artifact, ImageDigest, ImageFacts, ScanReport, ScanStatus};
use sha2::{Digest, Sha256};

use super::{Result, StoreError};

/// The artifacts of one image and how they came to be known.
#[derive(Debug, Clone)]
pub struct Sbom {
    /// The image.
    pub image: ImageDigest,
    /// Its distribution; empty where it names none.
    pub distro: String,
    /// Its distribution's version.
    pub distro_version: String,
    /// What else is known of it.
    pub facts: ImageFacts,
    /// What is in it, sorted, each once.
    pub artifacts: Vec<Artifact>,
    /// Whether the scanner saw everything.
    pub status: ScanStatus,
    /// How much the agent keeps of what its scanner finds.
    pub detail: u32,
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
        if image.artifacts.len() > bounds::ARTIFACTS {
            return Err(StoreError::invalid(format!(
                "image {} lists {} artifacts: at most {} are taken",
                image.digest,
                image.artifacts.len(),
                bounds::ARTIFACTS
            )));
        }
        for artifact in &image.artifacts {
            check(artifact)?;
        }
        Ok(Self {
            image: image.digest,
            distro: bounded(image.distro),
            distro_version: bounded(image.distro_version),
            facts: checked(image.facts),
            artifacts: distinct(image.artifacts),
            status: report.status,
            detail: report.detail,
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

/// Every field of an artifact as text. What the first release didn't know comes last, and only
/// where there is any of it, so that what it wrote keeps its hash.
fn fields(artifact: &Artifact) -> Vec<&str> {
    let mut fields = vec![
        artifact.artifact_type.as_str(),
        &artifact.name,
        &artifact.version,
        artifact.purl.as_deref().unwrap_or_default(),
        artifact.source.as_deref().unwrap_or_default(),
    ];
    let later = [
        artifact.source_version.as_deref().unwrap_or_default(),
        artifact.module.as_deref().unwrap_or_default(),
        if artifact.owned_by_os { "owned" } else { "" },
    ];
    if later.iter().any(|field| !field.is_empty()) || !artifact.licenses.is_empty() {
        fields.extend(later);
        fields.extend(artifact.licenses.iter().map(String::as_str));
    }
    fields
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
        .map(stored)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// An artifact as it is stored: searchable, and with what its package URL says of its source
/// where the agent that scanned it said nothing.
fn stored(artifact: Artifact) -> Artifact {
    let optional = |text: Option<String>| text.map(searchable).filter(|text| !text.is_empty());
    let mut artifact = Artifact {
        artifact_type: searchable(artifact.artifact_type),
        name: searchable(artifact.name),
        version: searchable(artifact.version),
        purl: optional(artifact.purl),
        source: optional(artifact.source),
        source_version: optional(artifact.source_version),
        module: optional(artifact.module),
        licenses: licenses(artifact.licenses),
        owned_by_os: artifact.owned_by_os,
    };
    model::source::fill(&mut artifact);
    artifact
}

/// The licenses in order, each once. What is beyond a bound is left out: no answer rests on it.
fn licenses(licenses: Vec<String>) -> Vec<String> {
    let short = |license: &String| !license.is_empty() && license.len() <= bounds::FIELD;
    let all: BTreeSet<String> = licenses.into_iter().filter(short).collect();
    all.into_iter().take(bounds::LICENSES).collect()
}

fn checked(facts: ImageFacts) -> ImageFacts {
    let optional = |text: Option<String>| text.map(bounded).filter(|text| !text.is_empty());
    let aliases: BTreeSet<ImageDigest> = facts.aliases.into_iter().collect();
    ImageFacts {
        distro_codename: optional(facts.distro_codename),
        distro_cpe: optional(facts.distro_cpe),
        architecture: optional(facts.architecture),
        aliases: aliases.into_iter().take(bounds::ALIASES).collect(),
        ..facts
    }
}

/// A text without NUL, which an index of pieces would end at; no ecosystem knows it.
fn searchable(text: String) -> String {
    match text.contains('\0') {
        true => text.replace('\0', "\u{fffd}"),
        false => text,
    }
}

fn check(artifact: &Artifact) -> Result<()> {
    if artifact.name.is_empty() || artifact.artifact_type.is_empty() {
        return Err(StoreError::invalid(
            "an artifact has no name or no type: both are required",
        ));
    }
    let optional = |text: &Option<String>| text.as_deref().unwrap_or_default().len();
    let lengths = [
        ("type", artifact.artifact_type.len(), bounds::FIELD),
        ("name", artifact.name.len(), bounds::FIELD),
        ("version", artifact.version.len(), bounds::FIELD),
        ("purl", optional(&artifact.purl), bounds::PURL),
        ("source", optional(&artifact.source), bounds::FIELD),
        (
            "source_version",
            optional(&artifact.source_version),
            bounds::FIELD,
        ),
        ("module", optional(&artifact.module), bounds::FIELD),
    ];
    for (field, length, longest) in lengths {
        if length > longest {
            return Err(StoreError::invalid(format!(
                "an artifact's {field} has {length} bytes: at most {longest} are taken"
            )));
        }
    }
    Ok(())
}

/// A text that only people read, cut to its bound.
fn bounded(mut text: String) -> String {
    if text.len() > bounds::FIELD {
        let end = (0..=bounds::FIELD)
            .rev()
            .find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
    }
    text
}
