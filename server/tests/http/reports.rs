//! `/api/v1/reports/…`: what agents tell and are answered.

use proto_types::ErrorCode::{Forbidden, InvalidRequest, LeaseSuperseded, NotFound, StaleReport};
use serde_json::{Value, json};

use super::api::{ADMIN, Answer, Api, As, digest, full};

async fn report(api: &Api, token: &str, report: Value) -> Answer {
    api.post(As::Token(token), "/api/v1/reports/full", report)
        .await
}

async fn scan(api: &Api, token: &str, lease: &Value, name: &str) -> Answer {
    let scanned = json!({
        "image": {
            "digest": digest(1), "distro": "debian", "distro_version": "12",
            "artifacts": [{"type": "deb", "name": name, "version": "1"}],
        },
        "lease": lease["lease"], "generation": lease["generation"],
    });
    api.post(As::Token(token), "/api/v1/reports/scan", scanned)
        .await
}

#[tokio::test]
async fn a_report_is_answered_with_exactly_the_images_to_scan() {
    let api = Api::new();
    let web = api.host("web").await;
    let answer = report(&api, &web, full("web", &[("a", 1)])).await.ok();
    assert_eq!(answer["scan_images"], json!([digest(1)]));
    let lease = &answer["leases"][0];
    assert_eq!(lease["image_digest"], digest(1));
    assert_eq!(
        (&lease["generation"], &lease["ttl_seconds"]),
        (&json!(1), &json!(1800))
    );
}

#[tokio::test]
async fn a_report_is_told_that_another_machine_reports_with_its_token() {
    let api = Api::new();
    let web = api.host("web").await;
    let from = async |mark: &str| {
        let mut body = full("web", &[]);
        body["machine"] = json!(mark);
        report(&api, &web, body).await.ok()["cloned_since"].clone()
    };
    assert_eq!(
        [from("a").await, from("b").await],
        [Value::Null, Value::Null]
    );
    assert_eq!(from("a").await, "2027-01-15T08:00:00.000Z");
    let shown = api.get(ADMIN, "/api/v1/hosts/web").await.ok();
    assert_eq!(shown["state"], "cloned");
    assert_eq!(shown["cloned_since"], "2027-01-15T08:00:00.000Z");
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    assert_eq!(status["coverage"]["cloned_hosts"], 1);
    // What can't be a mark says nothing.
    assert_eq!(from(&"x".repeat(65)).await, "2027-01-15T08:00:00.000Z");
}

#[tokio::test]
async fn the_original_systems_fields_are_enough() {
    let api = Api::new();
    let web = api.host("web").await;
    let by = As::Token(&web);
    let container = json!({"name": "a", "image_name": "i", "image_digest": digest(1)});
    let update = json!({"host": "web", "container": container});
    let answer = api.post(by, "/api/v1/reports/container", update).await.ok();
    assert_eq!(answer["scan_images"], json!([digest(1)]));
    let scanned = json!({"image": {
        "digest": digest(1), "distro": "debian", "distro_version": "12", "artifacts": [],
    }});
    let answer = api.post(by, "/api/v1/reports/scan", scanned).await.ok();
    assert_eq!(answer, json!({"outcome": "stored"}));
    let image = api
        .get(ADMIN, &format!("/api/v1/images/{}", digest(1)))
        .await
        .ok();
    assert_eq!(image["state"], "complete");
}

#[tokio::test]
async fn a_stale_report_is_told_the_last_seq() {
    let api = Api::new();
    let web = api.host("web").await;
    let mut body = full("web", &[]);
    body["seq"] = json!(7);
    report(&api, &web, body.clone()).await.ok();
    let stale = report(&api, &web, body).await;
    stale.refused(StaleReport);
    let body: Value = serde_json::from_slice(&stale.body).unwrap();
    assert_eq!(
        (stale.status.as_u16(), &body["error"]["last_seq"]),
        (409, &json!(7))
    );
}

#[tokio::test]
async fn uploads_say_what_became_of_them() {
    let api = Api::new();
    let (web, db) = (api.host("web").await, api.host("db").await);
    let first = report(&api, &web, full("web", &[("a", 1)])).await.ok();
    let old = &first["leases"][0];
    scan(&api, &db, old, "x").await.refused(Forbidden);
    api.pass(1800);
    let second = report(&api, &db, full("db", &[("a", 1)])).await.ok();
    let new = &second["leases"][0];
    scan(&api, &web, old, "x").await.refused(LeaseSuperseded);
    for (name, outcome) in [("x", "stored"), ("x", "already_known"), ("y", "conflict")] {
        let answer = scan(&api, &db, new, name).await.ok();
        assert_eq!(answer, json!({"outcome": outcome}));
    }
    let image = api
        .get(ADMIN, &format!("/api/v1/images/{}", digest(1)))
        .await
        .ok();
    assert_eq!(image["conflicts"][0]["host"], "db");
    assert_eq!(image["artifacts"][0]["name"], "x");
}

#[tokio::test]
async fn a_failure_says_whether_it_quarantined_the_image() {
    let api = Api::new();
    let web = api.host("web").await;
    for failure in 1..=5 {
        let answer = report(&api, &web, full("web", &[("a", 1)])).await.ok();
        let lease = &answer["leases"][0];
        let failed = json!({
            "image_digest": digest(1), "lease": lease["lease"],
            "generation": lease["generation"], "cause": "image", "message": "broken",
        });
        let path = "/api/v1/reports/scan-failure";
        let answer = api.post(As::Token(&web), path, failed).await.ok();
        assert_eq!(answer, json!({"quarantined": failure == 5}));
        api.pass(86_400);
    }
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    assert_eq!(status["quarantined"][0]["digest"], digest(1));
    assert_eq!(status["quarantined"][0]["last_failure"], "broken");
    let retry = format!("/api/v1/images/{}/retry", digest(1));
    assert_eq!(api.post(ADMIN, &retry, Value::Null).await.ok(), json!({}));
    let answer = report(&api, &web, full("web", &[("a", 1)])).await.ok();
    assert_eq!(answer["leases"][0]["generation"], 6);
}

#[tokio::test]
async fn only_the_server_sees_a_lease_expire() {
    let api = Api::new();
    let web = api.host("web").await;
    report(&api, &web, full("web", &[("a", 1)])).await.ok();
    let failed = json!({"image_digest": digest(1), "cause": "expired"});
    let path = "/api/v1/reports/scan-failure";
    let answer = api.post(As::Token(&web), path, failed).await;
    assert!(answer.refused(InvalidRequest).contains("`cause`"));
}

#[tokio::test]
async fn what_was_never_reported_is_not_there_to_be_scanned() {
    let api = Api::new();
    let web = api.host("web").await;
    scan(&api, &web, &Value::Null, "x").await.refused(NotFound);
    let failed = json!({"image_digest": digest(1), "cause": "environment"});
    let path = "/api/v1/reports/scan-failure";
    api.post(As::Token(&web), path, failed)
        .await
        .refused(NotFound);
}

#[tokio::test]
async fn a_seq_beyond_what_is_kept_is_refused_and_changes_nothing() {
    let api = Api::new();
    let web = api.host("web").await;
    let mut body = full("web", &[("a", 1)]);
    body["seq"] = json!(u64::MAX);
    report(&api, &web, body).await.refused(InvalidRequest);
    assert_eq!(api.get(ADMIN, "/api/v1/containers").await.ok()["total"], 0);
    report(&api, &web, full("web", &[("a", 1)])).await.ok();
}
