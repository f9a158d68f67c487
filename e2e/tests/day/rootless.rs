//! Containers of users who are not root are reported and scanned, and nothing of theirs changes.

use std::{fs, process::Command};

use e2e::{Agent, Host, Lab, Server, User, run};
use proto_types::{ContainersResponse, HostState, HostsResponse, ImageState};

#[test]
fn containers_of_a_user_with_overlay_are_reported_and_scanned() {
    is_reported_and_scanned("overlay");
}

#[test]
fn containers_of_a_user_with_vfs_are_reported_and_scanned() {
    is_reported_and_scanned("vfs");
}

fn is_reported_and_scanned(driver: &str) {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let user = User::new(driver, &[alpine]);
    user.start("cache", alpine);
    let agent = asking(&server, "rootless1", &user);
    agent.report();

    let container = format!("{}/cache", user.name);
    assert_eq!(containers(&server), [container.as_str()]);
    assert_eq!(
        server.image(alpine.digest).summary.state,
        ImageState::Complete
    );
    server.assetctl(&["find", "musl"]).with_status(0);
    // What is searched for and isn't there is proven not to be: the user was asked about everything.
    server.assetctl(&["find", "no-such-thing"]).with_status(1);

    let hosts: HostsResponse = server
        .assetctl(&["hosts", "-o", "json"])
        .with_status(0)
        .read();
    let mut unseen = hosts.hosts[0].unseen.runtimes.iter();
    assert!(
        !unseen.any(|one| one.detail.contains(&user.name)),
        "the user is looked at"
    );

    assert_is_as_before(&user);
    let checked = run(agent.program().arg("check"));
    let line = checked.lines().find(|line| line.contains(&user.name));
    let line = line.unwrap_or_default();
    assert!(
        line.starts_with("ok") && line.contains("containers running: 1"),
        "{checked}"
    );

    user.podman(&["stop", "--time", "0", "cache"]);
    agent.report();
    assert_eq!(containers(&server), [""; 0]);
    user.podman(&["rm", "cache"]);
}

#[test]
fn a_user_whose_podman_fails_makes_the_report_incomplete_and_ends_nothing() {
    let (alpine, rhel) = (Lab::get().image("alpine"), Lab::get().image("rhel"));
    let server = Server::new("");
    let user = User::new("vfs", &[alpine]);
    user.start("cache", alpine);
    let agent = asking(&server, "rootless2", &user);
    agent.report();

    let settings = user.home().join(".config/containers/storage.conf");
    let good = fs::read(&settings).expect("the user has settings");
    fs::write(&settings, "this is no setting [").expect("root may write");
    agent.host.load(rhel);
    agent.host.start("legacy", rhel);
    assert!(!agent.start_report().ends().success());
    let container = format!("{}/cache", user.name);
    assert_eq!(containers(&server), [container.as_str(), "legacy"]);
    let hosts: HostsResponse = server
        .assetctl(&["hosts", "-o", "json"])
        .with_status(0)
        .read();
    assert_eq!(hosts.hosts[0].state, HostState::Incomplete);
    server.assetctl(&["find", "no-such-thing"]).with_status(3);

    fs::write(&settings, good).expect("root may write");
    agent.report();
    server.assetctl(&["find", "no-such-thing"]).with_status(1);
}

#[test]
fn roots_podman_is_never_run_on_a_users_store() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let user = User::new("overlay", &[alpine]);
    user.start("cache", alpine);
    let root = user.home().join(".local/share/containers/storage");
    let store = format!("[stores]\ntheirs = [\"podman\", \"--root\", {root:?}]");
    let agent = Agent::enroll_with(&server, Host::new("rootless3", &[]), &store);

    assert!(!agent.start_report().ends().success());
    assert_eq!(containers(&server), [""; 0]);
    server.assetctl(&["find", "musl"]).with_status(3);
    let checked = agent
        .program()
        .arg("check")
        .output()
        .expect("the agent starts");
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(said.contains("put the user's name into `users`"), "{said}");
    assert_is_as_before(&user);
}

#[test]
fn a_user_without_a_process_has_no_container_and_their_podman_is_not_started() {
    let server = Server::new("");
    let user = User::new("vfs", &[]);
    let killed = Command::new("pkill")
        .args(["-KILL", "-U", &user.name])
        .status();
    killed.expect("pkill starts");
    let agent = asking(&server, "rootless4", &user);
    agent.report();
    server.assetctl(&["find", "musl"]).with_status(1);
    let processes = Command::new("pgrep").args(["-U", &user.name]).output();
    assert_eq!(
        processes.expect("pgrep starts").stdout,
        b"",
        "podman was not started"
    );
}

/// An agent that asks this user too; root's own podman runs nothing.
fn asking(server: &Server, host: &str, user: &User) -> Agent {
    Agent::enroll_with_user(server, Host::new(host, &[]), user)
}

/// Their podman works, their container runs, nothing is mounted for a scan, and every file is
/// theirs.
fn assert_is_as_before(user: &User) {
    assert_eq!(user.podman(&["ps", "--format", "{{.Names}}"]), "cache");
    assert_eq!(
        user.podman(&["exec", "cache", "sh", "-c", "echo well"]),
        "well"
    );
    assert_eq!(user.podman(&["unshare", "podman", "image", "mount"]), "");
    assert_eq!(user.foreign_files(), "");
}

fn containers(server: &Server) -> Vec<String> {
    let said = server
        .assetctl(&["containers", "-o", "json"])
        .with_status(0);
    let response: ContainersResponse = said.read();
    let mut names: Vec<_> = response
        .containers
        .into_iter()
        .map(|one| one.name)
        .collect();
    names.sort();
    names
}
