//! What a request is called: by its client, or by the server, in every answer; and who answers.

use axum::{body::Body, http::Request};

use super::api::{ADMIN, Answer, Api, As};

fn id(answer: &Answer) -> &str {
    answer.headers["x-request-id"].to_str().unwrap()
}

#[tokio::test]
async fn every_answer_carries_an_id_of_its_own_and_the_version_of_the_server() {
    let api = Api::new();
    let mut ids = Vec::new();
    for (by, path) in [
        (As::Nobody, "/healthz"),
        (As::Nobody, "/api/v1/openapi.json"),
        (As::Nobody, "/api/v1/status"),
        (As::Token("amt_unknown"), "/api/v1/hosts"),
        (ADMIN, "/api/v1/hosts/nobody"),
        (ADMIN, "/api/v1/find"),
        (ADMIN, "/nowhere"),
        (ADMIN, "/api/v1/status"),
    ] {
        let answer = api.get(by, path).await;
        assert_eq!(id(&answer).len(), 26, "{path}");
        let version = &answer.headers["x-assetmon-version"];
        assert_eq!(version, env!("CARGO_PKG_VERSION"), "{path}");
        ids.push(id(&answer).to_owned());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
}

#[tokio::test]
async fn a_plain_id_of_the_clients_is_kept_and_any_other_is_not() {
    let api = Api::new();
    let longest = "a".repeat(63);
    let too_long = "a".repeat(64);
    for (given, kept) in [
        ("proxy-7.a_B", true),
        (longest.as_str(), true),
        (too_long.as_str(), false),
        ("", false),
        ("a b", false),
        ("{\"a\":1}", false),
        ("a\u{e4}", false),
    ] {
        let request = Request::get("/healthz").header("x-request-id", given);
        let answer = api.send(ADMIN, request.body(Body::empty()).unwrap()).await;
        assert_eq!(id(&answer) == given, kept, "{given:?}");
        assert!(kept || id(&answer).len() == 26, "{given:?}");
    }
}
