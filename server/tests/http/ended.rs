//! Who asks is asked again: what was reset, removed, revoked or has expired meanwhile ends at once.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::Request,
};
use futures_util::{StreamExt, stream};
use proto_types::ErrorCode::Unauthorized;
use serde_json::{Value, json};

use super::api::{ADMIN, Answer, Api, As, digest, full};

/// Ends who asks, by an admin's request.
async fn end(api: &Api, path: &str) {
    match path.strip_suffix("/reset") {
        Some(_) => api.post(ADMIN, path, Value::Null).await.ok(),
        None => api.delete(ADMIN, path).await.ok(),
    };
}

/// A body that ends after an admin has done something.
fn slow(api: &Arc<Api>, body: &Value, path: &'static str) -> Body {
    let text = serde_json::to_vec(body).unwrap();
    let (first, rest) = text.split_at(text.len() - 1);
    let (first, rest) = (Bytes::copy_from_slice(first), Bytes::copy_from_slice(rest));
    let api = Arc::clone(api);
    let first = stream::once(async move { Ok::<_, Infallible>(first) });
    let rest = stream::once(async move {
        end(&api, path).await;
        Ok(rest)
    });
    Body::from_stream(first.chain(rest))
}

#[tokio::test]
async fn a_slow_body_of_a_host_that_is_reset_or_removed_meanwhile_writes_nothing() {
    for path in ["/api/v1/hosts/web/reset", "/api/v1/hosts/web"] {
        let api = Arc::new(Api::new());
        let web = api.host("web").await;
        let by = As::Token(&web);
        let first = full("web", &[("a", 1)]);
        let lease = api.post(by, "/api/v1/reports/full", first).await.ok()["leases"][0].clone();
        let upload = json!({
            "image": {"digest": digest(1), "distro": "debian", "distro_version": "12",
                      "artifacts": []},
            "lease": lease["lease"], "generation": lease["generation"],
        });
        let sent = slow(&api, &full("web", &[("evil", 1)]), path);
        let request = Request::post("/api/v1/reports/full").body(sent).unwrap();
        api.send(by, request).await.refused(Unauthorized);
        api.post(by, "/api/v1/reports/scan", upload)
            .await
            .refused(Unauthorized);
        let image = format!("/api/v1/images/{}", digest(1));
        let image = api.get(ADMIN, &image).await.ok();
        assert_eq!(image["state"], "unscanned");
        let listed = api.get(ADMIN, "/api/v1/containers").await.ok();
        assert!(!listed.to_string().contains("evil"), "{listed}");
    }
}

#[tokio::test]
async fn a_stream_of_changes_ends_with_the_token_that_it_was_opened_by() {
    let api = Api::new();
    let reader = api.token("reader", "reader").await;
    let request = Request::get("/api/v1/changes").header("accept", "text/event-stream");
    let request = request.body(Body::empty()).unwrap();
    let begun = api.begin(As::Token(&reader), request).await;
    assert_eq!(begun.status(), 200);
    end(&api, "/api/v1/tokens/reader").await;
    let web = api.host("web").await;
    api.run("web", &web, &[("secret", 1)], &json!([])).await;
    let text = Answer::of(begun).await.body;
    let text = String::from_utf8(text.to_vec()).unwrap();
    assert!(text.contains("\"code\":\"unauthorized\""), "{text}");
    assert!(!text.contains("secret"), "{text}");
}
