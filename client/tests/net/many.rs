//! One client that speaks for many hosts, and looks at no answer.

use client::ClientError;
use proto_types::GetStatus;

use super::fake::Fake;

#[tokio::test]
async fn a_client_speaks_with_another_token_and_hands_an_answer_on_unread() {
    let server = Fake::saying("200 OK", "", b"no JSON at all");
    let client = server.client().with_token(Some("amh_other".to_owned()));
    let mut answer = Vec::new();
    let read = |piece: &[u8]| answer.extend_from_slice(piece);
    client
        .pieces(&GetStatus {}, "text/x-any", read)
        .await
        .unwrap();
    assert_eq!(answer, b"no JSON at all");
    let head = &server.seen()[0].head;
    assert!(
        head.contains("authorization: bearer amh_other\r\n"),
        "{head}"
    );
    assert!(head.contains("accept: text/x-any\r\n"), "{head}");
}

#[tokio::test]
async fn a_refusal_is_an_error_for_whoever_looks_at_no_answer_too() {
    let server = Fake::saying("403 Forbidden", "", b"{}");
    let refused = server
        .client()
        .pieces(&GetStatus {}, "text/x-any", |_| {})
        .await;
    assert!(matches!(
        refused,
        Err(ClientError::NotAssetmon { status: 403, .. })
    ));
}
