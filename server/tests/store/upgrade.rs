//! Upgrades: a database that the first release wrote opens, keeps its history, and gets what its
//! package URLs say.

use std::{io::Read, path::Path, sync::Arc};

use assetmon_server::store::{HostIdentity, Store, query::FindQuery, secret::SecretHash};
use model::lease::LeaseClaim;
use proto_types::{Artifact, Field, ImageState, ListContainers, Op, ScanOutcome, Timestamp};

use crate::common::{at, clock_at, complete, fleet::*, full, image, open_at};

const FIRST_RELEASE: &[u8] = include_bytes!("../data/schema-1.db.gz");
/// The token of its host `edge1`.
const EDGE: &str = "secret 5";

/// The moment of the last report in it.
const LAST: i64 = 15_000;

/// A store on a copy of the database.
fn upgraded(dir: &Path) -> Arc<dyn Store> {
    unpack(dir);
    open_at(dir, &clock_at(LAST)).unwrap()
}

fn unpack(dir: &Path) {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(FIRST_RELEASE)
        .read_to_end(&mut bytes)
        .unwrap();
    std::fs::write(dir.join("assetmon.db"), bytes).unwrap();
}

/// `host/container` of what ran at a moment.
async fn ran(store: &dyn Store, moment: Timestamp) -> Vec<String> {
    let request = ListContainers {
        at: Some(moment),
        ..ListContainers::default()
    };
    let answer = store.containers(request, at(LAST)).await.unwrap();
    let name = |one: &proto_types::RunningContainer| format!("{}/{}", one.host, one.name);
    answer.containers.iter().map(name).collect()
}

/// `name: source source_version` of what an image holds.
async fn sources(store: &dyn Store, on: u8) -> Vec<String> {
    let image = store.image(image(on), at(LAST)).await.unwrap();
    let words = |artifact: proto_types::Artifact| {
        format!(
            "{}: {} {}",
            artifact.name,
            artifact.source.unwrap_or_default(),
            artifact.source_version.unwrap_or_default()
        )
    };
    image.artifacts.into_iter().map(words).collect()
}

#[tokio::test]
async fn a_database_of_the_first_release_keeps_its_history() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    let ran = |seconds| ran(&*store, at(seconds));
    assert_eq!(
        ran(0).await,
        ["db1/db", "edge1/app", "gone1/old", "web1/job", "web1/web"]
    );
    assert_eq!(
        ran(1200).await,
        ["db1/db", "edge1/app", "edge1/app2", "gone1/old", "web1/web"]
    );
    assert_eq!(ran(2400).await, ["db1/db", "edge1/app", "web1/web"]);
    let detail = store.image(image(1), at(LAST)).await.unwrap();
    assert_eq!(detail.conflicts.len(), 1);
    let failed = store.image(image(5), at(LAST)).await.unwrap();
    assert_eq!(failed.failures.len(), 1);
}

/// What a query of one text says of a database.
fn says(path: &Path, sql: &str) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn what_happened_before_is_numbered_in_the_order_of_its_times() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    drop(store);
    let path = dir.path().join("assetmon.db");
    let wrong = "SELECT count(*) || '' FROM
        (SELECT since AS at, began_seq AS seq FROM run
         UNION SELECT until, ended_seq FROM run WHERE until IS NOT NULL
         UNION SELECT seen, seq FROM artifact_block) a
        JOIN (SELECT since AS at, began_seq AS seq FROM run
              UNION SELECT until, ended_seq FROM run WHERE until IS NOT NULL
              UNION SELECT seen, seq FROM artifact_block) b
        WHERE (a.at < b.at) <> (a.seq < b.seq) OR a.seq < 1";
    assert_eq!(says(&path, wrong), "0");
    let half = "SELECT count(*) || '' FROM run WHERE (until IS NULL) <> (ended_seq IS NULL)";
    assert_eq!(says(&path, half), "0");
    let unscanned = "SELECT count(*) || '' FROM image WHERE (sbom > 0) <> (sbom_seq IS NOT NULL)
        OR (sbom = 2) <> (complete_seq IS NOT NULL) OR sbom_seq > (SELECT seq FROM last_commit)";
    assert_eq!(says(&path, unscanned), "0");
}

#[tokio::test]
async fn it_gets_source_versions_from_the_package_urls_that_it_holds() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    assert_eq!(
        sources(&*store, 1).await,
        [
            "bash: bash 5.2.15-2",
            "dmsetup: lvm2 2.03.16-2",
            "handmade: workshop ",
            "libssl3: openssl 3.0.15-1~deb12u1",
            "libstdc++6: gcc-12 12.2.0-14",
            "openssl: openssl 3.0.15-1~deb12u1",
            "zlib1g: zlib 1:1.2.13.dfsg-1",
        ]
    );
    assert_eq!(
        sources(&*store, 2).await,
        [
            "gpg-pubkey:  ",
            "java-17-openjdk-headless: java-17-openjdk 17.0.1.0.12-2.el9",
            "openssl-libs: openssl 3.0.7-27.el9",
        ]
    );
    assert_eq!(
        sources(&*store, 3).await,
        [
            "@babel/core:  ",
            "libcrypto3: openssl 3.3.1-r0",
            "lodash:  ",
            "musl: musl 1.2.5-r0",
        ]
    );
}

#[tokio::test]
async fn what_is_asked_of_it_finds_what_it_found() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    let ask = |field, value: &str| {
        let query = FindQuery::new(one(field, Op::Eq, value)).unwrap();
        let store = Arc::clone(&store);
        async move {
            let found = store.find(query, at(LAST)).await.unwrap();
            found.response().unwrap().total
        }
    };
    assert_eq!(ask(Field::Source, "openssl").await, 5);
    assert_eq!(ask(Field::SourceVersion, "2.03.16-2").await, 1);
}

#[tokio::test]
async fn its_packages_are_found_by_any_purl_that_means_them() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    for purl in [
        "pkg:deb/debian/libstdc++6@12.2.0-14",
        "pkg:npm/@babel/core",
        "pkg:deb/handmade",
    ] {
        let query = FindQuery::new(one(Field::Purl, Op::Eq, purl)).unwrap();
        let found = store.find(query, at(LAST)).await.unwrap();
        assert!(found.response().unwrap().total > 0, "{purl}");
    }
}

#[tokio::test]
async fn artifacts_that_differed_only_in_who_said_their_source_become_one() {
    let dir = tempfile::tempdir().unwrap();
    unpack(dir.path());
    let path = dir.path().join("assetmon.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    // The same artifact without its source, in images 1 and 4 of which one holds the other too.
    connection
        .execute_batch(
            "INSERT INTO artifact (type, name_id, version, purl, first_seen, hash)
                 SELECT type, name_id, version, purl, 7, x'00' FROM artifact
                 WHERE purl LIKE '%lvm2%';
             INSERT INTO image_artifact SELECT last_insert_rowid(), id FROM image
                 WHERE artifact_count > 4;
             UPDATE image SET artifact_count = artifact_count + 1 WHERE artifact_count > 4;",
        )
        .unwrap();
    drop(connection);
    let store = open_at(dir.path(), &clock_at(LAST)).unwrap();
    let detail = store.image(image(1), at(LAST)).await.unwrap();
    assert_eq!(detail.summary.artifact_count, 7);
    assert_eq!(detail.artifacts.len(), 7);
    assert_eq!(detail.summary.state, ImageState::Complete);
}

#[tokio::test]
async fn what_an_agent_of_the_first_release_tells_again_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    let detail = store.image(image(3), at(LAST)).await.unwrap();
    let told = detail.artifacts.into_iter().map(|artifact| Artifact {
        source_version: None,
        ..artifact
    });
    let sbom = complete(3, &told.collect::<Vec<_>>());
    let edge = HostIdentity {
        id: 3,
        name: "edge1".to_owned(),
        proof: SecretHash::of(EDGE),
    };
    let upload = store.scan_report(edge, LeaseClaim::default(), sbom);
    assert_eq!(upload.await.unwrap(), ScanOutcome::AlreadyKnown);
}

#[tokio::test]
async fn its_images_are_scanned_again_where_an_agent_keeps_more() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    let edge = HostIdentity {
        id: 3,
        name: "edge1".to_owned(),
        proof: SecretHash::of(EDGE),
    };
    let mut report = full(&[("app", 3)]);
    report.host = "edge1".to_owned();
    let older = store.full_report(edge.clone(), report.clone());
    assert_eq!(older.await.unwrap().scan_images, []);
    report.detail = model::detail::KEPT;
    report.scanner = Some("syft 1.0".to_owned());
    let newer = store.full_report(edge, report);
    assert_eq!(newer.await.unwrap().scan_images, [image(3)]);
}

#[tokio::test]
async fn about_the_time_before_the_upgrade_no_empty_answer_is_a_proof() {
    let dir = tempfile::tempdir().unwrap();
    let store = upgraded(dir.path());
    let ask = async |moment, now| {
        let request = proto_types::FindRequest {
            at: Some(at(moment)),
            ..named("nothing-runs-it")
        };
        let query = FindQuery::new(request).unwrap();
        let found = store.find(query, at(now)).await.unwrap();
        found.response().unwrap().coverage
    };
    let before = ask(LAST - 1, LAST).await;
    assert_eq!(
        (before.kept_since, before.complete),
        (Some(at(LAST)), false)
    );
    let since = ask(LAST, LAST).await;
    assert_eq!(since.kept_since, None);
}
