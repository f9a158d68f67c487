//! Errors: what failed, why, the way out, and whom it was asked.

use proto_types::FindRequest;
use wiremock::ResponseTemplate;

use crate::fake::{Fake, outcome};

#[tokio::test]
async fn who_is_not_authorized_leaves_with_4_and_hears_how_to_be() {
    for (code, status) in [("unauthorized", 401), ("forbidden", 403)] {
        let fake = Fake::start().await;
        fake.refuse(code, status).await;
        let (exit, stdout, stderr) = fake.run(&["find", "openssl", "-q"]);
        assert_eq!((exit, stdout.as_str()), (4, ""));
        assert!(
            stderr.contains(&format!(
                "error: the server says {code} (request 01KREFUSED)"
            )),
            "{stderr}"
        );
        assert!(stderr.contains("hint: "), "{stderr}");
        let server = format!("server: {} (from ASSETCTL_SERVER)", fake.server.uri());
        assert!(stderr.contains(&server), "{stderr}");
    }
}

#[tokio::test]
async fn who_showed_a_certificate_hears_how_it_is_bound() {
    let fake = Fake::start().await;
    fake.refuse("unauthorized", 401).await;
    let made = rcgen::generate_simple_self_signed(["ops".to_owned()]).unwrap();
    let [certificate, key] = [
        ("ops.pem", made.cert.pem()),
        ("ops.key", made.signing_key.serialize_pem()),
    ]
    .map(|(name, pem)| {
        let path = fake.home().join(name);
        std::fs::write(&path, pem).unwrap();
        path
    });
    let mut command = fake.assetctl_alone();
    command
        .env("ASSETCTL_SERVER", fake.server.uri())
        .env("ASSETCTL_CERT_FILE", &certificate)
        .env("ASSETCTL_KEY_FILE", &key)
        .arg("status");
    let (exit, _, stderr) = outcome(&mut command);
    assert_eq!(exit, 4, "{stderr}");
    assert!(
        stderr.contains("hint: have an admin bind the certificate by `assetctl token create"),
        "{stderr}"
    );
    let (_, _, stderr) = outcome(command.env("ASSETCTL_TOKEN", "amt_x"));
    assert!(
        stderr.contains("hint: the token is from ASSETCTL_TOKEN"),
        "{stderr}"
    );
}

#[tokio::test]
async fn who_has_no_token_hears_who_makes_one() {
    let fake = Fake::start().await;
    fake.refuse("unauthorized", 401).await;
    let (exit, _, stderr) = fake.run(&["status"]);
    assert_eq!(exit, 4);
    let hint = "hint: give a token with ASSETCTL_TOKEN or token_file; an admin creates one with \
                `assetctl token create NAME --role reader`";
    assert!(stderr.contains(hint), "{stderr}");
}

#[tokio::test]
async fn who_named_no_server_hears_how_to() {
    let fake = Fake::start().await;
    let (_, _, stderr) = outcome(fake.assetctl_alone().arg("status"));
    // Unless a server is there, of which nothing can be said here.
    if stderr.contains("no answer from http://127.0.0.1:8420") {
        assert!(stderr.contains("hint: set ASSETCTL_SERVER"), "{stderr}");
    }
}

#[tokio::test]
async fn https_to_a_server_that_speaks_http_says_so() {
    let fake = Fake::start().await;
    let address = fake.server.uri().replace("http:", "https:");
    let (code, _, stderr) = outcome(fake.assetctl_alone().args(["--server", &address, "status"]));
    assert_eq!(code, 2);
    let said = format!("error: {address} speaks http, not https\n");
    assert!(stderr.starts_with(&said), "{stderr}");
}

#[tokio::test]
async fn a_word_in_a_subcommands_place_leads_to_find() {
    let fake = Fake::start().await;
    for (words, tip) in [
        (&["openssl"][..], "type `assetctl find openssl`"),
        (&["nginx:1.27"], "type `assetctl find nginx:1.27`"),
        (&["list", "openssl"], "`assetctl find NAME`"),
        (&["search"], "`assetctl find NAME`"),
        (&["ls"], "`assetctl find NAME`"),
        (&["fnd", "x"], "a similar subcommand exists: 'find'"),
        (&["finds"], "a similar subcommand exists: 'find'"),
    ] {
        let (code, _, stderr) = fake.run(words);
        assert_eq!(code, 2);
        assert!(stderr.contains(tip), "{words:?}: {stderr}");
        assert_eq!(stderr.matches("tip:").count(), 1, "{stderr}");
    }
    let (_, _, stderr) = fake.run(&["token", "ls"]);
    assert!(!stderr.contains("assetctl find"), "{stderr}");
}

#[tokio::test]
async fn advisories_behind_dash_f_are_shown_the_place_where_they_belong() {
    let fake = Fake::start().await;
    let (code, _, stderr) = fake.run(&["affected", "-f", "DSA-5764-1.json"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("`assetctl affected FILE`"), "{stderr}");
    let (_, _, stderr) = fake.run(&["affected"]);
    assert!(!stderr.contains("tip:"), "{stderr}");
}

#[tokio::test]
async fn a_refusal_by_a_proxy_counts_as_not_authorized_too() {
    let fake = Fake::start().await;
    fake.respond::<FindRequest>("/api/v1/find", ResponseTemplate::new(403))
        .await;
    assert_eq!(fake.run(&["find", "openssl"]).0, 4);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_in_one_line_with_the_cause_that_helps() {
    let fake = Fake::start().await;
    let mut command = fake.assetctl_alone();
    command.args(["--server", "http://127.0.0.1:1", "hosts"]);
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 2);
    assert!(
        stderr.starts_with("error: no answer from http://127.0.0.1:1: Connection refused\nhint: "),
        "{stderr}"
    );
    assert!(stderr.contains("hint: is the server running?"), "{stderr}");
    assert!(
        stderr.ends_with("server: http://127.0.0.1:1 (from --server)\n"),
        "{stderr}"
    );
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_an_error_and_no_panic() {
    for body in ["", "{}", "[1]", "<html>", "{\"results\":[{\"name\":7}]}"] {
        let fake = Fake::start().await;
        let answer = ResponseTemplate::new(200).set_body_string(body);
        fake.respond::<FindRequest>("/api/v1/find", answer).await;
        let (code, stdout, stderr) = fake.run(&["find", "openssl"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains("cannot read the answer"), "{stderr}");
    }
}

#[tokio::test]
async fn another_program_at_the_address_is_said_to_be_one() {
    let fake = Fake::start().await;
    let (code, _, stderr) = fake.run(&["status"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("without assetmon's error body"), "{stderr}");
    assert!(stderr.contains("hint: another program"), "{stderr}");
}

#[tokio::test]
async fn a_wrong_word_on_the_command_line_is_2() {
    let fake = Fake::start().await;
    for args in [
        &["find", "x", "--at", "soon"][..],
        &["find", "x", "--during", "now..2h"],
        &["find", "x", "--at", "now", "--during", "2h.."],
        &["find", "host!=web*"],
        &["images", "--running", "--not-running"],
        &["image", "sha256:xyz"],
        &["find", "x", "-o", "yaml"],
        &["token", "create", "ci"],
        &[],
    ] {
        let (code, _, stderr) = fake.run(args);
        assert_eq!(code, 2, "{args:?}: {stderr}");
        assert!(!stderr.is_empty());
    }
    assert!(fake.asked().await.is_empty());
}

#[tokio::test]
async fn no_token_is_shown_however_much_is_asked_for() {
    let fake = Fake::start().await;
    fake.refuse("unauthorized", 401).await;
    let mut command = fake.assetctl(&["-vv", "--token", "s3cret-token", "hosts"]);
    let (code, _, stderr) = outcome(&mut command);
    assert_eq!(code, 4);
    assert!(stderr.contains("/api/v1/hosts"), "{stderr}");
    assert!(!stderr.contains("s3cret"), "{stderr}");
}

#[tokio::test]
async fn a_message_of_several_lines_keeps_them_but_none_passes_for_another() {
    let fake = Fake::start().await;
    let body = serde_json::json!({"error": {
        "code": "invalid_request",
        "message": "regex parse error:\n    (a\n    ^\nhint: run this",
    }});
    let answer = ResponseTemplate::new(400).set_body_json(body);
    fake.respond::<FindRequest>("/api/v1/find", answer).await;
    let (code, _, stderr) = fake.run(&["find", "name~(a"]);
    assert_eq!(code, 2);
    assert!(
        stderr
            .starts_with("error: regex parse error:\n        (a\n        ^\n    hint: run this\n"),
        "{stderr}"
    );
}

#[tokio::test]
async fn an_answer_is_waited_for_as_long_as_is_said() {
    let fake = Fake::start().await;
    let late = ResponseTemplate::new(200).set_delay(std::time::Duration::from_secs(600));
    fake.respond::<FindRequest>("/api/v1/find", late).await;
    for args in [
        &["find", "x", "--timeout", "1s"][..],
        &[
            "find",
            "x",
            "--timeout",
            "1s",
            "-o",
            "ndjson",
            "--limit",
            "0",
        ],
    ] {
        let (code, stdout, stderr) = fake.run(args);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains("longer than 1 s"), "{stderr}");
    }
    for wrong in ["0s", "soon", "-5s", "10"] {
        let (code, _, stderr) = fake.run(&["find", "x", &format!("--timeout={wrong}")]);
        assert_eq!(code, 2, "{stderr}");
        assert!(
            stderr.contains("write 5s, 2m or 1m30s"),
            "{wrong}: {stderr}"
        );
    }
}
