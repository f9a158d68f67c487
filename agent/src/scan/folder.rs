//! The one folder of a scan: syft's temporary files, and notes for whoever cleans up after a killed
//! agent.

use std::{
    cell::Cell,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use proto_types::ImageDigest;
use serde::{Deserialize, Serialize};

use super::wipe::wipe;
use crate::{process::GroupMark, state::Scans};

/// The folder of a scan that runs. Dropping it wipes it.
#[derive(Debug)]
pub(super) struct ScanFolder {
    path: PathBuf,
    work: PathBuf,
    kept: Cell<bool>,
}

/// What is mounted for a scan.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MountNote {
    pub(super) store: String,
    pub(super) image: ImageDigest,
}

impl ScanFolder {
    /// A new folder among `scans` for the scan of `image`.
    pub(super) fn create(scans: &Scans, image: &ImageDigest) -> io::Result<Self> {
        let path = scans.create(&image.short())?;
        let work = path.join("work");
        DirBuilder::new().mode(0o700).create(&work)?;
        let kept = Cell::new(false);
        Ok(Self { path, work, kept })
    }

    /// Where syft may write.
    pub(super) fn work(&self) -> &Path {
        &self.work
    }

    /// Notes a mount, so that it is taken back even if this process can't.
    pub(super) fn note_mount(&self, store: &str, image: &ImageDigest) -> io::Result<()> {
        let store = store.to_owned();
        let note = MountNote {
            store,
            image: *image,
        };
        fs::write(self.path.join("mount"), serde_json::to_vec(&note)?)
    }

    /// The mount was taken back.
    pub(super) fn forget_mount(&self) {
        // The whole folder goes in a moment; this only counts if the agent is killed before that.
        let _ = fs::remove_file(self.path.join("mount"));
    }

    /// Notes the scanner's processes, so that they are ended even if this process can't.
    pub(super) fn note_group(&self, mark: &GroupMark) {
        let written = serde_json::to_vec(mark)
            .map_err(io::Error::from)
            .and_then(|note| fs::write(self.path.join("group"), note));
        if let Err(error) = written {
            tracing::warn!("the scan's process ID can't be saved: {error}");
        }
    }

    /// Keeps the notes when this is dropped, and wipes only the rest.
    pub(super) fn keep(&self) {
        self.kept.set(true);
    }
}

impl Drop for ScanFolder {
    fn drop(&mut self) {
        let doomed = if self.kept.get() || self.path.join("mount").exists() {
            &self.work
        } else {
            &self.path
        };
        if let Err(error) = wipe(doomed) {
            tracing::warn!(folder = %doomed.display(), "temporary files could not be removed: {error}");
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::state::StateFolder;

    #[test]
    fn a_scans_folder_is_gone_when_the_scan_is_over() {
        let root = tempfile::tempdir().unwrap();
        let scans = StateFolder::open(&root.path().join("state"))
            .unwrap()
            .scans();
        let image = format!("sha256:{}", "0a".repeat(32)).parse().unwrap();
        let folder = ScanFolder::create(&scans, &image).unwrap();
        fs::write(folder.work().join("left"), "x").unwrap();
        folder.note_mount("podman", &image).unwrap();
        folder.forget_mount();
        drop(folder);
        assert!(scans.left().is_empty());
    }
}
