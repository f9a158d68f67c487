//! `/api/v1/advisories/affecting`: every imported advisory is held against what runs, also as both change.

use axum::http::Method;
use proto_types::ErrorCode;
use serde_json::{Value, json};

use super::api::{ADMIN, Api};

/// A record about versions of a Debian 12 source before a fix.
fn record(id: &str, source: &str, fix: &str) -> Value {
    json!({
        "id": id, "modified": "2026-03-01T00:00:00Z", "summary": format!("about {source}"),
        "affected": [{
            "package": {"ecosystem": "Debian:12", "name": source},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

async fn import(api: &Api, source: &str, records: &[Value]) {
    let path = format!("/api/v1/advisories/feeds/{source}");
    let lines: String = records.iter().map(|one| format!("{one}\n")).collect();
    let answer = api.call(ADMIN, Method::POST, &path, lines.into_bytes());
    answer.await.ok();
}

fn package(name: &str, source: &str, version: &str) -> Value {
    json!({"type": "deb", "name": name, "version": version, "source": source, "source_version": version})
}

async fn page(api: &Api, query: &str) -> Value {
    let path = format!("/api/v1/advisories/affecting{query}");
    api.get(ADMIN, &path).await.ok()
}

/// The rows of a page in short: the id, and how many images, containers and hosts are affected and unknown.
fn rows(page: &Value) -> Vec<String> {
    let extent = |of: &Value| format!("{} {} {}", of["images"], of["containers"], of["hosts"]);
    let all = page["advisories"].as_array().unwrap();
    all.iter()
        .map(|one| {
            let id = one["id"].as_str().unwrap();
            format!(
                "{id}: {}, {}",
                extent(&one["affected"]),
                extent(&one["unknown"])
            )
        })
        .collect()
}

/// Two hosts with openssl before its fix, one of which has zlib, too.
async fn fleet() -> Api {
    let api = Api::new();
    let (web, db) = (api.host("web").await, api.host("db").await);
    let openssl = package("libssl3", "openssl", "3.0.11-1");
    let both = json!([openssl, package("zlib1g", "zlib", "1.2.13")]);
    api.run("web", &web, &[("a", 1), ("b", 1)], &both).await;
    api.run("db", &db, &[("a", 2)], &json!([openssl])).await;
    api
}

#[tokio::test]
async fn what_affects_the_most_hosts_comes_first() {
    let api = fleet().await;
    let fixed = record("D", "openssl", "3.0.9-1");
    let mut withdrawn = record("E", "openssl", "4");
    withdrawn["withdrawn"] = json!("2026-03-02T00:00:00Z");
    let feed = [
        record("A", "zlib", "1.3"),
        record("C", "openssl", "3.0.15-1"),
        record("B", "openssl", "3.0.15-1"),
        fixed,
        withdrawn,
        record("F", "curl", "9"),
    ];
    import(&api, "Debian", &feed).await;
    let first = page(&api, "").await;
    assert_eq!(
        rows(&first),
        ["B: 2 3 2, 0 0 0", "C: 2 3 2, 0 0 0", "A: 1 2 1, 0 0 0"]
    );
    assert_eq!(first["total"], 3);
    assert_eq!(first["coverage"]["complete"], true);
    let one = &first["advisories"][0];
    assert_eq!(
        (&one["source"], &one["summary"]),
        (&json!("Debian"), &json!("about openssl"))
    );
    assert_eq!(one["has_fix"], true);
}

#[tokio::test]
async fn what_is_known_to_be_exploited_comes_first() {
    let api = fleet().await;
    let about = |id: &str, cve: &str, source: &str| {
        let mut record = record(id, source, "9");
        record["aliases"] = json!([cve]);
        record
    };
    let feed = [
        about("A", "CVE-2026-1", "openssl"),
        about("B", "CVE-2026-2", "zlib"),
        about("C", "CVE-2026-3", "openssl"),
    ];
    import(&api, "Debian", &feed).await;
    let kev = json!({"cveID": "CVE-2026-2", "dateAdded": "2026-03-10", "dueDate": "2026-03-31"});
    let kev = json!({"title": "KEV", "catalogVersion": "1", "count": 1, "vulnerabilities": [kev]});
    import(&api, "KEV", &[kev]).await;
    let answer = page(&api, "").await;
    assert_eq!(
        rows(&answer),
        ["B: 1 2 1, 0 0 0", "A: 2 3 2, 0 0 0", "C: 2 3 2, 0 0 0"]
    );
    let first = &answer["advisories"][0];
    assert_eq!(
        (&first["kev"], &first["kev_due"]),
        (&json!("2026-03-10"), &json!("2026-03-31"))
    );
    let next = answer_behind(&api, 1).await;
    assert_eq!(rows(&next), ["A: 2 3 2, 0 0 0"]);
}

/// The page of one behind the first page of so many.
async fn answer_behind(api: &Api, limit: u32) -> Value {
    let first = page(api, &format!("?limit={limit}")).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    page(api, &format!("?limit=1&cursor={cursor}")).await
}

#[tokio::test]
async fn it_is_as_of_now_whatever_came_since_the_last_question() {
    let api = fleet().await;
    import(&api, "Debian", &[record("A", "openssl", "3.0.15-1")]).await;
    assert_eq!(rows(&page(&api, "").await), ["A: 2 3 2, 0 0 0"]);
    // Another image, with a package that is new.
    let new = api.host("new").await;
    let held = json!([package("openssl", "openssl", "3.0.11-2")]);
    api.run("new", &new, &[("a", 3)], &held).await;
    assert_eq!(rows(&page(&api, "").await), ["A: 3 4 3, 0 0 0"]);
    // What stopped doesn't count.
    api.run("new", &new, &[], &json!([])).await;
    assert_eq!(rows(&page(&api, "").await), ["A: 2 3 2, 0 0 0"]);
    // Another import, with another record and without the first.
    import(&api, "Debian", &[record("B", "zlib", "1.3")]).await;
    assert_eq!(rows(&page(&api, "").await), ["B: 1 2 1, 0 0 0"]);
    let dropped = api.delete(ADMIN, "/api/v1/advisories/feeds/Debian").await;
    dropped.ok();
    assert_eq!(rows(&page(&api, "").await), [""; 0]);
}

#[tokio::test]
async fn of_several_with_one_id_the_one_that_was_changed_last_counts() {
    let api = fleet().await;
    let mut old = record("A", "openssl", "3.0.15-1");
    old["modified"] = json!("2026-02-01T00:00:00Z");
    import(&api, "old", &[old]).await;
    import(&api, "new", &[record("A", "zlib", "1.3")]).await;
    let answer = page(&api, "").await;
    assert_eq!(rows(&answer), ["A: 1 2 1, 0 0 0"]);
    assert_eq!(answer["advisories"][0]["source"], "new");
}

#[tokio::test]
async fn what_is_not_known_is_counted_and_listed_where_it_is_wanted() {
    let api = fleet().await;
    let mut unknown = record("A", "openssl", "3.0.15-1");
    unknown["affected"][0]["package"]["ecosystem"] = json!("Debian");
    import(&api, "Debian", &[unknown, record("B", "zlib", "1.3")]).await;
    let answer = page(&api, "").await;
    assert_eq!(rows(&answer), ["B: 1 2 1, 0 0 0"]);
    assert_eq!(
        (&answer["total"], &answer["unknown_total"]),
        (&json!(1), &json!(1))
    );
    let answer = page(&api, "?unknown=true").await;
    assert_eq!(rows(&answer), ["B: 1 2 1, 0 0 0", "A: 0 0 0, 2 3 2"]);
    assert_eq!(answer["total"], 2);
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_as_of_its_commit() {
    let api = fleet().await;
    let feed: Vec<Value> = (0..25)
        .map(|number| {
            record(
                &format!("A-{number:02}"),
                ["openssl", "zlib"][number % 2],
                "9",
            )
        })
        .collect();
    import(&api, "Debian", &feed).await;
    let all = rows(&page(&api, "?limit=0").await);
    assert_eq!(all.len(), 25);
    let (mut paged, mut query) = (Vec::new(), "?limit=7".to_owned());
    loop {
        let page = page(&api, &query).await;
        paged.extend(rows(&page));
        assert_eq!(page["total"], 25);
        // What came meanwhile counts for none of them.
        let more = api.host(&format!("more-{}", paged.len())).await;
        let held = json!([package("zlib1g", "zlib", "1.2.13")]);
        let name = format!("more-{}", paged.len());
        api.run(&name, &more, &[("a", 9)], &held).await;
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=7&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
    let odd = api
        .get(ADMIN, "/api/v1/advisories/affecting?cursor=x")
        .await;
    odd.refused(ErrorCode::InvalidRequest);
}

#[tokio::test]
async fn notices_of_bug_fixes_are_left_aside_and_counted_unless_they_are_wanted() {
    let api = fleet().await;
    let notice = |id: &str| record(id, "openssl", "3.0.15-1");
    let mut with_cve = notice("RHBA-2026:1");
    with_cve["related"] = json!(["CVE-2026-1"]);
    let feed = [notice("ALBA-2026:1"), notice("ALSA-2026:1"), with_cve];
    import(&api, "Debian", &feed).await;
    let answer = page(&api, "").await;
    assert_eq!(
        rows(&answer),
        ["ALSA-2026:1: 2 3 2, 0 0 0", "RHBA-2026:1: 2 3 2, 0 0 0"]
    );
    assert_eq!(
        [&answer["total"], &answer["bugfixes_left_aside"]],
        [&json!(2), &json!(1)]
    );
    let answer = page(&api, "?bugfixes=true").await;
    assert_eq!(rows(&answer)[0], "ALBA-2026:1: 2 3 2, 0 0 0");
    assert_eq!(
        [&answer["total"], &answer["bugfixes_left_aside"]],
        [&json!(3), &json!(0)]
    );
}

#[tokio::test]
async fn what_is_exploited_alone_is_listed_by_a_catalog_that_is_there() {
    let api = fleet().await;
    let mut exploited = record("B", "zlib", "9");
    exploited["aliases"] = json!(["CVE-2026-2"]);
    import(&api, "Debian", &[record("A", "openssl", "9"), exploited]).await;
    let refused = api
        .get(ADMIN, "/api/v1/advisories/affecting?kev=true")
        .await;
    refused.refused(ErrorCode::InvalidRequest);
    let kev = json!({"cveID": "CVE-2026-2", "dateAdded": "2026-03-10", "dueDate": "2026-03-31"});
    let kev = json!({"title": "KEV", "catalogVersion": "1", "count": 1, "vulnerabilities": [kev]});
    import(&api, "KEV", &[kev]).await;
    let answer = page(&api, "?kev=true").await;
    assert_eq!(rows(&answer), ["B: 1 2 1, 0 0 0"]);
    assert_eq!(answer["total"], 1);
}
