//! Killed again and again under a load of writes: what was acknowledged is there afterwards, and
//! the server is ready again within two seconds.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use client::Client;
use proto_types::{
    Artifact, CreateHost, CreateToken, Enroll, FindRequest, FullReport, GetHost, GetImage,
    ImageDigest, ImageFacts, ListContainers, ListTokens, ReportedContainer, Role, ScanOutcome,
    ScanReport, ScanStatus, ScannedImage,
};

use super::server::Server;

/// So many hosts are enrolled and write in each round.
const HOSTS: u32 = 4;

/// What the server has acknowledged.
#[derive(Default)]
struct Journal {
    /// The tokens of this round's hosts.
    tokens: BTreeMap<u32, String>,
    /// The last report of each host.
    seqs: BTreeMap<u32, u64>,
    /// This round's hosts and reports whose image was uploaded.
    scanned: Vec<(u32, u64)>,
    /// Names of tokens.
    named: Vec<String>,
}

/// What one host's writer has to add to the journal.
struct Written {
    host: u32,
    seq: u64,
    scanned: Vec<(u32, u64)>,
}

/// Each report of each host is about a container and an image of its own.
fn image(host: u32, seq: u64) -> ImageDigest {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&seq.to_be_bytes());
    bytes[8..12].copy_from_slice(&host.to_be_bytes());
    ImageDigest::from_bytes(bytes)
}

fn report(host: u32, seq: u64) -> FullReport {
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

fn artifact(host: u32, seq: u64) -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: format!("p-{host}-{seq}"),
        version: "1".to_owned(),
        purl: None,
        source: None,
        ..Artifact::default()
    }
}

/// Reports and uploads until the server is gone.
async fn write(client: Client, host: u32) -> Written {
    let mut written = Written {
        host,
        seq: 0,
        scanned: Vec::new(),
    };
    loop {
        let seq = written.seq + 1;
        let Ok(answer) = client.send(&report(host, seq)).await else {
            return written;
        };
        written.seq = seq;
        let Some(lease) = answer
            .leases
            .into_iter()
            .find(|l| l.image_digest == image(host, seq))
        else {
            continue;
        };
        let scan = ScanReport {
            image: ScannedImage {
                digest: lease.image_digest,
                distro: String::new(),
                distro_version: String::new(),
                facts: ImageFacts::default(),
                artifacts: vec![artifact(host, seq)],
            },
            lease: Some(lease.lease),
            generation: Some(lease.generation),
            scanner: None,
            detail: 0,
            status: ScanStatus::Complete,
            reason: None,
            cause: None,
        };
        match client.send(&scan).await {
            Ok(answer) => assert_eq!(answer.outcome, ScanOutcome::Stored),
            Err(_) => return written,
        }
        written.scanned.push((host, seq));
    }
}

/// Makes tokens until the server is gone.
async fn name_tokens(admin: Client, round: u32) -> Vec<String> {
    let mut named = Vec::new();
    loop {
        let name = format!("{round}-{}", named.len());
        let made = CreateToken {
            name: name.clone(),
            role: Role::Reader,
            expires_in_seconds: None,
            certificate: None,
        };
        if admin.send(&made).await.is_err() {
            return named;
        }
        named.push(name);
    }
}

impl Journal {
    /// Enrols a round's hosts. Those of the rounds before hold leases of scans that a kill cut.
    async fn enrol(&mut self, server: &Server, round: u32) {
        self.tokens.clear();
        for host in round * HOSTS..(round + 1) * HOSTS {
            let name = format!("host{host}");
            let code = server
                .admin()
                .send(&CreateHost { name })
                .await
                .unwrap()
                .code;
            let enrolled = server.client(None).send(&Enroll::by(code)).await.unwrap();
            self.tokens.insert(host, enrolled.token);
        }
    }

    /// Writes to a server until it is killed.
    async fn write(&mut self, server: &mut Server, round: u32) {
        let mut writers = Vec::new();
        for (host, token) in &self.tokens {
            let client = server.client(Some(token.clone()));
            writers.push(tokio::spawn(write(client, *host)));
        }
        let named = tokio::spawn(name_tokens(server.admin(), round));
        let milliseconds = 40 + u64::from(round) * 37 % 160;
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        server.kill();
        for writer in writers {
            let written = writer.await.unwrap();
            self.seqs.insert(written.host, written.seq);
            self.scanned.extend(written.scanned);
        }
        self.named.extend(named.await.unwrap());
    }

    /// Whether everything that was acknowledged is there, of the hosts from one on; a report that
    /// was under way may be.
    async fn check(&mut self, server: &Server, first: u32) {
        let admin = server.admin();
        for (host, acknowledged) in self.seqs.range_mut(first..) {
            let name = format!("host{host}");
            let shown = admin.send(&GetHost { name: name.clone() }).await.unwrap();
            let under_way = shown.seq == *acknowledged + 1;
            assert!(shown.seq == *acknowledged || under_way, "{shown:?}");
            *acknowledged = shown.seq;
            let listed = ListContainers {
                host: Some(name),
                ..ListContainers::default()
            };
            let listed = admin.send(&listed).await.unwrap().containers;
            if shown.seq > 0 {
                assert_eq!(listed.len(), 1, "{listed:?}");
                assert_eq!(listed[0].name, format!("c{}", shown.seq));
                assert_eq!(listed[0].image_digest, image(*host, shown.seq));
            }
        }
        for (host, seq) in self.scanned.drain(..) {
            let digest = image(host, seq);
            let shown = admin.send(&GetImage { digest }).await.unwrap();
            assert_eq!(shown.artifacts, [artifact(host, seq)]);
        }
        let tokens = admin.send(&ListTokens {}).await.unwrap().tokens;
        let names: Vec<&str> = tokens.iter().map(|token| token.name.as_str()).collect();
        for name in &self.named {
            assert!(names.contains(&name.as_str()), "token {name}");
        }
        admin.send(&FindRequest::default()).await.unwrap();
    }
}

fn rounds() -> u32 {
    let asked = std::env::var("KILL_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(20)
}

async fn started(dir: &Path) -> Server {
    let begun = Instant::now();
    let server = Server::start(dir);
    server.admin().send(&ListTokens {}).await.unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    server
}

#[tokio::test]
async fn what_was_acknowledged_outlives_every_kill() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = Journal::default();
    let mut server = started(dir.path()).await;
    let mut written = 0;
    for round in 0..rounds() {
        journal.enrol(&server, round).await;
        journal.write(&mut server, round).await;
        written += journal.scanned.len();
        server = started(dir.path()).await;
        journal.check(&server, round * HOSTS).await;
    }
    journal.check(&server, 0).await;
    assert!(written > rounds() as usize, "there was a load: {written}");
}
