//! What a demo says when it is ready, and the advisory beside it.

use std::{
    env,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// The advisory's file in the demo's folder.
pub(super) const ADVISORY_FILE: &str = "DEMO-2026-0001.json";

/// An advisory of our own, in the form of OSV.
pub(super) const ADVISORY: &str = include_str!("DEMO-2026-0001.json");

/// What can be tried, and how it ends.
pub(super) fn introduction(
    socket: &Path,
    address: SocketAddr,
    advisory: &Path,
    end: &str,
) -> String {
    let (socket, advisory) = (socket.display(), advisory.display());
    let path = folder_of_assetctl().map_or_else(String::new, |folder| {
        format!("  export PATH=\"{}:$PATH\"\n", folder.display())
    });
    format!(
        "\
A demo fleet of 53 hosts, 30 days of its past included. In another terminal:

{path}  export ASSETCTL_SERVER=unix:{socket}
  assetctl status
  assetctl find 'log4j-core<2.17.1'
  assetctl find 'openssl<3.0.15' --group-by version
  assetctl find 'openssl<3.0.15' --cover
  assetctl find 'openssl<3.0.15' --watch 5s
  assetctl find 'xz-utils=5.6.1-1' --during 28d..
  assetctl diff host:web-01@21d host:web-01
  assetctl changes --since 1h
  assetctl affected {advisory}
  assetctl tui openssl

Its hosts report every minute, and rollouts go on. With a token it is asked at http://{address}
{end}
"
    )
}

/// The folder of this program, where `assetctl` is in it and isn't found without it.
fn folder_of_assetctl() -> Option<PathBuf> {
    let own = env::current_exe().ok()?;
    let folder = own.parent()?;
    let path = env::var_os("PATH").unwrap_or_default();
    let is_found = env::split_paths(&path).any(|one| one.join("assetctl").exists());
    (!is_found && folder.join("assetctl").exists()).then(|| folder.to_owned())
}
