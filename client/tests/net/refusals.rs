//! Refusals: the server's own, and those of a proxy or of whatever else answers in its place.

use std::{
    io::Write,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use client::{Bounds, ClientError};
use proto_types::{ErrorCode, ListTokens, RevokeToken};

use super::fake::Fake;

const HTML: &[u8] = b"<html><h1>no</h1></html>";

async fn asked(status: &str, headers: &str, body: &[u8]) -> ClientError {
    let server = Fake::saying(status, headers, body);
    let name = "x".to_owned();
    let answer = server.client().send(&RevokeToken { name }).await;
    answer.unwrap_err()
}

#[tokio::test]
async fn a_refusal_without_an_error_body_is_told_from_the_servers() {
    for status in [400, 401, 403, 404, 408, 411, 413, 429] {
        let error = asked(&format!("{status} Some Reason"), "", HTML).await;
        assert_eq!(error.refused_on_the_way(), Some(status), "{error}");
        assert_eq!(error.code(), None);
    }
    for status in [500, 502, 504] {
        let error = asked(&format!("{status} Some Reason"), "", HTML).await;
        assert_eq!(error.refused_on_the_way(), None, "{error}");
        assert!(error.is_transient());
    }
    let body = br#"{"error":{"code":"forbidden","message":"not for this"}}"#;
    let error = asked("403 Forbidden", "", body).await;
    assert_eq!(error.refused_on_the_way(), None);
    assert_eq!(error.code(), Some(ErrorCode::Forbidden));
}

#[tokio::test]
async fn too_large_for_a_proxy_is_said_with_what_to_set_there() {
    let error = asked("413 Payload Too Large", "", HTML).await;
    let said = error.to_string();
    assert!(said.contains("status 413 Payload Too Large"), "{said}");
    let way_out = error.way_out().unwrap();
    assert!(way_out.contains("client_max_body_size 64m"), "{way_out}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn too_many_and_too_slow_pass_whoever_says_so() {
    let json = br#"{"error":{"code":"rate_limited","message":"later"}}"#;
    for (status, body) in [
        ("429 Too Many Requests", HTML),
        ("408 Request Timeout", HTML),
        ("503 Service Unavailable", HTML),
        ("429 Too Many Requests", json),
    ] {
        let error = asked(status, "retry-after: 7\r\n", body).await;
        assert!(error.is_transient(), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }
}

/// A server that is busy for the first two requests, and asks for pauses of so long.
fn busy(seconds: u32) -> Fake {
    let (asked, limited) = (
        AtomicU32::new(0),
        r#"{"error":{"code":"rate_limited","message":"x"}}"#,
    );
    Fake::with(move |stream| {
        let head = format!("429 Too Many Requests\r\nretry-after: {seconds}");
        let (head, body) = match asked.fetch_add(1, Ordering::Relaxed) {
            0 | 1 => (head.as_str(), limited),
            _ => ("200 OK", r#"{"tokens":[]}"#),
        };
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        let _ = stream.write_all(answer.as_bytes());
    })
}

#[tokio::test]
async fn a_person_is_asked_to_wait_only_where_it_is_for_long() {
    let server = busy(1);
    let person = server.client().within(Bounds::PERSON);
    assert_eq!(person.send(&ListTokens {}).await.unwrap().tokens, []);
    assert_eq!(server.seen().len(), 3);
    let server = busy(11);
    let person = server.client().within(Bounds::PERSON);
    let error = person.send(&ListTokens {}).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(11)));
    // An agent has a patience of its own.
    let server = busy(1);
    let error = server.client().send(&ListTokens {}).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::RateLimited));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn nobody_is_left_alone_for_longer_than_an_hour() {
    for long in ["18446744073709551615", "Fri, 01 Jan 2100 00:00:00 GMT"] {
        let headers = format!("retry-after: {long}\r\n");
        let error = asked("429 Too Many Requests", &headers, HTML).await;
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    }
}

#[tokio::test]
async fn a_refusal_that_never_ends_is_one_all_the_same() {
    let error = asked("403 Forbidden", "", &vec![b'x'; 10 << 20]).await;
    assert_eq!(error.refused_on_the_way(), Some(403));
}
