//! The one folder of a scan: syft's temporary files, and notes for whoever cleans up after a killed
//! agent.

use std::{
    cell::Cell,
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use proto_types::ImageDigest;
use serde::{Deserialize, Serialize};

use crate::{podman::Podman, process::GroupMark};

/// How often wiping is tried: what was killed a moment ago may still write.
const TRIES: u32 = 20;

/// The folder of a scan that runs. Dropping it wipes it.
#[derive(Debug)]
pub(super) struct ScanFolder {
    path: PathBuf,
    work: PathBuf,
    kept: Cell<bool>,
}

/// What is mounted for a scan.
#[derive(Debug, Serialize, Deserialize)]
struct MountNote {
    store: String,
    image: ImageDigest,
}

impl ScanFolder {
    /// A new folder in `temporary` for the scan of `image`.
    pub(super) fn create(temporary: &Path, image: &ImageDigest) -> io::Result<Self> {
        let path = temporary.join(image.short());
        let work = path.join("work");
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700).create(&work)?;
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

/// Ends, takes back and wipes whatever scans left in `temporary`; only for who holds the lock on
/// scanning.
pub(crate) async fn clear_leftovers(temporary: &Path, stores: &[Podman]) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let path = entry.path();
        if let Some(mark) = note::<GroupMark>(&path.join("group")) {
            mark.kill();
        }
        if let Some(mount) = note::<MountNote>(&path.join("mount")) {
            take_back(&mount, stores).await;
        }
        tracing::info!(folder = %path.display(), "removing the files of an interrupted scan");
        if let Err(error) = wipe(&path) {
            tracing::warn!(folder = %path.display(), "temporary files could not be removed: {error}");
        }
    }
}

async fn take_back(mount: &MountNote, stores: &[Podman]) {
    let Some(podman) = stores.iter().find(|podman| podman.name() == mount.store) else {
        return;
    };
    if let Err(error) = podman.unmount(&mount.image).await {
        // Most likely the image is gone, and the mount with it.
        tracing::warn!(image = %mount.image, "the image of an interrupted scan can't be unmounted: {error}");
    }
}

fn note<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Removes a folder or a file, whatever rights it was given and whoever still writes into it.
fn wipe(path: &Path) -> io::Result<()> {
    let mut last = Ok(());
    for _ in 0..TRIES {
        let folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        last = if folder {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match &last {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => open_up(path),
            Err(_) => std::thread::sleep(Duration::from_millis(25)),
        }
    }
    last
}

/// Gives the owner every right on the folders below `path`: an unpacked archive may have taken
/// them.
fn open_up(path: &Path) {
    let mut waiting = vec![path.to_owned()];
    while let Some(folder) = waiting.pop() {
        let _ = fs::set_permissions(&folder, Permissions::from_mode(0o700));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        // The type is the entry's own: no link is followed.
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        waiting.extend(folders.map(|entry| entry.path()));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::{Permissions, PermissionsExt, ScanFolder, clear_leftovers, open_up};

    #[test]
    fn a_scans_folder_is_gone_when_the_scan_is_over() {
        let root = tempfile::tempdir().unwrap();
        let temporary = root.path().join("tmp");
        let image = format!("sha256:{}", "0a".repeat(32)).parse().unwrap();
        let folder = ScanFolder::create(&temporary, &image).unwrap();
        fs::write(folder.work().join("left"), "x").unwrap();
        folder.note_mount("podman", &image).unwrap();
        folder.forget_mount();
        drop(folder);
        assert!(fs::read_dir(&temporary).unwrap().next().is_none());
    }

    #[tokio::test]
    async fn what_a_killed_agent_left_is_wiped_whatever_its_rights() {
        let root = tempfile::tempdir().unwrap();
        let temporary = root.path().join("tmp");
        let closed = temporary.join("0a0a/work/closed");
        fs::create_dir_all(&closed).unwrap();
        fs::write(closed.join("file"), "x").unwrap();
        fs::write(temporary.join("stray"), "x").unwrap();
        let outside = root.path().join("outside");
        fs::write(&outside, "stays").unwrap();
        symlink(&outside, closed.join("link")).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
        clear_leftovers(&temporary, &[]).await;
        assert!(fs::read_dir(&temporary).unwrap().next().is_none());
        assert_eq!(fs::read_to_string(outside).unwrap(), "stays");
    }

    #[test]
    fn giving_rights_follows_no_link() {
        let root = tempfile::tempdir().unwrap();
        let outside = root.path().join("outside");
        let inside = root.path().join("inside");
        fs::create_dir(&outside).unwrap();
        fs::create_dir(&inside).unwrap();
        fs::set_permissions(&outside, Permissions::from_mode(0o500)).unwrap();
        symlink(&outside, inside.join("link")).unwrap();
        open_up(&inside);
        let mode = fs::metadata(&outside).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o500);
    }
}
