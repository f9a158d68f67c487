//! The state folder: what the agent remembers from one run to the next, and nobody else may read.

use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::{atomic, error::StateError};

/// The state folder.
#[derive(Debug, Clone)]
pub(crate) struct StateFolder(PathBuf);

impl StateFolder {
    /// The folder at `path`, made if it isn't there, and closed to everyone else.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be made or isn't ours.
    pub(crate) fn open(path: &Path) -> Result<Self, StateError> {
        let io = |what| {
            move |source| StateError::Io {
                path: path.to_owned(),
                what,
                source,
            }
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(io("created"))?;
        let mode = fs::metadata(path).map_err(io("read"))?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, Permissions::from_mode(0o700))
                .map_err(io("closed to other users"))?;
        }
        // Mount points and temporary files are handed to other programs: they must mean the same
        // everywhere.
        fs::canonicalize(path).map(Self).map_err(io("read"))
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Where each scan has a folder of its own.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.0.join("tmp")
    }

    /// Proves that something can be kept here, before anything that can't be had twice is asked
    /// for.
    ///
    /// # Errors
    /// [`StateError::Io`]: nothing can be.
    pub(crate) fn probe(&self) -> Result<(), StateError> {
        let path = self.0.join("probe");
        let io = |what| {
            let path = path.clone();
            move |source| StateError::Io { path, what, source }
        };
        atomic::write(&path, &[0; 4096]).map_err(io("written"))?;
        fs::remove_file(&path).map_err(io("removed"))
    }
}
