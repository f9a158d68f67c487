//! A load of writes: each host reports and uploads, one after the other, and says what was
//! acknowledged.

use client::Client;
use proto_types::{
    Artifact, CreateHost, Enroll, FullReport, ImageDigest, ImageFacts, Lease, ReportedContainer,
    ScanOutcome, ScanReport, ScanStatus, ScannedImage,
};

use super::server::Server;

/// What was acknowledged, of the report of this number.
pub enum Noted {
    Report(u64),
    Upload(u64),
}

/// Enrolls a host; its token.
pub async fn enroll(server: &Server, host: u32) -> String {
    let name = format!("host{host}");
    let added = server.admin().send(&CreateHost { name }).await.unwrap();
    let enroll = Enroll::by(added.code);
    server.client(None).send(&enroll).await.unwrap().token
}

/// Each report of each host is about a container and an image of its own.
pub fn image(host: u32, seq: u64) -> ImageDigest {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&seq.to_be_bytes());
    bytes[8..12].copy_from_slice(&host.to_be_bytes());
    ImageDigest::from_bytes(bytes)
}

pub fn report(host: u32, seq: u64) -> FullReport {
    FullReport {
        host: format!("host{host}"),
        seq: Some(seq),
        complete: true,
        scanner: None,
        detail: 0,
        machine: None,
        unseen: proto_types::Unseen::default(),
        containers: vec![ReportedContainer {
            name: format!("c{seq}"),
            image_name: "image".to_owned(),
            image_digest: image(host, seq),
        }],
    }
}

pub fn artifact(host: u32, seq: u64) -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: format!("p-{host}-{seq}"),
        version: "1".to_owned(),
        purl: None,
        source: None,
        ..Artifact::default()
    }
}

/// The upload of a report's image, under the lease on it.
pub fn scan(host: u32, seq: u64, lease: &Lease) -> ScanReport {
    ScanReport {
        image: ScannedImage {
            digest: image(host, seq),
            distro: String::new(),
            distro_version: String::new(),
            facts: ImageFacts::default(),
            artifacts: vec![artifact(host, seq)],
        },
        lease: Some(lease.lease.clone()),
        generation: Some(lease.generation),
        scanner: None,
        detail: 0,
        status: ScanStatus::Complete,
        reason: None,
        cause: None,
    }
}

/// Reports and uploads until the server is gone, or `note` says that it is enough.
pub async fn write(client: Client, host: u32, mut note: impl FnMut(Noted) -> bool) {
    for seq in 1.. {
        let Ok(answer) = client.send(&report(host, seq)).await else {
            return;
        };
        if !note(Noted::Report(seq)) {
            return;
        }
        let Some(lease) = answer
            .leases
            .into_iter()
            .find(|l| l.image_digest == image(host, seq))
        else {
            continue;
        };
        let scan = scan(host, seq, &lease);
        match client.send(&scan).await {
            Ok(answer) => assert_eq!(answer.outcome, ScanOutcome::Stored),
            Err(_) => return,
        }
        if !note(Noted::Upload(seq)) {
            return;
        }
    }
}
