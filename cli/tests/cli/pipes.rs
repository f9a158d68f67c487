//! Pipes, colors and the local socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    os::unix::net::UnixListener,
    process::{Command, Stdio},
};

use proto_types::{FindRequest, HostsResponse};

use crate::fake::{COMPLETE, Fake, found, outcome, result, time};

#[tokio::test]
async fn a_reader_that_closes_the_pipe_ends_it_quietly_with_0() {
    let fake = Fake::start().await;
    let results = vec![result("web1", "nginx"); 20_000];
    let lines: Vec<String> = results
        .iter()
        .map(|one| serde_json::to_string(one).unwrap())
        .collect();
    fake.answer_lines::<FindRequest>(lines.join("\n")).await;
    fake.answer::<FindRequest>(&found(results, COMPLETE)).await;
    for args in ["-o ndjson --limit 0", "-o csv", "-o json", "-o table"] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("assetctl"))
            .env_clear()
            .env("ASSETCTL_SERVER", fake.server.uri())
            .args(["find", "openssl"])
            .args(args.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut String::new()).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{args}: {stderr}");
        assert_eq!(
            stderr.lines().count(),
            1,
            "only the summary, before it: {stderr}"
        );
    }
}

#[tokio::test]
async fn a_pipe_has_colors_only_where_they_are_asked_for() {
    let fake = Fake::start().await;
    fake.answer::<FindRequest>(&found(vec![result("web1", "nginx")], COMPLETE))
        .await;
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = fake.assetctl(&[&["find", "openssl"], args].concat());
        command.envs(env.iter().copied());
        outcome(&mut command).1.contains('\x1b')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[tokio::test]
async fn the_local_socket_is_found_by_itself_and_gets_no_token() {
    let fake = Fake::start().await;
    let path = fake.home().join("admin.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let server = std::thread::spawn(move || {
        // The first connection only looks whether anybody listens.
        let _ = listener.accept().unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let body = serde_json::to_string(&HostsResponse {
            hosts: vec![],
            as_of: time("2026-03-30T12:00:00Z"),
            coverage: COMPLETE,
        })
        .unwrap();
        let length_of_body = body.len();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length_of_body}\r\n\r\n");
        stream.write_all((head + &body).as_bytes()).unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let mut command = fake.assetctl_alone();
    command
        .env("ASSETMON_DATA_DIR", fake.home())
        .env("ASSETCTL_TOKEN", "not-for-here")
        .arg("hosts");
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.contains(&format!("unix:{}", path.display())),
        "{stderr}"
    );
    let request = server.join().unwrap();
    assert!(request.starts_with("GET /api/v1/hosts"), "{request}");
    assert!(!request.contains("not-for-here"), "{request}");
}
