//! Images of an additional store, which podman itself can't mount, are scanned as any other.

use std::fs;

use e2e::{Agent, Gate, Host, Lab, Server, run};
use proto_types::{ImageDigest, ImageState};

/// An image of two layers, of which the upper one adds a package to the database of the lower one.
const LAYERED: &str = "localhost/demo/layered:1";
/// That package, as `apk` lists it.
const ADDED: &str = "P:added\nV:1-r0\nA:x86_64\no:added\nL:MIT\n\n";
/// A failed image is given again at once.
const SETTINGS: &str = "retry_seconds = 1";

#[test]
fn an_image_of_an_additional_store_is_scanned_whole_and_nothing_stays_mounted() {
    let owner = Host::new("owner1", &[]);
    let digest = layered(&owner);
    let reader = reading(&owner, "reader1");
    start(&owner);

    let (one, two) = (Server::new(""), Server::new(""));
    let (usual, other) = (Agent::enroll(&one, owner), Agent::enroll(&two, reader));
    usual.report();
    other.report();
    let (usual, found) = (one.image(digest), two.image(digest));
    assert_eq!(found.summary.state, ImageState::Complete);
    assert_eq!(found.artifacts, usual.artifacts);
    assert!(found.artifacts.iter().any(|one| one.name == "added"));
    assert_is_clean(&other);
}

#[test]
fn a_killed_scan_of_an_additional_stores_image_leaves_nothing_mounted() {
    let owner = Host::new("owner2", &[]);
    let digest = layered(&owner);
    let server = Server::new(SETTINGS);
    let agent = Agent::enroll(&server, reading(&owner, "reader2"));
    agent.syft.close(Gate::During);
    let cycle = agent.start_report();
    agent.syft.wait_at(Gate::During);
    cycle.kill();
    agent.syft.open(Gate::During);
    agent.report();
    assert_eq!(server.image(digest).summary.state, ImageState::Complete);
    assert_is_clean(&agent);
}

#[test]
fn an_image_that_is_removed_from_an_additional_store_during_its_scan_is_not_complete() {
    let owner = Host::new("owner3", &[]);
    let digest = layered(&owner);
    let server = Server::new(SETTINGS);
    let agent = Agent::enroll(&server, reading(&owner, "reader3"));
    agent.syft.close(Gate::During);
    let cycle = agent.start_report();
    agent.syft.wait_at(Gate::During);
    run(owner.podman().args(["rmi", "--force", LAYERED]));
    agent.syft.open(Gate::During);
    cycle.ends_well();
    assert_eq!(server.image(digest).summary.state, ImageState::Unscanned);
    assert_is_clean(&agent);
}

/// Makes the image in a host's store, and nothing that runs there.
fn layered(host: &Host) -> ImageDigest {
    let alpine = Lab::get().image("alpine");
    host.load(alpine);
    let podman = |arguments: &[&str]| run(host.podman().args(arguments));
    podman(&[
        "create",
        "--name",
        "base",
        "--network",
        "none",
        &alpine.image_name,
    ]);
    let copy = host.folder.join("installed");
    let (inside, outside) = ("base:/lib/apk/db/installed", copy.to_string_lossy());
    podman(&["cp", inside, &outside]);
    let listed = fs::read_to_string(&copy).expect("the image has packages");
    let listed = format!("{}\n\n{ADDED}", listed.trim_end());
    fs::write(&copy, listed).expect("the host's folder can be written to");
    podman(&["cp", &outside, inside]);
    podman(&["commit", "--quiet", "base", LAYERED]);
    podman(&["rm", "base"]);
    let id = podman(&["image", "inspect", "--format", "{{.Id}}", LAYERED]);
    format!("sha256:{id}")
        .parse()
        .expect("an image ID is a digest")
}

/// A host that runs the image out of another one's store.
fn reading(owner: &Host, name: &str) -> Host {
    let host = Host::new(name, &[]);
    host.also_reads(owner);
    start(&host);
    host
}

fn start(host: &Host) {
    host.start_named("layered", LAYERED);
}

fn assert_is_clean(agent: &Agent) {
    assert!(agent.temporary().is_empty());
    assert_eq!(agent.host.mounts(), "");
    // What a process of the agent's holds in a namespace of its own has gone with that.
    let state = agent.host.folder.join("state");
    let state = state.to_string_lossy();
    let processes = fs::read_dir("/proc")
        .expect("there are processes")
        .flatten();
    for process in processes {
        let mounts = fs::read_to_string(process.path().join("mounts"));
        assert!(!mounts.unwrap_or_default().contains(&*state), "{process:?}");
    }
}
