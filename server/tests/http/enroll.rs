//! `/api/v1/enroll`: a code, once, for a token.

use proto_types::ErrorCode::Unauthorized;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As, text};

async fn code(api: &Api, path: &str, body: Value) -> String {
    text(&api.post(ADMIN, path, body).await.ok()["code"])
}

async fn enroll(api: &Api, code: &str) -> super::api::Answer {
    api.post(As::Nobody, "/api/v1/enroll", json!({"code": code}))
        .await
}

#[tokio::test]
async fn a_code_is_traded_for_a_token_without_any_token() {
    let api = Api::new();
    let code = code(&api, "/api/v1/hosts", json!({"name": "web"})).await;
    let answer = enroll(&api, &format!(" {code}\n")).await;
    assert_eq!(answer.status, 201);
    let enrolled = answer.ok();
    assert_eq!(enrolled["host"], "web");
    let token = text(&enrolled["token"]);
    assert!(
        token.starts_with("amh_") && token.len() == 68,
        "256 bits in hexadecimal digits"
    );
    let report = json!({"host": "web", "containers": []});
    api.post(As::Token(&token), "/api/v1/reports/full", report)
        .await
        .ok();
}

#[tokio::test]
async fn a_code_that_was_used_is_not_good() {
    let api = Api::new();
    let code = code(&api, "/api/v1/hosts", json!({"name": "web"})).await;
    let token = text(&enroll(&api, &code).await.ok()["token"]);
    enroll(&api, &code).await.refused(Unauthorized);
    let report = json!({"host": "web", "containers": []});
    api.post(As::Token(&token), "/api/v1/reports/full", report)
        .await
        .ok();
}

#[tokio::test]
async fn a_code_that_expired_is_not_good() {
    let api = Api::new();
    let code = code(&api, "/api/v1/hosts", json!({"name": "web"})).await;
    api.pass(3600);
    let message = enroll(&api, &code).await.refused(Unauthorized);
    assert!(message.contains("hour"), "{message}");
}

#[tokio::test]
async fn what_is_no_code_is_not_good() {
    let api = Api::new();
    let host = api.host("web").await;
    let admin = api.token("admin", "admin").await;
    for wrong in ["", "web", "code_", &host, &admin] {
        enroll(&api, wrong).await.refused(Unauthorized);
    }
}

#[tokio::test]
async fn a_removed_hosts_code_is_not_good() {
    let api = Api::new();
    let code = code(&api, "/api/v1/hosts", json!({"name": "web"})).await;
    api.delete(ADMIN, "/api/v1/hosts/web").await.ok();
    enroll(&api, &code).await.refused(Unauthorized);
}

#[tokio::test]
async fn reset_replaces_the_token_and_nothing_else_does() {
    let api = Api::new();
    let old = api.host("web").await;
    let again = api
        .post(ADMIN, "/api/v1/hosts", json!({"name": "web"}))
        .await;
    again.refused(proto_types::ErrorCode::InvalidRequest);
    assert!(again.hint().contains("reset"));
    let report = || json!({"host": "web", "containers": []});
    api.post(As::Token(&old), "/api/v1/reports/full", report())
        .await
        .ok();
    let code = code(&api, "/api/v1/hosts/web/reset", Value::Null).await;
    let refused = api
        .post(As::Token(&old), "/api/v1/reports/full", report())
        .await;
    refused.refused(Unauthorized);
    let new = text(&enroll(&api, &code).await.ok()["token"]);
    api.post(As::Token(&new), "/api/v1/reports/full", report())
        .await
        .ok();
}
