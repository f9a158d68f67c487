//! What can't be understood is refused by name, and changes nothing.

use axum::http::Method;
use proto_types::ErrorCode::{self, InvalidRequest};
use serde_json::json;

use super::api::{ADMIN, Api, As, digest, full};

#[tokio::test]
async fn an_unknown_word_is_refused_with_the_known_ones() {
    let api = Api::new();
    for (request, known) in [
        (
            json!({"match": [{"field": "nmae", "op": "eq", "value": "x"}]}),
            ["nmae", "image_digest"],
        ),
        (
            json!({"match": [{"field": "name", "op": "like", "value": "x"}]}),
            ["like", "contains"],
        ),
        (json!({"group_by": "planet"}), ["planet", "distro"]),
    ] {
        let answer = api.post(ADMIN, "/api/v1/find", request).await;
        let message = answer.refused(InvalidRequest);
        for word in known {
            assert!(message.contains(word), "{message}");
        }
    }
    let role = json!({"name": "t", "role": "king"});
    let message = api.post(ADMIN, "/api/v1/tokens", role).await;
    assert!(message.refused(InvalidRequest).contains("admin"));
    let state = api.get(ADMIN, "/api/v1/images?state=rotten").await;
    assert!(state.refused(InvalidRequest).contains("quarantined"));
}

#[tokio::test]
async fn an_ordering_op_on_another_field_than_version_is_refused() {
    let api = Api::new();
    let request = json!({"match": [{"field": "name", "op": "lt", "value": "x"}]});
    let answer = api.post(ADMIN, "/api/v1/find", request).await;
    assert!(answer.refused(InvalidRequest).contains("`name`"));
    assert!(answer.hint().contains("version"));
}

#[tokio::test]
async fn a_malformed_digest_is_refused_wherever_it_stands() {
    let api = Api::new();
    let host = api.host("web").await;
    for wrong in [
        "",
        "sha256:",
        "latest",
        &digest(1)[..70],
        "sha256:zz",
        "../../etc",
    ] {
        let mut report = full("web", &[("a", 1)]);
        report["containers"][0]["image_digest"] = json!(wrong);
        let answer = api
            .post(As::Token(&host), "/api/v1/reports/full", report)
            .await;
        let message = answer.refused(InvalidRequest);
        assert!(message.contains("containers[0].image_digest"), "{message}");
        let query = format!("/api/v1/containers?image_digest={wrong}");
        assert!(
            api.get(ADMIN, &query)
                .await
                .refused(InvalidRequest)
                .contains("64")
        );
        if !wrong.is_empty() && !wrong.contains('/') {
            let path = format!("/api/v1/images/{wrong}");
            assert!(
                api.get(ADMIN, &path)
                    .await
                    .refused(InvalidRequest)
                    .contains("64")
            );
        }
        let find = json!({"match": [{"field": "image_digest", "op": "eq", "value": wrong}]});
        api.post(ADMIN, "/api/v1/find", find)
            .await
            .refused(InvalidRequest);
    }
}

#[tokio::test]
async fn a_missing_field_is_named_with_its_place() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    for (path, body, word) in [
        ("/api/v1/reports/full", json!({"host": "web"}), "containers"),
        ("/api/v1/reports/full", json!({"containers": []}), "host"),
        (
            "/api/v1/reports/full",
            json!({"host": "web", "containers": [{"name": "a", "image_name": "i"}]}),
            "image_digest",
        ),
        ("/api/v1/reports/scan", json!({}), "image"),
        (
            "/api/v1/reports/scan",
            json!({"image": {"digest": digest(1), "artifacts": [{"type": "deb", "name": "x"}]}}),
            "version",
        ),
        (
            "/api/v1/reports/scan-failure",
            json!({"image_digest": digest(1)}),
            "cause",
        ),
    ] {
        let answer = api.post(by, path, body).await;
        let message = answer.refused(InvalidRequest);
        assert!(message.contains(word), "{message}");
    }
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let api = Api::new();
    let host = api.host("web").await;
    let mut report = full("web", &[("a", 1)]);
    report["kernel"] = json!({"deeply": [{"unknown": null}]});
    report["containers"][0]["pid"] = json!(1);
    api.post(As::Token(&host), "/api/v1/reports/full", report)
        .await
        .ok();
    api.post(ADMIN, "/api/v1/find", json!({"colour": "blue"}))
        .await
        .ok();
    api.get(ADMIN, "/api/v1/containers?colour=blue&host=web")
        .await
        .ok();
}

#[tokio::test]
async fn a_body_that_names_another_host_is_forbidden() {
    let api = Api::new();
    let web = api.host("web").await;
    api.host("db").await;
    let by = As::Token(&web);
    for name in ["db", "ghost", "", "WEB"] {
        let answer = api
            .post(by, "/api/v1/reports/full", full(name, &[("a", 1)]))
            .await;
        assert!(answer.refused(ErrorCode::Forbidden).contains("`web`"));
        let container = &full(name, &[("a", 1)])["containers"][0];
        let update = json!({"host": name, "container": container});
        let answer = api.post(by, "/api/v1/reports/container", update).await;
        answer.refused(ErrorCode::Forbidden);
    }
    assert_eq!(api.get(ADMIN, "/api/v1/containers").await.ok()["total"], 0);
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let api = Api::new();
    for body in [
        "",
        "{",
        "nonsense",
        "[]",
        "null",
        "{}{}",
        "{} x",
        "\u{feff}{}",
        "\"x\"",
    ] {
        let answer = api
            .call(
                ADMIN,
                Method::POST,
                "/api/v1/find",
                body.as_bytes().to_vec(),
            )
            .await;
        answer.refused(InvalidRequest);
    }
    let not_utf8 = b"{\"cursor\": \"\xff\xfe\"}".to_vec();
    let answer = api
        .call(ADMIN, Method::POST, "/api/v1/find", not_utf8)
        .await;
    answer.refused(InvalidRequest);
}

#[tokio::test]
async fn times_that_are_none_are_refused() {
    let api = Api::new();
    for wrong in [
        "yesterday",
        "2024-13-01T00:00:00Z",
        "2024-01-01",
        "1700000000",
    ] {
        let answer = api.post(ADMIN, "/api/v1/find", json!({"at": wrong})).await;
        answer.refused(InvalidRequest);
        let answer = api
            .get(ADMIN, &format!("/api/v1/containers?at={wrong}"))
            .await;
        answer.refused(InvalidRequest);
    }
    for query in [
        "limit=-1",
        "limit=x",
        "host=a&host=b",
        "cursor=x",
        "image_digest=%ff",
    ] {
        let answer = api.get(ADMIN, &format!("/api/v1/containers?{query}")).await;
        answer.refused(InvalidRequest);
    }
}

#[tokio::test]
async fn what_is_no_route_gets_an_error_body() {
    let api = Api::new();
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/api/v1"),
        (Method::GET, "/api/v1/find"),
        (Method::PUT, "/api/v1/find"),
        (Method::POST, "/api/v1/status"),
        (Method::DELETE, "/api/v1/hosts"),
        (Method::PATCH, "/api/v1/hosts/web"),
        (Method::GET, "/api/v1/hosts/web/reset"),
        (Method::GET, "/api/v1/hosts/"),
        (Method::GET, "/api/v2/status"),
        (Method::GET, "/api/v1/../v1/status"),
        (Method::OPTIONS, "/api/v1/find"),
        (Method::POST, "/healthz"),
    ] {
        let answer = api.call(ADMIN, method.clone(), path, Vec::new()).await;
        let message = answer.refused(ErrorCode::NotFound);
        assert!(answer.hint().contains("an older server"));
        assert!(message.contains(path), "{method} {path}: {message}");
        assert!(answer.hint().contains("API.md"));
    }
}
