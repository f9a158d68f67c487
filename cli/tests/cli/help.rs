//! Every help text, the manual, and the completion scripts.

use std::{
    fs,
    time::{Duration, Instant},
};

use proto_types::{Endpoint, FindRequest, ListHosts};
use wiremock::ResponseTemplate;

use crate::{
    fake::{COMPLETE, Fake, found, outcome, result},
    lists::hosts,
};

const COMMANDS: [&str; 36] = [
    "",
    "find",
    "affected",
    "advisories",
    "advisories import",
    "advisories list",
    "advisories affecting",
    "advisories show",
    "advisories status",
    "advisories gaps",
    "advisories drop",
    "diff",
    "changes",
    "sbom",
    "containers",
    "images",
    "image",
    "hosts",
    "host",
    "host add",
    "host show",
    "host reset",
    "host remove",
    "host withdraw",
    "status",
    "token",
    "token create",
    "token list",
    "token revoke",
    "backup",
    "tui",
    "config",
    "completions",
    "man",
    "options",
    "-h",
];

#[tokio::test]
async fn every_help_text_reads_as_it_was_reviewed() {
    let fake = Fake::start().await;
    for command in COMMANDS {
        let mut asked = fake.assetctl_alone();
        asked.args(command.split_whitespace());
        if command != "-h" {
            asked.arg("--help");
        }
        let (code, stdout, stderr) = outcome(&mut asked);
        assert_eq!(code, 0, "{stderr}");
        let name = format!("help {command}").trim().replace(' ', "_");
        insta::assert_snapshot!(name, stdout);
    }
}

#[tokio::test]
async fn help_says_the_exit_statuses_and_where_the_common_options_are() {
    let fake = Fake::start().await;
    for args in [&["--help"][..], &["find", "--help"]] {
        let (_, stdout, _) = outcome(fake.assetctl_alone().args(args));
        assert!(stdout.contains("130  interrupted"), "{stdout}");
        assert!(stdout.contains("`assetctl help options`"), "{stdout}");
        assert!(!stdout.contains("--no-headers "), "{stdout}");
    }
    for args in [&["help", "options"][..], &["options"]] {
        let (code, stdout, _) = outcome(fake.assetctl_alone().args(args));
        assert_eq!(code, 0);
        assert!(
            stdout.contains("--token") && stdout.contains("`ps`"),
            "{stdout}"
        );
    }
}

#[tokio::test]
async fn the_help_of_find_is_a_screen_and_a_half_at_most() {
    let fake = Fake::start().await;
    for flag in ["-h", "--help"] {
        let (_, stdout, _) = outcome(fake.assetctl_alone().args(["find", flag]));
        assert!(stdout.lines().count() <= 60, "{stdout}");
        assert!(
            stdout.lines().all(|line| line.chars().count() <= 100),
            "{stdout}"
        );
    }
}

#[tokio::test]
async fn the_manual_has_the_exit_statuses_and_a_page_a_command() {
    let fake = Fake::start().await;
    let (code, page, _) = outcome(fake.assetctl_alone().arg("man"));
    assert_eq!(code, 0);
    assert!(
        page.contains("130  interrupted")
            && page.contains(".TH ASSETCTL")
            && page.contains("visible in `ps`"),
        "{page}"
    );
    let dir = fake.home().join("man");
    let (code, _, stderr) = outcome(fake.assetctl_alone().args(["man", "--dir"]).arg(&dir));
    assert_eq!(code, 0, "{stderr}");
    let find = fs::read_to_string(dir.join("assetctl-find.1")).unwrap();
    assert!(find.contains("visible in `ps`"), "{find}");
    let tui = fs::read_to_string(dir.join("assetctl-tui.1")).unwrap();
    let map = ".TP\n\\fBm\\fR (map)\n\\&the artifact\\(aqs rollout as a map";
    assert!(tui.contains(".SH KEYS") && tui.contains(map), "{tui}");
    for heading in ["TERMS", "EXAMPLES", "EXIT STATUS"] {
        assert!(find.contains(&format!("\n.SH \"{heading}\"\n")), "{find}");
    }
    for page in fs::read_dir(&dir).unwrap() {
        let page = fs::read_to_string(page.unwrap().path()).unwrap();
        assert!(!page.contains(".SH EXTRA"), "{page}");
    }
}

#[tokio::test]
async fn completions_come_from_the_binary_itself() {
    let fake = Fake::start().await;
    for shell in ["bash", "zsh", "fish"] {
        let (code, script, _) = outcome(fake.assetctl_alone().args(["completions", shell]));
        assert_eq!(code, 0);
        assert!(script.contains("ASSETCTL_COMPLETE"), "{script}");
    }
}

/// What the shell is told for `assetctl host show` and a space.
fn completed(fake: &Fake, server: &str) -> String {
    told(fake, server, &["host", "show", ""])
}

/// What the shell is told for a line, whose last word is being typed.
fn told(fake: &Fake, server: &str, words: &[&str]) -> String {
    let mut command = fake.assetctl_alone();
    command
        .env("ASSETCTL_COMPLETE", "fish")
        .env("ASSETCTL_SERVER", server)
        .args(["--", "assetctl"])
        .args(words);
    let (code, stdout, stderr) = outcome(&mut command);
    assert_eq!((code, stderr.as_str()), (0, ""));
    stdout
}

#[tokio::test]
async fn hosts_are_completed_from_the_server() {
    let fake = Fake::start().await;
    fake.answer::<ListHosts>(&hosts()).await;
    let told = completed(&fake, &fake.server.uri());
    assert!(told.starts_with("web1\nweb2\n"), "{told}");
}

#[tokio::test]
async fn modules_and_versions_of_sources_are_completed_from_the_server() {
    let fake = Fake::start().await;
    let mut row = result("web1", "nginx");
    row.module = Some("nodejs:18:9020020230327152102:rhel9".to_owned());
    row.source_version = Some("3.0.14-1".to_owned());
    let rows = vec![row.clone(), row];
    fake.answer::<FindRequest>(&found(rows, COMPLETE)).await;
    let server = fake.server.uri();
    for (words, made) in [
        (
            ["find", "nodejs", "module=no"],
            "module=nodejs:18:9020020230327152102:rhel9\n",
        ),
        (
            ["find", "source=openssl", "source_version=3"],
            "source_version=3.0.14-1\n",
        ),
        (
            ["find", "openssl", "source_version<"],
            "source_version<3.0.14-1\n",
        ),
    ] {
        assert_eq!(told(&fake, &server, &words), made, "{words:?}");
    }
}

#[tokio::test]
async fn times_are_completed_by_the_words_for_them() {
    let fake = Fake::start().await;
    for (words, made) in [
        (["find", "--at", "y"], "yesterday\n"),
        (["find", "--during", "y"], "yesterday\nyesterday..\n"),
        (["changes", "--since", "7"], "7d\n"),
    ] {
        assert_eq!(told(&fake, "http://127.0.0.1:1", &words), made, "{words:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_slow_or_gone_is_passed_over_in_silence() {
    let fake = Fake::start().await;
    let slow = ResponseTemplate::new(200)
        .set_body_json(hosts())
        .set_delay(Duration::from_secs(30));
    fake.respond::<ListHosts>(ListHosts::ROUTE, slow).await;
    let began = Instant::now();
    for server in ["http://127.0.0.1:1", &fake.server.uri()] {
        assert!(completed(&fake, server).starts_with("--server"));
    }
    assert!(began.elapsed() < Duration::from_secs(20));
}
