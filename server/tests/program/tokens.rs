//! Tokens, over a real connection: what a client makes of a name on its way.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use proto_types::{CreateToken, ListTokens, RevokeToken, Role};

use super::server::Server;

#[tokio::test]
async fn a_token_of_any_name_can_be_revoked() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let admin = server.admin();
    for name in ["..", ".", "~..", "~~.", "%2E%2E", "a/../b", "?x#y"] {
        let (name, role) = (name.to_owned(), Role::Reader);
        let made = CreateToken {
            name: name.clone(),
            role,
            expires_in_seconds: None,
            certificate: None,
        };
        admin.send(&made).await.unwrap();
        let revoked = admin.send(&RevokeToken { name: name.clone() }).await;
        revoked.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let left = admin.send(&ListTokens {}).await.unwrap();
    assert_eq!(left.tokens, []);
}

/// Asks for the status on a connection that stays open; the status line of the answer.
fn ask(stream: &mut TcpStream, token: &str) -> String {
    let request =
        format!("GET /api/v1/tokens HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let mut byte = [0];
    // The answer's head says how long its body is.
    while !answer.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        answer.extend(byte);
    }
    let head = String::from_utf8(answer).unwrap().to_lowercase();
    let length = head.split("content-length: ").nth(1).unwrap();
    let length = length.lines().next().unwrap().parse().unwrap();
    stream.read_exact(&mut vec![0; length]).unwrap();
    head.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_that_is_revoked_is_refused_on_a_connection_that_was_open_before() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let admin = server.admin();
    let made = CreateToken {
        name: "t".to_owned(),
        role: Role::Admin,
        expires_in_seconds: None,
        certificate: None,
    };
    let token = admin.send(&made).await.unwrap().token;
    let mut stream = TcpStream::connect(&server.address).unwrap();
    assert_eq!(ask(&mut stream, &token), "http/1.1 200 ok");
    let name = "t".to_owned();
    admin.send(&RevokeToken { name }).await.unwrap();
    assert_eq!(ask(&mut stream, &token), "http/1.1 401 unauthorized");
}
