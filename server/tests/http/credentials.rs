//! Every operation of the OpenAPI document by every wrong credential: a new route is in it by
//! itself.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    api::{ADMIN, Api, As},
    operations::{operations, with_a_lease},
};

/// Tokens that were good once, or never.
async fn no_longer_good(api: &Api) -> Vec<(&'static str, String)> {
    let mut tokens = vec![
        ("junk", "x".to_owned()),
        ("junk of the right form", format!("amt_{}", "0".repeat(64))),
        ("a host's name", "web".to_owned()),
        ("nothing", String::new()),
    ];
    for role in ["reader", "admin"] {
        let expiring =
            json!({"name": format!("old {role}"), "role": role, "expires_in_seconds": 60});
        let made = api.post(ADMIN, "/api/v1/tokens", expiring).await.ok();
        tokens.push(("expired", made["token"].as_str().unwrap().to_owned()));
        let gone = format!("gone-{role}");
        tokens.push(("revoked", api.token(&gone, role).await));
        api.delete(ADMIN, &format!("/api/v1/tokens/{gone}"))
            .await
            .ok();
    }
    tokens.push(("a removed host's", api.host("removed").await));
    api.delete(ADMIN, "/api/v1/hosts/removed").await.ok();
    tokens.push(("a reset host's", api.host("reset").await));
    let reset = api
        .post(ADMIN, "/api/v1/hosts/reset/reset", Value::Null)
        .await;
    reset.ok();
    api.pass(60);
    tokens
}

#[tokio::test]
async fn every_operation_refuses_every_wrong_credential() {
    let api = Api::new();
    let web = with_a_lease(&api).await;
    let other = api.host("db").await;
    let reader = api.token("reader", "reader").await;
    let admin = api.token("admin", "admin").await;
    let wrong = no_longer_good(&api).await;
    let by_scheme = [("host", &web), ("reader", &reader), ("admin", &admin)];
    let mut tried = 0;
    for one in operations(&api).await {
        let name = format!("{} {}", one.method, one.path);
        if one.schemes.is_empty() {
            continue;
        }
        let unread = [one.body.as_slice(), b"", b"{", b"[]"];
        for body in unread {
            let ask = |by| api.call(by, one.method.clone(), &one.path, body.to_vec());
            assert_eq!(
                ask(As::Nobody).await.status,
                StatusCode::UNAUTHORIZED,
                "{name}"
            );
            for (kind, token) in &wrong {
                let status = ask(As::Token(token)).await.status;
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{name} with {kind}");
            }
            for (scheme, token) in by_scheme {
                if !one.schemes.iter().any(|good| good == scheme) {
                    let status = ask(As::Token(token)).await.status;
                    assert_eq!(status, StatusCode::FORBIDDEN, "{name} by a {scheme}");
                }
            }
            tried += 1 + wrong.len() + by_scheme.len() - one.schemes.len();
        }
        if one.schemes == ["host"] {
            let answer = api.call(As::Token(&other), one.method.clone(), &one.path, one.body);
            let status = answer.await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{name} by another host");
            tried += 1;
        }
    }
    println!("{tried} requests with a wrong credential, all refused");
    assert!(tried > 1_000);
}

#[tokio::test]
async fn every_operation_is_open_to_those_it_is_for() {
    for index in 0..operations(&Api::new()).await.len() {
        // What one operation removes, the next one would miss.
        let api = Api::new();
        let web = with_a_lease(&api).await;
        let reader = api.token("reader", "reader").await;
        let admin = api.token("admin", "admin").await;
        let one = operations(&api).await.swap_remove(index);
        let mut good = vec![];
        for scheme in &one.schemes {
            good.push(match scheme.as_str() {
                "host" => As::Token(&web),
                "reader" => As::Token(&reader),
                "admin" => As::Token(&admin),
                other => panic!("no token is known for {other}"),
            });
        }
        for by in good {
            let answer = api.call(by, one.method.clone(), &one.path, one.body.clone());
            let status = answer.await.status.as_u16();
            assert!(
                !matches!(status, 401 | 403),
                "{} {}: {status}",
                one.method,
                one.path
            );
        }
    }
}
