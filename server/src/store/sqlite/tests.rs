//! What waits for whom.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{sync::mpsc, task::Poll};

use super::*;
use crate::store::{Store, secret::SecretHash};

#[tokio::test]
async fn who_asks_and_whether_the_store_answers_is_said_though_every_question_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("assetmon.db");
    let store = SqliteStore::open(&path, Rules::default(), Clock::system()).unwrap();
    let (begun, begins) = mpsc::channel();
    let mut ends = Vec::new();
    let mut questions = Vec::new();
    for _ in 0..READERS {
        let (end, ended) = mpsc::channel::<()>();
        let (readers, begun) = (store.readers.clone(), begun.clone());
        ends.push(end);
        questions.push(tokio::spawn(async move {
            let long = move |_: &rusqlite::Connection| {
                begun.send(()).unwrap();
                // It goes on until the other end is let go of.
                let _ = ended.recv();
                Ok(())
            };
            readers.read(long).await
        }));
    }
    for _ in 0..READERS {
        tokio::task::yield_now().await;
        while begins.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
    }
    let unknown = SecretHash::of("nobody's");
    let principal = store.authenticate(unknown, Timestamp::UNIX_EPOCH).await;
    assert_eq!(principal.unwrap(), None);
    store.ready().await.unwrap();
    drop(ends);
    for question in questions {
        question.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_token_that_was_revoked_is_nobodys_though_whoever_revoked_it_hung_up() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("assetmon.db");
    let store = SqliteStore::open(&path, Rules::default(), Clock::system()).unwrap();
    let (token, now) = (SecretHash::of("token"), Timestamp::UNIX_EPOCH);
    let request = proto_types::CreateToken {
        name: "ops".to_owned(),
        role: proto_types::Role::Reader,
        expires_in_seconds: None,
        certificate: None,
    };
    store.create_token(request, token).await.unwrap();
    assert!(store.authenticate(token, now).await.unwrap().is_some());
    let mut revoked = store.revoke_token("ops".to_owned());
    let polled = std::future::poll_fn(|cx| Poll::Ready(revoked.as_mut().poll(cx).is_pending()));
    assert!(polled.await);
    drop(revoked);
    // What is changed after it is committed after it.
    let code = SecretHash::of("code");
    store.add_host("web1".to_owned(), code).await.unwrap();
    assert_eq!(store.authenticate(token, now).await.unwrap(), None);
}

#[tokio::test]
async fn what_was_imported_is_judged_before_anybody_asks() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("assetmon.db");
    let store = SqliteStore::open(&path, Rules::default(), Clock::system()).unwrap();
    assert!(!store.affecting.is_judged());
    for (number, feed) in ["one", "other", "last"].into_iter().enumerate() {
        let affected =
            r#"[{"package": {"ecosystem": "Debian:12", "name": "openssl"}, "versions": ["3.0"]}]"#;
        let record = format!(r#"{{"id": "X-{number}", "affected": {affected}}}"#);
        let record = Box::new(std::io::Cursor::new(record));
        let now = Timestamp::UNIX_EPOCH;
        let imported = store.import_feed(feed.to_owned(), record, now).await;
        assert_eq!(imported.unwrap().feed.advisories, 1);
    }
    store.affecting.ahead.ended().await;
    assert!(store.affecting.is_judged());
}
