//! Client certificates, by the clock: a connection may outlive the certificate that opened it.

use assetmon_server::tls::Certificate;
use axum::http::StatusCode;
use rcgen::KeyPair;
use serde_json::json;

use super::api::{ADMIN, Api, As};
use crate::common::at;

/// A certificate as PEM, and as the server sees it, good between these seconds.
fn certificate(from: i64, to: i64) -> (String, Certificate) {
    let key = KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(["eve".to_owned()]).unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    let read = Certificate::from_pem(&pem).unwrap();
    let certificate = Certificate {
        not_before: at(from),
        not_after: at(to),
        ..read
    };
    (pem, certificate)
}

#[tokio::test]
async fn a_certificate_counts_as_long_as_it_is_good() {
    let api = Api::new();
    let (pem, certificate) = certificate(10, 20);
    let body = json!({"name": "eve", "role": "reader", "certificate": pem});
    api.post(ADMIN, "/api/v1/tokens", body).await.ok();
    for (passed, expected) in [
        (0, StatusCode::UNAUTHORIZED),
        (10, StatusCode::OK),
        (10, StatusCode::OK),
        (1, StatusCode::UNAUTHORIZED),
    ] {
        api.pass(passed);
        let answer = api
            .get(As::Certificate(&certificate), "/api/v1/status")
            .await;
        assert_eq!(answer.status, expected, "{passed}");
    }
}

#[tokio::test]
async fn a_binding_that_expires_ends_though_the_certificate_is_good() {
    let api = Api::new();
    let (pem, certificate) = certificate(0, 1000);
    let body = json!({"name": "eve", "role": "reader", "certificate": pem,
                      "expires_in_seconds": 60});
    api.post(ADMIN, "/api/v1/tokens", body).await.ok();
    let by = As::Certificate(&certificate);
    api.pass(59);
    assert_eq!(api.get(by, "/api/v1/status").await.status, StatusCode::OK);
    api.pass(1);
    let refused = api.get(by, "/api/v1/status").await.status;
    assert_eq!(refused, StatusCode::UNAUTHORIZED);
    // The key is free again.
    let body = json!({"name": "eve2", "role": "reader", "certificate": pem});
    api.post(ADMIN, "/api/v1/tokens", body).await.ok();
    assert_eq!(api.get(by, "/api/v1/status").await.status, StatusCode::OK);
}
