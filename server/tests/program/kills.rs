//! Killed again and again under a load of writes: what was acknowledged is there afterwards. How long the
//! server takes to be ready again is printed.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use client::Client;
use proto_types::{CreateToken, FindRequest, GetHost, GetImage, ListContainers, ListTokens, Role};

use super::{
    load::{self, Noted, artifact, image},
    server::Server,
};

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

/// Reports and uploads until the server is gone.
async fn write(client: Client, host: u32) -> Written {
    let mut written = Written {
        host,
        seq: 0,
        scanned: Vec::new(),
    };
    let note = |noted| {
        match noted {
            Noted::Report(seq) => written.seq = seq,
            Noted::Upload(seq) => written.scanned.push((host, seq)),
        }
        true
    };
    load::write(client, host, note).await;
    written
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
    /// Enrolls a round's hosts. Those of the rounds before hold leases of scans that a kill cut.
    async fn enroll(&mut self, server: &Server, round: u32) {
        self.tokens.clear();
        for host in round * HOSTS..(round + 1) * HOSTS {
            self.tokens.insert(host, load::enroll(server, host).await);
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
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(40)
}

/// Lets a server be killed so many times while hosts write to it, and does what else becomes of its
/// files. How many uploads were acknowledged, all of which were there, and how long the server took to
/// be ready again at most.
pub async fn outlive(
    rounds: u32,
    start: impl Fn() -> Server,
    killed: impl Fn(),
) -> (usize, Duration) {
    let mut journal = Journal::default();
    let (mut server, mut longest) = ready(&start).await;
    let mut written = 0;
    for round in 0..rounds {
        journal.enroll(&server, round).await;
        journal.write(&mut server, round).await;
        killed();
        written += journal.scanned.len();
        let took;
        (server, took) = ready(&start).await;
        longest = longest.max(took);
        journal.check(&server, round * HOSTS).await;
    }
    journal.check(&server, 0).await;
    (written, longest)
}

/// A server that is ready, and how long that took.
async fn ready(start: impl Fn() -> Server) -> (Server, Duration) {
    let begun = Instant::now();
    let server = start();
    server.admin().send(&ListTokens {}).await.unwrap();
    (server, begun.elapsed())
}

#[tokio::test]
async fn what_was_acknowledged_outlives_every_kill() {
    let dir = tempfile::tempdir().unwrap();
    let (written, longest) = outlive(rounds(), || Server::start(dir.path()), || {}).await;
    println!(
        "{} kills, {written} uploads: all there; ready after at most {longest:?}",
        rounds()
    );
    assert!(written > rounds() as usize, "there was a load: {written}");
}
