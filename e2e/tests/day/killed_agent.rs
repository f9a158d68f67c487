//! An agent that is killed in the middle of a scan keeps nobody from knowing.

use std::{thread, time::Duration};

use e2e::{Agent, Gate, Host, Lab, Server, wait_until};
use proto_types::{FailureCause, ImageState, ImagesResponse};

/// How long a lease is: long enough that a scan of a small image fits in on a busy machine.
const LEASE: Duration = Duration::from_secs(12);

#[test]
fn after_an_agent_was_killed_in_a_scan_another_host_scans_once_the_lease_has_run_out() {
    let alpine = Lab::get().image("alpine");
    let server = Server::new(&format!("lease_seconds = {}", LEASE.as_secs()));
    let [first, second] = ["kill1", "kill2"].map(|name| {
        let host = Host::new(name, &[alpine]);
        host.start("cache", alpine);
        Agent::enroll(&server, host)
    });

    first.syft.close(Gate::During);
    let cycle = first.start_report();
    first.syft.wait_at(Gate::During);
    let lease = server.image(alpine.digest).lease.expect("it is leased");
    assert_eq!(lease.host, "kill1");
    cycle.kill();
    let left = first.temporary();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(!first.host.mounts().is_empty(), "the mount is left too");

    // As long as the lease holds, nobody else scans, and an empty answer is no proof.
    second.report();
    assert_eq!(second.syft.scans(), 0);
    server.assetctl(&["find", "musl"]).with_status(3);

    let over = || server.image(alpine.digest).lease.is_none();
    wait_until("the lease has run out", LEASE * 2, over);
    second.report();
    assert_eq!(second.syft.scans(), 1);
    let known = server.image(alpine.digest);
    assert_eq!(known.summary.state, ImageState::Complete);
    assert_eq!(known.summary.scanned_by.as_deref(), Some("kill2"));
    assert_eq!(known.generation, Some(2));
    let [failure] = &known.failures[..] else {
        panic!("one failure was expected: {:?}", known.failures);
    };
    assert_eq!(failure.cause, FailureCause::Expired);
    assert_eq!(failure.host, "kill1");
    let said = server.assetctl(&["find", "musl", "-o", "name"]);
    assert_eq!(said.with_status(0).lines(), ["kill1", "kill2"]);

    // The first one's next run takes back what it left: files, mount, and the scanner itself.
    assert!(!first.temporary().is_empty());
    first.report();
    assert_eq!(first.temporary(), Vec::<std::path::PathBuf>::new());
    assert_eq!(first.host.mounts(), "");
    first.syft.open(Gate::During);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(first.temporary(), Vec::<std::path::PathBuf>::new());
    assert_eq!(first.syft.scans(), 1, "and scans nothing that is known");
    let said = server.assetctl(&["images", "-o", "json"]).with_status(0);
    assert_eq!(said.read::<ImagesResponse>().images.len(), 1);
}
