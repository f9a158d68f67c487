//! What else runs containers on a host is told, and keeps an empty answer from being a proof.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use e2e::{Agent, Host, Lab, Server, User, others, run, wait_until};
use proto_types::{HostsResponse, Runtime};

/// What an empty answer is searched for.
const NOTHING: [&str; 2] = ["find", "no-such-thing"];
/// How long others may be in the way.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_users_podman_that_is_not_asked_is_a_gap_until_it_is_acknowledged() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let user = User::apart("overlay", &[alpine]);
    let agent = Agent::enroll(&server, Host::new("unasked1", &[]));
    let name = format!("podman:{}", user.name);
    let report = || agent.report_acknowledging(&others());

    proves(&server, report);

    user.start("cache", alpine);
    report();
    assert_eq!(acknowledged(&server, &name), Some(false));
    wait_until("one runtime keeps it from being a proof", PATIENCE, || {
        report();
        let said = server.assetctl(&NOTHING).with_status(3);
        said.stderr.contains("; 1 runtime not looked at")
    });
    let listed = server.assetctl(&["hosts"]).with_status(0);
    assert!(listed.stdout.contains(&name), "{listed:?}");
    let status = server.assetctl(&["status"]).stdout;
    assert!(status.contains(" not looked at"), "{status}");
    let checked = run(agent
        .program()
        .arg("check")
        .env("ASSETMON_AGENT_ACKNOWLEDGED_RUNTIMES", others().join(",")));
    assert!(
        checked.contains(&format!("what {name} runs is not seen")),
        "{checked}"
    );

    let mut all = others();
    all.push(name.clone());
    proves(&server, || agent.report_acknowledging(&all));
    assert_eq!(acknowledged(&server, &name), Some(true));

    // What is in a store may run at any time.
    user.podman(&["stop", "--time", "0", "cache"]);
    report();
    assert_eq!(acknowledged(&server, &name), Some(false));
    user.podman(&["rm", "cache"]);
    proves(&server, report);
    assert_eq!(acknowledged(&server, &name), None);
}

/// Reports until an empty answer is a proof: users of other tests come and go meanwhile, and one that
/// goes has no name for a moment.
fn proves(server: &Server, report: impl Fn()) {
    wait_until("an empty answer is a proof", PATIENCE, || {
        report();
        server.assetctl(&NOTHING).status == Some(1)
    });
}

#[test]
fn an_agent_without_root_tells_of_other_users_containers_while_they_run() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let user = User::apart("vfs", &[alpine]);
    user.start("cache", alpine);
    let agent = Agent::enroll(&server, Host::new("unasked2", &[]));
    let expected = format!("what podman:{} runs is not seen", user.name);
    let checked = checked_by_nobody(&agent);
    assert!(checked.contains(&expected), "{checked}");
    user.podman(&["rm", "--force", "cache"]);
    let checked = checked_by_nobody(&agent);
    assert!(!checked.contains(&expected), "{checked}");
}

/// What the agent's `check` says where the user without any rights runs it.
fn checked_by_nobody(agent: &Agent) -> String {
    let folder = tempfile::tempdir_in("/var/tmp").expect("there is room for an agent");
    let open = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path(), open).expect("it can be opened");
    let copy = folder.path().join("agent");
    // Where the tests are, others may not be let in to.
    fs::copy(agent.program().get_program(), &copy).expect("there is room for an agent");
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        "65534",
        "--regid",
        "65534",
        "--clear-groups",
        "--",
    ]);
    command
        .arg(&copy)
        .args(["check", "--podman", "false", "--syft", "false"]);
    let checked = command.current_dir("/").output().expect("the agent starts");
    String::from_utf8_lossy(&checked.stdout).into_owned()
}

#[test]
fn another_store_of_the_same_user_is_told_by_its_path_and_the_own_one_never() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let other = Host::new("unnamed1", &[alpine]);
    other.start("cache", alpine);
    let agent = Agent::enroll(&server, Host::new("named1", &[alpine]));
    let path = |host: &Host| format!("podman:{}", host.root().display());
    let (own, others) = (path(&agent.host), path(&other));
    agent.report();
    assert_eq!(acknowledged(&server, &others), Some(true));
    other.remove("cache");
    agent.report();
    assert_eq!(acknowledged(&server, &others), None);

    // Containers come and go while podman is asked.
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                agent.host.start("short", alpine);
                agent.host.remove("short");
            }
        });
        for _ in 0..12 {
            agent.report();
            assert_eq!(acknowledged(&server, &own), None);
        }
        done.store(true, Ordering::Relaxed);
    });
}

/// Whether a runtime is acknowledged, if the only host tells of it.
fn acknowledged(server: &Server, name: &str) -> Option<bool> {
    let said = server.assetctl(&["hosts", "-o", "json"]).with_status(0);
    let hosts: HostsResponse = said.read();
    let is = |one: &&Runtime| one.to_string() == name;
    let found = hosts.hosts[0].unseen.runtimes.iter().find(is);
    found.map(|runtime| runtime.acknowledged)
}
