//! A server that is killed with SIGKILL loses nothing that it acknowledged, and the agents catch up
//! by themselves.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use e2e::{Agent, Gate, Host, Image, Lab, Server, ask_at};
use proto_types::{ContainersResponse, ImageState};
use serde_json::json;

/// How often the server is killed.
const KILLS: u32 = 4;

#[test]
fn agents_catch_up_by_themselves_after_the_server_was_killed() {
    let lab = Lab::get();
    let (alpine, rhel, db) = (lab.image("alpine"), lab.image("rhel"), lab.image("db"));
    let mut server = Server::new("");
    let hosts: [(&str, &[&Image]); 3] = [
        ("crash1", &[alpine, rhel]),
        ("crash2", &[rhel, db]),
        ("crash3", &[alpine]),
    ];
    let agents = hosts.map(|(name, images)| {
        let host = Host::new(name, images);
        for image in images {
            host.start(&image.name, image);
        }
        Agent::enroll(&server, host)
    });

    // In the middle: one scan is done and acknowledged, another is on, a third agent begins while nobody answers.
    agents[0].syft.close(Gate::After);
    let first = agents[0].start_report();
    agents[0].syft.wait_at(Gate::After);
    agents[2].report();
    let second = agents[1].start_report();
    let known = states(&server);
    server.kill();
    let third = agents[2].start_report();
    agents[0].syft.open(Gate::After);
    thread::sleep(Duration::from_secs(1));
    server.start_again();
    let after = states(&server);
    for (digest, state) in &known {
        if *state == ImageState::Complete {
            assert!(after.contains(&(*digest, *state)), "{digest} is lost");
        }
    }

    // The agents that were at work when it happened end well, and everything is known then.
    for cycle in [first, second, third] {
        cycle.ends_well();
    }
    for image in [alpine, rhel, db] {
        let state = server.image(image.digest).summary.state;
        assert_eq!(state, ImageState::Complete, "{}", image.name);
    }
    let said = server.assetctl(&["find", "source=openssl", "-o", "name"]);
    assert_eq!(said.with_status(0).lines(), ["crash1", "crash2", "crash3"]);
    // Each image was still scanned once: a lease outlives the server that granted it.
    let scans: usize = agents.iter().map(|agent| agent.syft.scans()).sum();
    assert_eq!(scans, 3);
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let mut server = Server::new("");
    let writers: Vec<(String, String)> = (1..=4)
        .map(|number| format!("writer{number}"))
        .map(|name| (server.enroll(&name), name))
        .collect();
    let mut acknowledged = BTreeSet::new();
    for round in 1..=KILLS {
        let over = AtomicBool::new(false);
        let address = server.address;
        let written: Vec<BTreeSet<String>> = thread::scope(|scope| {
            let writers: Vec<_> = writers
                .iter()
                .map(|(token, name)| scope.spawn(|| write(address, token, name, round, &over)))
                .collect();
            thread::sleep(Duration::from_millis(150 * u64::from(round)));
            server.kill();
            over.store(true, Ordering::Relaxed);
            let ended = writers.into_iter().map(thread::ScopedJoinHandle::join);
            ended.map(|written| written.expect("a writer")).collect()
        });
        assert!(written.iter().all(|names| !names.is_empty()), "{written:?}");
        acknowledged.extend(written.into_iter().flatten());

        let began = Instant::now();
        server.start_again();
        assert!(began.elapsed() < Duration::from_secs(10), "{began:?}");
        let said = server.assetctl(&["containers", "--limit", "0", "-o", "json"]);
        let response: ContainersResponse = said.with_status(0).read();
        let there: BTreeSet<String> = response
            .containers
            .into_iter()
            .map(|one| one.name)
            .collect();
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "after kill {round}: {lost:?}");
    }
}

/// Tells of one container after the other that it started, and answers the names that the server took.
fn write(
    address: SocketAddr,
    token: &str,
    host: &str,
    round: u32,
    over: &AtomicBool,
) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    for number in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let name = format!("{host}-{round}-{number}");
        let image = format!("sha256:{}", "ab".repeat(32));
        let container = json!({ "name": name, "image_name": "x", "image_digest": image });
        let body = json!({ "host": host, "running": true, "container": container }).to_string();
        let path = "/api/v1/reports/container";
        match ask_at(address, "POST", path, Some(token), &body, body.len()) {
            Ok(answer) if answer.status == 200 => {
                written.insert(name);
            }
            // It was killed before it said so: either is right.
            _ => {}
        }
    }
    written
}

fn states(server: &Server) -> Vec<(proto_types::ImageDigest, ImageState)> {
    let said = server.assetctl(&["images", "-o", "json"]).with_status(0);
    let response: proto_types::ImagesResponse = said.read();
    let images = response.images.into_iter();
    images.map(|image| (image.digest, image.state)).collect()
}
