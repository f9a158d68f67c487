//! Bounds: nothing that a host tells is endless, and one odd thing is left out, named and counted,
//! while the rest is taken.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As, digest, full};

/// `name` of everything that runs.
async fn running(api: &Api) -> Vec<String> {
    let listed = api.get(ADMIN, "/api/v1/containers?limit=0").await.ok();
    let names = listed["containers"].as_array().unwrap().iter();
    names
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn one_odd_container_is_left_out_and_named_and_the_rest_is_taken() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let long = "x".repeat(1025);
    for (field, value, reason) in [
        ("name", "", "no name"),
        (
            "name",
            &long,
            "its name has 1025 bytes: at most 1024 are taken",
        ),
        ("image_name", &long, "its image_name has 1025 bytes"),
        ("name", "a", "another container of that name"),
    ] {
        let mut report = full("web", &[("a", 1), ("odd", 2), ("b", 3)]);
        report["containers"][1][field] = json!(value);
        let answer = api.post(by, "/api/v1/reports/full", report).await.ok();
        assert_eq!(answer["left_out"]["count"], 1, "{answer}");
        let item = &answer["left_out"]["items"][0];
        assert!(item["reason"].as_str().unwrap().contains(reason), "{item}");
        assert!(item["name"].as_str().unwrap().chars().count() <= 61);
        assert_eq!(running(&api).await, ["a", "b"]);
    }
    let whole = full("web", &[("a", 1), ("b", 3)]);
    let answer = api.post(by, "/api/v1/reports/full", whole).await.ok();
    assert_eq!(answer.get("left_out"), None, "{answer}");
}

#[tokio::test]
async fn a_report_that_something_was_left_out_of_ends_only_what_it_replaces_by_name() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let before = full("web", &[("a", 1), ("b", 2)]);
    api.post(by, "/api/v1/reports/full", before).await.ok();
    let mut report = full("web", &[("a", 3), ("odd", 4)]);
    report["containers"][1]["name"] = json!("");
    api.post(by, "/api/v1/reports/full", report).await.ok();
    assert_eq!(
        running(&api).await,
        ["a", "b"],
        "`b` may be what has no name"
    );
    let path = format!("/api/v1/containers?image_digest={}", digest(3));
    assert_eq!(api.get(ADMIN, &path).await.ok()["total"], 1);
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    assert_eq!(status["coverage"]["incomplete_hosts"], 1);
    assert_eq!(status["coverage"]["complete"], false);
}

#[tokio::test]
async fn the_container_that_is_one_too_many_is_left_out() {
    let api = Api::new();
    let host = api.host("web").await;
    let names: Vec<String> = (0..5001).map(|number| format!("c{number}")).collect();
    let containers: Vec<(&str, u8)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let report = full("web", &containers);
    let answer = api
        .post(As::Token(&host), "/api/v1/reports/full", report)
        .await
        .ok();
    assert_eq!(answer["left_out"]["count"], 1);
    assert_eq!(answer["left_out"]["items"][0]["name"], "c5000");
    assert_eq!(running(&api).await.len(), 5000);
}

#[tokio::test]
async fn an_update_of_an_odd_container_is_refused() {
    let api = Api::new();
    let host = api.host("web").await;
    let long = "x".repeat(1025);
    for (field, value) in [("name", ""), ("name", &long), ("image_name", &long)] {
        let mut container = full("web", &[("a", 1)])["containers"][0].clone();
        container[field] = json!(value);
        let update = json!({"host": "web", "container": container});
        let answer = api
            .post(As::Token(&host), "/api/v1/reports/container", update)
            .await;
        assert!(answer.refused(InvalidRequest).contains("container"));
    }
}

#[tokio::test]
async fn a_scanner_with_a_long_name_is_cut_and_not_refused() {
    let api = Api::new();
    let host = api.host("web").await;
    let mut report = full("web", &[("a", 1)]);
    report["scanner"] = json!("x".repeat(5000));
    api.post(As::Token(&host), "/api/v1/reports/full", report)
        .await
        .ok();
    let hosts = api.get(ADMIN, "/api/v1/hosts/web").await.ok();
    assert_eq!(hosts["scanner"].as_str().unwrap().len(), 1024);
}

#[tokio::test]
async fn one_odd_artifact_is_left_out_and_the_sbom_is_partial() {
    let api = Api::new();
    let host = api.host("web").await;
    let by = As::Token(&host);
    let good = json!({"type": "deb", "name": "x", "version": "1"});
    let long = "x".repeat(5000);
    for (number, field, value) in [
        (1, "type", ""),
        (2, "name", ""),
        (3, "name", &*long),
        (4, "version", &long),
        (5, "purl", &long),
        (6, "source", &long),
    ] {
        let reported = full("web", &[("a", number)]);
        api.post(by, "/api/v1/reports/full", reported).await.ok();
        let mut artifact: Value = good.clone();
        artifact["name"] = json!("odd");
        artifact[field] = json!(value);
        let artifacts = json!([good, artifact]);
        let scanned = json!({"image": {"digest": digest(number), "artifacts": artifacts}});
        let answer = api.post(by, "/api/v1/reports/scan", scanned).await.ok();
        assert_eq!(answer["outcome"], "stored");
        let path = format!("/api/v1/images/{}", digest(number));
        let image = api.get(ADMIN, &path).await.ok();
        assert_eq!(image["state"], "partial", "{field}");
        let reason = image["reason"].as_str().unwrap();
        assert!(
            reason.starts_with("1 ") && reason.contains("left out"),
            "{reason}"
        );
        assert!(reason.len() < 300, "{reason}");
        let names: Vec<_> = image["artifacts"].as_array().unwrap().iter().collect();
        let kept = if number > 4 { "odd" } else { "x" };
        assert_eq!(names[0]["name"], kept, "{names:?}");
    }
}
