//! Redirects: nothing follows them, least of all the token.

use client::ClientError;
use proto_types::{Enroll, RevokeToken};

use super::fake::Fake;

#[tokio::test]
async fn a_redirect_is_not_followed_but_told_with_the_servers_new_address() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Fake::saying("200 OK", "", b"{}");
        let to = elsewhere.url();
        let location = format!("location: {to}/api/v1/enroll\r\n");
        let server = Fake::saying(&format!("{status} Moved"), &location, b"");
        let code = "secret".to_owned();
        let error = server.client().send(&Enroll::by(code)).await.unwrap_err();
        let said = error.to_string();
        assert!(
            said.ends_with(&format!("moved to {to}: set `server` to {to}")),
            "{said}"
        );
        assert!(!error.is_transient());
        assert!(elsewhere.seen().is_empty());
    }
}

#[tokio::test]
async fn a_server_that_moved_to_tls_is_named_with_its_path() {
    let location = "location: https://assets.example.org/assetmon/api/v1/tokens/x?a=b\r\n";
    let server = Fake::saying("308 Permanent Redirect", location, b"");
    let name = "x".to_owned();
    let error = server
        .client()
        .send(&RevokeToken { name })
        .await
        .unwrap_err();
    let ClientError::Moved { to, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(to, "https://assets.example.org/assetmon");
}

#[tokio::test]
async fn a_login_page_is_not_taken_for_the_servers_new_address() {
    let location = "location: https://u:p@login.example.org/\x07?next=/api/v1/tokens/x\r\n";
    let location = location.replace('\x07', "%07");
    let server = Fake::saying("302 Found", &location, b"");
    let name = "x".to_owned();
    let error = server
        .client()
        .send(&RevokeToken { name })
        .await
        .unwrap_err();
    let ClientError::SentOn { to, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(to, "https://login.example.org/%07");
    assert!(error.way_out().unwrap().contains("login page"));
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_no_server_of_ours() {
    for location in ["", "location: http://[\r\n"] {
        let server = Fake::saying("301 Moved", location, b"");
        let name = "x".to_owned();
        let error = server
            .client()
            .send(&RevokeToken { name })
            .await
            .unwrap_err();
        assert!(matches!(error, ClientError::NotAssetmon { .. }), "{error}");
    }
}
