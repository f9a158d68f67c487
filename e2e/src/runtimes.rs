//! What else runs containers on the machine of the tests: each host of the lab sees the others, as well
//! as whatever the machine runs besides.

use std::fs;

use crate::user::{LAB, User};

/// The agent's setting for runtimes that needn't be looked at.
pub(crate) const SETTING: &str = "ASSETMON_AGENT_ACKNOWLEDGED_RUNTIMES";
/// All that there may be.
pub(crate) const ALL: [&str; 4] = ["docker:*", "containerd:*", "cri-o:*", "podman:*"];

/// All that there may be but for users of [`User::apart`].
///
/// # Panics
/// The machine's users can't be read.
pub fn others() -> Vec<String> {
    let users = fs::read_to_string("/etc/passwd").expect("the machine has users");
    let names = users.lines().filter_map(|line| line.split(':').next());
    let names = names.filter(|name| !name.starts_with(LAB));
    let users = names.map(|name| format!("podman:{name}"));
    let lab = format!("podman:{}*", User::beginning());
    let others = [
        "docker:*",
        "containerd:*",
        "cri-o:*",
        "podman:/*",
        "podman:nested",
    ];
    let others = others.map(str::to_owned).into_iter();
    others.chain([lab]).chain(users).collect()
}
