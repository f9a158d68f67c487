//! Readers beside hosts that report, over the network: each host always runs as many containers,
//! so that every answer, in pages or as a stream, has as many rows.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use assetmon_server::{App, auth::LocalSocket, clock::Clock, router};
use axum::Extension;
use client::Client;
use proto_types::{
    ChangeKind, CreateHost, Enroll, Field, FindRequest, FullReport, Lease, ListContainers, Match,
    Op, ScanReport, ScanStatus,
};

use super::common::{at, clock_at, deb, full, open, scan};

const HOSTS: usize = 3;
const CONTAINERS: u8 = 8;
const IMAGES: u8 = 6;
/// So many that a stream reads several pages.
const ARTIFACTS: usize = 250;
/// How often each reader reads.
const READINGS: usize = 5;

struct Server {
    url: String,
    admin: Client,
    clock: Arc<AtomicI64>,
    over: AtomicBool,
    told: AtomicU64,
    _dir: tempfile::TempDir,
}

async fn server() -> Server {
    let clock = clock_at(0);
    let (dir, store) = open(&clock);
    let app = App::new(store, Clock::turned_by(Arc::clone(&clock))).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = router(app).layer(Extension(LocalSocket));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Server {
        admin: Client::new(url.parse().unwrap(), None).unwrap(),
        url,
        clock,
        over: AtomicBool::new(false),
        told: AtomicU64::new(0),
        _dir: dir,
    }
}

/// A host, and the images that its containers run on, as far as it told.
struct Host {
    server: Arc<Server>,
    client: Client,
    name: String,
    runs: BTreeMap<String, u8>,
}

impl Host {
    /// Enrolls it.
    async fn new(server: &Arc<Server>, name: &str) -> Self {
        let name = name.to_owned();
        let code = server.admin.send(&CreateHost { name }).await.unwrap().code;
        let enrolled = server.admin.send(&Enroll::by(code)).await.unwrap();
        Self {
            client: Client::new(server.url.parse().unwrap(), Some(enrolled.token)).unwrap(),
            server: Arc::clone(server),
            name: enrolled.host,
            runs: BTreeMap::new(),
        }
    }

    /// Tells what runs, counts what began and ended by it, and scans what it is given.
    async fn runs(&mut self, listed: BTreeMap<String, u8>) {
        let containers: Vec<(&str, u8)> = listed.iter().map(|(name, on)| (&**name, *on)).collect();
        let report = FullReport {
            host: self.name.clone(),
            ..full(&containers)
        };
        let mut leases = self.client.send(&report).await.unwrap().leases;
        let ended = self
            .runs
            .iter()
            .filter(|(name, on)| listed.get(*name) != Some(on));
        let begun = listed
            .iter()
            .filter(|(name, on)| self.runs.get(*name) != Some(on));
        let told = ended.count() + begun.count();
        self.server.told.fetch_add(told as u64, Ordering::Relaxed);
        self.runs = listed;
        while !leases.is_empty() {
            for lease in leases {
                self.scans(lease).await;
            }
            leases = self.client.send(&report).await.unwrap().leases;
        }
    }

    async fn scans(&self, lease: Lease) {
        let held: Vec<_> = (0..ARTIFACTS).map(|n| deb(&format!("x{n}"), "1")).collect();
        let scanned = ScanReport {
            lease: Some(lease.lease),
            generation: Some(lease.generation),
            ..scan(
                lease.image_digest.as_bytes()[0],
                &held,
                ScanStatus::Complete,
            )
        };
        self.client.send(&scanned).await.unwrap();
    }

    /// Runs every container, on images that the turn chooses.
    async fn turns(&mut self, turn: u64) {
        let on = |number: u8| 1 + (turn * u64::from(number + 1) % u64::from(IMAGES)) as u8;
        let listed = (0..CONTAINERS).map(|number| (format!("c{number}"), on(number)));
        self.runs(listed.collect()).await;
    }

    /// Reports until it is over, each time on other images.
    async fn reports(mut self) -> Self {
        for turn in 1.. {
            self.turns(turn).await;
            // The clock stands, goes on, and now and then goes back.
            let by = [0, 1, 2, -1, -300_000, 300_001][turn as usize % 6];
            self.server.clock.fetch_add(by, Ordering::Relaxed);
            if self.server.over.load(Ordering::Relaxed) {
                break;
            }
        }
        self
    }
}

async fn streams(server: Arc<Server>) {
    let request = FindRequest {
        matches: vec![Match {
            field: Field::Name,
            op: Op::Prefix,
            value: "x".to_owned(),
        }],
        ..FindRequest::default()
    };
    for _ in 0..READINGS {
        let mut lines = server.admin.find_each(&request).await.unwrap();
        let mut rows = 0;
        while lines.next().await.unwrap().is_some() {
            rows += 1;
        }
        assert_eq!(rows, HOSTS * usize::from(CONTAINERS) * ARTIFACTS);
    }
}

async fn pages(server: Arc<Server>) {
    for _ in 0..READINGS * 4 {
        let mut request = ListContainers {
            limit: Some(5),
            ..ListContainers::default()
        };
        let mut listed = HashMap::new();
        loop {
            let page = server.admin.send(&request).await.unwrap();
            assert_eq!(page.total, (HOSTS * usize::from(CONTAINERS)) as u64);
            for one in page.containers {
                let twice = listed.insert((one.host, one.name), one.image_digest);
                assert_eq!(twice, None);
            }
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
        assert_eq!(listed.len(), HOSTS * usize::from(CONTAINERS));
    }
}

/// Follows the changes until everything has stopped, and holds each against those before it; how
/// many there were.
async fn follows(server: Arc<Server>) -> u64 {
    let since = at(-86_400);
    let mut changes = server.admin.follow_changes(since, None).await.unwrap();
    let mut runs: HashMap<(String, String), String> = HashMap::new();
    let mut seen = 0;
    loop {
        let change = changes.next().await.unwrap();
        let (Some(host), Some(container), Some(image)) =
            (change.host, change.container, change.image_digest)
        else {
            continue;
        };
        let key = (host, container);
        match change.kind {
            ChangeKind::Started => assert_eq!(runs.insert(key, image.to_string()), None),
            _ => assert_eq!(runs.remove(&key), Some(image.to_string())),
        }
        seen += 1;
        if runs.is_empty() && server.over.load(Ordering::Relaxed) {
            return seen;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn streams_pages_and_followers_agree_with_hosts_that_report_meanwhile() {
    let server = Arc::new(server().await);
    let following = tokio::spawn(follows(Arc::clone(&server)));
    let mut hosts = Vec::new();
    for number in 0..HOSTS {
        let mut host = Host::new(&server, &format!("host{number}")).await;
        // Every image is scanned before anybody reads.
        for turn in (0..u64::from(IMAGES)).rev() {
            host.turns(turn).await;
        }
        hosts.push(host);
    }
    let hosts: Vec<_> = hosts
        .into_iter()
        .map(|host| tokio::spawn(host.reports()))
        .collect();
    let streaming = tokio::spawn(streams(Arc::clone(&server)));
    let paging = tokio::spawn(pages(Arc::clone(&server)));
    streaming.await.unwrap();
    paging.await.unwrap();
    server.over.store(true, Ordering::Relaxed);
    for host in hosts {
        let mut host = host.await.unwrap();
        host.runs(BTreeMap::new()).await;
    }
    let seen = following.await.unwrap();
    assert_eq!(seen, server.told.load(Ordering::Relaxed));
}
