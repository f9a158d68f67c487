//! What one token may ask: it keeps no other one waiting, and is told when to come again.

use std::{convert::Infallible, sync::Arc};

use assetmon_server::limits::PerMinute;
use axum::{
    body::{Body, Bytes},
    http::Request,
};
use futures_util::{StreamExt, stream, stream::FuturesUnordered};
use model::bounds;
use proto_types::ErrorCode::RateLimited;
use serde_json::{Value, json};

use super::api::{ADMIN, Answer, Api, As, full};

/// After how many seconds it may come again.
fn again(answer: &Answer) -> u64 {
    answer.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a_token_that_asks_too_often_is_told_when_to_come_again() {
    let api = Api::limited(PerMinute { host: 3, reader: 2 });
    let (reader, web) = (api.token("reader", "reader").await, api.host("web").await);
    for _ in 0..2 {
        api.get(As::Token(&reader), "/api/v1/status").await.ok();
    }
    let answer = api.get(As::Token(&reader), "/api/v1/status").await;
    assert!((29..=30).contains(&again(&answer)));
    answer.refused(RateLimited);
    // What the others may ask is their own, and the local socket may ask anything.
    let report = full("web", &[("a", 1)]);
    for _ in 0..3 {
        let path = "/api/v1/reports/full";
        api.post(As::Token(&web), path, report.clone()).await.ok();
    }
    let path = "/api/v1/reports/full";
    let answer = api.post(As::Token(&web), path, report).await;
    assert!((19..=20).contains(&again(&answer)));
    answer.refused(RateLimited);
    for _ in 0..10 {
        api.get(ADMIN, "/api/v1/status").await.ok();
    }
}

#[tokio::test]
async fn a_token_of_which_much_is_worked_on_waits_and_no_other_does() {
    let api = Arc::new(Api::new());
    let greedy = api.token("greedy", "reader").await;
    let other = api.token("other", "reader").await;
    let refused = 12;
    let sent = bounds::REQUESTS + bounds::WAITING + refused;
    let hung = (0..sent).map(|_| {
        let (api, greedy) = (Arc::clone(&api), greedy.clone());
        tokio::spawn(async move {
            // The question begins, and never comes to its end.
            let begun = stream::once(async { Ok::<_, Infallible>(Bytes::from("{")) });
            let body = Body::from_stream(begun.chain(stream::pending()));
            let request = Request::post("/api/v1/find").body(body).unwrap();
            api.send(As::Token(&greedy), request).await
        })
    });
    let mut hung: FuturesUnordered<_> = hung.collect();
    for _ in 0..refused {
        let answer = hung.next().await.unwrap().unwrap();
        assert_eq!(again(&answer), 1);
        answer.refused(RateLimited);
    }
    let question = json!({"match": []});
    api.post(As::Token(&other), "/api/v1/find", question.clone())
        .await
        .ok();
    api.get(ADMIN, "/api/v1/status").await.ok();
    // Those who hang up leave their places.
    hung.iter().for_each(tokio::task::JoinHandle::abort);
    while let Some(ended) = hung.next().await {
        assert!(ended.is_err_and(|error| error.is_cancelled()));
    }
    api.post(As::Token(&greedy), "/api/v1/find", question)
        .await
        .ok();
}

#[tokio::test]
async fn a_token_has_so_many_streams_and_they_keep_none_of_its_questions_waiting() {
    let api = Api::new();
    let reader = api.token("reader", "reader").await;
    let by = As::Token(&reader);
    let stream = async || {
        let request = Request::get("/api/v1/changes").header("accept", "text/event-stream");
        api.begin(by, request.body(Body::empty()).unwrap()).await
    };
    let mut open = Vec::new();
    for _ in 0..bounds::STREAMS {
        let begun = stream().await;
        assert_eq!(begun.status(), 200);
        open.push(begun);
    }
    let answer = Answer::of(stream().await).await;
    assert_eq!(again(&answer), 10);
    answer.refused(RateLimited);
    let _: Value = api.get(by, "/api/v1/status").await.ok();
    open.pop();
    assert_eq!(stream().await.status(), 200);
}
