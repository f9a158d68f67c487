//! The agent's systemd units let it do its work, and little else.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use e2e::{Agent, Host, Lab, Server, User, by_way_of, run};
use proto_types::ImageState;
use serde::Deserialize;

/// The most that `systemd-analyze security` may call a service's exposure.
const EXPOSURE: f64 = 4.5;

/// A line of `systemd-analyze security`.
#[derive(Deserialize)]
struct Line {
    name: String,
    /// How much it adds, where it is open.
    exposure: Option<String>,
}

#[test]
fn systemd_calls_the_services_exposure_low_and_each_open_line_is_explained() {
    let explained = fs::read_to_string(file("README.md")).expect("the units are explained");
    for service in ["assetmon-agent.service", "assetmon-agent-watch.service"] {
        let verdict = run(security(service).arg("--no-pager"));
        let exposure = verdict.rsplit("level for").next().unwrap_or_default();
        let number = exposure.split_whitespace().nth(1);
        let number: f64 = number
            .and_then(|number| number.parse().ok())
            .expect(exposure);
        assert!(number <= EXPOSURE, "{exposure}");

        let lines = run(security(service).arg("--json=short"));
        let lines: Vec<Line> = serde_json::from_str(&lines).expect("systemd-analyze writes JSON");
        let open = lines.iter().filter(|line| line.exposure.is_some());
        for Line { name, .. } in open {
            // As a table's cell holds it.
            let cell = format!("`{}`", name.replace('|', "\\|"));
            assert!(
                explained.contains(&cell),
                "{name} is open, and not explained"
            );
        }
    }
}

#[test]
fn both_services_are_hardened_alike() {
    let [cycle, watch] =
        ["assetmon-agent.service", "assetmon-agent-watch.service"].map(|service| {
            let unit = fs::read_to_string(file(service)).expect("a unit can be read");
            let (_, hardening) = unit.split_once("# Hardening").expect("it is hardened");
            let settings = hardening.lines().take_while(|line| !line.starts_with('['));
            let settings = settings.filter(|line| line.contains('=') && !line.starts_with('#'));
            settings.map(str::to_owned).collect::<Vec<_>>()
        });
    assert!(!cycle.is_empty());
    assert_eq!(cycle, watch);
}

#[test]
fn a_cycle_needs_no_more_capabilities_than_its_unit_has() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("unit1", &[alpine]));
    agent.host.start("cache", alpine);
    let service = ["assetmon-agent.service"];
    run(confined(&agent, &service).arg("report"));
    let scanned = server.image(alpine.digest).summary.state;
    assert_eq!(scanned, ImageState::Complete);
    assert_eq!(agent.host.mounts(), "");
    let checked = run(confined(&agent, &service).arg("check"));
    assert!(!checked.contains("problem"), "{checked}");
}

#[test]
fn another_users_podman_takes_the_capabilities_of_the_drop_in() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new("");
    let user = User::new("overlay", &[alpine]);
    user.start("cache", alpine);
    let agent = Agent::enroll_with_user(&server, Host::new("unit2", &[]), &user);
    let alone = confined(&agent, &["assetmon-agent.service"])
        .arg("report")
        .output();
    let alone = alone.expect("the agent starts");
    assert_eq!(alone.status.code(), Some(1));
    let said = String::from_utf8_lossy(&alone.stderr).into_owned();
    assert!(said.contains("add the drop-in `users.conf`"), "{said}");

    let both = ["assetmon-agent.service", "users.conf"];
    run(confined(&agent, &both).arg("report"));
    let scanned = server.image(alpine.digest).summary.state;
    assert_eq!(scanned, ImageState::Complete);
    assert_eq!(user.foreign_files(), "");
}

/// The agent with the capabilities that these files leave a service, merged as systemd does.
fn confined(agent: &Agent, files: &[&str]) -> Command {
    let mut capabilities = BTreeSet::new();
    let mut gains_none = false;
    for name in files {
        let unit = fs::read_to_string(file(name)).expect("a unit can be read");
        for line in unit.lines() {
            match line.split_once('=') {
                Some(("CapabilityBoundingSet", names)) => {
                    let names = names.split_whitespace().map(str::to_lowercase);
                    capabilities.extend(names.map(|name| name.replace("cap_", "+")));
                }
                Some(("NoNewPrivileges", answer)) => gains_none = answer == "yes",
                _ => {}
            }
        }
    }
    assert!(!capabilities.is_empty(), "{files:?} bound the capabilities");
    let kept: Vec<_> = capabilities.into_iter().collect();
    let mut command = Command::new("setpriv");
    command.arg("--inh-caps=-all");
    command.arg(format!("--bounding-set=-all,{}", kept.join(",")));
    if gains_none {
        command.arg("--no-new-privs");
    }
    command.arg("--");
    by_way_of(command, &agent.program())
}

fn security(service: &str) -> Command {
    let mut command = Command::new("systemd-analyze");
    command
        .args(["security", "--offline=true"])
        .arg(file(service));
    command
}

fn file(name: &str) -> PathBuf {
    Lab::get().project().join("agent/systemd").join(name)
}
