//! `affected --exposure` and `--evidence`: what is asked, what is shown, and what the exit status says.

use std::fs;

use proto_types::{
    AffectedRequest, Coverage, ExposureRequest, ExposureResponse, FeedsResponse, ListFeeds,
};
use serde_json::{Value, json};

use crate::fake::{COMPLETE, Fake, INCOMPLETE};

fn answer(hosts: &[Value], coverage: Coverage) -> ExposureResponse {
    let count = hosts.len();
    serde_json::from_value(json!({
        "summary": {"hosts": count, "exposed": count, "unknown": 0, "fixed": 0},
        "within": [{"days": 7, "hosts": 87, "clean": 61, "late": 14, "open": 0, "unknown": 12}],
        "results": hosts,
        "unknown": {"artifacts": 0, "images": 0, "containers": 0, "hosts": 0},
        "advisories": 1, "total": count, "truncated": false,
        "as_of": "2026-03-30T12:00:00Z", "coverage": coverage,
    }))
    .unwrap()
}

fn host(name: &str) -> Value {
    json!({
        "advisory": "DSA-5764-1", "cves": ["CVE-2024-6119"], "host": name,
        "first_exposed": "2026-03-01T00:00:00Z", "published": "2026-03-02T00:00:00Z",
        "fixed_at": null, "days": 29, "days_since_published": 28, "unknown_days": 0,
        "state": "exposed",
        "unknown": [{"kind": "silent", "from": "2026-03-03T00:00:00Z", "until": "2026-03-03T08:00:00Z"}],
    })
}

async fn fake(hosts: &[Value], coverage: Coverage) -> Fake {
    let fake = Fake::start().await;
    fake.answer::<ExposureRequest>(&answer(hosts, coverage))
        .await;
    fake
}

#[tokio::test]
async fn hosts_are_listed_with_their_days_and_who_was_clean_in_time_is_said() {
    let fake = fake(&[host("web1")], COMPLETE).await;
    let (code, stdout, stderr) = fake.run(&["affected", "CVE-2024-6119", "--exposure"]);
    assert_eq!(code, 0, "{stderr}");
    let lines: Vec<Vec<&str>> = stdout
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let head = [
        "HOST",
        "ADVISORY",
        "FIRST_EXPOSED",
        "PUBLISHED",
        "FIXED_AT",
        "DAYS",
        "UNKNOWN_DAYS",
        "STATE",
    ];
    assert_eq!(lines[0], head);
    assert_eq!(lines[1].first(), Some(&"web1"));
    assert_eq!(lines[1].last(), Some(&"exposed"));
    assert!(
        stderr.contains("CVE-2024-6119: 1 host was exposed: 1 still exposed"),
        "{stderr}"
    );
    let within =
        "clean within 7 days of publication: 61 of 87 hosts (70%), 14 not in time, 12 unknown";
    assert!(stderr.contains(within), "{stderr}");
}

#[tokio::test]
async fn no_exposure_is_proven_only_where_everything_is_covered() {
    for (hosts, coverage, wanted) in [
        (vec![host("web1")], INCOMPLETE, 0),
        (vec![], COMPLETE, 1),
        (vec![], INCOMPLETE, 3),
    ] {
        let fake = fake(&hosts, coverage).await;
        let asked = ["affected", "CVE-2024-6119", "--exposure"];
        let (code, ..) = fake.run(&asked);
        assert_eq!(code, wanted);
        let (counted, stdout, _) = fake.run(&[&asked[..], &["--count"]].concat());
        assert_eq!(counted, wanted);
        assert!(stdout.starts_with("DAYS"), "{stdout}");
    }
}

#[tokio::test]
async fn the_days_are_sent_and_what_is_no_day_is_refused() {
    let fake = fake(&[host("web1")], COMPLETE).await;
    let days = ["affected", "CVE-1", "--exposure", "--within", "3d,14"];
    assert_eq!(fake.run(&days).0, 0);
    let asked: Vec<Value> = fake.asked().await;
    assert_eq!(asked[0]["within"], json!([3, 14]));
    for wrong in [
        &["affected", "CVE-1", "--exposure", "--within", "1w"][..],
        &["affected", "CVE-1", "--within", "7d"],
        &["affected", "CVE-1", "--exposure", "--verdict", "fixed"],
        &["affected", "CVE-1", "--exposure", "--evidence"],
    ] {
        assert_eq!(fake.run(wrong).0, 2, "{wrong:?}");
    }
}

#[tokio::test]
async fn evidence_says_what_was_asked_when_of_which_feeds_and_what_it_covers() {
    let fake = fake(&[host("web1")], INCOMPLETE).await;
    let feeds: FeedsResponse = serde_json::from_value(json!({
        "feeds": [{
            "source": "Debian", "kind": "all", "advisories": 1204, "withdrawn": 0,
            "newest": "2026-03-29T00:00:00Z", "imported_at": "2026-03-30T03:00:00Z",
            "ecosystems": [], "skipped": [{"reason": "x", "count": 2, "first": "y"}], "hash": "0123abcd",
        }],
        "as_of": "2026-03-30T12:00:00Z",
    }))
    .unwrap();
    fake.answer::<ListFeeds>(&feeds).await;
    let asked = [
        "affected",
        "CVE-2024-6119",
        "--exposure",
        "-o",
        "csv",
        "--evidence",
    ];
    let (code, stdout, stderr) = fake.run(&asked);
    assert_eq!(code, 0, "{stderr}");
    let (comments, rows): (Vec<&str>, Vec<&str>) =
        stdout.lines().partition(|line| line.starts_with("# "));
    let said = |beginning: &str| {
        let found = comments.iter().find(|line| line.starts_with(beginning));
        found
            .unwrap_or_else(|| panic!("{beginning}: {stdout}"))
            .to_string()
    };
    assert_eq!(said("# query: "), "# query: exposure to CVE-2024-6119");
    assert!(said("# request: ").contains(r#""ids":["CVE-2024-6119"]"#));
    assert_eq!(said("# as of: "), "# as of: 2026-03-30T12:00:00.000Z");
    said("# server: http://");
    assert_eq!(
        said("# feed: "),
        "# feed: Debian: all, 1,204 advisories, newest 2026-03-29T00:00:00Z, \
         imported 2026-03-30T03:00:00Z, 2 skipped, hash 0123abcd"
    );
    said("# coverage: incomplete: ");
    assert_eq!(rows.len(), 2, "{stdout}");
    assert!(rows[0].starts_with("host,advisory,cves,first_exposed,published,fixed_at,days,"));
    assert!(rows[1].ends_with("exposed,silent 2026-03-03T00:00:00.000Z..2026-03-03T08:00:00.000Z"));
}

#[tokio::test]
async fn given_advisories_are_named_by_a_hash() {
    let fake = Fake::start().await;
    let answer = json!({
        "summary": {"affected": {"artifacts": 0, "images": 0, "containers": 0, "hosts": 0},
                    "fixed": {"artifacts": 0, "images": 0, "containers": 0, "hosts": 0},
                    "not_affected": {"artifacts": 0, "images": 0, "containers": 0, "hosts": 0},
                    "unknown": {"artifacts": 0, "images": 0, "containers": 0, "hosts": 0}},
        "results": [], "advisories": 1, "total": 0, "truncated": false,
        "as_of": "2026-03-30T12:00:00Z", "coverage": COMPLETE,
    });
    fake.answer::<AffectedRequest>(&serde_json::from_value(answer).unwrap())
        .await;
    let path = fake.home().join("given.json");
    let record = json!({"id": "DSA-1", "affected": [{
        "package": {"ecosystem": "Debian:12", "name": "x"}, "versions": ["1"]}]});
    fs::write(&path, record.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let (code, stdout, stderr) = fake.run(&["affected", path, "-o", "csv", "--evidence"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(
        stdout.contains("# advisories: 1 given, sha256 "),
        "{stdout}"
    );
    assert!(stdout.contains("# query: DSA-1\n"), "{stdout}");
    assert!(
        stdout.contains("# found: nothing affected; rows: 0"),
        "{stdout}"
    );
}
