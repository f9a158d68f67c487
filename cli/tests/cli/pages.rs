//! Lists that the server answers in pages: whole where a program reads them.

use proto_types::{
    AffectedRequest, AffectingResponse, ChangesResponse, ContainersResponse, Endpoint, FindRequest,
    FindResponse, ListAffecting, ListChanges, ListContainers, RunningContainer,
};
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::fake::{COMPLETE, Fake, digest, found, result, time};

fn container(host: &str) -> RunningContainer {
    RunningContainer {
        name: "nginx".to_owned(),
        image_name: "nginx:1.27".to_owned(),
        image_digest: digest(0xab),
        host: host.to_owned(),
        running_since: time("2026-03-28T12:00:00.25Z"),
        until: None,
    }
}

fn page(hosts: &[&str], next: Option<&str>) -> ContainersResponse {
    ContainersResponse {
        containers: hosts.iter().map(|host| container(host)).collect(),
        total: 3,
        truncated: next.is_some(),
        next_cursor: next.map(str::to_owned),
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    }
}

/// A server with three containers, of which two are on the first page.
async fn three() -> Fake {
    let fake = Fake::start().await;
    fake.answer::<ListContainers>(&page(&["web1", "web2"], Some("on")))
        .await;
    Mock::given(matchers::query_param("cursor", "on"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page(&["web3"], None)))
        .with_priority(1)
        .mount(&fake.server)
        .await;
    fake
}

#[tokio::test]
async fn every_format_has_every_page_where_a_program_reads() {
    let fake = three().await;
    let said = |format: &str| {
        let (code, stdout, stderr) = fake.run(&["containers", "-o", format]);
        assert_eq!(code, 0, "{stderr}");
        assert!(!stderr.contains(" shown"), "{stderr}");
        stdout
    };
    assert_eq!(said("name"), "web1/nginx\nweb2/nginx\nweb3/nginx\n");
    for (format, lines) in [("csv", 4), ("ndjson", 3), ("table", 4), ("wide", 4)] {
        assert_eq!(said(format).lines().count(), lines, "{format}");
    }
    let document: ContainersResponse = serde_json::from_str(&said("json")).unwrap();
    assert_eq!(document, page(&["web1", "web2", "web3"], None));
    let first = &fake.server.received_requests().await.unwrap()[0];
    assert_eq!(first.url.query(), Some("limit=0"));
}

#[tokio::test]
async fn a_limit_that_is_given_is_kept_and_said() {
    let fake = three().await;
    let (_, stdout, stderr) = fake.run(&["containers", "-o", "csv", "--limit", "2"]);
    assert_eq!(stdout.lines().count(), 3);
    assert!(
        stderr.contains("2 of 3 shown (--limit 0 for all; --cursor on for the next)"),
        "{stderr}"
    );
}

#[tokio::test]
async fn results_and_groups_of_a_find_are_whole_too() {
    for groups in [false, true] {
        let fake = Fake::start().await;
        let part = |host: &str, next: Option<&str>| {
            let mut part = found(vec![result(host, "nginx")], COMPLETE);
            part.total = 2;
            part.truncated = next.is_some();
            part.next_cursor = next.map(str::to_owned);
            if groups {
                part.results = None;
                part.groups = serde_json::from_value(serde_json::json!([{
                    "key": host, "artifacts": 1, "images": 1, "containers": 1, "hosts": 1,
                }]))
                .unwrap();
            }
            part
        };
        fake.answer::<FindRequest>(&part("web1", Some("on"))).await;
        Mock::given(matchers::body_string_contains("\"cursor\":\"on\""))
            .respond_with(ResponseTemplate::new(200).set_body_json(part("web2", None)))
            .with_priority(1)
            .mount(&fake.server)
            .await;
        let by: &[&str] = if groups { &["--group-by", "host"] } else { &[] };
        let (_, stdout, stderr) = fake.run(&[&["find", "openssl", "-o", "json"], by].concat());
        let document: FindResponse = serde_json::from_str(&stdout).unwrap();
        let rows = document.results.map(|all| all.len());
        let rows = rows.or(document.groups.map(|all| all.len()));
        assert_eq!((rows, document.truncated), (Some(2), false), "{stdout}");
        assert!(!stderr.contains(" shown"), "{stderr}");
        if groups {
            let (_, names, _) = fake.run(&[&["find", "openssl", "-o", "name"], by].concat());
            assert_eq!(names, "web1\nweb2\n");
        }
    }
}

#[tokio::test]
async fn all_advisories_that_affect_the_fleet_are_listed_page_by_page() {
    let fake = Fake::start().await;
    let page = |id: &str, next: Option<&str>| -> AffectingResponse {
        let extent = serde_json::json!({"images": 1, "containers": 1, "hosts": 1});
        serde_json::from_value(serde_json::json!({
            "advisories": [{
                "id": id, "source": "Debian", "cves": [], "summary": "", "packages": 1,
                "has_fix": true, "affected": extent, "unknown": extent,
            }],
            "total": 2, "unknown_total": 0, "truncated": next.is_some(), "next_cursor": next,
            "as_of": "2026-03-30T12:00:00Z", "coverage": COMPLETE,
        }))
        .unwrap()
    };
    fake.answer::<ListAffecting>(&page("DSA-1", Some("on")))
        .await;
    Mock::given(matchers::query_param("cursor", "on"))
        .respond_with(ResponseTemplate::new(200).set_body_json(page("DSA-2", None)))
        .with_priority(1)
        .mount(&fake.server)
        .await;
    let said = |format: &str| {
        let (code, stdout, stderr) = fake.run(&["advisories", "affecting", "-o", format]);
        assert_eq!(code, 0, "{stderr}");
        assert!(!stderr.contains(" shown"), "{stderr}");
        stdout
    };
    assert_eq!(said("name"), "DSA-1\nDSA-2\n");
    for (format, lines) in [("csv", 3), ("ndjson", 2), ("table", 3), ("wide", 3)] {
        assert_eq!(said(format).lines().count(), lines, "{format}");
    }
    let document: AffectingResponse = serde_json::from_str(&said("json")).unwrap();
    assert_eq!(document.advisories.len(), 2);
    assert!(!document.truncated);
}

#[tokio::test]
async fn a_server_that_leads_nowhere_is_not_followed_for_ever() {
    let fake = Fake::start().await;
    fake.answer::<ListContainers>(&page(&[], Some("on"))).await;
    let (code, _, stderr) = fake.run(&["containers"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("keeps sending the same page"), "{stderr}");
}

#[tokio::test]
async fn changes_are_those_of_the_last_day_where_nothing_is_said() {
    let fake = Fake::start().await;
    let answer = ChangesResponse {
        changes: vec![],
        truncated: false,
        next_cursor: Some("later".to_owned()),
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    };
    fake.answer::<ListChanges>(&answer).await;
    let (code, _, stderr) = fake.run(&["changes"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.starts_with("in the last 24 hours (--since TIME for more): nothing changed\n"),
        "{stderr}"
    );
    let asked = &fake.server.received_requests().await.unwrap()[0];
    assert!(asked.url.query().unwrap().contains("since="), "{asked:?}");
    let (_, _, stderr) = fake.run(&["changes", "--since", "3d"]);
    assert!(stderr.starts_with("nothing changed\n"), "{stderr}");
}

#[tokio::test]
async fn results_of_affected_are_whole_too() {
    let fake = Fake::start().await;
    let page = |host: &str, next: Option<&str>| {
        let mut row = serde_json::json!(result(host, "nginx"));
        row["advisory"] = serde_json::json!("DSA-1");
        row["cves"] = serde_json::json!([]);
        row["verdict"] = serde_json::json!("affected");
        row["reason"] = serde_json::json!("it is older");
        let of = serde_json::json!({"artifacts": 1, "images": 1, "containers": 2, "hosts": 2});
        let none = serde_json::json!({"artifacts": 0, "images": 0, "containers": 0, "hosts": 0});
        serde_json::json!({
            "summary": {"affected": of, "fixed": none, "not_affected": none, "unknown": none},
            "results": [row], "advisories": 1, "total": 2, "truncated": next.is_some(),
            "next_cursor": next, "as_of": "2026-03-30T12:00:00Z", "coverage": COMPLETE,
        })
    };
    let answer = |page| ResponseTemplate::new(200).set_body_json(page);
    let route = || Mock::given(matchers::path(AffectedRequest::ROUTE));
    let first = route().respond_with(answer(page("web1", Some("on"))));
    first.mount(&fake.server).await;
    let second = route().and(matchers::body_string_contains("\"cursor\":\"on\""));
    let second = second
        .respond_with(answer(page("web2", None)))
        .with_priority(1);
    second.mount(&fake.server).await;
    let said = |more: &[&str]| {
        let (code, stdout, stderr) = fake.run(&[&["affected", "CVE-2024-6119"], more].concat());
        assert_eq!(code, 0, "{stderr}");
        assert!(!stderr.contains(" shown"), "{stderr}");
        stdout
    };
    let document: serde_json::Value = serde_json::from_str(&said(&["-o", "json"])).unwrap();
    assert_eq!(document["results"].as_array().map(Vec::len), Some(2));
    assert_eq!(document["truncated"], false);
    let table = said(&[]);
    assert!(table.contains("web1") && table.contains("web2"), "{table}");
}
