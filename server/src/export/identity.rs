//! What a document is identified by: the same holdings get the same identity.

use sha2::{Digest, Sha256};

use super::subject::Subject;

/// A hash over everything that the document says of its subject.
fn hash(subject: &Subject<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in [&subject.name, &subject.version] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    for alias in subject.aliases() {
        hash.update(alias);
    }
    for artifact in subject.artifacts {
        hash.update(crate::store::sbom::artifact_hash(artifact));
    }
    hash.finalize().into()
}

/// The document's UUID: of version 8, which RFC 9562 leaves to whoever makes it.
pub fn uuid(subject: &Subject<'_>) -> String {
    let hash = hash(subject);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex::encode(bytes);
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}
