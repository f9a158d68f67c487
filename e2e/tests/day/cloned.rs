//! Machines that were cloned after they had enrolled are noticed by both sides, and become hosts of
//! their own.

use std::{path::PathBuf, process::Command};

use e2e::{Agent, Host, Lab, Server, by_way_of};
use proto_types::{HostCode, HostState, HostsResponse};

/// What begins the command of a program that is to take this machine for another one: by what each
/// boot makes anew, and where there is one, by a machine ID that isn't this machine's own.
fn machine(agent: &Agent, machine_id: Option<&str>, boot_id: &str) -> Vec<String> {
    let file = |name: &str, id: &str| -> PathBuf {
        let path = agent.host.folder.join(name);
        std::fs::write(&path, format!("{id}\n")).expect("a file can be written");
        path
    };
    let over = |file: PathBuf, what: &str| format!("mount --bind {} {what}; ", file.display());
    let boot = over(file("boot-id", boot_id), "/proc/sys/kernel/random/boot_id");
    let own = machine_id.map(|id| over(file("machine-id", id), "/etc/machine-id"));
    let script = format!("{boot}{}exec \"$@\"", own.unwrap_or_default());
    let words = ["--mount", "sh", "-ec", &script, "sh"];
    words.map(str::to_owned).into()
}

/// Runs an agent's command there; how it ended, and what it said.
fn on(machine: &[String], agent: &Agent, arguments: &[&str]) -> (Option<i32>, String) {
    let mut unshare = Command::new("unshare");
    unshare.args(machine);
    let mut command = by_way_of(unshare, &agent.program());
    command.args(arguments);
    let output = command.output().expect("unshare starts");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// An agent with something that runs, and one on a copy of its disk.
fn cloned(server: &Server, names: [&str; 2]) -> [Agent; 2] {
    let alpine = Lab::get().image("alpine");
    let first = Agent::enroll(server, Host::new(names[0], &[alpine]));
    first.host.start("cache", alpine);
    let second = first.copied_to(Host::new(names[1], &[]));
    [first, second]
}

fn only_host(server: &Server) -> HostState {
    let said = server.assetctl(&["hosts", "-o", "json"]).with_status(0);
    let hosts: HostsResponse = said.read();
    assert_eq!(hosts.hosts.len(), 1);
    hosts.hosts[0].state
}

/// Enrolls an agent with the code that a command makes.
fn enrolls(server: &Server, here: &[String], agent: &Agent, command: [&str; 3], more: &[&str]) {
    let words = [&command[..], &["-o", "json"]].concat();
    let code: HostCode = server.assetctl(&words).with_status(0).read();
    let url = server.url();
    let enroll = ["enroll", "--server", &url, "--code", &code.code];
    let (status, said) = on(here, agent, &[&enroll[..], more].concat());
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn two_machines_from_one_disk_are_noticed_until_each_is_a_host_of_its_own() {
    let server = Server::new("");
    let [first, second] = cloned(&server, ["clone1", "clone2"]);
    // The machine ID was copied with the disk; each boot is one of its own.
    let one = machine(&first, None, "00000000-0000-4000-8000-000000000001");
    let other = machine(&second, None, "00000000-0000-4000-8000-000000000002");
    let report = |here: &[String], agent: &Agent| on(here, agent, &["report"]);

    assert_eq!(report(&one, &first).0, Some(0));
    server.assetctl(&["find", "no-such-thing"]).with_status(1);
    assert_eq!(report(&other, &second).0, Some(0), "it may be a boot");
    let (status, said) = report(&one, &first);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("another machine reports as host clone1"),
        "{said}"
    );
    assert_eq!(report(&other, &second).0, Some(1));

    assert_eq!(only_host(&server), HostState::Cloned);
    let nothing = server.assetctl(&["find", "no-such-thing"]).with_status(3);
    let gap = "1 host is reported by two machines with one token";
    assert!(nothing.stderr.contains(gap), "{}", nothing.stderr);
    let status = server.assetctl(&["status"]).with_status(0).stdout;
    assert!(status.contains(gap), "{status}");

    enrolls(
        &server,
        &one,
        &first,
        ["host", "reset", "clone1"],
        &["--force"],
    );
    enrolls(
        &server,
        &other,
        &second,
        ["host", "add", "clone2"],
        &["--force"],
    );
    assert_eq!(report(&one, &first).0, Some(0));
    assert_eq!(report(&other, &second).0, Some(0));
    server.assetctl(&["find", "no-such-thing"]).with_status(1);
    let found = server.assetctl(&["find", "musl", "-o", "name"]);
    assert_eq!(found.with_status(0).lines(), ["clone1"]);
}

#[test]
fn a_clone_with_a_machine_id_of_its_own_tells_nothing_and_enrolls() {
    let server = Server::new("");
    let [first, second] = cloned(&server, ["clone3", "clone4"]);
    let one = machine(&first, None, "00000000-0000-4000-8000-000000000003");
    let other = machine(
        &second,
        Some("22222222222222222222222222222222"),
        "00000000-0000-4000-8000-000000000004",
    );
    assert_eq!(on(&one, &first, &["report"]).0, Some(0));
    for arguments in ["report", "watch"] {
        let (status, said) = on(&other, &second, &[arguments]);
        assert_eq!(status, Some(4), "{said}");
        assert!(said.contains("a clone of host clone3"), "{said}");
    }
    assert_eq!(only_host(&server), HostState::Reporting);
    server.assetctl(&["find", "musl"]).with_status(0);

    enrolls(&server, &other, &second, ["host", "add", "clone4"], &[]);
    for (here, agent) in [(&other, &second), (&one, &first)] {
        let (status, said) = on(here, agent, &["report"]);
        assert_eq!(status, Some(0), "{said}");
    }
    server.assetctl(&["find", "no-such-thing"]).with_status(1);
}
