//! `/api/v1/find`: as a document and as a stream of lines.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As};

async fn fleet() -> Api {
    let api = Api::new();
    let held = json!([
        {"type": "deb", "name": "openssl", "version": "3.0.2", "purl": "pkg:deb/debian/openssl@3.0.2"},
        {"type": "deb", "name": "libssl3", "version": "3.0.2", "source": "openssl"},
    ]);
    for name in ["web", "db"] {
        let token = api.host(name).await;
        api.run(name, &token, &[("a", 1), ("b", 2)], &held).await;
    }
    api
}

#[tokio::test]
async fn a_result_has_the_contracts_fields() {
    let api = fleet().await;
    let request = json!({"match": [{"field": "name", "op": "eq", "value": "openssl"}]});
    let answer = api.post(ADMIN, "/api/v1/find", request).await.ok();
    assert_eq!(answer["total"], 4);
    assert_eq!(answer["truncated"], false);
    assert_eq!(answer["coverage"]["complete"], true);
    assert_eq!(answer["as_of"], "2027-01-15T08:00:00.000Z");
    assert_eq!(
        answer["results"][0],
        json!({
            "type": "deb", "name": "openssl", "version": "3.0.2",
            "purl": "pkg:deb/debian/openssl@3.0.2", "source": null,
            "container": "a", "image_name": "image1", "image_digest": super::api::digest(1),
            "host": "db", "running_since": "2027-01-15T08:00:00.000Z", "until": null,
        })
    );
}

#[tokio::test]
async fn groups_come_in_place_of_results() {
    let api = fleet().await;
    let request = json!({"group_by": "version"});
    let answer = api.post(ADMIN, "/api/v1/find", request).await.ok();
    assert_eq!(answer.get("results"), None);
    let group = &answer["groups"][0];
    assert_eq!(group["key"], "3.0.2");
    let counts = ["artifacts", "images", "containers", "hosts"].map(|what| group[what].clone());
    assert_eq!(counts, [json!(2), json!(2), json!(4), json!(2)]);
}

#[tokio::test]
async fn a_stream_holds_every_result_one_a_line() {
    let api = fleet().await;
    for request in [
        json!({}),
        json!({"match": [{"field": "name", "op": "prefix", "value": "lib"}]}),
        json!({"match": [{"field": "name", "op": "eq", "value": "nothing"}]}),
        json!({"at": "2027-01-15T08:00:00Z", "limit": 1}),
    ] {
        let streamed = api.stream("/api/v1/find", &request).await;
        assert_eq!(streamed.status, 200);
        assert_eq!(streamed.headers["content-type"], "application/x-ndjson");
        let mut all = request.clone();
        all["limit"] = json!(0);
        let document = api.post(ADMIN, "/api/v1/find", all).await.ok();
        assert_eq!(Value::Array(streamed.lines()), document["results"]);
    }
}

#[tokio::test]
async fn a_stream_of_many_pages_has_no_bound() {
    let api = Api::new();
    let token = api.host("web").await;
    let held: Vec<Value> = (0..4000)
        .map(|n| json!({"type": "deb", "name": format!("x{n:04}"), "version": "1"}))
        .collect();
    let containers = [("a", 1), ("b", 1), ("c", 1)];
    api.run("web", &token, &containers, &held.into()).await;
    let streamed = api.stream("/api/v1/find", &json!({})).await.lines();
    assert_eq!(streamed.len(), 12_000);
    let mut names: Vec<String> = streamed
        .iter()
        .map(|row| format!("{} {}", row["name"], row["container"]))
        .collect();
    let in_order = names.clone();
    names.sort();
    names.dedup();
    assert_eq!(names, in_order, "each once, in order");
}

#[tokio::test]
async fn a_stream_is_refused_like_a_document() {
    let api = fleet().await;
    for request in [
        json!({"match": [{"field": "name", "op": "regex", "value": "("}]}),
        json!({"group_by": "host"}),
        json!({"cover": true}),
        json!({"cursor": "x"}),
    ] {
        api.stream("/api/v1/find", &request)
            .await
            .refused(InvalidRequest);
    }
    let body = json!({});
    api.post(As::Nobody, "/api/v1/find", body).await;
}

#[tokio::test]
async fn a_page_says_where_the_next_one_begins() {
    let api = fleet().await;
    let mut request = json!({"limit": 3});
    let mut rows = Vec::new();
    for expected in [3, 3, 2] {
        let page = api.post(ADMIN, "/api/v1/find", request.clone()).await.ok();
        let results = page["results"].as_array().unwrap().clone();
        assert_eq!((results.len(), &page["total"]), (expected, &json!(8)));
        assert_eq!(page["truncated"], expected == 3);
        rows.extend(results);
        request["cursor"] = page["next_cursor"].clone();
    }
    assert_eq!(request["cursor"], Value::Null);
    assert_eq!(rows, api.stream("/api/v1/find", &json!({})).await.lines());
}
