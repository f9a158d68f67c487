//! The state folder: the agent changes and removes only what it made.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::support::{Host, WEB};

/// Everything in a folder: modes, and what files hold.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let mut tree = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let mode = fs::symlink_metadata(&path).unwrap().mode();
        let content = fs::read(&path).unwrap_or_default();
        if path.is_dir() {
            waiting.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        }
        tree.insert(path, (mode, content));
    }
    tree
}

/// A folder of the user's, with something in a `tmp` of their own.
fn of_the_user(mode: u32) -> Host {
    let host = Host::new();
    host.write("state/tmp/precious/file", "precious");
    host.write("state/notes", "theirs");
    fs::set_permissions(host.path("state"), fs::Permissions::from_mode(mode)).unwrap();
    host
}

#[test]
fn a_folder_of_the_users_is_refused_and_stays_as_it_was() {
    for (mode, reason) in [
        (0o755, "other users can open it"),
        (0o700, "which is not the agent's"),
    ] {
        let host = of_the_user(mode);
        let before = tree(&host.path("state"));
        let url = host.server.url.clone();
        for arguments in [
            &["enroll", "--server", &url, "--code", "abc"][..],
            &["report"],
            &["update", "nginx"],
            &["check"],
        ] {
            host.run(arguments)
                .with(1)
                .saying(reason)
                .saying("--state-dir");
            assert_eq!(tree(&host.path("state")), before, "{arguments:?}");
        }
        assert!(host.server.requests().is_empty());
    }
}

#[test]
fn a_check_writes_nothing_at_all() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.run(&["check"]).with(0);
    let before = tree(&host.path("state"));
    assert_eq!(before.len(), 2, "the folder and its token: {before:?}");
    let calls = host.read("podman-calls");
    assert!(!calls.contains("image mount sha256"), "{calls}");

    let host = Host::new();
    host.run(&["check"]).with(1).saying("does not exist");
    assert!(!host.path("state").exists());
}

#[test]
fn what_the_last_release_kept_goes_on_working_and_gets_a_marker() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    for (name, text) in [("seq", "41\n"), ("lock", "1\n"), ("cycle.lock", "1\n")] {
        host.write(&format!("state/{name}"), text);
    }
    host.write("state/tmp/aaaaaaaaaaaa/work/left", "x");
    host.run(&["report"]).with(0).saying("stored 1 artifacts");
    assert_eq!(host.server.bodies("reports/full")[0]["seq"], 42);
    assert!(host.path("state/.assetmon-agent").exists());
    assert!(!host.path("state/tmp").exists());
    assert_eq!(host.leftovers(), 0);
}

#[test]
fn a_folder_of_scans_that_somebody_else_made_is_left_alone() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    host.write("state/scans-assetmon/aaaaaaaaaaaa/precious", "x");
    let folder = host.path("state/scans-assetmon");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    host.run(&["report"]).with(1).saying("is not the agent's");
    assert!(folder.join("aaaaaaaaaaaa/precious").exists());
    let failure = &host.server.bodies("reports/scan-failure")[0];
    assert_eq!(failure["cause"], "environment");
}
