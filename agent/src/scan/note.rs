//! The note of a mount: written before it is made, and removed when it has been taken back, so that
//! it is taken back whatever ends the agent.

use std::{fs, io, path::Path, time::Duration};

use proto_types::ImageDigest;
use serde::{Deserialize, Serialize};

use crate::{podman::Podman, process::trace, settings::Words};

/// The note's name in a scan's folder.
const NAME: &str = "mount";

/// What it takes to take a mount back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MountNote {
    /// The store's name, as messages say it.
    pub(super) store: String,
    /// The image.
    pub(super) image: ImageDigest,
    /// The command that shows the store: the settings may name another by then. Another user's store
    /// has none, and the first release didn't note it.
    command: Option<Words>,
    /// Who started the podman that mounts.
    #[serde(default)]
    pub(super) agent: String,
}

impl MountNote {
    /// That this agent mounts an image of a store.
    pub(super) fn new(podman: &Podman, image: &ImageDigest) -> Self {
        Self {
            store: podman.name().to_owned(),
            image: *image,
            command: podman.words().cloned(),
            agent: trace::own().to_owned(),
        }
    }

    /// Writes it into a scan's folder.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(NAME), serde_json::to_vec(self)?)
    }

    /// The one in a scan's folder, if there is any that can be understood.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()
    }

    /// Whether there is one in a scan's folder.
    pub(super) fn is_in(folder: &Path) -> bool {
        fs::symlink_metadata(folder.join(NAME)).is_ok()
    }

    /// How long ago the one in a scan's folder was written, by a clock that may be set.
    pub(super) fn age(folder: &Path) -> Option<Duration> {
        let written = fs::metadata(folder.join(NAME)).ok()?.modified().ok()?;
        written.elapsed().ok()
    }

    /// Removes the one in a scan's folder.
    pub(super) fn remove(folder: &Path) {
        // The whole folder goes in a moment; this only counts if the agent is killed before that.
        let _ = fs::remove_file(folder.join(NAME));
    }

    /// The store, also one that `stores`, those of the settings, no longer name.
    pub(super) fn podman(&self, stores: &[Podman]) -> Option<Podman> {
        if let Some(words) = &self.command {
            return Some(Podman::new(Some(self.store.clone()), words.clone()));
        }
        // A user may be called what messages call root's store: the first release, which knew no users,
        // didn't note who mounts either.
        let is_users = !self.agent.is_empty();
        let mut stores = stores.iter();
        let named = |one: &&Podman| one.name() == self.store && one.is_another_users() == is_users;
        stores.find(named).cloned()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_user_who_is_called_like_roots_store_is_not_taken_for_it() {
        let image = ImageDigest::from_bytes([7; 32]);
        let own = Podman::new(None, Words::one("podman"));
        let users = Podman::of_user("podman").await;
        let stores = [own.clone(), users.clone()];
        let found = MountNote::new(&users, &image).podman(&stores).unwrap();
        assert!(found.is_another_users());
        let found = MountNote::new(&own, &image).podman(&stores).unwrap();
        assert!(!found.is_another_users());
        let first_release = format!(r#"{{"store":"podman","image":"{image}"}}"#);
        let note: MountNote = serde_json::from_str(&first_release).unwrap();
        assert!(!note.podman(&stores).unwrap().is_another_users());
    }
}
