//! Listening sockets that whoever starts the server has opened for it, as systemd does for its `.socket` units.

use std::{
    fs,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, net::UnixListener},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use listenfd::ListenFd;

/// What others may do with a file.
const OTHERS: u32 = 0o007;

/// The sockets that were handed over, at most one of each kind.
#[derive(Debug, Default)]
pub struct Handed {
    pub(crate) tcp: Option<TcpListener>,
    pub(crate) unix: Option<(UnixListener, PathBuf)>,
}

impl Handed {
    /// Takes what the environment says was handed over, and its word away. To be called once, before
    /// there are other threads.
    ///
    /// # Errors
    /// A socket that can't be listened on as an address or as the local socket, two for one of them,
    /// and a local socket that everybody could open.
    pub fn take() -> anyhow::Result<Self> {
        let mut all = ListenFd::from_env();
        let mut handed = Self::default();
        for place in 0..all.len() {
            if let Ok(Some(unix)) = all.take_unix_listener(place) {
                let path = file(&unix)?;
                only_one(handed.unix.replace((unix, path)).is_none(), "local sockets")?;
            } else if let Ok(Some(tcp)) = all.take_tcp_listener(place) {
                only_one(handed.tcp.replace(tcp).is_none(), "addresses")?;
            } else {
                bail!(
                    "socket {} of those handed over is neither a TCP nor a Unix stream socket",
                    place + 1
                );
            }
        }
        Ok(handed)
    }
}

fn only_one(first: bool, what: &str) -> anyhow::Result<()> {
    if !first {
        bail!("more than one of the sockets handed over are {what}: one is served");
    }
    Ok(())
}

/// The file of a local socket: who may open it is an admin.
fn file(unix: &UnixListener) -> anyhow::Result<PathBuf> {
    let address = unix.local_addr()?;
    let Some(path) = address.as_pathname().map(Path::to_owned) else {
        bail!("the local socket handed over has no file, so that everybody could open it");
    };
    let mode = fs::metadata(&path)
        .with_context(|| format!("the local socket {} is gone", path.display()))?
        .permissions()
        .mode();
    if mode & OTHERS != 0 {
        bail!(
            "everybody could open the local socket {} and be an admin: set SocketMode=0600 in its unit",
            path.display()
        );
    }
    Ok(path)
}
