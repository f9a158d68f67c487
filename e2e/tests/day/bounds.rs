//! An image that takes more than a scan may have keeps neither its own packages nor the next image
//! from being known.

use e2e::{Agent, Host, Lab, Package, Server};
use proto_types::{FailureCause, ImageState};

#[test]
fn the_packages_beside_an_archive_without_end_are_found_and_the_next_image_is_scanned() {
    let (bomb, alpine) = (Lab::get().image("bomb"), Lab::get().image("alpine"));
    let server = Server::new("");
    let host = Host::new("bounds1", &[bomb, alpine]);
    host.start("shop", bomb);
    host.start("cache", alpine);
    let agent = Agent::enroll_with(&server, host, "scan_space = \"16MiB\"");
    agent.report();

    let known = server.image(bomb.digest);
    assert_eq!(known.summary.state, ImageState::Partial);
    let mut packages: Vec<Package> = known.artifacts.iter().map(Package::from).collect();
    packages.sort();
    assert_eq!(packages, bomb.packages);
    let reason = "syft used more than 16 MiB of temporary space (`scan_space`) and was stopped; \
                  it looked again without Java archives";
    assert_eq!(known.summary.reason.as_deref(), Some(reason));
    let [failure] = &known.failures[..] else {
        panic!("one failure was expected: {:?}", known.failures);
    };
    assert_eq!(
        (failure.cause, failure.counted),
        (FailureCause::Image, true)
    );
    let next = server.image(alpine.digest);
    assert_eq!(next.summary.state, ImageState::Complete);

    // Whoever asks finds it, and is told that there may be more.
    let said = server.assetctl(&["find", "librsvg-lab", "-o", "name"]);
    assert_eq!(said.with_status(0).lines(), ["bounds1"]);
    server.assetctl(&["find", "no-such"]).with_status(3);
    let said = server.assetctl(&["image", &bomb.digest.to_string()]);
    let said = said.with_status(0);
    assert!(
        said.stdout.contains("without Java archives"),
        "{}",
        said.stdout
    );
    assert_eq!(agent.temporary(), Vec::<std::path::PathBuf>::new());
    assert_eq!(agent.host.mounts(), "");
}
