//! Who may do what: every route by every kind of token.

use axum::http::{Method, StatusCode};
use proto_types::ErrorCode;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As, digest, full};

/// Who a route is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum For {
    Anyone,
    Hosts,
    Readers,
    Admins,
}

/// Every route with a request that is good enough to come past the question who asks.
fn routes() -> Vec<(For, Method, String, Value)> {
    let get = |who, path: &str| (who, Method::GET, path.to_owned(), Value::Null);
    let post = |who, path: &str, body| (who, Method::POST, path.to_owned(), body);
    let delete = |path: &str| (For::Admins, Method::DELETE, path.to_owned(), Value::Null);
    let image = digest(1);
    let container = json!({"name": "a", "image_name": "i", "image_digest": image});
    vec![
        get(For::Anyone, "/healthz"),
        get(For::Anyone, "/readyz"),
        post(For::Hosts, "/api/v1/reports/full", full("web", &[("a", 1)])),
        post(
            For::Hosts,
            "/api/v1/reports/container",
            json!({"host": "web", "container": container}),
        ),
        post(
            For::Hosts,
            "/api/v1/reports/scan",
            json!({"image": {"digest": image, "distro": "", "distro_version": "", "artifacts": []}}),
        ),
        post(
            For::Hosts,
            "/api/v1/reports/scan-failure",
            json!({"image_digest": image, "cause": "image"}),
        ),
        post(For::Readers, "/api/v1/find", json!({"match": []})),
        get(For::Readers, "/api/v1/containers"),
        get(For::Readers, "/api/v1/images"),
        get(For::Readers, &format!("/api/v1/images/{image}")),
        get(
            For::Readers,
            &format!("/api/v1/images/{image}/sbom?format=spdx-json"),
        ),
        get(For::Readers, "/api/v1/hosts"),
        get(For::Readers, "/api/v1/hosts/web"),
        get(For::Readers, "/api/v1/hosts/web/sbom?format=spdx-json"),
        get(For::Readers, "/api/v1/diff?from=host:web&to=host:web"),
        get(For::Readers, "/api/v1/changes?since=2020-01-01T00:00:00Z"),
        get(For::Readers, "/api/v1/status"),
        post(
            For::Admins,
            &format!("/api/v1/images/{image}/retry"),
            Value::Null,
        ),
        get(For::Admins, "/api/v1/tokens"),
        post(
            For::Admins,
            "/api/v1/tokens",
            json!({"name": "new", "role": "reader"}),
        ),
        delete("/api/v1/tokens/new"),
        post(For::Admins, "/api/v1/hosts", json!({"name": "new"})),
        post(For::Admins, "/api/v1/hosts/new/reset", Value::Null),
        delete("/api/v1/hosts/new"),
    ]
}

async fn ask(api: &Api, by: As<'_>, route: &(For, Method, String, Value)) -> StatusCode {
    let (_, method, path, body) = route;
    let body = match body {
        Value::Null => Vec::new(),
        body => serde_json::to_vec(body).unwrap(),
    };
    api.call(by, method.clone(), path, body).await.status
}

#[tokio::test]
async fn those_a_route_is_for_are_answered() {
    let api = Api::new();
    let host = api.host("web").await;
    for route in routes() {
        let by = match route.0 {
            For::Hosts => As::Token(&host),
            _ => ADMIN,
        };
        let status = ask(&api, by, &route).await;
        assert!(status.is_success(), "{route:?}: {status}");
    }
}

#[tokio::test]
async fn a_token_counts_on_the_local_socket_too() {
    let api = Api::new();
    let reader = api.token("reader", "reader").await;
    let mut request = axum::http::Request::get("/api/v1/tokens")
        .header("authorization", format!("Bearer {reader}"))
        .body(axum::body::Body::empty())
        .unwrap();
    request
        .extensions_mut()
        .insert(assetmon_server::auth::LocalSocket);
    let answer = api.send(As::Nobody, request).await;
    answer.refused(ErrorCode::Forbidden);
}

#[tokio::test]
async fn an_authorization_that_is_no_bearer_token_is_refused() {
    let api = Api::new();
    let reader = api.token("reader", "reader").await;
    for (value, good) in [
        (format!("Bearer {reader}"), true),
        (format!("bearer  {reader} "), true),
        (format!("Basic {reader}"), false),
        (reader.clone(), false),
        (format!("Bearer\t{reader}"), false),
        ("Bearer".to_owned(), false),
        ("Bearer \u{fc}".to_owned(), false),
    ] {
        let request = axum::http::Request::get("/api/v1/status")
            .header("authorization", value.as_bytes())
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = api.send(As::LocalSocket, request).await;
        assert_eq!(answer.status.is_success(), good, "{value:?}");
        if !good {
            answer.refused(ErrorCode::Unauthorized);
        }
    }
}

#[tokio::test]
async fn a_forged_header_makes_no_one_an_admin() {
    let api = Api::new();
    for header in [
        "x-forwarded-for",
        "forwarded",
        "x-real-ip",
        "host",
        "x-local-socket",
    ] {
        let request = axum::http::Request::get("/api/v1/tokens")
            .header(header, "127.0.0.1")
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = api.send(As::Nobody, request).await;
        answer.refused(ErrorCode::Unauthorized);
    }
}
