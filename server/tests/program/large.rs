//! Many of the largest bodies at once: memory stays bounded, and each is taken in the end.

use std::time::{Duration, Instant};

use client::{Client, ClientError};
use proto_types::{
    Artifact, CreateHost, Endpoint, Enroll, FullReport, ImageDigest, ImageFacts, Lease,
    ReportedContainer, ScanReport, ScanStatus, ScannedImage, Unseen,
};

use super::server::Server;
use model::bounds;

/// How many hosts send one at once.
const HOSTS: u8 = 50;
/// How long the server is left alone before it is looked at what it keeps.
const SETTLED: Duration = Duration::from_secs(5);

async fn patiently<E: Endpoint>(client: &Client, request: &E) -> E::Response {
    loop {
        match client.send(request).await {
            Ok(response) => return response,
            Err(error) => pause(&error).await,
        }
    }
}

async fn pause(error: &ClientError) {
    assert!(error.is_transient(), "{error}");
    let after = error.retry_after().unwrap_or(Duration::from_secs(1));
    tokio::time::sleep(after).await;
}

/// A host with a lease on an image of its own.
async fn host(server: &Server, number: u8) -> (Client, ImageDigest, Lease) {
    let name = format!("h{number}");
    let admin = server.admin();
    let code = admin
        .send(&CreateHost { name: name.clone() })
        .await
        .unwrap()
        .code;
    let enroll = Enroll {
        code,
        certificate: false,
    };
    let token = server.client(None).send(&enroll).await.unwrap().token;
    let client = server.client(Some(token));
    let image_digest = ImageDigest::from_bytes([number; 32]);
    let report = FullReport {
        host: name,
        seq: Some(1),
        complete: true,
        containers: vec![ReportedContainer {
            name: "a".to_owned(),
            image_name: "i".to_owned(),
            image_digest,
        }],
        // One that names none is given no lease.
        scanner: Some("syft 1.0".to_owned()),
        detail: 1,
        machine: None,
        unseen: Unseen::default(),
    };
    let lease = client.send(&report).await.unwrap().leases.remove(0);
    (client, image_digest, lease)
}

/// An SBOM of the largest size, of which a part is every other image's too.
fn largest(number: u8, image: ImageDigest, lease: Lease) -> ScanReport {
    let artifact = |one: usize| {
        let of = if one.is_multiple_of(4) { number } else { 0 };
        let name = format!("package-{of}-{one}");
        Artifact {
            artifact_type: "deb".to_owned(),
            version: format!("1.{one}-1"),
            purl: Some(format!(
                "pkg:deb/debian/{name}@1.{one}-1?arch=amd64&distro=debian-12"
            )),
            licenses: vec!["MIT".to_owned()],
            name,
            ..Artifact::default()
        }
    };
    ScanReport {
        image: ScannedImage {
            digest: image,
            distro: "debian".to_owned(),
            distro_version: "12".to_owned(),
            facts: ImageFacts::default(),
            artifacts: (0..bounds::ARTIFACTS).map(artifact).collect(),
        },
        lease: Some(lease.lease),
        generation: Some(lease.generation),
        scanner: None,
        detail: 1,
        status: ScanStatus::Complete,
        reason: None,
        cause: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: cargo test --release -p assetmon-server --test program -- --ignored --nocapture largest"]
async fn fifty_of_the_largest_sboms_at_once_are_taken_in_bounded_memory() {
    let dir = tempfile::tempdir().unwrap();
    let server = std::sync::Arc::new(Server::start(dir.path()));
    let mut sent = Vec::new();
    let begun = Instant::now();
    for number in 1..=HOSTS {
        let (client, image, lease) = host(&server, number).await;
        sent.push(tokio::spawn(async move {
            let report = largest(number, image, lease);
            patiently(&client, &report).await
        }));
    }
    let mut most = 0;
    while !sent.iter().all(tokio::task::JoinHandle::is_finished) {
        most = most.max(server.memory());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for one in sent {
        one.await.unwrap();
    }
    let took = begun.elapsed();
    tokio::time::sleep(SETTLED).await;
    // What all of them hold is the fleet itself, and more than a large one has.
    let stays = server.memory();
    let (most, stays) = (most >> 20, stays >> 20);
    println!("{most} MiB at most, {stays} MiB afterwards, all taken after {took:?}");
    assert!(
        most - stays.min(most) < 256,
        "{most} MiB, {stays} afterwards"
    );
}
