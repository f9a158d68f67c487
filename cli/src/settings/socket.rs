//! The local socket of a server on this machine, found by itself.

use std::{
    io::ErrorKind,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
};

use super::env::Env;

/// Where the packaged server keeps its data.
const PACKAGED: &str = "/var/lib/assetmon/admin.sock";

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Local {
    /// The first socket that a server answers on.
    pub(super) open: Option<PathBuf>,
    /// One that is there, but not for this user.
    pub(super) closed: Option<PathBuf>,
}

/// Where a local socket may be.
pub(super) fn candidates(env: Env<'_>) -> Vec<PathBuf> {
    let told = env("ASSETMON_SOCKET").map(PathBuf::from);
    let in_data = env("ASSETMON_DATA_DIR").map(|dir| Path::new(&dir).join("admin.sock"));
    told.into_iter()
        .chain(in_data)
        .chain([PathBuf::from(PACKAGED)])
        .collect()
}

/// Tries them in their order.
pub(super) fn find(candidates: &[PathBuf]) -> Local {
    let mut local = Local::default();
    for path in candidates {
        match UnixStream::connect(path) {
            Ok(_) => {
                local.open = Some(path.clone());
                return local;
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                local.closed.get_or_insert_with(|| path.clone());
            }
            // It isn't there, or nobody listens on it any more.
            Err(_) => {}
        }
    }
    local
}
