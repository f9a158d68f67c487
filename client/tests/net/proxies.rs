//! The environment's proxy: it gets a tunnel to ask for, never a token.

use std::{
    io::{Read, Write},
    net::TcpListener,
    os::unix::net::UnixListener,
};

use super::{
    asked::{INSECURE, asked},
    fake::Fake,
};

/// The environment of a host with a proxy for everything.
fn all(proxy: &str) -> Vec<(&'static str, &str)> {
    let names = [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ];
    names.map(|name| (name, proxy)).to_vec()
}

#[test]
fn a_server_on_this_machine_is_asked_without_a_proxy() {
    let server = Fake::saying("200 OK", "", b"{}");
    let port = server.address.port();
    let proxy = Fake::saying("403 Forbidden", "", b"");
    for url in [
        format!("http://127.0.0.1:{port}"),
        format!("http://127.1:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
        format!("http://localhost:{port}"),
        format!("http://assets.localhost:{port}"),
    ] {
        let said = asked(&url, &all(&proxy.url()));
        assert!(said.contains("by proxy: none\nit answers"), "{said}");
    }
    // No TLS there, but no proxy in between either.
    asked(&format!("https://127.0.0.1:{port}"), &all(&proxy.url()));
    assert_eq!(proxy.seen().len(), 0);
    assert!(server.seen()[0].head.contains("bearer amt_secret"));
}

#[test]
fn a_server_on_this_machine_over_ipv6_is_asked_without_a_proxy() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        return; // A machine without IPv6.
    };
    let server = listener.local_addr().unwrap();
    let answers = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 4096];
        let read = stream.read(&mut head).unwrap();
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        stream.write_all(answer).unwrap();
        String::from_utf8_lossy(&head[..read]).to_lowercase()
    });
    let proxy = Fake::saying("403 Forbidden", "", b"");
    let said = asked(&format!("http://{server}"), &all(&proxy.url()));
    assert!(said.contains("by proxy: none\nit answers"), "{said}");
    assert!(answers.join().unwrap().contains("bearer amt_secret"));
    assert_eq!(proxy.seen().len(), 0);
}

#[test]
fn a_local_socket_is_asked_without_a_proxy() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("admin.sock");
    let _listener = UnixListener::bind(&path).unwrap();
    let proxy = Fake::saying("200 OK", "", b"{}");
    std::fs::remove_file(&path).unwrap();
    let said = asked(&format!("unix:{}", path.display()), &all(&proxy.url()));
    assert!(said.contains("by proxy: none\nerror: no answer"), "{said}");
    assert_eq!(proxy.seen().len(), 0);
}

#[test]
fn no_proxy_reads_what_goes_to_a_server_without_encryption() {
    let proxy = Fake::saying("200 OK", "", b"{}");
    let mut environment = all("");
    let url = proxy.url();
    for (_, value) in &mut environment {
        *value = &url;
    }
    let said = asked("http://assets.invalid:8420", &environment);
    assert!(
        said.contains("error: http://assets.invalid:8420 is on another machine"),
        "{said}"
    );
    assert!(
        said.contains("https://") && said.contains("`insecure_http`"),
        "{said}"
    );
    environment.push((INSECURE, "1"));
    let said = asked("http://assets.invalid:8420", &environment);
    assert!(said.contains("by proxy: none\nerror: no answer"), "{said}");
    assert_eq!(proxy.seen().len(), 0);
}

#[test]
fn a_server_elsewhere_is_asked_through_a_tunnel_that_hides_the_token() {
    let proxy = Fake::saying("403 Forbidden", "", b"");
    let with_password = proxy.url().replace("http://", "http://me:hush@");
    let said = asked("https://assets.example.org", &all(&with_password));
    let shown = format!("by proxy: {}\n", proxy.url());
    assert!(said.contains(&shown) && !said.contains("hush"), "{said}");
    let request = &proxy.seen()[0].head;
    assert!(
        request.starts_with("connect assets.example.org:443 "),
        "{request}"
    );
    assert!(request.contains("proxy-authorization: basic"), "{request}");
    assert!(!request.contains("amt_secret"), "{request}");
}

#[test]
fn a_server_that_the_environment_excepts_is_asked_without_a_proxy() {
    let proxy = Fake::saying("403 Forbidden", "", b"");
    let mut environment = all("");
    let url = proxy.url();
    environment = environment
        .iter()
        .map(|(name, _)| (*name, url.as_str()))
        .collect();
    environment.push(("NO_PROXY", ".invalid"));
    let said = asked("https://assets.invalid", &environment);
    assert!(said.contains("by proxy: none"), "{said}");
    assert_eq!(proxy.seen().len(), 0);
}

#[test]
fn a_proxy_of_another_kind_is_refused_with_what_to_set() {
    let said = asked(
        "https://assets.invalid",
        &[("ALL_PROXY", "socks5://127.0.0.1:1")],
    );
    assert!(said.contains("is not an HTTP proxy"), "{said}");
    assert!(said.contains("HTTPS_PROXY"), "{said}");
}
