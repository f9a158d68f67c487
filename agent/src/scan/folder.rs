//! The one folder of a scan: syft's temporary files, and notes for whoever cleans up after a killed
//! agent.

use std::{
    fs::DirBuilder,
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use proto_types::ImageDigest;

use super::{note::MountNote, wipe::wipe};
use crate::state::Scans;

/// The folder of a scan that runs. Dropping it wipes it, but for the note of a mount that wasn't taken
/// back.
#[derive(Debug)]
pub(super) struct ScanFolder {
    path: PathBuf,
    work: PathBuf,
}

impl ScanFolder {
    /// A new folder among `scans` for the scan of `image`.
    pub(super) fn create(scans: &Scans, image: &ImageDigest) -> io::Result<Self> {
        let path = scans.create(&image.short())?;
        let work = path.join("work");
        DirBuilder::new().mode(0o700).create(&work)?;
        Ok(Self { path, work })
    }

    /// Where syft may write, emptied of what an earlier try left.
    pub(super) fn fresh(&self) -> io::Result<&Path> {
        wipe(&self.work)?;
        DirBuilder::new().mode(0o700).create(&self.work)?;
        Ok(&self.work)
    }

    /// A new folder where a tree may be put together.
    pub(super) fn tree(&self) -> io::Result<PathBuf> {
        let tree = self.path.join("tree");
        DirBuilder::new().mode(0o700).create(&tree)?;
        Ok(tree)
    }

    /// The folder itself, where notes are.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ScanFolder {
    fn drop(&mut self) {
        let doomed = if MountNote::is_in(&self.path) {
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
    use std::fs;

    use super::*;
    use crate::state::StateFolder;

    #[test]
    fn a_scans_folder_is_empty_for_each_try_and_gone_when_the_scan_is_over() {
        let root = tempfile::tempdir().unwrap();
        let scans = StateFolder::open(&root.path().join("state"))
            .unwrap()
            .scans();
        let image = format!("sha256:{}", "0a".repeat(32)).parse().unwrap();
        let folder = ScanFolder::create(&scans, &image).unwrap();
        fs::write(folder.fresh().unwrap().join("left"), "x").unwrap();
        assert_eq!(folder.fresh().unwrap().read_dir().unwrap().count(), 0);
        fs::write(folder.work.join("left"), "x").unwrap();
        drop(folder);
        assert!(scans.left().is_empty());
    }
}
