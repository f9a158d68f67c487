//! Changes that are followed: each once, whatever happens to the connection.
#![allow(clippy::unwrap_used)]

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread::JoinHandle,
};

use client::{Client, ClientError};
use proto_types::ErrorCode;

fn event(container: &str, id: Option<&str>) -> String {
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    format!(
        "event: started\ndata: {{\"at\":\"2026-03-28T12:00:00Z\",\"kind\":\"started\",\
         \"container\":\"{container}\"}}\n{id}\n"
    )
}

/// Answers one connection after the other with these bodies and closes each; hands out the
/// requests.
fn serve(bodies: Vec<String>) -> (Client, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let answer = |body: String| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let head =
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
            stream
                .write_all((head.to_owned() + &body).as_bytes())
                .unwrap();
            String::from_utf8_lossy(&request[..length]).to_lowercase()
        };
        bodies.into_iter().map(answer).collect()
    });
    (Client::new(url.parse().unwrap(), None).unwrap(), served)
}

#[tokio::test]
async fn a_break_in_the_middle_of_a_page_loses_nothing_and_tells_nothing_twice() {
    let refusal = r#"{"error":{"code":"unavailable","message":"the disk is slow"}}"#;
    let (client, served) = serve(vec![
        event("a", None) + &event("b", Some("1")) + &event("c", None),
        ": nothing yet\n\n".to_owned(),
        event("c", None) + &event("d", Some("2")) + &format!("event: error\ndata: {refusal}\n\n"),
    ]);
    let since = "2026-03-28T12:00:00Z".parse().unwrap();
    let host = Some("web1".to_owned());
    let mut changes = client.follow_changes(since, host).await.unwrap();
    let mut told = Vec::new();
    let mut breaks = 0;
    let last = loop {
        match changes.next().await {
            Ok(change) => told.push(change.container.unwrap()),
            Err(ClientError::Ended { .. }) => breaks += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((told.concat().as_str(), breaks), ("abcd", 2));
    assert_eq!(last.code(), Some(ErrorCode::Unavailable));
    let requests = served.join().unwrap();
    assert!(
        requests[0].starts_with("get /api/v1/changes?since=2026-03-28t12%3a00%3a00z&host=web1 ")
    );
    assert!(!requests[0].contains("last-event-id"));
    assert!(
        requests[1].contains("last-event-id: 1\r\n"),
        "{}",
        requests[1]
    );
    assert!(
        requests[2].contains("last-event-id: 1\r\n"),
        "{}",
        requests[2]
    );
}

#[tokio::test]
async fn what_is_no_change_is_an_error() {
    let (client, _) = serve(vec!["data: {}\n\n".to_owned()]);
    let since = "2026-03-28T12:00:00Z".parse().unwrap();
    let mut changes = client.follow_changes(since, None).await.unwrap();
    let error = changes.next().await.unwrap_err();
    assert!(matches!(error, ClientError::Unreadable { .. }), "{error}");
}
