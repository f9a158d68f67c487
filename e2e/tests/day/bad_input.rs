//! Bad input gets the error that the contract names, through the API and through assetctl, and
//! changes nothing.

use e2e::{Agent, Fleet, Host, Lab, Server, run};
use proto_types::{ContainersResponse, ErrorCode, FindRequest, HostsResponse};
use serde_json::{Value, json};

const FIND: &str = "/api/v1/find";
const FULL: &str = "/api/v1/reports/full";

fn container(digest: &str) -> Value {
    json!({ "name": "x", "image_name": "localhost/x:1", "image_digest": digest })
}

fn good_digest() -> String {
    format!("sha256:{}", "0a".repeat(32))
}

#[test]
fn unknown_fields_and_ops_to_match_are_refused_with_the_known_ones() {
    let server = &Fleet::get().server;
    let token = server.reader("bad-words");
    for (field, op, known) in [
        ("colour", "eq", ["name", "purl", "image_digest"]),
        ("name", "like", ["eq", "contains", "glob"]),
    ] {
        let body = json!({ "match": [{ "field": field, "op": op, "value": "x" }] });
        let answer = server.ask("POST", FIND, Some(&token), &body.to_string());
        let error = answer.error(ErrorCode::InvalidRequest);
        for word in known {
            assert!(answer.body.contains(word), "{word} in {error:?}");
        }
        let said = server.assetctl(&["find", "--match", field, op, "x"]);
        let said = said.with_status(2);
        for word in known {
            assert!(said.stderr.contains(word), "{word} in {}", said.stderr);
        }
        let said = server.assetctl(&["find", "--field", field, "--op", op, "x"]);
        assert_eq!(said.with_status(2).stdout, "");
    }
    let said = server.assetctl(&["find", "colour=red"]).with_status(2);
    assert!(said.stderr.contains("image_digest"), "{}", said.stderr);
}

#[test]
fn unknown_fields_of_a_request_are_ignored() {
    let server = &Fleet::get().server;
    let token = server.reader("more-fields");
    let body = json!({
        "match": [{ "field": "name", "op": "eq", "value": "musl", "weight": 3 }], "colour": "red"
    });
    let answer = server.ask("POST", FIND, Some(&token), &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn malformed_digests_are_refused_by_name() {
    let server = Server::new("");
    let host = server.enroll("digests1");
    let reader = server.reader("digests");
    let short = format!("sha256:{}", "0a".repeat(31));
    let letter = format!("sha256:{}g", "0".repeat(63));
    let bare = "0a".repeat(32);
    let other = format!("sha512:{}", "0a".repeat(64));
    for wrong in [&short, &letter, &bare, &other, "sha256:", ""] {
        let body = json!({ "host": "digests1", "containers": [container(wrong)] });
        let answer = server.ask("POST", FULL, Some(&host), &body.to_string());
        let error = answer.error(ErrorCode::InvalidRequest);
        assert!(error.message.contains("64 hexadecimal"), "{error:?}");
        assert!(error.message.contains("containers[0]"), "{error:?}");
        let scan = json!({ "image": { "digest": wrong, "distro": "", "distro_version": "", "artifacts": [] } });
        let answer = server.ask(
            "POST",
            "/api/v1/reports/scan",
            Some(&host),
            &scan.to_string(),
        );
        answer.error(ErrorCode::InvalidRequest);
        if !wrong.is_empty() {
            let path = format!("/api/v1/images/{wrong}");
            server
                .ask("GET", &path, Some(&reader), "")
                .error(ErrorCode::InvalidRequest);
        }
        let body = json!({ "match": [{ "field": "image_digest", "op": "eq", "value": wrong }] });
        server
            .ask("POST", FIND, Some(&reader), &body.to_string())
            .error(ErrorCode::InvalidRequest);
    }
    assert_eq!(containers(&server), 0);
    server.assetctl(&["image", "no-digest"]).with_status(2);
    // Well formed, but nobody runs it.
    let path = format!("/api/v1/images/{}", good_digest());
    let answer = server.ask("GET", &path, Some(&reader), "");
    answer.error(ErrorCode::NotFound);
    server.assetctl(&["image", &good_digest()]).with_status(2);
}

#[test]
fn a_body_that_names_another_host_is_forbidden_and_changes_nothing() {
    let server = Server::new("");
    let (good, victim) = (server.enroll("mine1"), server.enroll("victim1"));
    let body = json!({ "host": "victim1", "containers": [container(&good_digest())] });
    assert_eq!(
        server
            .ask("POST", FULL, Some(&victim), &body.to_string())
            .status,
        200
    );
    for (path, body) in [
        (FULL, json!({ "host": "victim1", "containers": [] })),
        (
            "/api/v1/reports/container",
            json!({ "host": "victim1", "running": false, "container": container(&good_digest()) }),
        ),
    ] {
        let answer = server.ask("POST", path, Some(&good), &body.to_string());
        answer.error(ErrorCode::Forbidden);
    }
    assert_eq!(containers(&server), 1, "the other host's container runs on");
}

#[test]
fn a_truncated_body_is_refused_and_changes_nothing() {
    let server = Server::new("");
    let host = server.enroll("torn1");
    let whole = json!({ "host": "torn1", "containers": [container(&good_digest())] }).to_string();
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        let part = &whole[..length];
        // Cut off by whoever wrote it …
        let answer = server.ask("POST", FULL, Some(&host), part);
        answer.error(ErrorCode::InvalidRequest);
        // … or by the network: then there may be nobody left to answer.
        let answer = server.ask_torn("POST", FULL, Some(&host), part, whole.len());
        if answer.status != 0 {
            answer.error(ErrorCode::InvalidRequest);
        }
    }
    assert_eq!(containers(&server), 0);
    let answer = server.ask("POST", FULL, Some(&host), &whole);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(containers(&server), 1);
}

#[test]
fn a_wrong_token_is_unauthorized_and_the_wrong_kind_of_token_forbidden() {
    let server = Server::new("");
    let (host, reader) = (server.enroll("keys1"), server.reader("keys"));
    let find = serde_json::to_string(&FindRequest::default()).expect("JSON");
    let report = json!({ "host": "keys1", "containers": [] }).to_string();
    for token in [None, Some("wrong"), Some("")] {
        for (method, path, body) in [
            ("POST", FIND, &find),
            ("POST", FULL, &report),
            ("GET", "/api/v1/hosts", &String::new()),
            ("DELETE", "/api/v1/hosts/keys1", &String::new()),
        ] {
            let answer = server.ask(method, path, token, body);
            answer.error(ErrorCode::Unauthorized);
        }
    }
    let forbidden = |method, path, token: &str, body: &str| {
        let answer = server.ask(method, path, Some(token), body);
        answer.error(ErrorCode::Forbidden);
    };
    forbidden("POST", FIND, &host, &find);
    forbidden("POST", FULL, &reader, &report);
    forbidden("POST", "/api/v1/hosts", &reader, r#"{"name":"more1"}"#);
    forbidden("DELETE", "/api/v1/hosts/keys1", &host, "");

    let said = server.assetctl_with("wrong", &["find", "openssl"]);
    assert_eq!(said.with_status(4).stdout, "");
    server.assetctl_with(&host, &["hosts"]).with_status(4);
    server.assetctl_with(&reader, &["hosts"]).with_status(0);
    let said = server.assetctl_with(&reader, &["host", "remove", "keys1"]);
    said.with_status(4);
    // What was refused wasn't done.
    let hosts: HostsResponse = server.assetctl(&["hosts", "-o", "json"]).read();
    assert_eq!(hosts.hosts.len(), 1);
    // A code works once.
    let code = json!({ "code": "made-up" }).to_string();
    let answer = server.ask("POST", "/api/v1/enroll", None, &code);
    answer.error(ErrorCode::Unauthorized);
}

#[test]
fn an_agent_whose_token_was_revoked_says_so_and_works_again_once_it_is_enrolled() {
    let server = Server::new("");
    let agent = Agent::enroll(&server, Host::new("reset1", &[]));
    agent.report();
    let said = server.assetctl(&["host", "reset", "reset1"]).with_status(0);
    assert_eq!(agent.start_report().ends().code(), Some(4));
    let enroll = ["enroll", "--force", "--server", &server.url()];
    run(agent
        .program()
        .args(enroll)
        .env("ASSETMON_AGENT_CODE", said.stdout.trim()));
    agent.report();
}

#[test]
fn one_container_with_an_odd_name_does_not_silence_its_host() {
    let server = Server::new("");
    let alpine = Lab::get().image("alpine");
    let agent = Agent::enroll(&server, Host::new("odd1", &[alpine]));
    agent.host.start("cache", alpine);
    let odd = "x".repeat(1100);
    agent.host.start(&odd, alpine);
    assert_eq!(agent.start_report().ends().code(), Some(1));
    assert_eq!(containers(&server), 1);
    let said = server.assetctl(&["find", "musl", "-o", "name"]);
    assert_eq!(said.with_status(0).lines(), ["odd1"]);
    // Something isn't known, so nothing is proven.
    server.assetctl(&["find", "no-such"]).with_status(3);
    agent.host.remove(&odd);
    agent.report();
    server.assetctl(&["find", "no-such"]).with_status(1);
}

#[test]
fn an_empty_fleet_answers_and_says_that_nothing_is_covered() {
    let server = Server::new("");
    // An answer over no host proves nothing.
    let said = server.assetctl(&["find", "openssl"]).with_status(3);
    assert_eq!(said.stdout.trim(), "");
    for list in ["hosts", "containers", "images", "status"] {
        server.assetctl(&[list]).with_status(0);
        server
            .assetctl(&[list, "-o", "json"])
            .with_status(0)
            .read::<Value>();
    }
    // A host that never reported: an empty answer proves nothing now.
    server.enroll("new1");
    server.assetctl(&["find", "openssl"]).with_status(3);
    // And one that runs nothing, and says so: it does again.
    let token = server.enroll("new2");
    server.assetctl(&["host", "remove", "new1"]).with_status(0);
    let body = json!({ "host": "new2", "containers": [] }).to_string();
    assert_eq!(server.ask("POST", FULL, Some(&token), &body).status, 200);
    server.assetctl(&["find", "openssl"]).with_status(1);
}

#[test]
fn a_server_that_is_away_is_an_error_and_not_an_empty_answer() {
    let mut server = Server::new("");
    server.kill();
    let said = server
        .assetctl_with("any", &["find", "openssl"])
        .with_status(2);
    assert!(said.stderr.contains(&server.url()), "{}", said.stderr);
}

fn containers(server: &Server) -> u64 {
    let said = server
        .assetctl(&["containers", "-o", "json"])
        .with_status(0);
    said.read::<ContainersResponse>().total
}
