//! What can go wrong with the state folder.

use std::{io, path::PathBuf};

use super::own::Foreign;

/// What can go wrong with the state folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateError {
    /// Something in it can't be read or written.
    #[error("{} can't be {what}: {source}; {}", path.display(), way_out(source))]
    Io {
        /// What.
        path: PathBuf,
        /// What was tried, as in `written`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
    /// It isn't there, and who asked makes none.
    #[error("{} does not exist: `assetmon-agent enroll` makes it", .0.display())]
    NoFolder(PathBuf),
    /// There is a folder, and it isn't the agent's.
    #[error("{} can't be the state folder: {_1}", .0.display())]
    Foreign(PathBuf, Foreign),
    /// There is no token.
    #[error("this machine is not enrolled, {} does not exist: create a code with `assetctl host add NAME`, then run `assetmon-agent enroll --server URL --code CODE`", .0.display())]
    NotEnrolled(PathBuf),
    /// The token is another machine's.
    #[error(
        "this machine is a clone of host {host}, whose token {} holds, and reports nothing: enroll it as a host \
         of its own with `assetctl host add NAME`, then `assetmon-agent enroll --server URL --code CODE` here \
         (if it is {host} itself and got a new machine ID: with the code of `assetctl host reset {host}`)",
        path.display()
    )]
    Clone {
        /// The token file.
        path: PathBuf,
        /// The host.
        host: String,
    },
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

/// What can be done where the system refuses.
pub(super) fn way_out(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on that file system, or choose another --state-dir"
        }
        io::ErrorKind::ReadOnlyFilesystem => "choose a --state-dir that can be written to",
        _ => "run as its owner, or choose another --state-dir",
    }
}
