//! A real server inside the test, with a clock that tests turn, fed through its API as agents do.
#![allow(dead_code)] // each test program uses a part of it

pub mod images;

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use assert_cmd::Command;
use assetmon_server::{
    App,
    auth::LocalSocket,
    clock::Clock,
    router,
    store::{Rules, Store, sqlite::SqliteStore},
};
use axum::Extension;
use client::Client;
use proto_types::{
    ContainerReport, CreateHost, Enroll, FullReport, HostCode, ImageDigest, ReportedContainer,
    ScanReport, ScannedImage, Timestamp,
};
use tempfile::TempDir;

pub use crate::support::{outcome, time};

/// What a test says of an image that its hosts scan.
pub struct Image {
    pub report: ScannedImage,
    pub name: &'static str,
    pub status: proto_types::ScanStatus,
}

/// A server, its clock, its hosts and an empty folder to work in.
pub struct Fleet {
    pub url: String,
    pub dir: TempDir,
    clock: Arc<AtomicI64>,
    store: Arc<dyn Store>,
    admin: Client,
    hosts: HashMap<String, Client>,
    images: HashMap<ImageDigest, (ScannedImage, proto_types::ScanStatus)>,
    _data: TempDir,
}

impl Fleet {
    /// A server with no hosts, at this moment of its clock. Whoever asks is an admin.
    pub async fn start(now: Timestamp) -> Self {
        let data = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(now.as_millisecond()));
        let turned = Clock::turned_by(Arc::clone(&clock));
        let path = data.path().join("assetmon.db");
        let store = SqliteStore::open(&path, Rules::default(), turned.clone()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let app = App::new(Arc::clone(&store), turned).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = router(app).layer(Extension(LocalSocket));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            admin: Client::new(url.parse().unwrap(), None).unwrap(),
            url,
            dir: tempfile::tempdir().unwrap(),
            clock,
            store,
            hosts: HashMap::new(),
            images: HashMap::new(),
            _data: data,
        }
    }

    /// Turns the clock.
    pub fn turn_to(&self, now: Timestamp) {
        self.clock.store(now.as_millisecond(), Ordering::Relaxed);
    }

    /// What a scan of an image would find.
    pub fn knows(&mut self, image: &Image) {
        self.images
            .insert(image.report.digest, (image.report.clone(), image.status));
    }

    /// Adds a host that doesn't enroll; answers its code.
    pub async fn adds(&self, name: &str) -> HostCode {
        let name = name.to_owned();
        self.admin.send(&CreateHost { name }).await.unwrap()
    }

    /// Adds and enrolls a host.
    pub async fn enroll(&mut self, name: &str) {
        let code = self.adds(name).await;
        let enrolled = self.admin.send(&Enroll::by(code.code)).await.unwrap();
        let client = Client::new(self.url.parse().unwrap(), Some(enrolled.token)).unwrap();
        self.hosts.insert(enrolled.host, client);
    }

    /// Reports that a host runs exactly these containers, and does the scans that it is given,
    /// of the images that are known here.
    pub async fn runs(&self, host: &str, containers: &[(&str, &Image)]) {
        let client = &self.hosts[host];
        let report = FullReport {
            host: host.to_owned(),
            seq: None,
            complete: true,
            scanner: None,
            detail: 0,
            machine: None,
            unseen: proto_types::Unseen::default(),
            containers: containers
                .iter()
                .map(|(name, image)| ReportedContainer {
                    name: (*name).to_owned(),
                    image_name: image.name.to_owned(),
                    image_digest: image.report.digest,
                })
                .collect(),
        };
        loop {
            let leases = client.send(&report).await.unwrap().leases;
            let mut scanned = 0;
            for lease in leases {
                let Some((image, status)) = self.images.get(&lease.image_digest) else {
                    continue;
                };
                let scan = ScanReport {
                    image: image.clone(),
                    lease: Some(lease.lease),
                    generation: Some(lease.generation),
                    scanner: Some("syft 1.18.1".to_owned()),
                    detail: 0,
                    status: *status,
                    reason: None,
                    cause: None,
                };
                client.send(&scan).await.unwrap();
                scanned += 1;
            }
            if scanned == 0 {
                return;
            }
        }
    }

    /// Reports that a host could not list what runs on it.
    pub async fn cannot_list(&self, host: &str) {
        let report = FullReport {
            host: host.to_owned(),
            seq: None,
            complete: false,
            scanner: None,
            detail: 0,
            machine: None,
            unseen: proto_types::Unseen::default(),
            containers: Vec::new(),
        };
        self.hosts[host].send(&report).await.unwrap();
    }

    /// Reports by an update alone that a container stopped on a host.
    pub async fn updates(&self, host: &str, container: &str, image: &Image) {
        let report = ContainerReport {
            host: host.to_owned(),
            seq: None,
            running: false,
            scanner: None,
            detail: 0,
            machine: None,
            container: ReportedContainer {
                name: container.to_owned(),
                image_name: image.name.to_owned(),
                image_digest: image.report.digest,
            },
        };
        self.hosts[host].send(&report).await.unwrap();
    }

    /// Drops what ended before a moment, as the daily job does.
    pub async fn forgets(&self, before: Timestamp) {
        let mut next = Some(0);
        while let Some(from) = next {
            next = self.store.drop_older(before, from).await.unwrap().next;
        }
    }

    /// `assetctl`, told to ask this server, with nothing of this machine's settings.
    pub fn assetctl(&self, args: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("assetctl");
        self.set_up(command.env_clear()).args(args);
        command
    }

    /// Runs it, and answers its exit status, standard output and standard error.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        outcome(&mut self.assetctl(args))
    }

    /// A command line as someone types it, `assetctl` on the path.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("bash");
        let bin = assert_cmd::cargo::cargo_bin!("assetctl");
        let path = std::env::var("PATH").unwrap();
        let own = bin.parent().unwrap_or(Path::new("/")).display();
        self.set_up(command.env_clear())
            .env("PATH", format!("{own}:{path}"))
            .args(["-c", line]);
        command
    }

    fn set_up<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("HOME", self.dir.path())
            .env("XDG_CONFIG_HOME", self.dir.path())
            .env("ASSETCTL_SERVER", &self.url)
            .env("TERM", "xterm")
            .env("TZ", "UTC")
            .current_dir(self.dir.path())
            .timeout(std::time::Duration::from_secs(60))
    }
}

/// So many hours ago, by this machine's clock.
pub fn hours_ago(hours: i64) -> Timestamp {
    let now = Timestamp::now().as_millisecond();
    Timestamp::from_millisecond(now - hours * 3_600_000).unwrap()
}
