//! The state folder: what the agent remembers from one run to the next, and nobody else may read.

mod atomic;
mod enrolment;
mod lock;
mod seq;

use std::{
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

pub(crate) use enrolment::Enrolment;
pub(crate) use lock::Lock;
pub(crate) use seq::Seq;

/// What can go wrong with the state folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateError {
    /// Something in it can't be read or written.
    #[error("{} can't be {what}: {source}; run as the user it belongs to, or set another --state-dir", path.display())]
    Io {
        /// What.
        path: PathBuf,
        /// What was tried, as in `written`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
    /// There is no token.
    #[error("this machine is not enrolled: there is no {}; make a code with `assetctl host add NAME`, then run `assetmon-agent enroll --server URL --code CODE`", .0.display())]
    NotEnrolled(PathBuf),
    /// The token file says nothing that makes sense.
    #[error("{} is damaged ({reason}); enrol again with `assetctl host reset NAME` and `assetmon-agent enroll --force`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another agent holds the lock.
    #[error("another assetmon-agent{by} is {doing}; this one leaves it to that one")]
    Busy {
        /// Which, as in ` (process 12)`.
        by: String,
        /// What it does.
        doing: &'static str,
    },
}

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
            .map_err(io("made"))?;
        let mode = fs::metadata(path).map_err(io("read"))?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, Permissions::from_mode(0o700))
                .map_err(io("closed to others"))?;
        }
        // Mount points and temporary files are handed to other programs: they must mean the same everywhere.
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

    /// Proves that something can be kept here, before anything that can't be had twice is asked for.
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
