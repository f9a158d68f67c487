//! A stopped container is gone after the next report, and its interval stays.

use std::{thread, time::Duration};

use e2e::{Agent, Host, Lab, Server};
use proto_types::{ContainersResponse, FindResponse, Timestamp};

#[test]
fn a_stopped_container_is_gone_after_the_next_report_and_its_interval_stays() {
    let (alpine, rhel) = (Lab::get().image("alpine"), Lab::get().image("rhel"));
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("stop1", &[alpine, rhel]));
    agent.host.start("cache", alpine);
    agent.host.start("legacy", rhel);
    let before = Timestamp::now();
    agent.report();
    assert_eq!(hosts(&server, &[]), ["stop1"]);
    pause();
    let while_it_ran = Timestamp::now();
    pause();

    agent.host.remove("cache");
    // Nobody has told the server yet.
    assert_eq!(hosts(&server, &[]), ["stop1"]);
    agent.report();
    let gone = server.assetctl(&["find", "musl"]).with_status(1);
    assert_eq!(gone.stdout.trim(), "");
    assert_eq!(containers(&server, &[]), ["legacy"]);

    // It is still known when it ran, and that it didn't before.
    let at = while_it_ran.to_string();
    assert_eq!(hosts(&server, &["--at", &at]), ["stop1"]);
    assert_eq!(containers(&server, &["--at", &at]), ["cache", "legacy"]);
    let early = before.to_string();
    server
        .assetctl(&["find", "musl", "--at", &early])
        // The host had not reported yet, so that nobody could have known.
        .with_status(3);
    let during = format!("{early}..");
    let said = server.assetctl(&["find", "musl", "--during", &during, "-o", "json"]);
    let response: FindResponse = said.with_status(0).read();
    let [result] = response.results.as_deref().expect("results") else {
        panic!("one run was expected: {response:?}");
    };
    let until = result.until.expect("the run has ended");
    assert!(result.running_since > before && result.running_since < while_it_ran);
    assert!(until > while_it_ran && until < Timestamp::now());

    // The same container again is another run.
    agent.host.start("cache", alpine);
    agent.report();
    assert_eq!(hosts(&server, &[]), ["stop1"]);
    let said = server.assetctl(&["find", "musl", "--during", &during, "-o", "json"]);
    assert_eq!(said.with_status(0).read::<FindResponse>().total, 2);
    assert_eq!(agent.syft.scans(), 2, "what is known isn't scanned again");
}

/// So that moments before and after can be told apart by any clock.
fn pause() {
    thread::sleep(Duration::from_millis(50));
}

fn hosts(server: &Server, more: &[&str]) -> Vec<String> {
    let arguments = [&["find", "musl", "-o", "name"], more].concat();
    let said = server.assetctl(&arguments).with_status(0);
    said.lines().into_iter().map(str::to_owned).collect()
}

fn containers(server: &Server, more: &[&str]) -> Vec<String> {
    let arguments = [&["containers", "-o", "json"], more].concat();
    let said = server.assetctl(&arguments).with_status(0);
    let response: ContainersResponse = said.read();
    response
        .containers
        .into_iter()
        .map(|container| container.name)
        .collect()
}
