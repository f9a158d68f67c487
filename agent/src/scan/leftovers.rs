//! Ending, taking back and wiping what scans left whose agent was killed.

use std::{fs, path::Path};

use serde::Deserialize;

use super::{folder::MountNote, wipe::wipe};
use crate::{podman::Podman, process::GroupMark, state::Scans};

/// Ends, takes back and wipes whatever scans left; only for who holds the lock on scanning.
pub(crate) async fn clear_leftovers(scans: &Scans, stores: &[Podman]) {
    for path in scans.left() {
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
    scans.remove_former();
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{
        fs::Permissions,
        os::unix::fs::{PermissionsExt, symlink},
    };

    use super::*;
    use crate::state::StateFolder;

    #[tokio::test]
    async fn what_a_killed_agent_left_is_wiped_whatever_its_rights() {
        let root = tempfile::tempdir().unwrap();
        let scans = StateFolder::open(&root.path().join("state"))
            .unwrap()
            .scans();
        let left = scans.create("0a0a0a0a0a0a").unwrap();
        let closed = left.join("work/closed");
        fs::create_dir_all(&closed).unwrap();
        fs::write(closed.join("file"), "x").unwrap();
        let outside = root.path().join("outside");
        fs::write(&outside, "stays").unwrap();
        symlink(&outside, closed.join("link")).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
        clear_leftovers(&scans, &[]).await;
        assert!(!left.exists());
        assert_eq!(fs::read_to_string(outside).unwrap(), "stays");
    }

    #[tokio::test]
    async fn only_what_the_agent_named_is_wiped() {
        let root = tempfile::tempdir().unwrap();
        let state = StateFolder::open(&root.path().join("state")).unwrap();
        let scans = state.scans();
        let stray = scans
            .create("0a0a0a0a0a0a")
            .unwrap()
            .with_file_name("precious");
        fs::write(&stray, "x").unwrap();
        let former = state.path().join("tmp");
        fs::create_dir_all(former.join("precious")).unwrap();
        fs::create_dir_all(former.join("0b0b0b0b0b0b/work")).unwrap();
        clear_leftovers(&scans, &[]).await;
        assert!(scans.left().is_empty());
        assert!(stray.exists() && former.join("precious").exists());
        assert!(!former.join("0b0b0b0b0b0b").exists());
    }
}
