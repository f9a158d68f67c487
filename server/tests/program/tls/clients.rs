//! Client certificates: whose they are, and when they no longer count.

use std::fs;

use client::{Client, ClientError, Security};
use proto_types::{
    CreateHost, CreateToken, Enroll, ErrorCode, FullReport, GetStatus, ListTokens, RemoveHost,
    ResetHost, RevokeToken, Role, Unseen,
};
use tempfile::TempDir;

use super::{
    Server,
    authority::{Authority, Pair},
    speaking,
};

/// A server that takes certificates of a CA of clients.
struct Trusting {
    server: Server,
    authority: Authority,
    clients: Authority,
    _folders: [TempDir; 2],
}

impl Trusting {
    fn start() -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let (authority, clients) = (Authority::new(), Authority::new());
        let files = folders[1].path();
        authority.sign("server", |_| {}).put(files);
        let server = Server::with(folders[0].path(), |command| {
            speaking(command, files)
                .arg("--tls-client-ca")
                .arg(&clients.file)
        });
        Self {
            server,
            authority,
            clients,
            _folders: folders,
        }
    }

    /// A client that shows a certificate.
    fn showing(&self, pair: &Pair) -> Client {
        self.with_token(pair, None)
    }

    fn with_token(&self, pair: &Pair, token: Option<String>) -> Client {
        let security = Security {
            ca_file: Some(self.authority.file.clone()),
            cert_file: Some(pair.certificate.clone()),
            key_file: Some(pair.key.clone()),
            insecure_http: false,
        };
        self.server.with_security(&security, token)
    }

    /// A certificate of the CA that the server takes.
    fn pair(&self, name: &str) -> Pair {
        self.clients.sign(name, |_| {})
    }

    /// Binds a certificate to a name and a role.
    async fn bind(&self, pair: &Pair, name: &str, role: Role) -> client::Result<String> {
        let request = CreateToken {
            name: name.to_owned(),
            role,
            expires_in_seconds: None,
            certificate: Some(fs::read_to_string(&pair.certificate).unwrap()),
        };
        Ok(self.server.admin().send(&request).await?.token)
    }

    async fn code(&self, name: &str) -> String {
        let name = name.to_owned();
        let added = self.server.admin().send(&CreateHost { name }).await;
        added.unwrap().code
    }
}

fn with_certificate(code: String) -> Enroll {
    Enroll {
        code,
        certificate: true,
    }
}

fn report(host: &str) -> FullReport {
    FullReport {
        host: host.to_owned(),
        seq: None,
        complete: true,
        scanner: None,
        detail: 0,
        machine: None,
        unseen: Unseen::default(),
        containers: Vec::new(),
    }
}

fn code_of<T: std::fmt::Debug>(answer: client::Result<T>) -> Option<ErrorCode> {
    answer.unwrap_err().code()
}

#[tokio::test]
async fn a_host_proves_itself_by_its_certificate_until_it_is_reset_or_removed() {
    let lab = Trusting::start();
    let admin = lab.server.admin();
    let name = || "web".to_owned();
    let host = lab.showing(&lab.pair("web"));
    let code = lab.code("web").await;
    let enrolled = host.send(&with_certificate(code)).await.unwrap();
    assert_eq!(
        (enrolled.host.as_str(), enrolled.token.as_str()),
        ("web", "")
    );
    host.send(&report("web")).await.unwrap();
    assert_eq!(
        code_of(host.send(&report("db")).await),
        Some(ErrorCode::Forbidden)
    );
    assert_eq!(
        code_of(host.send(&GetStatus {}).await),
        Some(ErrorCode::Forbidden)
    );
    // The connection stays open: it is the binding that counts.
    let code = admin.send(&ResetHost { name: name() }).await.unwrap().code;
    assert_eq!(
        code_of(host.send(&report("web")).await),
        Some(ErrorCode::Unauthorized)
    );
    host.send(&with_certificate(code)).await.unwrap();
    host.send(&report("web")).await.unwrap();
    admin.send(&RemoveHost { name: name() }).await.unwrap();
    assert_eq!(
        code_of(host.send(&report("web")).await),
        Some(ErrorCode::Unauthorized)
    );
}

#[tokio::test]
async fn readers_and_admins_prove_themselves_by_certificates_until_they_are_revoked() {
    let lab = Trusting::start();
    let [reader, ops] = ["reader", "ops"].map(|name| lab.pair(name));
    assert_eq!(lab.bind(&reader, "eve", Role::Reader).await.unwrap(), "");
    lab.bind(&ops, "ops", Role::Admin).await.unwrap();
    let [reader, ops] = [&reader, &ops].map(|pair| lab.showing(pair));
    reader.send(&GetStatus {}).await.unwrap();
    assert_eq!(
        code_of(reader.send(&ListTokens {}).await),
        Some(ErrorCode::Forbidden)
    );
    let name = "eve".to_owned();
    ops.send(&RevokeToken { name }).await.unwrap();
    let refused = reader.send(&GetStatus {}).await;
    assert_eq!(code_of(refused), Some(ErrorCode::Unauthorized));
    let log = lab.server.log();
    let by_ops =
        |line: &&String| line.contains("revoke_token") && line.contains(r#""token":"ops""#);
    assert_eq!(log.iter().filter(by_ops).count(), 1, "{log:?}");
}

#[tokio::test]
async fn a_key_is_ones_alone_and_a_code_is_not_used_up_by_one_that_is_anothers() {
    let lab = Trusting::start();
    let pair = lab.pair("shared");
    let host = lab.showing(&pair);
    host.send(&with_certificate(lab.code("one").await))
        .await
        .unwrap();
    let code = lab.code("two").await;
    let taken = host.send(&with_certificate(code.clone())).await;
    assert_eq!(code_of(taken), Some(ErrorCode::InvalidRequest));
    let taken = lab.bind(&pair, "eve", Role::Admin).await;
    assert_eq!(code_of(taken), Some(ErrorCode::InvalidRequest));
    let other = lab.showing(&lab.pair("other"));
    assert_eq!(
        other.send(&with_certificate(code)).await.unwrap().host,
        "two"
    );
}

#[tokio::test]
async fn a_new_certificate_for_the_same_key_needs_no_new_binding() {
    let lab = Trusting::start();
    let pair = lab.pair("eve");
    lab.bind(&pair, "eve", Role::Reader).await.unwrap();
    let old = fs::read(&pair.certificate).unwrap();
    lab.clients.sign_again(&pair, |_| {});
    assert_ne!(fs::read(&pair.certificate).unwrap(), old);
    lab.showing(&pair).send(&GetStatus {}).await.unwrap();
}

#[tokio::test]
async fn a_certificate_that_is_nobodys_says_how_to_bind_it_and_a_token_beats_it() {
    let lab = Trusting::start();
    let pair = lab.pair("nobody");
    let error = lab.showing(&pair).send(&GetStatus {}).await.unwrap_err();
    let ClientError::Refused { detail, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(detail.code, ErrorCode::Unauthorized);
    assert!(detail.hint.as_ref().unwrap().contains("--certificate FILE"));
    lab.bind(&pair, "ops", Role::Admin).await.unwrap();
    let wrong = lab.with_token(&pair, Some("amt_wrong".to_owned()));
    assert_eq!(
        code_of(wrong.send(&GetStatus {}).await),
        Some(ErrorCode::Unauthorized)
    );
}

#[tokio::test]
async fn a_certificate_of_another_ca_or_time_is_refused_with_the_reason() {
    let lab = Trusting::start();
    let others = Authority::new();
    let stranger = others.sign("ops", |_| {});
    let old = lab.clients.sign("old", |params| {
        params.not_after = rcgen::date_time_ymd(2001, 1, 1);
    });
    for (pair, reason) in [
        (stranger, "unknown authority"),
        (old, "not valid at this time"),
    ] {
        let error = lab.showing(&pair).send(&GetStatus {}).await.unwrap_err();
        assert!(matches!(error, ClientError::NotTaken { .. }), "{error:?}");
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!error.is_transient() && error.way_out().unwrap().contains("tls_client_ca"));
    }
}

#[tokio::test]
async fn nothing_is_bound_where_no_certificate_is_shown() {
    let lab = Trusting::start();
    let bare = lab.server.secured(&lab.authority.file, None);
    let code = lab.code("web").await;
    let refused = bare.send(&with_certificate(code.clone())).await;
    assert_eq!(code_of(refused), Some(ErrorCode::InvalidRequest));
    let request = CreateToken {
        name: "eve".to_owned(),
        role: Role::Reader,
        expires_in_seconds: None,
        certificate: Some("no certificate".to_owned()),
    };
    let refused = lab.server.admin().send(&request).await;
    assert_eq!(code_of(refused), Some(ErrorCode::InvalidRequest));
    let token = bare.send(&Enroll::by(code)).await.unwrap().token;
    let host = lab.server.secured(&lab.authority.file, Some(token));
    host.send(&report("web")).await.unwrap();
}
