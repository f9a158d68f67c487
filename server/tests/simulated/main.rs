//! The server as a program under a simulated fleet: what it answers, beside a plain evaluation of the fleet itself.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod plain;
#[allow(dead_code, reason = "other tests of the program use more of it")]
#[path = "../program/server.rs"]
mod server;

use std::time::Duration;

use bench::{
    agents::{self, Pace},
    ask::Patience,
    fleet::Fleet,
    landmarks::Landmarks,
    lists::List,
    questions::{self, Question},
    shape::Shape,
};
use client::{Bounds, Client};
use proto_types::{FindResponse, GetStatus, Timestamp};

use plain::{Plain, Row};
use server::Server;

/// A fleet of which every row can be looked at.
const SHAPE: Shape = Shape {
    hosts: 40,
    containers: 4,
    images: 100,
    replaced_every: 3,
    ..Shape::L
};

#[tokio::test]
async fn a_simulated_fleet_is_found_as_it_is_and_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let settings = dir.path().join("server.toml");
    // In a fleet of so few images, all would have a second opinion.
    std::fs::write(&settings, "second_opinion = 0.0\n").unwrap();
    let server = Server::with(dir.path(), |command| command.arg("--config").arg(&settings));
    let fleet = Fleet::new(SHAPE);
    let landmarks = Landmarks::of(&fleet);
    let (reader, hosts) = (server.admin().within(Bounds::PERSON), server.client(None));

    let (tokens, filled) = agents::fill(&fleet, &reader, &hosts, 8).await.unwrap();
    assert_eq!(
        filled.scans,
        u64::from(SHAPE.images),
        "each image is scanned once"
    );
    let counts = reader.send(&GetStatus::default()).await.unwrap().counts;
    assert_eq!(
        (counts.images, counts.containers),
        (u64::from(SHAPE.images), SHAPE.runs())
    );
    let then = Plain::of(&fleet, 0);
    let questions = questions::all(&landmarks);
    compare(&reader, &then, &questions).await;
    compare_lists(&reader, &List::ALL).await;
    let filled_at = Timestamp::now();

    // A cycle in which every third container is replaced.
    let pace = Pace {
        rate: Some(f64::from(SHAPE.hosts)),
        time: Duration::from_secs(1),
        cycle: 1,
        still: false,
        at_once: 8,
    };
    let ran = agents::run(&fleet, &hosts, &tokens, pace).await.unwrap();
    assert_eq!((ran.refused, ran.first_refusal), (0, None));
    assert_eq!((ran.reports, ran.cycle), (u64::from(SHAPE.hosts), 1));
    compare(&reader, &Plain::of(&fleet, 1), &questions).await;
    compare(&reader, &then, &questions::past(&landmarks, filled_at)).await;
    compare_lists(&reader, &[List::Containers(Some(filled_at))]).await;
}

/// Asks for each list, and compares how much there is with the fleet.
async fn compare_lists(client: &Client, lists: &[List]) {
    let once = Patience {
        times: 1,
        time: Duration::ZERO,
    };
    for list in lists {
        let asked = list.ask(client, once).await.unwrap();
        let wanted = match list {
            List::Containers(_) => SHAPE.runs(),
            List::Images => u64::from(SHAPE.images),
            List::Hosts => u64::from(SHAPE.hosts),
            List::Status => 1,
        };
        assert_eq!(asked.total, wanted, "{}", list.name());
        assert_eq!(asked.rows, wanted.min(100), "{}", list.name());
    }
}

/// Asks each question, and compares its answer with the plain one.
async fn compare(client: &Client, plain: &Plain, questions: &[Question]) {
    for question in questions {
        let (name, expected) = (&question.name, plain.find(&question.request));
        assert!(!expected.is_empty(), "{name} asks for nothing");
        let answer = whole(client, question).await;
        assert_eq!(
            answer.summary,
            plain::summary(&expected, answer.summary),
            "{name}"
        );
        if let Some(groups) = answer.groups {
            let mut groups: Vec<_> = groups.into_iter().map(plain::counted).collect();
            groups.sort_unstable();
            let by = question.request.group_by.unwrap();
            assert_eq!(groups, plain::groups(&expected, by), "{name}");
        } else if let Some(cover) = answer.cover {
            let freed: u64 = cover.iter().map(|image| image.hosts_clean).max().unwrap();
            assert_eq!(
                freed, answer.summary.hosts,
                "{name}: all images rebuilt free all hosts"
            );
            assert_eq!(cover.len() as u64, answer.summary.images, "{name}");
        } else {
            let rows = answer.results.unwrap().into_iter().map(Row::from);
            same(rows.collect(), &expected, name);
        }
        if question.streamed {
            same(streamed(client, question).await, &expected, name);
        }
    }
}

/// The rows are those that are expected, in whatever order.
fn same(mut rows: Vec<Row>, expected: &[&Row], question: &str) {
    rows.sort_unstable();
    assert_eq!(rows.len(), expected.len(), "{question}");
    for (row, expected) in rows.iter().zip(expected) {
        assert_eq!(row, *expected, "{question}");
    }
}

/// What a server answers to a question, all of it in one document.
async fn whole(client: &Client, question: &Question) -> FindResponse {
    let mut request = question.request.clone();
    request.limit = Some(0);
    client.send(&request).await.unwrap()
}

/// The rows of a streamed answer.
async fn streamed(client: &Client, question: &Question) -> Vec<Row> {
    let mut lines = client.find_each(&question.request).await.unwrap();
    let mut rows = Vec::new();
    while let Some(result) = lines.next().await.unwrap() {
        rows.push(result.into());
    }
    rows
}
