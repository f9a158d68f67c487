//! What can go wrong with the state folder.

use std::{io, path::PathBuf};

/// What can go wrong with the state folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateError {
    /// Something in it can't be read or written.
    #[error("{} can't be {what}: {source}; run as its owner, or choose another --state-dir", path.display())]
    Io {
        /// What.
        path: PathBuf,
        /// What was tried, as in `written`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
    /// There is no token.
    #[error("this machine is not enrolled, {} does not exist: create a code with `assetctl host add NAME`, then run `assetmon-agent enroll --server URL --code CODE`", .0.display())]
    NotEnrolled(PathBuf),
    /// The token file says nothing that makes sense.
    #[error("{} is damaged ({reason}); enroll again with `assetctl host reset NAME` and `assetmon-agent enroll --force`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another agent holds the lock.
    #[error("another assetmon-agent{by} is already {doing}")]
    Busy {
        /// Which, as in ` (process 12)`.
        by: String,
        /// What it does.
        doing: &'static str,
    },
}
