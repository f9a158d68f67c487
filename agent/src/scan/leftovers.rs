//! Ending, taking back and wiping what scans left whose agent was killed.

use std::{io, path::Path};

use super::{note::MountNote, scratch::ScratchNote, unmount::take_back, wipe::wipe};
use crate::{podman::Podman, process::trace, state::Scans};

/// Ends, takes back and wipes whatever scans left; only for who holds the lock on scanning.
pub(crate) async fn clear_leftovers(scans: &Scans, stores: &[Podman]) {
    for folder in scans.left() {
        tracing::info!(folder = %folder.display(), "removing the files of an interrupted scan");
        if let Err(error) = clear(&folder, stores).await {
            tracing::warn!(folder = %folder.display(), "temporary files could not be removed: {error}");
        }
    }
    scans.remove_former();
}

/// Clears one scan's folder; the note of a mount stays for the next run until that is taken back.
async fn clear(folder: &Path, stores: &[Podman]) -> io::Result<()> {
    let work = folder.join("work");
    // With them, nothing that is mounted could be unmounted, nor what they write into be removed.
    trace::end_those_in(&work);
    if let Some(scratch) = ScratchNote::read(folder) {
        scratch.clear(stores).await;
    }
    if let Some(note) = MountNote::read(folder) {
        if let Err(error) = take_back(folder, &note, stores).await {
            let image = note.image;
            tracing::warn!(%image, "the image of an interrupted scan stays mounted for now: {error}");
            return wipe(&work);
        }
        MountNote::remove(folder);
    }
    wipe(folder)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{
        fs::{self, Permissions},
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
