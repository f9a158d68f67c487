//! An SBOM as it is uploaded: a sorted set of artifacts with a hash that tells two apart.

use std::sync::Arc;

use index::Kept;
use model::{artifacts::ArtifactSet, licenses};
use proto_types::{Artifact, FailureCause, ImageDigest, ImageFacts, ScanReport, ScanStatus};
use sha2::{Digest, Sha256};

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
    /// What is in it. There may be much of it: whoever needs it shares it.
    pub artifacts: Arc<ArtifactSet>,
    /// Whether the scanner saw everything.
    pub status: ScanStatus,
    /// How much the agent keeps of what its scanner finds.
    pub detail: u32,
    /// Who scanned.
    pub scanner: Option<String>,
    /// Why it is partial.
    pub reason: Option<String>,
    /// Whose fault that is.
    pub cause: FailureCause,
}

impl Sbom {
    /// The SBOM that a host uploads, within its bounds as `model::accept` leaves it.
    #[must_use]
    pub fn new(report: ScanReport<ArtifactSet>) -> Self {
        let image = report.image;
        Self {
            image: image.digest,
            distro: image.distro,
            distro_version: image.distro_version,
            facts: image.facts,
            artifacts: Arc::new(image.artifacts),
            status: report.status,
            detail: report.detail,
            scanner: report.scanner,
            reason: report.reason,
            cause: report.cause.unwrap_or(FailureCause::Image),
        }
    }

    /// What tells two SBOMs of one image apart: SHA-256 over the distribution and the artifacts.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        put(&mut hash, &[&self.distro, &self.distro_version]);
        for artifact in self.artifacts.iter() {
            put_fields(&mut hash, &artifact);
        }
        hash.finalize().into()
    }
}

/// An artifact's identity in the store: the first 16 bytes of SHA-256 over its fields.
#[must_use]
pub fn artifact_hash(artifact: &Artifact) -> [u8; 16] {
    let mut hash = Sha256::new();
    put_fields(&mut hash, artifact);
    let whole: [u8; 32] = hash.finalize().into();
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}

/// Every field of an artifact as text. What the first release didn't know comes last, and only
/// where there is any of it, so that what it wrote keeps its hash.
fn put_fields(hash: &mut Sha256, artifact: &impl Kept) {
    let first = [
        artifact.artifact_type(),
        artifact.name(),
        artifact.version(),
        artifact.purl().unwrap_or_default(),
        artifact.source().unwrap_or_default(),
    ];
    put(hash, &first);
    let later = [
        artifact.source_version().unwrap_or_default(),
        artifact.module().unwrap_or_default(),
        if artifact.owned_by_os() { "owned" } else { "" },
    ];
    let licenses = artifact.licenses();
    if later.iter().any(|field| !field.is_empty()) || !licenses.is_empty() {
        put(hash, &later);
        for license in licenses::each(&licenses) {
            put(hash, &[license]);
        }
    }
}

/// Each text with its length before it, so that no two lists hash alike.
fn put(hash: &mut Sha256, texts: &[&str]) {
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
}
