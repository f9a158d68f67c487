//! What waits for whom.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::mpsc;

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
