//! Answers that have no end, in size or in time.

use std::{
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

use client::{Bounds, ClientError};
use flate2::{Compression, write::GzEncoder};
use proto_types::{FindRequest, ListTokens, RevokeToken};

use super::fake::{Fake, begin};

/// Sends the same bytes for as long as someone takes them.
fn flood(stream: &mut TcpStream, bytes: &[u8]) {
    while stream.write_all(bytes).is_ok() {}
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

async fn asked(server: &Fake, bounds: Bounds) -> ClientError {
    let client = server.client().within(bounds);
    client.send(&ListTokens {}).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_without_an_end_is_read_up_to_its_bound() {
    let server = Fake::with(|stream| {
        begin(stream, "");
        flood(stream, &[b' '; 1 << 16]);
    });
    let error = asked(&server, Bounds::AGENT).await;
    assert!(matches!(error, ClientError::TooLarge { .. }), "{error}");
    assert!(error.to_string().contains("larger than 8 MiB"), "{error}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn a_packed_answer_is_bounded_by_what_it_unpacks_to() {
    let packed = gzip(&vec![b' '; 64 << 20]);
    assert!(packed.len() < 1 << 20);
    let server = Fake::saying("200 OK", "content-encoding: gzip\r\n", &packed);
    let error = asked(&server, Bounds::AGENT).await;
    assert!(matches!(error, ClientError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn a_person_may_be_told_more_than_an_agent() {
    let answer = [br#"{"tokens":"#.as_slice(), &vec![b' '; 9 << 20], b"[]}"].concat();
    let server = Fake::saying("200 OK", "", &answer);
    asked(&server, Bounds::AGENT).await;
    let client = server.client().within(Bounds::PERSON);
    assert_eq!(client.send(&ListTokens {}).await.unwrap().tokens, []);
}

#[tokio::test]
async fn an_answer_that_trickles_is_given_up_when_its_time_is_over() {
    let server = Fake::with(|stream| {
        begin(stream, "");
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    let time = Some(Duration::from_millis(300));
    let begun = Instant::now();
    let error = asked(
        &server,
        Bounds {
            time,
            ..Bounds::AGENT
        },
    )
    .await;
    assert!(matches!(error, ClientError::TooSlow { .. }), "{error}");
    assert!(error.is_transient());
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn a_packed_answer_that_unpacks_to_nothing_is_given_up_too() {
    let server = Fake::with(|stream| {
        begin(stream, "content-encoding: gzip\r\n");
        flood(stream, &gzip(b"").repeat(1000));
    });
    let time = Some(Duration::from_millis(500));
    let error = asked(
        &server,
        Bounds {
            time,
            ..Bounds::AGENT
        },
    )
    .await;
    assert!(!matches!(error, ClientError::Refused { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_says_nothing_at_all_is_given_up() {
    let server = Fake::with(|_| std::thread::sleep(Duration::from_secs(60)));
    let time = Some(Duration::from_millis(200));
    let client = server.client().within(Bounds {
        time,
        ..Bounds::AGENT
    });
    let name = "x".to_owned();
    let error = client.send(&RevokeToken { name }).await.unwrap_err();
    assert!(matches!(error, ClientError::TooSlow { .. }), "{error}");
}

#[tokio::test]
async fn a_stream_may_be_long_but_none_of_its_lines() {
    let server = Fake::with(|stream| {
        begin(stream, "content-type: application/x-ndjson\r\n");
        flood(stream, &[b' '; 1 << 16]);
    });
    let mut lines = server
        .client()
        .find_each(&FindRequest::default())
        .await
        .unwrap();
    let error = lines.next().await.unwrap_err();
    assert!(matches!(error, ClientError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn an_event_without_an_end_and_a_page_without_a_mark_are_given_up() {
    let change = r#"{"at":"2026-03-28T12:00:00Z","kind":"started","container":"a"}"#;
    let endless = b"data: ".to_vec();
    let more = vec![b'x'; 1 << 16];
    let unmarked = format!("data: {change}\n\n").into_bytes().repeat(100);
    let many_lines = b"data: x\n".repeat(10_000);
    for (first, rest) in [
        (endless, more),
        (Vec::new(), unmarked),
        (Vec::new(), many_lines),
    ] {
        let server = Fake::with(move |stream| {
            begin(stream, "content-type: text/event-stream\r\n");
            let _ = stream.write_all(&first);
            flood(stream, &rest);
        });
        let since = "2026-03-28T12:00:00Z".parse().unwrap();
        let client = server.client();
        let mut changes = client.follow_changes(since, None).await.unwrap();
        let error = changes.next().await.unwrap_err();
        assert!(matches!(error, ClientError::TooLarge { .. }), "{error}");
    }
}
