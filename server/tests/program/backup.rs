//! Backups that are taken while hosts write: each one starts a server that knows all that was
//! acknowledged before.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use client::{Client, ClientError};
use proto_types::{Endpoint, ErrorCode, GetHost, GetImage, GetStatus, ListContainers, TakeBackup};

use super::{
    load::{self, Noted, artifact, image},
    server::Server,
};

const HOSTS: u32 = 4;

/// The last report and the last upload of each host that were acknowledged.
type Acknowledged = BTreeMap<u32, (u64, u64)>;

/// Hosts that write until this is dropped.
struct Load {
    acknowledged: Arc<Mutex<Acknowledged>>,
    enough: Arc<AtomicBool>,
}

impl Load {
    async fn on(server: &Server) -> Self {
        let load = Self {
            acknowledged: Arc::default(),
            enough: Arc::default(),
        };
        for host in 0..HOSTS {
            let token = load::enroll(server, host).await;
            let (acknowledged, enough) = (Arc::clone(&load.acknowledged), Arc::clone(&load.enough));
            let note = move |noted| {
                let mut all = acknowledged.lock().unwrap();
                let last = all.entry(host).or_default();
                match noted {
                    Noted::Report(seq) => last.0 = seq,
                    Noted::Upload(seq) => last.1 = seq,
                }
                !enough.load(Ordering::Relaxed)
            };
            tokio::spawn(load::write(server.client(Some(token)), host, note));
        }
        load
    }

    fn so_far(&self) -> Acknowledged {
        self.acknowledged.lock().unwrap().clone()
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.enough.store(true, Ordering::Relaxed);
    }
}

async fn backup(admin: &Client, to: &Path) -> Result<u64, ClientError> {
    let media_type = TakeBackup::STREAM.unwrap().media_type;
    let mut file = File::create_new(to).unwrap();
    let saved = admin.save(
        &TakeBackup {},
        media_type,
        Duration::from_secs(60),
        &mut file,
    );
    Ok(saved.await?.unwrap())
}

/// Whether a server that starts from a copy knows what was acknowledged before it was taken, and
/// nothing that was reported after.
async fn restores(copy: &Path, before: &Acknowledged, after: &Acknowledged) {
    let dir = tempfile::tempdir().unwrap();
    fs::rename(copy, dir.path().join("assetmon.db")).unwrap();
    let server = Server::start(dir.path());
    let admin = server.admin();
    for (host, (reported, uploaded)) in before {
        let name = format!("host{host}");
        let shown = admin.send(&GetHost { name: name.clone() }).await.unwrap();
        // One may have been under way when the last acknowledgement was noted.
        let known = *reported..=after[host].0 + 1;
        assert!(known.contains(&shown.seq), "{known:?}: {shown:?}");
        let listed = ListContainers {
            host: Some(name),
            ..ListContainers::default()
        };
        let listed = admin.send(&listed).await.unwrap().containers;
        assert_eq!(listed[0].image_digest, image(*host, shown.seq));
        if *uploaded > 0 {
            let digest = image(*host, *uploaded);
            let shown = admin.send(&GetImage { digest }).await.unwrap();
            assert_eq!(shown.artifacts, [artifact(*host, *uploaded)]);
        }
    }
    admin.send(&GetStatus {}).await.unwrap();
    // It goes on from there.
    load::enroll(&server, HOSTS).await;
    server.log();
}

fn rounds() -> u32 {
    let asked = std::env::var("BACKUP_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

#[tokio::test]
async fn every_backup_under_a_load_of_writes_restores() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::unlimited(&data);
    let load = Load::on(&server).await;
    while load.so_far().len() < HOSTS as usize {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut taken = 0;
    for _ in 0..rounds() {
        let copy = dir.path().join("copy");
        let before = load.so_far();
        taken += backup(&server.admin(), &copy).await.unwrap();
        let after = load.so_far();
        restores(&copy, &before, &after).await;
    }
    let written: u64 = load.so_far().values().map(|(reported, _)| reported).sum();
    println!(
        "{} backups of {taken} bytes under {written} reports, all restored",
        rounds()
    );
    assert!(written > u64::from(rounds()), "there was a load: {written}");
    assert!(!data.join("assetmon.backup").exists());
}

#[tokio::test]
async fn what_a_killed_server_left_of_a_backup_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["assetmon.backup", "assetmon.backup-wal"] {
        fs::write(dir.path().join(name), "half of it").unwrap();
    }
    let _server = Server::start(dir.path());
    for name in ["assetmon.backup", "assetmon.backup-wal"] {
        assert!(!dir.path().join(name).exists(), "{name}");
    }
}

#[tokio::test]
async fn a_backup_without_the_copy_says_what_it_was_of() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    load::enroll(&server, 0).await;
    let taken = server.admin().send(&TakeBackup {}).await.unwrap();
    assert!(taken.bytes > 0 && taken.as_of.is_some(), "{taken:?}");
    let refused = server.client(None).send(&TakeBackup {}).await.unwrap_err();
    assert_eq!(refused.code(), Some(ErrorCode::Unauthorized));
}
