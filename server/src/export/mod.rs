//! Exports: what an image or a host holds, as documents of the standards that auditors read.

mod cyclonedx;
mod identity;
mod licenses;
mod purl;
mod spdx;
mod subject;

use proto_types::{SbomFormat, Timestamp};

pub use subject::Subject;

/// Writes the document.
///
/// # Errors
/// What JSON can't hold; nothing that the store gives is of that kind.
pub fn document(
    subject: &Subject<'_>,
    format: SbomFormat,
    now: Timestamp,
) -> serde_json::Result<Vec<u8>> {
    match format {
        SbomFormat::CycloneDxJson => cyclonedx::write(subject, now),
        SbomFormat::SpdxJson => spdx::write(subject, now),
    }
}
