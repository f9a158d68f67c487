//! Questions that would take too much are refused or answered in part, and nothing else suffers.

use std::time::Duration;

use assetmon_server::store::{Rules, StoreError};
use model::bounds;
use proto_types::{Artifact, FindRequest, GroupBy};

use crate::common::{clock_at, deb, fleet::*, open_by};

/// A fleet of one host whose questions have no time.
async fn without_time() -> Fleet {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock_at(0));
    let rules = Rules {
        question_time: Duration::ZERO,
        ..Rules::default()
    };
    let store = open_by(dir.path(), &clock, rules).unwrap();
    Fleet::at(dir, store, clock)
}

fn way_out(error: StoreError) -> &'static str {
    match error {
        StoreError::TooLarge { hint, .. } => hint,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn past_its_time_a_question_is_refused_and_reports_go_on() {
    let fleet = without_time().await;
    let host = fleet.enroll("web-01").await;
    for _ in 0..3 {
        fleet.run(&host, &[("a", 1)], &[deb("x", "1")]).await;
        let everything = FindRequest {
            group_by: Some(GroupBy::Name),
            ..FindRequest::default()
        };
        for request in [named("x"), everything] {
            let hint = way_out(refused(fleet.ask(request).await));
            assert!(hint.contains("name an artifact"), "{hint}");
        }
    }
    assert_eq!(fleet.live().await, ["web-01/a"]);
}

#[tokio::test]
async fn more_versions_than_can_be_put_in_order_are_refused_with_the_way_out() {
    let (fleet, [host]) = Fleet::of(["web-01"]).await;
    let artifacts: Vec<Artifact> = (0..=bounds::VERSIONS)
        .map(|number| deb(&format!("x{}", number % 3), &number.to_string()))
        .collect();
    fleet.run(&host, &[("a", 1)], &artifacts).await;
    let by = |group_by| FindRequest {
        group_by: Some(group_by),
        ..FindRequest::default()
    };
    let hint = way_out(refused(fleet.ask(by(GroupBy::Version)).await));
    assert!(hint.contains("group by name"), "{hint}");
    assert_eq!(fleet.find(by(GroupBy::Name)).await.total, 3);
    let one = FindRequest {
        group_by: Some(GroupBy::Version),
        ..named("x1")
    };
    assert_eq!(fleet.find(one).await.total, 6_667);
}

#[tokio::test]
async fn a_document_ends_before_it_takes_too_much_memory_and_the_cursor_leads_on() {
    let (fleet, [host]) = Fleet::of(["web-01"]).await;
    let long = |letter: char| letter.to_string().repeat(bounds::FIELD);
    let artifacts: Vec<Artifact> = (0..200)
        .map(|number| Artifact {
            purl: Some(format!("pkg:generic/{number}{}", "p".repeat(3_000))),
            source: Some(long('s')),
            source_version: Some(long('v')),
            module: Some(long('m')),
            ..deb(&format!("{}{number}", "n".repeat(1_000)), &long('1'))
        })
        .collect();
    let names: Vec<String> = (0..25).map(|number| format!("c{number}")).collect();
    let containers: Vec<(&str, u8)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    fleet.run(&host, &containers, &artifacts).await;
    let mut request = FindRequest {
        limit: Some(0),
        ..FindRequest::default()
    };
    let first = fleet.find(request.clone()).await;
    let rows = first.results.unwrap();
    assert_eq!((first.total, first.truncated), (5_000, true));
    request.cursor = first.next_cursor;
    let second = fleet.find(request).await;
    let rest = second.results.unwrap();
    assert!(!second.truncated && rows.last() != rest.first());
    assert_eq!(rows.len() + rest.len(), 5_000);
}
