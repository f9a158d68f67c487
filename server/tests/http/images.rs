//! `/api/v1/images…`.

use proto_types::ErrorCode::{InvalidRequest, NotFound};
use serde_json::{Value, json};

use super::api::{ADMIN, Api, digest};

async fn fleet() -> Api {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([{"type": "deb", "name": "x", "version": "1"}]);
    api.run("web", &token, &[("a", 1)], &held).await;
    api
}

#[tokio::test]
async fn an_image_shows_what_is_in_it_and_how_it_was_scanned() {
    let api = fleet().await;
    let image = api
        .get(ADMIN, &format!("/api/v1/images/{}", digest(1)))
        .await
        .ok();
    assert_eq!(image["digest"], digest(1));
    assert_eq!(
        (&image["state"], &image["distro"]),
        (&json!("complete"), &json!("debian"))
    );
    assert_eq!(image["artifacts"][0]["name"], "x");
    assert_eq!(image["scanned_by"], "web");
    assert_eq!(image["generation"], 1);
    assert_eq!(image["failures"], json!([]));
    assert_eq!(image["conflicts"], json!([]));
}

#[tokio::test]
async fn an_image_is_found_in_upper_case_too() {
    let api = Api::new();
    let token = api.host("web").await;
    api.run("web", &token, &[("a", 0xab)], &json!([])).await;
    let upper = format!("sha256:{}", digest(0xab)[7..].to_uppercase());
    let image = api
        .get(ADMIN, &format!("/api/v1/images/{upper}"))
        .await
        .ok();
    assert_eq!(image["digest"], digest(0xab));
}

#[tokio::test]
async fn an_image_that_is_not_there_gets_a_way_out() {
    let api = fleet().await;
    let image = digest(9);
    for answer in [
        api.get(ADMIN, &format!("/api/v1/images/{image}")).await,
        api.get(
            ADMIN,
            &format!("/api/v1/images/{image}/sbom?format=spdx-json"),
        )
        .await,
        api.post(ADMIN, &format!("/api/v1/images/{image}/retry"), Value::Null)
            .await,
    ] {
        assert!(answer.refused(NotFound).contains(&image));
        assert!(answer.hint().contains("assetctl images"));
    }
}

#[tokio::test]
async fn images_are_listed_by_state_running_and_prefix() {
    let api = fleet().await;
    for (query, total) in [
        ("", 1),
        ("state=complete&running=true", 1),
        ("state=unscanned", 0),
        ("running=false", 0),
        ("digest_prefix=01", 1),
        ("digest_prefix=02", 0),
    ] {
        let listed = api
            .get(ADMIN, &format!("/api/v1/images?{query}"))
            .await
            .ok();
        assert_eq!(listed["total"], total, "{query}");
    }
    for wrong in ["running=maybe", "digest_prefix=xyz", "state="] {
        let answer = api.get(ADMIN, &format!("/api/v1/images?{wrong}")).await;
        answer.refused(InvalidRequest);
    }
}

#[tokio::test]
async fn an_export_is_a_document_of_its_format_and_no_other_is_known() {
    let api = fleet().await;
    let path = format!("/api/v1/images/{}/sbom", digest(1));
    let cyclonedx = api
        .get(ADMIN, &format!("{path}?format=cyclonedx-json"))
        .await
        .ok();
    assert_eq!(cyclonedx["bomFormat"], "CycloneDX");
    assert_eq!(cyclonedx["components"][0]["name"], "x");
    let spdx = api
        .get(ADMIN, &format!("{path}?format=spdx-json"))
        .await
        .ok();
    assert_eq!(spdx["spdxVersion"], "SPDX-2.3");
    for wrong in ["", "?format=", "?format=pdf"] {
        let answer = api.get(ADMIN, &format!("{path}{wrong}")).await;
        answer.refused(InvalidRequest);
    }
}
