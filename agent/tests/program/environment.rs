//! What the environment of the agent tells podman and syft, which must not change their answers.

use std::collections::BTreeSet;

use crate::support::{self, Ended, Host, WEB};

/// The names of the variables that a script has put into a file.
fn names(host: &Host, file: &str) -> BTreeSet<String> {
    let text = host.read(file);
    let names = text.lines().filter_map(|line| line.split_once('='));
    // The shell sets these itself, and the agent one by which its processes are found again.
    let own = ["PWD", "OLDPWD", "SHLVL", "_", "ASSETMON_AGENT_PROCESS"];
    let names = names.filter(|(name, _)| !own.contains(name));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn settings_of_syft_in_the_environment_or_on_the_host_change_no_scan() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    host.server.leases(&[WEB]);
    let (environment, document) = (host.path("environment"), host.path("document.json"));
    host.syft(&format!(
        "env >{}; cat {}",
        environment.display(),
        document.display()
    ));
    let mut command = host.command(&["report"]);
    for name in ["SYFT_EXCLUDE", "SYFT_SELECT_CATALOGERS", "XDG_CONFIG_DIRS"] {
        command.env(name, "canary");
    }
    Ended::from(command.output().unwrap()).with(0);

    let told = host.read("environment");
    assert!(!told.contains("canary"), "{told}");
    let names = names(&host, "environment");
    let own = ["PATH", "HOME", "TMPDIR", "GOMEMLIMIT"];
    let is_own = |name: &str| own.contains(&name) || name.starts_with("XDG_");
    let others: Vec<&str> = names.iter().map(String::as_str).collect();
    let others: Vec<&str> = others.into_iter().filter(|name| !is_own(name)).collect();
    let settings = [
        "GOMAXPROCS",
        "SYFT_CHECK_FOR_APP_UPDATE",
        "SYFT_FILE_METADATA_SELECTION",
        "SYFT_RELATIONSHIPS_PACKAGE_FILE_OWNERSHIP",
    ];
    assert_eq!(others, settings);
    assert!(told.lines().any(|line| line == "GOMAXPROCS=1"), "{told}");
    // Without these, syft looks for its settings in /etc/xdg and in the home of who started it.
    for folder in ["HOME", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "TMPDIR"] {
        let inside = format!("{folder}={}", host.path("state/scans-assetmon").display());
        assert!(told.contains(&inside), "{told}");
    }
}

#[test]
fn podman_answers_for_this_host_whatever_the_environment_says() {
    let host = Host::enrolled();
    let environment = host.path("environment");
    let noting = format!("#!/bin/sh\nenv >{}", environment.display());
    host.script("podman", &support::PODMAN.replace("#!/bin/sh", &noting));
    let mut command = host.command(&["report"]);
    let remote = ["CONTAINER_HOST", "CONTAINER_CONNECTION", "CONTAINER_SSHKEY"];
    let needed = [
        "CONTAINERS_CONF",
        "CONTAINERS_STORAGE_CONF",
        "XDG_RUNTIME_DIR",
    ];
    for name in remote.into_iter().chain(needed) {
        command.env(name, "x");
    }
    Ended::from(command.output().unwrap()).with(0);
    let names = names(&host, "environment");
    let expected = needed.into_iter().chain(["PATH"]).map(str::to_owned);
    assert_eq!(names, expected.collect());
}
