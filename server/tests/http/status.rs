//! `/api/v1/status`, `/healthz` and `/readyz`.

use serde_json::json;

use super::api::{ADMIN, Api, As, digest, full};

#[tokio::test]
async fn health_is_for_anyone() {
    let api = Api::new();
    for path in ["/healthz", "/readyz"] {
        let answer = api.get(As::Nobody, path).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..]),
            (200, &b"ok\n"[..])
        );
    }
}

#[tokio::test]
async fn status_says_how_the_server_and_the_fleet_stand() {
    let api = Api::new();
    let token = api.host("web").await;
    api.host("db").await;
    let report = full("web", &[("a", 1), ("b", 1)]);
    api.post(As::Token(&token), "/api/v1/reports/full", report)
        .await
        .ok();
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(status["as_of"], "2027-01-15T08:00:00.000Z");
    assert_eq!(
        status["coverage"],
        json!({
            "hosts": 2, "pending_hosts": 0, "silent_hosts": 1, "incomplete_hosts": 0,
            "cloned_hosts": 0,
            "containers_without_image": 0, "runtimes_not_looked_at": 0,
            "running_images": 1,
            "images_without_sbom": 1, "images_withdrawn": 0, "images_partial": 0, "complete": false,
        })
    );
    assert_eq!(status["counts"]["containers"], 2);
    let queued = &status["queue"][0];
    assert_eq!(
        (&queued["digest"], &queued["containers"]),
        (&json!(digest(1)), &json!(2))
    );
    assert_eq!(queued["lease"]["host"], "web");
}
