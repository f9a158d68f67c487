//! `/api/v1/hosts…` and `/api/v1/containers`.

use proto_types::ErrorCode::{InvalidRequest, NotFound};
use serde_json::{Value, json};

use super::api::{ADMIN, Api, digest};

#[tokio::test]
async fn a_new_host_gets_a_code_for_an_hour() {
    let api = Api::new();
    let answer = api
        .post(ADMIN, "/api/v1/hosts", json!({"name": "web"}))
        .await;
    assert_eq!(answer.status, 201);
    let added = answer.ok();
    assert_eq!(added["name"], "web");
    assert_eq!(added["expires_at"], "2027-01-15T09:00:00.000Z");
    assert_eq!(added["code"].as_str().unwrap().len(), "code_".len() + 64);
    let shown = api.get(ADMIN, "/api/v1/hosts/web").await;
    assert_eq!(shown.ok()["state"], "pending");
    let text = String::from_utf8(shown.body.to_vec()).unwrap();
    assert!(
        !text.contains(added["code"].as_str().unwrap()),
        "shown once"
    );
}

#[tokio::test]
async fn a_host_that_is_not_there_gets_a_way_out() {
    let api = Api::new();
    for answer in [
        api.get(ADMIN, "/api/v1/hosts/ghost").await,
        api.delete(ADMIN, "/api/v1/hosts/ghost").await,
        api.post(ADMIN, "/api/v1/hosts/ghost/reset", Value::Null)
            .await,
        api.get(ADMIN, "/api/v1/hosts/ghost/sbom?format=spdx-json")
            .await,
        api.get(ADMIN, "/api/v1/diff?from=host:ghost&to=host:ghost")
            .await,
    ] {
        assert_eq!(answer.refused(NotFound), "there is no host `ghost`");
        assert!(answer.hint().contains("assetctl hosts"));
    }
}

#[tokio::test]
async fn a_name_in_a_path_is_decoded_once() {
    let api = Api::new();
    let answer = api.get(ADMIN, "/api/v1/hosts/a%2Fb%2520").await;
    assert_eq!(answer.refused(NotFound), "there is no host `a/b%20`");
    let answer = api.get(ADMIN, "/api/v1/hosts/%ff").await;
    answer.refused(InvalidRequest);
}

#[tokio::test]
async fn remove_ends_the_runs_and_keeps_the_past() {
    let api = Api::new();
    let token = api.host("web").await;
    api.run("web", &token, &[("a", 1)], &json!([])).await;
    api.pass(60);
    assert_eq!(api.delete(ADMIN, "/api/v1/hosts/web").await.ok(), json!({}));
    assert_eq!(api.get(ADMIN, "/api/v1/containers").await.ok()["total"], 0);
    let past = "/api/v1/containers?at=2027-01-15T08:00:30Z";
    let past = api.get(ADMIN, past).await.ok();
    assert_eq!(past["containers"][0]["host"], "web");
    assert_eq!(past["containers"][0]["until"], "2027-01-15T08:01:00.000Z");
    assert_eq!(
        api.get(ADMIN, "/api/v1/hosts").await.ok()["hosts"],
        json!([])
    );
}

#[tokio::test]
async fn reset_keeps_the_runs() {
    let api = Api::new();
    let token = api.host("web").await;
    api.run("web", &token, &[("a", 1)], &json!([])).await;
    let reset = api
        .post(ADMIN, "/api/v1/hosts/web/reset", Value::Null)
        .await;
    assert_eq!(reset.status, 201);
    assert_eq!(api.get(ADMIN, "/api/v1/containers").await.ok()["total"], 1);
}

#[tokio::test]
async fn containers_are_listed_by_host_name_and_image() {
    let api = Api::new();
    for host in ["web", "db"] {
        let token = api.host(host).await;
        api.run(host, &token, &[("a", 1), ("b", 2)], &json!([]))
            .await;
    }
    let image = digest(2);
    for (query, total) in [
        (String::new(), 4),
        ("host=web".to_owned(), 2),
        ("name=a".to_owned(), 2),
        (format!("image_digest={image}"), 2),
        (format!("host=web&name=b&image_digest={image}"), 1),
        ("host=ghost".to_owned(), 0),
        (format!("image_digest={}", digest(9)), 0),
    ] {
        let listed = api
            .get(ADMIN, &format!("/api/v1/containers?{query}&limit=1"))
            .await
            .ok();
        assert_eq!(listed["total"], total, "{query}");
        assert_eq!(listed["truncated"], total > 1, "{query}");
    }
}

#[tokio::test]
async fn a_hosts_name_is_one_that_every_tool_takes() {
    let api = Api::new();
    let (long, longer) = ("a".repeat(253), "a".repeat(254));
    for good in ["web1", "a.b-c_d", "9", &long] {
        let added = api
            .post(ADMIN, "/api/v1/hosts", json!({"name": good}))
            .await;
        assert_eq!(added.status, 201, "{good}");
    }
    for wrong in ["", "-web", ".", "..", "a b", "a/b", "ä", "a\n", &longer] {
        let added = api
            .post(ADMIN, "/api/v1/hosts", json!({"name": wrong}))
            .await;
        added.refused(InvalidRequest);
    }
}
