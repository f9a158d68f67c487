//! `/metrics`: what is counted, and that nothing in it grows with the fleet or with whoever asks.

use std::{collections::BTreeSet, time::Duration};

use assetmon_server::{
    metrics::{Metrics, text},
    store::Work,
};
use axum::http::Method;
use proto_types::{StatusResponse, TlsStatus};
use regex::Regex;
use serde_json::json;

use super::api::{ADMIN, Api, As, digest, full};

const GUIDE: &str = include_str!("../../../docs/OPERATING.md");

/// The value of a series, as it is written.
fn value(text: &str, series: &str) -> String {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series} in {text}"))
        .to_owned()
}

async fn metrics(api: &Api) -> String {
    let answer = api.get(ADMIN, "/metrics").await;
    assert_eq!(answer.status, 200);
    let kind = &answer.headers["content-type"];
    assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn whoever_may_read_reads_them() {
    let api = Api::new();
    let (host, reader) = (
        api.host("web").await,
        api.token("prometheus", "reader").await,
    );
    for (by, status) in [
        (As::Nobody, 401),
        (As::Token("amt_unknown"), 401),
        (As::Token(&host), 403),
        (As::Token(&reader), 200),
        (ADMIN, 200),
    ] {
        let answer = api.get(by, "/metrics").await;
        assert_eq!(answer.status, status, "{by:?}");
    }
}

#[tokio::test]
async fn what_happens_is_counted() {
    let api = Api::new();
    let token = api.host("web").await;
    api.host("db").await;
    let by = As::Token(&token);
    let report = full("web", &[("a", 1), ("b", 2)]);
    api.post(by, "/api/v1/reports/full", report.clone())
        .await
        .ok();
    let image = json!({"digest": digest(1), "artifacts": []});
    let scan = json!({"image": image, "status": "partial", "reason": "no room"});
    api.post(by, "/api/v1/reports/scan", scan).await.ok();
    let failure = json!({"image_digest": digest(2), "cause": "environment", "message": "busy"});
    api.post(by, "/api/v1/reports/scan-failure", failure)
        .await
        .ok();
    let other = full("db", &[]);
    let refused = api.post(by, "/api/v1/reports/full", other).await;
    assert_eq!(refused.status, 403);

    let text = metrics(&api).await;
    for (series, expected) in [
        ("assetmon_reports_total{kind=\"full\"}", "1"),
        ("assetmon_reports_total{kind=\"container\"}", "0"),
        ("assetmon_agent_reports_total{version=\"other\"}", "1"),
        (
            "assetmon_scans_total{outcome=\"stored\",status=\"partial\"}",
            "1",
        ),
        (
            "assetmon_scans_total{outcome=\"stored\",status=\"complete\"}",
            "0",
        ),
        ("assetmon_scan_failures_total{cause=\"environment\"}", "1"),
        ("assetmon_requests_refused_total{code=\"forbidden\"}", "1"),
        (
            "assetmon_requests_refused_total{code=\"rate_limited\"}",
            "0",
        ),
        ("assetmon_hosts", "2"),
        ("assetmon_hosts_silent", "1"),
        ("assetmon_containers", "2"),
        ("assetmon_images_running", "2"),
        ("assetmon_images_without_sbom", "1"),
        ("assetmon_images_partial", "1"),
        ("assetmon_images_quarantined", "0"),
        ("assetmon_leases", "0"),
        ("assetmon_coverage_complete", "0"),
        ("assetmon_writer_waiting_changes", "0"),
        ("process_start_time_seconds", "1800000000"),
    ] {
        assert_eq!(value(&text, series), expected, "{series}");
    }
    for series in [
        "assetmon_database_bytes",
        "assetmon_disk_bytes",
        "assetmon_disk_free_bytes",
        "assetmon_writer_commits_total",
        "assetmon_writer_changes_total",
        "assetmon_writer_busy_seconds_total",
        "process_resident_memory_bytes",
    ] {
        let value: f64 = value(&text, series).parse().unwrap();
        assert!(value > 0.0, "{series} {value}");
    }
    let counted =
        "assetmon_request_duration_seconds_count{method=\"POST\",route=\"/api/v1/reports/full\"}";
    assert_eq!(value(&text, counted), "2");
    assert!(text.contains("assetmon_build_info{version="), "{text}");
    // Only a server that speaks TLS has a certificate.
    assert!(!text.contains("assetmon_certificate"), "{text}");
}

#[tokio::test]
async fn a_lease_counts_for_as_long_as_it_is_live() {
    let api = Api::new();
    let token = api.host("web").await;
    let report = full("web", &[("a", 1), ("b", 2)]);
    api.post(As::Token(&token), "/api/v1/reports/full", report)
        .await
        .ok();
    assert_eq!(value(&metrics(&api).await, "assetmon_leases"), "2");
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    assert_eq!(status["counts"]["leases"], 2);
    api.pass(1_800);
    assert_eq!(value(&metrics(&api).await, "assetmon_leases"), "0");
}

#[tokio::test]
async fn there_are_no_more_series_however_much_is_told_and_asked() {
    let api = Api::new();
    let series = async || {
        let text = metrics(&api).await;
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let names = lines.map(|line| line.rsplit_once(' ').unwrap().0.to_owned());
        names.collect::<Vec<_>>()
    };
    let ask = async |round: u8| {
        for part in 0..4 {
            let name = format!("host{round}-{part}");
            let token = api.host(&name).await;
            let report = full(&name, &[("a", 16 * round + part)]);
            let reported = api.post(As::Token(&token), "/api/v1/reports/full", report);
            reported.await.ok();
            api.get(ADMIN, &format!("/api/v1/hosts/{name}")).await.ok();
            api.get(ADMIN, &format!("/{name}")).await;
            let method = Method::from_bytes(format!("ASK{round}{part}").as_bytes()).unwrap();
            api.call(ADMIN, method, "/api/v1/hosts", Vec::new()).await;
        }
    };
    ask(1).await;
    series().await;
    let before = series().await;
    ask(2).await;
    assert_eq!(series().await, before);
    assert!(before.len() < 700, "{}", before.len());
    assert!(
        !before.iter().any(|one| one.contains("host1")),
        "{before:?}"
    );
}

/// The names of all that is served where the server speaks TLS, too.
async fn served() -> Vec<String> {
    let api = Api::new();
    let status = api.get(ADMIN, "/api/v1/status").await.ok();
    let mut status: StatusResponse = serde_json::from_value(status).unwrap();
    status.tls = Some(TlsStatus {
        expires_at: status.as_of,
        problem: None,
    });
    let counted = Metrics::new(status.as_of).unwrap();
    counted.answered("GET", "/metrics", Duration::from_millis(7));
    counted.reported_by(Some("assetmon/0.1.0"));
    let text = text(&counted, &status, &Work::default()).unwrap();
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let names = types.map(|line| line.split(' ').next().unwrap().to_owned());
    let names: Vec<_> = names.collect();
    for name in &names {
        assert!(text.contains(&format!("# HELP {name} ")), "{name}");
    }
    names
}

#[tokio::test]
async fn what_the_rules_the_dashboard_and_the_guide_name_is_served() {
    let served = served().await;
    let name = Regex::new(r"\b(?:assetmon|process)_[a-z_]+\b").unwrap();
    for (page, text) in [
        (
            "alerts.yml",
            include_str!("../../../docs/monitoring/alerts.yml"),
        ),
        (
            "alerts.test.yml",
            include_str!("../../../docs/monitoring/alerts.test.yml"),
        ),
        (
            "dashboard.json",
            include_str!("../../../docs/monitoring/dashboard.json"),
        ),
        ("OPERATING.md", GUIDE),
    ] {
        let named: BTreeSet<_> = name.find_iter(text).map(|name| name.as_str()).collect();
        assert!(named.len() > 5, "{page}: {named:?}");
        for name in named {
            // What is asked of a histogram.
            let whole = name.trim_end_matches("_bucket").trim_end_matches("_count");
            let is_served = served.iter().any(|one| one == whole);
            // These are no metrics.
            let is_other = page == "OPERATING.md" && name.starts_with("assetmon_server");
            assert!(is_served || is_other, "{page}: {name}");
        }
    }
}

#[tokio::test]
async fn the_guide_says_what_each_of_them_is() {
    let section = GUIDE.split("### Metrics\n").nth(1).unwrap();
    let section = section.split("\n### ").next().unwrap();
    let told: Vec<_> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(|name| name.split('{').next().unwrap())
        .collect();
    for name in served().await {
        let is_told =
            |told: &&str| name == **told || (told.starts_with('_') && name.ends_with(*told));
        assert!(told.iter().any(is_told), "{name}");
    }
}
