//! Where syft may write during a scan: in the scan's own folder, or, where it runs as another user,
//! in one of theirs.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{error::ScanError, folder::ScanFolder};
use crate::{podman::Podman, process::trace};

/// Where every user may make a folder that lasts.
const PLACE: &str = "/var/tmp";
/// The note's name in a scan's folder.
const NAME: &str = "scratch";

/// A folder of another user's, by which it is found after the agent was killed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ScratchNote {
    pub(super) store: String,
    pub(super) place: PathBuf,
}

/// Where syft may write.
#[derive(Debug)]
pub(super) enum Scratch<'a> {
    /// In the scan's folder, which goes with the scan.
    Own(&'a Path),
    /// In a folder of another user's.
    Theirs(PathBuf),
}

impl<'a> Scratch<'a> {
    /// Makes it, with nothing in it.
    ///
    /// # Errors
    /// [`ScanError::Folder`] and [`ScanError::Mount`]: the host lets nobody write there.
    pub(super) async fn make(podman: &Podman, folder: &'a ScanFolder) -> Result<Self, ScanError> {
        if !podman.is_another_users() {
            return Ok(Self::Own(folder.fresh().map_err(ScanError::Folder)?));
        }
        let name = fs::read_to_string("/proc/sys/kernel/random/uuid").map_err(ScanError::Folder)?;
        let place = Path::new(PLACE).join(format!("assetmon-scan-{}", name.trim()));
        let note = ScratchNote {
            store: podman.name().to_owned(),
            place: place.clone(),
        };
        note.write(folder.path()).map_err(ScanError::Folder)?;
        podman
            .make_scratch(&place)
            .await
            .map_err(ScanError::Mount)?;
        Ok(Self::Theirs(place))
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Own(path) => path,
            Self::Theirs(path) => path,
        }
    }

    /// Removes what wouldn't go with the scan's folder.
    pub(super) async fn remove(self, podman: &Podman) {
        if let Self::Theirs(place) = self
            && let Err(error) = podman.remove_scratch(&place).await
        {
            let folder = place.display();
            tracing::warn!(%folder, "temporary files could not be removed: {error}");
        }
    }
}

impl ScratchNote {
    /// Writes it into a scan's folder.
    fn write(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(NAME), serde_json::to_vec(self)?)
    }

    /// The one in a scan's folder, if there is any that can be understood.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()
    }

    /// Ends what still writes there, and removes it.
    pub(super) async fn clear(&self, stores: &[Podman]) {
        trace::end_those_in(&self.place);
        let mut stores = stores.iter();
        let Some(podman) = stores.find(|one| one.is_another_users() && one.name() == self.store)
        else {
            return;
        };
        if let Err(error) = podman.remove_scratch(&self.place).await {
            let folder = self.place.display();
            tracing::warn!(%folder, "temporary files could not be removed: {error}");
        }
    }
}
