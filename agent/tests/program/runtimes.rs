//! What else runs containers on the machine. Whatever does where the tests run, they ask after what they
//! started themselves.

use std::process::{Child, Command};

use crate::support::{self, Ended, Host, WEB};
use serde_json::{Value, json};

/// The ID of a container that podman doesn't list.
const ID: &str = "cafecafecafecafecafecafecafecafecafecafecafecafecafecafecafecafe";

/// A process like the one that podman starts for a container of the store `storage`. Dropping it ends
/// it.
struct Conmon(Child);

impl Conmon {
    fn start(host: &Host, container: &str) -> Self {
        let pid = host.path("container");
        host.script(
            "conmon",
            &format!("#!/bin/sh\nsleep 600 & echo $! >{}; wait\n", pid.display()),
        );
        let bundle = host.path("storage/overlay-containers/x/userdata");
        let mut command = Command::new(host.path("conmon"));
        command.args(["--api-version", "1", "-c", container, "-b"]);
        let conmon = Self(command.arg(bundle).spawn().unwrap());
        support::until("the container runs", || {
            host.read("container").ends_with('\n')
        });
        conmon
    }

    /// As a report names it.
    fn runtime(host: &Host, acknowledged: bool) -> Value {
        let mut runtime = json!({"kind": "podman", "detail": host.path("storage")});
        if acknowledged {
            runtime["acknowledged"] = json!(true);
        }
        runtime
    }

    fn setting(host: &Host) -> String {
        format!("podman:{}", host.path("storage").display())
    }
}

impl Drop for Conmon {
    fn drop(&mut self) {
        let own = self.0.id().to_string();
        let children = format!("/proc/{own}/task/{own}/children");
        let children = std::fs::read_to_string(children).unwrap_or_default();
        let children = children.split_whitespace();
        let _ = Command::new("kill")
            .args(children)
            .arg(own.as_str())
            .status();
        let _ = self.0.wait();
    }
}

/// The runtimes that a report tells of.
fn told(report: &Value) -> Vec<Value> {
    let told = report["unseen"]["runtimes"].as_array();
    told.cloned().unwrap_or_default()
}

#[test]
fn containers_of_a_store_that_no_setting_names_are_told_of_and_end_nothing() {
    let host = Host::enrolled();
    let _conmon = Conmon::start(&host, ID);
    host.run(&["report"]).with(0).saying("is not seen");
    let report = &host.server.bodies("reports/full")[0];
    assert!(
        told(report).contains(&Conmon::runtime(&host, false)),
        "{report}"
    );
    assert_eq!(report["complete"], true);
    let setting = Conmon::setting(&host);
    let warning = format!("what {setting} runs is not seen");
    host.run(&["check", "--acknowledged-runtimes", "docker:*"])
        .saying(&warning);
}

#[test]
fn an_acknowledged_runtime_is_told_as_one() {
    let host = Host::enrolled();
    let _conmon = Conmon::start(&host, ID);
    let setting = Conmon::setting(&host);
    let mut command = host.command(&["report"]);
    command.env("ASSETMON_AGENT_ACKNOWLEDGED_RUNTIMES", &setting);
    let ended = Ended::from(command.output().unwrap()).with(0);
    assert!(!ended.stderr.contains(&setting), "{}", ended.stderr);
    let report = &host.server.bodies("reports/full")[0];
    assert!(
        told(report).contains(&Conmon::runtime(&host, true)),
        "{report}"
    );
    host.run(&["check", "--acknowledged-runtimes", &setting])
        .saying(&format!("{setting} is acknowledged"));
}

#[test]
fn a_container_that_podman_lists_is_no_other_runtimes() {
    let host = Host::enrolled();
    host.runs(&[("nginx", WEB)]);
    let id = format!("{:c<64}", "id");
    let listed = host.read("ps.json").replace(&id, ID);
    host.write("ps.json", &listed);
    let _conmon = Conmon::start(&host, ID);
    host.run(&["report"]).with(0);
    // An update that tells everything is the same report.
    host.run(&["update", "gone"]).with(0);
    for report in host.server.bodies("reports/full") {
        assert!(
            !told(&report).contains(&Conmon::runtime(&host, false)),
            "{report}"
        );
    }
}
