//! An image that is removed during its scan is never stored as complete.

use std::{thread, time::Duration};

use e2e::{Agent, Gate, Host, Image, Lab, Package, Server};
use proto_types::{FailureCause, ImageState};

/// A failed image is given again at once, so that each moment can be tried on the same one.
const SETTINGS: &str = "retry_seconds = 1";

#[test]
fn an_image_that_is_removed_before_in_or_right_after_its_scan_is_not_stored_as_complete() {
    let (alpine, rhel) = (Lab::get().image("alpine"), Lab::get().image("rhel"));
    for gate in [Gate::Before, Gate::During, Gate::After] {
        let server = Server::new(SETTINGS);
        let agent = Agent::enroll(&server, Host::new("gone1", &[alpine, rhel]));
        agent.host.start("cache", alpine);
        agent.syft.close(gate);
        let cycle = agent.start_report();
        agent.syft.wait_at(gate);
        // What comes next is not held up by the one that goes wrong.
        agent.host.start("legacy", rhel);
        agent.host.remove_image(alpine);
        agent.syft.open(gate);
        cycle.ends_well();

        let known = server.image(alpine.digest);
        assert_eq!(known.summary.state, ImageState::Unscanned, "{gate:?}");
        assert!(known.artifacts.is_empty(), "{gate:?}");
        let [failure] = &known.failures[..] else {
            panic!("one failure was expected: {:?}", known.failures);
        };
        assert_eq!(failure.cause, FailureCause::Environment, "{gate:?}");
        assert!(!failure.counted, "{gate:?}");
        let next = server.image(rhel.digest).summary.state;
        assert_eq!(next, ImageState::Complete, "{gate:?}");
        assert!(agent.temporary().is_empty(), "{gate:?}");

        // Once it is back, it is scanned after all.
        agent.host.load(alpine);
        agent.host.start("cache", alpine);
        thread::sleep(Duration::from_millis(1100));
        agent.report();
        assert_holds_all(&server, alpine);
    }
}

#[test]
fn whenever_an_image_is_removed_it_is_complete_only_if_all_of_it_was_seen() {
    let db = Lab::get().image("db");
    let server = Server::new(SETTINGS);
    let agent = Agent::enroll(&server, Host::new("gone2", &[db]));
    let mut gone = 0;
    for milliseconds in [400, 900, 1600, 2600] {
        agent.host.start("orders", db);
        let cycle = agent.start_report();
        thread::sleep(Duration::from_millis(milliseconds));
        agent.host.remove_image(db);
        cycle.ends_well();
        let state = server
            .image_if_known(db.digest)
            .map(|known| known.summary.state);
        if state == Some(ImageState::Complete) {
            assert_holds_all(&server, db);
            break;
        }
        assert_ne!(state, Some(ImageState::Partial));
        gone += 1;
        agent.host.load(db);
        // Held back for as long as the settings say.
        thread::sleep(Duration::from_millis(1100));
    }
    assert!(gone > 0, "no removal came before the scan's end");
    assert_eq!(agent.host.mounts(), "");
}

fn assert_holds_all(server: &Server, image: &Image) {
    let known = server.image(image.digest);
    assert_eq!(known.summary.state, ImageState::Complete, "{}", image.name);
    let mut listed: Vec<Package> = known.artifacts.iter().map(Package::from).collect();
    listed.sort();
    assert_eq!(listed, image.packages, "{}", image.name);
}
