//! Restarts: what was acknowledged is there again, and what can't be opened is said to be so.

use proto_types::{CreateToken, FailureCause, Role, StatusResponse};

use crate::common::{clock_at, complete, deb, fleet::*, image, open_at};

#[tokio::test]
async fn what_was_acknowledged_is_readable_after_a_restart() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let leases = fleet.full(&web, &[("a", 1), ("b", 2)]).await.leases;
    let sbom = complete(1, &[deb("x", "1")]);
    fleet.upload(&web, &leases[0], sbom).await.unwrap();
    let failed = fleet.fail(&web, &leases[1], FailureCause::Image).await;
    failed.unwrap();
    let token = fleet.secret();
    let made = CreateToken {
        name: "t".to_owned(),
        role: Role::Reader,
        expires_in_seconds: None,
        certificate: None,
    };
    let made = fleet.store.create_token(made, token).await;
    made.unwrap();
    let before = fleet.find(named("x")).await;
    let status = answered(&fleet).await;

    let fleet = fleet.reopened();
    assert_eq!(fleet.find(named("x")).await, before);
    assert_eq!(answered(&fleet).await, status);
    assert_eq!(fleet.image(1).await.artifacts, [deb("x", "1")]);
    assert_eq!(fleet.image(2).await.failures.len(), 1);
    let found = fleet.store.authenticate(token, fleet.now()).await.unwrap();
    assert!(found.is_some());
}

/// The status without how much room there is, which others on the disk change too.
async fn answered(fleet: &Fleet) -> StatusResponse {
    let mut status = fleet.store.status(fleet.now()).await.unwrap();
    status.store = None;
    status
}

#[tokio::test]
async fn a_lease_outlives_a_restart() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let fleet = fleet.reopened();
    let again = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(again, lease);
    fleet.upload(&web, &lease, complete(1, &[])).await.unwrap();
}

#[tokio::test]
async fn a_report_that_was_acknowledged_is_stale_after_a_restart_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let mut report = crate::common::full(&[("a", 1)]);
    report.seq = Some(7);
    fleet.report(&web, report.clone()).await.unwrap();
    let fleet = fleet.reopened();
    refused(fleet.report(&web, report).await);
}

#[tokio::test]
async fn changes_made_at_the_same_time_are_all_there() {
    let fleet = Fleet::new();
    let mut adding = Vec::new();
    for number in 0..50 {
        let store = std::sync::Arc::clone(&fleet.store);
        let code = fleet.secret();
        adding.push(tokio::spawn(async move {
            // Every other one is refused, and takes no other one along.
            store.add_host(format!("host{}", number / 2), code).await
        }));
    }
    let mut added = 0;
    for one in adding {
        added += usize::from(one.await.unwrap().is_ok());
    }
    assert_eq!(added, 25);
    let fleet = fleet.reopened();
    let hosts = fleet.store.hosts(fleet.now()).await.unwrap().hosts;
    assert_eq!(hosts.len(), 25);
}

/// What holds for the SQLite engine alone.
mod sqlite {
    use super::{Fleet, clock_at, image, open_at};

    #[tokio::test]
    async fn a_file_of_a_newer_version_is_refused_with_both_versions() {
        let (fleet, [web]) = Fleet::of(["web"]).await;
        fleet.full(&web, &[("a", 1)]).await;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("assetmon.db");
        let newer = rusqlite::Connection::open(&path).unwrap();
        newer.pragma_update(None, "user_version", 9999).unwrap();
        drop(newer);
        let error = open_at(dir.path(), &clock_at(0)).err().unwrap().to_string();
        assert!(error.contains("9999"), "{error}");
        assert!(error.contains("newer server"), "{error}");
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("assetmon.db");
        let text = "this is a shopping list, not a database\n".repeat(200);
        std::fs::write(&path, &text).unwrap();
        let error = open_at(dir.path(), &clock_at(0)).err().unwrap();
        let chain = format!("{:#}", anyhow::Error::new(error));
        assert!(chain.contains("not a database"), "{chain}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named_by_the_error() {
        let error = open_at(std::path::Path::new("/nonexistent/folder"), &clock_at(0));
        let chain = format!("{:#}", anyhow::Error::new(error.err().unwrap()));
        assert!(chain.contains("/nonexistent/folder"), "{chain}");
    }

    #[tokio::test]
    async fn an_unchanged_report_writes_one_row() {
        let (fleet, [web]) = Fleet::of(["web"]).await;
        let containers: Vec<(String, u8)> =
            (0..200).map(|n| (format!("c{n}"), (n % 9) as u8)).collect();
        let listed: Vec<(&str, u8)> = containers.iter().map(|(n, i)| (n.as_str(), *i)).collect();
        fleet.full(&web, &listed).await;
        let path = fleet.folder().join("assetmon.db-wal");
        let size = || std::fs::metadata(&path).unwrap().len();
        let before = size();
        fleet.pass(600);
        fleet.full(&web, &listed).await;
        let pages = (size() - before) / 4096;
        assert!(pages <= 4, "{pages} pages were written");
        assert!(fleet.store.image(image(1), fleet.now()).await.is_ok());
    }
}
