//! What a scan works with: a store, a scanner, and bounds.

use crate::{podman::Podman, settings::Settings, state::Scans, syft::Syft};

/// What a scan works with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means<'a> {
    /// The store that the image is in.
    pub(crate) podman: &'a Podman,
    /// The scanner.
    pub(crate) syft: &'a Syft,
    /// The bounds.
    pub(crate) settings: &'a Settings,
    /// Where each scan has a folder of its own.
    pub(crate) scans: &'a Scans,
}
