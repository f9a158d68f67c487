//! Certificates: none on the machine, or one that isn't trusted.

use std::{fs, path::PathBuf, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    runtime::Runtime,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use super::{
    asked::{CA, asked},
    fake::Fake,
};

/// A server that speaks TLS, with a certificate of a CA of its own.
struct Tls {
    url: String,
    ca: PathBuf,
    _dir: TempDir,
    _runtime: Runtime,
}

impl Tls {
    fn start(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut of_ca = CertificateParams::default();
        let ca_name = format!("CA of {name}");
        of_ca.distinguished_name.push(DnType::CommonName, ca_name);
        of_ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let ca = dir.path().join("ca.pem");
        fs::write(&ca, of_ca.self_signed(&key).unwrap().pem()).unwrap();
        let issuer = Issuer::new(of_ca, key);
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        runtime.spawn(serve(listener, TlsAcceptor::from(Arc::new(config))));
        Self {
            url,
            ca,
            _dir: dir,
            _runtime: runtime,
        }
    }

    /// What a client says that knows this CA and no other.
    fn asked_by_one_who_trusts_it(&self) -> String {
        asked(&self.url, &[("SSL_CERT_FILE", self.ca.to_str().unwrap())])
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(mut stream) = acceptor.accept(stream).await else {
            continue;
        };
        let _ = stream.read(&mut [0; 4096]).await;
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
    }
}

/// The environment of a machine without a CA certificate.
const NONE: [(&str, &str); 1] = [("SSL_CERT_FILE", "/nonexistent/ca.pem")];

#[test]
fn a_machine_without_ca_certificates_can_ask_where_no_tls_is_spoken() {
    let server = Fake::saying("200 OK", "", b"{}");
    let said = asked(&server.url(), &NONE);
    assert!(said.contains("it answers"), "{said}");
    let said = asked("unix:/nonexistent/admin.sock", &NONE);
    assert!(said.contains("error: no answer from unix:"), "{said}");
}

#[test]
fn a_machine_without_ca_certificates_is_told_how_to_get_some() {
    let said = asked("https://assets.invalid", &NONE);
    assert!(
        said.contains("this machine has no CA certificates, transient: false"),
        "{said}"
    );
    assert!(
        said.contains("ca-certificates") && said.contains("SSL_CERT_FILE"),
        "{said}"
    );
}

#[test]
fn a_ca_of_ones_own_is_named_by_a_variable() {
    let server = Tls::start("127.0.0.1", |_| {});
    let said = server.asked_by_one_who_trusts_it();
    assert!(said.contains("it answers"), "{said}");
}

#[test]
fn a_certificate_of_an_unknown_ca_is_not_tried_again_and_says_what_to_do() {
    let server = Tls::start("127.0.0.1", |_| {});
    // The second one calls itself as the server's does.
    for other in ["assets.example.org", "127.0.0.1"] {
        let other = Tls::start(other, |_| {});
        let said = asked(
            &server.url,
            &[("SSL_CERT_FILE", other.ca.to_str().unwrap())],
        );
        let fault = "it is signed by an unknown authority, transient: false";
        assert!(said.contains(fault), "{said}");
        let way_out = "give its CA's certificate by --ca FILE or ca_file";
        assert!(said.contains(way_out), "{said}");
    }
}

#[test]
fn a_certificate_for_another_name_or_time_says_so() {
    let server = Tls::start("assets.example.org", |_| {});
    let said = server.asked_by_one_who_trusts_it();
    assert!(
        said.contains("it is for another name, transient: false"),
        "{said}"
    );
    let ended = |params: &mut CertificateParams| params.not_after = date_time_ymd(2001, 1, 1);
    let begins = |params: &mut CertificateParams| params.not_before = date_time_ymd(2901, 1, 1);
    for (server, time) in [
        (Tls::start("127.0.0.1", ended), "ended on Mon, 01 Jan 2001"),
        (
            Tls::start("127.0.0.1", begins),
            "begins on Sat, 01 Jan 2901",
        ),
    ] {
        let said = server.asked_by_one_who_trusts_it();
        let fault = format!("not valid at this time; its time {time} 00:00:00 GMT, and");
        assert!(said.contains(&fault), "{said}");
        assert!(said.contains("this machine's clock says "), "{said}");
        assert!(said.contains("GMT, transient: false"), "{said}");
        assert!(said.contains("compare the clocks"), "{said}");
    }
}

#[test]
fn the_ca_file_alone_counts_where_one_is_given() {
    let server = Tls::start("127.0.0.1", |_| {});
    let other = Tls::start("127.0.0.1", |_| {});
    let [own, others] = [&server, &other].map(|one| one.ca.to_str().unwrap());
    let said = asked(&server.url, &[(CA, own), NONE[0]]);
    assert!(said.contains("it answers"), "{said}");
    let said = asked(&server.url, &[(CA, others), ("SSL_CERT_FILE", own)]);
    assert!(said.contains("unknown authority"), "{said}");
}

#[test]
fn a_ca_file_that_is_none_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ca.pem");
    let path = file.to_str().unwrap();
    let ask = || asked("https://127.0.0.1:1", &[(CA, path)]);
    assert!(ask().contains(&format!("the CA file {path} can't be used: No such file")));
    for (text, reason) in [
        ("", "no certificate"),
        ("no PEM", "no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n",
            "PEM",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let said = ask();
        assert!(said.contains(reason), "{text}: {said}");
    }
}

#[test]
fn a_certificate_that_is_its_own_ca_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let server = Tls::start("127.0.0.1", |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    drop(dir);
    let said = asked(&server.url, &[(CA, server.ca.to_str().unwrap())]);
    assert!(
        said.contains("a CA's own certificate, transient: false"),
        "{said}"
    );
}

#[test]
fn the_wrong_one_of_http_and_https_is_told_with_the_right_one() {
    let plain = Fake::saying("200 OK", "", b"{}");
    let said = asked(&plain.url().replace("http:", "https:"), &[]);
    assert!(
        said.contains("speaks http, not https, transient: false"),
        "{said}"
    );
    assert!(said.contains("way out: address it by http://"), "{said}");
    let server = Tls::start("127.0.0.1", |_| {});
    let said = asked(&server.url.replace("https:", "http:"), &[]);
    assert!(
        said.contains("does not answer in HTTP, transient: false"),
        "{said}"
    );
    assert!(said.contains("address it by https://"), "{said}");
}
