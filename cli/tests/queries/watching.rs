//! `--watch` and `--follow`: what is told while a fleet changes.

use std::{
    io::{BufRead, BufReader, Lines},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::{
    by_advisory,
    fleet::{
        Fleet, hours_ago,
        images::{debian, digest, nginx_new, nginx_old},
    },
    history,
};

/// `assetctl` that goes on while the test does.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(fleet: &Fleet, args: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("assetctl"));
        command
            .env_clear()
            .env("ASSETCTL_SERVER", &fleet.url)
            .args(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn line(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }

    fn end(self) -> (Option<i32>, String) {
        let output = self.child.wait_with_output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

fn told(line: &Value) -> (&str, &str, &str) {
    let text = |field: &str| line[field].as_str().unwrap_or_default();
    (text("event"), text("host"), text("version"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollout_burns_down_to_an_empty_answer_that_is_a_proof() {
    let fleet = history::fleet().await;
    let args = [
        "find",
        "openssl",
        "version<3.0.15",
        "host=web*",
        "--watch",
        "1s",
        "--exit-when-empty",
    ];
    let mut watch = Running::start(&fleet, &args);
    assert_eq!(told(&watch.line()), ("came", "web2", "3.0.14-1~deb12u1"));
    // A scan that is missing: what is left is nothing that is known of, and no proof.
    let unscanned = debian(0xcd, "unscanned:1", vec![]);
    fleet.runs("web2", &[("nginx", &unscanned)]).await;
    assert_eq!(told(&watch.line()), ("went", "web2", "3.0.14-1~deb12u1"));
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert!(watch.child.try_wait().unwrap().is_none());
    fleet.runs("web2", &[("nginx", &nginx_new())]).await;
    let (status, stderr) = watch.end();
    assert_eq!(status, Some(0), "{stderr}");
    assert!(
        stderr.contains("not proven (1 image has no SBOM): still watching"),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_affected_burns_down_to_nothing_affected_and_nothing_unknown() {
    let mut fleet = by_advisory::fleet().await;
    let records = by_advisory::records(&fleet);
    let args = [
        "affected",
        &records,
        "openssl",
        "host=web*",
        "--watch",
        "1s",
        "--exit-when-empty",
    ];
    let mut watch = Running::start(&fleet, &args);
    let came = watch.line();
    assert_eq!(told(&came), ("came", "web1", "3.0.14-1~deb12u1"));
    assert_eq!(came["advisory"], "DSA-5764-1");
    // An image whose release isn't known: nothing is affected, and something is unknown.
    let mut unknown = nginx_new();
    unknown.report.digest = digest(0xce);
    unknown.report.distro_version = String::new();
    fleet.knows(&unknown);
    fleet.runs("web1", &[("one", &unknown)]).await;
    assert_eq!(told(&watch.line()), ("went", "web1", "3.0.14-1~deb12u1"));
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert!(watch.child.try_wait().unwrap().is_none());
    fleet.runs("web1", &[("one", &nginx_new())]).await;
    let (status, stderr) = watch.end();
    assert_eq!(status, Some(0), "{stderr}");
    let waits = "no matches left, but that is not proven (1 image unknown";
    assert!(stderr.contains(waits), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_as_they_come_each_once() {
    let fleet = history::fleet().await;
    let mut follow = Running::start(
        &fleet,
        &["changes", "--follow", "--since", "2h", "--host", "web1"],
    );
    let kinds = |follow: &mut Running| {
        let line = follow.line();
        (
            line["kind"].as_str().unwrap().to_owned(),
            line["image_name"].as_str().unwrap().to_owned(),
        )
    };
    let nginx = "docker.io/library/nginx:1.27".to_owned();
    assert_eq!(kinds(&mut follow), ("stopped".to_owned(), nginx.clone()));
    assert_eq!(kinds(&mut follow), ("started".to_owned(), nginx.clone()));
    fleet.runs("web1", &[("nginx", &nginx_old())]).await;
    // A change is told once it is a second old.
    fleet.turn_to(hours_ago(-1));
    let mut later: Vec<_> = (0..3).map(|_| kinds(&mut follow)).collect();
    later.sort();
    let app = "registry.example.org/shop/app:2.4".to_owned();
    assert_eq!(
        later,
        [
            ("started".to_owned(), nginx.clone()),
            ("stopped".to_owned(), nginx),
            ("stopped".to_owned(), app)
        ]
    );
    follow.child.kill().unwrap();
    follow.end();
}
