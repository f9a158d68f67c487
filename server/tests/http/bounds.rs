//! Bounds: nothing that a host tells is endless, and nothing that must have a name has none.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{Api, As, digest, full};

#[tokio::test]
async fn names_are_bounded_and_never_empty() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let long = "x".repeat(1025);
    for (field, value) in [("name", ""), ("name", &long), ("image_name", &long)] {
        let mut report = full("web", &[("a", 1)]);
        report["containers"][0][field] = json!(value);
        api.post(by, "/api/v1/reports/full", report)
            .await
            .refused(InvalidRequest);
    }
    let mut report = full("web", &[("a", 1)]);
    report["scanner"] = json!(long);
    api.post(by, "/api/v1/reports/full", report)
        .await
        .refused(InvalidRequest);
    let containers: Vec<(String, u8)> = (0..5001).map(|n| (format!("c{n}"), 1)).collect();
    let containers: Vec<(&str, u8)> = containers.iter().map(|(n, i)| (n.as_str(), *i)).collect();
    let answer = api
        .post(by, "/api/v1/reports/full", full("web", &containers))
        .await;
    assert!(answer.refused(InvalidRequest).contains("5000"));
    let failed = json!({"image_digest": digest(1), "cause": "image", "scanner": long});
    api.post(by, "/api/v1/reports/scan-failure", failed)
        .await
        .refused(InvalidRequest);
}

#[tokio::test]
async fn an_artifacts_fields_are_bounded_and_its_name_and_type_never_empty() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let reported = api
        .post(by, "/api/v1/reports/full", full("web", &[("a", 1)]))
        .await;
    reported.ok();
    let good = json!({"type": "deb", "name": "x", "version": "1"});
    let long = "x".repeat(5000);
    for (field, value) in [
        ("type", ""),
        ("name", ""),
        ("name", &long),
        ("version", &long),
        ("purl", &long),
        ("source", &long),
    ] {
        let mut artifact: Value = good.clone();
        artifact[field] = json!(value);
        let scanned = json!({"image": {"digest": digest(1), "artifacts": [good, artifact]}});
        let answer = api.post(by, "/api/v1/reports/scan", scanned).await;
        assert!(answer.refused(InvalidRequest).contains("artifact"));
    }
}
