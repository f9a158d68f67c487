//! Packages that hold nothing but the kernel's headers.
//!
//! They are built from the kernel's source, so that each of its hundreds of advisories names them, and
//! have none of its code in them. What a container runs on is its host's kernel.

use super::{spoken::By, subject::Subject};
use crate::fields::ArtifactFields;

/// Whether an artifact is meant by the name of the kernel's source alone, and holds its headers alone.
pub(super) fn only<A: ArtifactFields>(by: By, subject: &Subject<'_, A>) -> bool {
    let source = subject.artifact.source().unwrap_or_default();
    let name = subject.artifact.name();
    by == By::Source
        && match subject.artifact.artifact_type() {
            "deb" if source.starts_with("linux") => {
                name == "linux-libc-dev"
                    || (name.starts_with("linux-") && name.contains("headers-"))
            }
            "rpm" if source.starts_with("kernel") => name == "kernel-headers",
            _ => false,
        }
}
