//! Every distinct image is scanned exactly once in the whole fleet.

use e2e::{Fleet, Lab};
use proto_types::{ImageState, ImagesResponse};

#[test]
fn every_image_is_scanned_once_however_many_hosts_run_it() {
    let fleet = Fleet::get();
    let scans: usize = fleet.scans.values().sum();
    assert_eq!(scans, Lab::get().images().len(), "{:?}", fleet.scans);
    for image in Lab::get().images() {
        let known = fleet.server.image(image.digest);
        assert_eq!(known.summary.state, ImageState::Complete, "{}", image.name);
        assert_eq!(known.generation, Some(1), "{}", image.name);
        assert!(known.lease.is_none(), "{}", image.name);
        assert!(known.failures.is_empty(), "{:?}", known.failures);
        assert!(known.conflicts.is_empty(), "{:?}", known.conflicts);
    }
}

#[test]
fn a_host_that_joins_with_known_images_starts_no_scan_and_is_found() {
    let fleet = Fleet::get();
    assert_eq!(fleet.late_scans, 0);
    let said = fleet.server.assetctl(&["find", "openssl", "-o", "name"]);
    assert!(said.with_status(0).lines().contains(&"late1"));
}

#[test]
fn the_images_that_are_listed_are_those_that_run() {
    let fleet = Fleet::get();
    let said = fleet.server.assetctl(&["images", "-o", "json"]);
    let mut listed: Vec<_> = said
        .with_status(0)
        .read::<ImagesResponse>()
        .images
        .iter()
        .map(|image| (image.digest, image.containers))
        .collect();
    listed.sort();
    let mut expected: Vec<_> = Lab::get()
        .images()
        .iter()
        .map(|image| {
            let runs = fleet
                .containers()
                .filter(|run| run.2.digest == image.digest);
            (image.digest, runs.count() as u64)
        })
        .collect();
    expected.sort();
    assert_eq!(listed, expected);
}
