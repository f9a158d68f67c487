//! `/api/v1/tokens…`: secrets are shown once.

use proto_types::ErrorCode::{InvalidRequest, NotFound};
use serde_json::json;

use super::api::{ADMIN, Api, text};

#[tokio::test]
async fn a_token_is_shown_once_and_never_listed() {
    let api = Api::new();
    let made = json!({"name": "ci", "role": "reader", "expires_in_seconds": 60});
    let answer = api.post(ADMIN, "/api/v1/tokens", made).await;
    assert_eq!(answer.status, 201);
    let made = answer.ok();
    assert_eq!(made["expires_at"], "2027-01-15T08:01:00.000Z");
    let token = text(&made["token"]);
    assert!(
        token.starts_with("amt_") && token.len() == 68,
        "256 bits in hexadecimal digits"
    );
    let host = api.host("web").await;
    for path in [
        "/api/v1/tokens",
        "/api/v1/hosts",
        "/api/v1/hosts/web",
        "/api/v1/status",
    ] {
        let listed = api.get(ADMIN, path).await;
        let listed = String::from_utf8(listed.body.to_vec()).unwrap();
        for secret in [&token, &host] {
            assert!(!listed.contains(&secret[4..]), "{listed}");
        }
    }
    let listed = api.get(ADMIN, "/api/v1/tokens").await.ok();
    assert_eq!(
        listed["tokens"],
        json!([{
            "name": "ci", "role": "reader", "created_at": "2027-01-15T08:00:00.000Z",
            "expires_at": "2027-01-15T08:01:00.000Z",
        }])
    );
}

#[tokio::test]
async fn a_token_that_is_not_there_gets_a_way_out() {
    let api = Api::new();
    let answer = api.delete(ADMIN, "/api/v1/tokens/ghost").await;
    assert_eq!(answer.refused(NotFound), "there is no token `ghost`");
    assert!(answer.hint().contains("token list"));
}

#[tokio::test]
async fn a_tokens_name_is_neither_empty_nor_endless() {
    let api = Api::new();
    for name in [String::new(), "x".repeat(257)] {
        let made = json!({"name": name, "role": "reader"});
        let answer = api.post(ADMIN, "/api/v1/tokens", made).await;
        answer.refused(InvalidRequest);
    }
    let strange = "a/b c%\u{1f511}";
    api.token(strange, "reader").await;
    api.delete(ADMIN, "/api/v1/tokens/a%2Fb%20c%25%F0%9F%94%91")
        .await
        .ok();
}

#[tokio::test]
async fn a_token_must_work_for_a_time_that_there_is() {
    let api = Api::new();
    for seconds in [0, u64::MAX, i64::MAX.unsigned_abs()] {
        let wanted = json!({"name": "t", "role": "reader", "expires_in_seconds": seconds});
        let answer = api.post(ADMIN, "/api/v1/tokens", wanted).await;
        assert!(answer.refused(InvalidRequest).contains("expire"));
    }
}
