//! What the tests of the store and of the API stand on: an empty store on a clock of its own,
//! and short words for what agents tell.
//!
//! [`open_at`] is the one place that names an engine: a second engine runs the same tests by
//! being opened there.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test program uses a part of it, and a test may panic"
)]

pub mod fleet;

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicI64},
};

use assetmon_server::{
    clock::Clock,
    store::{Result, Rules, Store, sbom::Sbom, sqlite::SqliteStore},
};
use proto_types::{
    Artifact, ContainerReport, FailureCause, FullReport, ImageDigest, ImageFacts,
    ReportedContainer, ScanReport, ScanStatus, ScannedImage, Timestamp,
};
use tempfile::TempDir;

/// When the tests' clocks start, in seconds since 1970.
pub const START: i64 = 1_800_000_000;

/// A store on an empty folder, whose changes have this clock's times.
pub fn open(clock: &Arc<AtomicI64>) -> (TempDir, Arc<dyn Store>) {
    let dir = tempfile::tempdir().unwrap();
    let store = open_at(dir.path(), clock).unwrap();
    (dir, store)
}

/// The store in a folder.
pub fn open_at(dir: &Path, clock: &Arc<AtomicI64>) -> Result<Arc<dyn Store>> {
    open_by(dir, clock, Rules::default())
}

/// The same with other settings.
pub fn open_by(dir: &Path, clock: &Arc<AtomicI64>, rules: Rules) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(SqliteStore::open(
        &dir.join("assetmon.db"),
        rules,
        Clock::turned_by(Arc::clone(clock)),
    )?))
}

/// A clock, so many seconds after the start.
pub fn clock_at(seconds: i64) -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(at(seconds).as_millisecond()))
}

/// A time, so many seconds after the start.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(START + seconds).unwrap()
}

/// One of a few images.
pub fn image(number: u8) -> ImageDigest {
    ImageDigest::from_bytes([number; 32])
}

/// A container on an image that is called after its number.
pub fn container(name: &str, on: u8) -> ReportedContainer {
    ReportedContainer {
        name: name.to_owned(),
        image_name: format!("example.org/image{on}:1"),
        image_digest: image(on),
    }
}

/// A report of everything that runs, newest and complete.
pub fn full(containers: &[(&str, u8)]) -> FullReport {
    FullReport {
        host: String::new(),
        seq: None,
        complete: true,
        scanner: None,
        detail: 0,
        machine: None,
        unseen: proto_types::Unseen::default(),
        containers: containers
            .iter()
            .map(|(name, on)| container(name, *on))
            .collect(),
    }
}

/// A container that started, as the newest report.
pub fn started(name: &str, on: u8) -> ContainerReport {
    ContainerReport {
        host: String::new(),
        seq: None,
        running: true,
        scanner: None,
        detail: 0,
        machine: None,
        container: container(name, on),
    }
}

/// A container that stopped, as the newest report.
pub fn stopped(name: &str, on: u8) -> ContainerReport {
    ContainerReport {
        running: false,
        ..started(name, on)
    }
}

/// A Debian package without purl or source.
pub fn deb(name: &str, version: &str) -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: None,
        source: None,
        ..Artifact::default()
    }
}

/// An artifact of which everything is known.
pub fn nodejs() -> Artifact {
    Artifact {
        artifact_type: "rpm".to_owned(),
        name: "nodejs-libs".to_owned(),
        version: "1:18.14.2-2.el9".to_owned(),
        purl: Some("pkg:rpm/redhat/nodejs-libs@18.14.2-2.el9?epoch=1".to_owned()),
        source: Some("nodejs".to_owned()),
        source_version: Some("18.14.2-2.el9".to_owned()),
        module: Some("nodejs:18:9020020230327152102:rhel9".to_owned()),
        licenses: vec!["Apache-2.0".to_owned(), "MIT AND ISC".to_owned()],
        owned_by_os: true,
    }
}

/// The upload of an image that holds these.
pub fn scan(on: u8, artifacts: &[Artifact], status: ScanStatus) -> ScanReport {
    ScanReport {
        image: ScannedImage {
            digest: image(on),
            distro: "debian".to_owned(),
            distro_version: "12".to_owned(),
            facts: ImageFacts::default(),
            artifacts: artifacts.to_vec(),
        },
        lease: None,
        generation: None,
        scanner: Some("syft 1.0".to_owned()),
        detail: 0,
        status,
        reason: None,
        cause: None,
    }
}

/// The SBOM of a scan report, as it comes in.
pub fn sbom(report: ScanReport) -> Sbom {
    Sbom::new(model::accept::scan_report(report).1)
}

/// A complete SBOM.
pub fn complete(on: u8, artifacts: &[Artifact]) -> Sbom {
    sbom(scan(on, artifacts, ScanStatus::Complete))
}

/// A partial SBOM.
pub fn partial(on: u8, artifacts: &[Artifact]) -> Sbom {
    sbom(scan(on, artifacts, ScanStatus::Partial))
}

/// A partial SBOM of a host that had no room for more.
pub fn without_room(on: u8, artifacts: &[Artifact]) -> Sbom {
    sbom(ScanReport {
        reason: Some("no space left on device".to_owned()),
        cause: Some(FailureCause::Environment),
        ..scan(on, artifacts, ScanStatus::Partial)
    })
}
