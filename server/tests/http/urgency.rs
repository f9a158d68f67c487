//! KEV and EPSS: imported like feeds of advisories, said on each row, and never a match.

use axum::http::Method;
use proto_types::ErrorCode;
use serde_json::{Value, json};

use super::api::{ADMIN, Api};

const FEEDS: &str = "/api/v1/advisories/feeds";

fn catalog(cves: &[(&str, &str)]) -> Value {
    let rows = cves.iter().map(|(cve, added)| {
        json!({"cveID": cve, "dateAdded": added, "dueDate": "2026-04-01", "vendorProject": "x"})
    });
    json!({
        "title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.03.20",
        "count": cves.len(), "vulnerabilities": rows.collect::<Vec<_>>(),
    })
}

fn table(rows: &[(&str, f64)]) -> String {
    let rows = rows.iter();
    let rows = rows.map(|(cve, score)| format!("{cve},{score},0.5\n"));
    format!(
        "#model_version:v2025.03.14,score_date:2026-03-29T00:00:00+0000\ncve,epss,percentile\n{}",
        rows.collect::<String>()
    )
}

async fn import(api: &Api, source: &str, body: impl Into<Vec<u8>>) -> Value {
    let path = format!("{FEEDS}/{source}");
    api.call(ADMIN, Method::POST, &path, body.into()).await.ok()
}

/// A record on a CVE about what runs, older than its fix.
fn record(id: &str, cve: &str) -> Value {
    json!({
        "id": id, "aliases": [cve],
        "affected": [{
            "package": {"ecosystem": "npm", "name": "left-pad"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}],
        }],
    })
}

async fn api() -> Api {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([{"type": "npm", "name": "left-pad", "version": "1.0.0"}]);
    api.run("web", &token, &[("a", 1)], &held).await;
    api
}

/// The advisories of the rows, in their order, with what is said of each.
fn told(answer: &Value) -> Vec<String> {
    let rows = answer["results"].as_array().unwrap();
    let told = rows.iter().map(|row| {
        format!(
            "{} {} {} {}",
            row["advisory"].as_str().unwrap(),
            row["kev"].as_str().unwrap_or("-"),
            row["kev_due"].as_str().unwrap_or("-"),
            row["epss"]
        )
    });
    told.collect()
}

#[tokio::test]
async fn a_catalog_and_scores_are_said_on_each_row_and_order_them() {
    let api = api().await;
    let asked = json!({"advisories": [record("A", "CVE-2026-1"), record("B", "CVE-2026-2"),
                                      record("C", "CVE-2026-3"), record("D", "CVE-2026-4")]});
    let plain = api
        .post(ADMIN, "/api/v1/affected", asked.clone())
        .await
        .ok();
    assert_eq!(
        told(&plain),
        ["A - - null", "B - - null", "C - - null", "D - - null"]
    );
    let kev = import(
        &api,
        "KEV",
        catalog(&[("CVE-2026-3", "2026-03-11"), ("CVE-1999-1", "2026-03-20")]).to_string(),
    )
    .await;
    assert_eq!(kev["feed"]["kind"], "kev");
    assert_eq!(
        (&kev["feed"]["entries"], &kev["feed"]["advisories"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(kev["feed"]["newest"], "2026-03-20T00:00:00.000Z");
    let epss = import(
        &api,
        "EPSS",
        table(&[
            ("CVE-2026-2", 0.25),
            ("CVE-2026-4", 0.97),
            ("CVE-2026-3", 0.1),
            ("x", 7.0),
        ]),
    )
    .await;
    assert_eq!(epss["feed"]["kind"], "epss");
    assert_eq!(epss["feed"]["entries"], 3);
    assert_eq!(epss["feed"]["newest"], "2026-03-29T00:00:00.000Z");
    assert_eq!(epss["feed"]["skipped"][0]["reason"], "field is malformed");
    let answer = api
        .post(ADMIN, "/api/v1/affected", asked.clone())
        .await
        .ok();
    let expected = [
        "C 2026-03-11 2026-04-01 0.1",
        "D - - 0.97",
        "B - - 0.25",
        "A - - null",
    ];
    assert_eq!(told(&answer), expected);
    assert_eq!(answer["summary"], plain["summary"], "never a match");
    // Page by page the order is the same.
    let mut request = asked.clone();
    request["limit"] = json!(1);
    let mut paged = Vec::new();
    loop {
        let page = api
            .post(ADMIN, "/api/v1/affected", request.clone())
            .await
            .ok();
        paged.extend(told(&page));
        match page.get("next_cursor") {
            Some(cursor) => request["cursor"] = cursor.clone(),
            None => break,
        }
    }
    assert_eq!(paged, expected);
    let gone = json!({"advisories": [record("X", "CVE-2026-1")], "cursor": request["cursor"]});
    api.post(ADMIN, "/api/v1/affected", gone)
        .await
        .refused(ErrorCode::InvalidRequest);
}

#[tokio::test]
async fn what_is_exploited_is_asked_for_alone_once_a_catalog_was_imported() {
    let api = api().await;
    let asked =
        json!({"advisories": [record("A", "CVE-2026-1"), record("B", "CVE-2026-2")], "kev": true});
    let refused = api.post(ADMIN, "/api/v1/affected", asked.clone()).await;
    refused.refused(ErrorCode::InvalidRequest);
    import(
        &api,
        "KEV",
        catalog(&[("cve-2026-2", "2026-03-11")]).to_string(),
    )
    .await;
    let answer = api.post(ADMIN, "/api/v1/affected", asked).await.ok();
    assert_eq!(told(&answer), ["B 2026-03-11 2026-04-01 null"]);
    assert_eq!(
        (
            &answer["advisories"],
            &answer["summary"]["affected"]["containers"]
        ),
        (&json!(1), &json!(1))
    );
    // By an id, an advisory counts as about the CVE that it was found by, whatever it says itself.
    let mut named = record("GHSA-1", "GHSA-2");
    named["upstream"] = json!(["GHSA-3"]);
    let lines = format!(
        "{named}\n{}\n",
        json!({"id": "CVE-2026-2", "aliases": ["GHSA-2"], "affected": []})
    );
    import(&api, "npm", lines).await;
    let by_id = json!({"ids": ["CVE-2026-2"], "kev": true});
    let answer = api.post(ADMIN, "/api/v1/affected", by_id).await.ok();
    assert_eq!(told(&answer), ["GHSA-1 2026-03-11 2026-04-01 null"]);
    import(
        &api,
        "KEV",
        catalog(&[("CVE-2026-9", "2026-03-11")]).to_string(),
    )
    .await;
    let by_id = json!({"ids": ["CVE-2026-2"], "kev": true});
    let answer = api.post(ADMIN, "/api/v1/affected", by_id).await.ok();
    assert_eq!(
        (told(&answer), answer.get("unspoken")),
        (Vec::new(), None),
        "nothing is asked any more"
    );
}

#[tokio::test]
async fn an_import_replaces_all_of_a_catalog_and_a_feed_holds_one_thing() {
    let api = Api::new();
    let first = catalog(&[("CVE-2026-1", "2026-03-11"), ("CVE-2026-2", "2026-03-11")]);
    let counts =
        |answer: &Value| ["added", "changed", "removed"].map(|one| answer[one].as_u64().unwrap());
    let before = import(&api, "KEV", first.to_string()).await;
    assert_eq!(counts(&before), [2, 0, 0]);
    let again = import(&api, "KEV", first.to_string()).await;
    assert_eq!(
        (counts(&again), &again["feed"]["hash"]),
        ([0, 0, 0], &before["feed"]["hash"])
    );
    let other = catalog(&[("CVE-2026-2", "2026-03-12"), ("CVE-2026-3", "2026-03-12")]);
    let changed = import(&api, "KEV", other.to_string()).await;
    assert_eq!(counts(&changed), [1, 1, 1]);
    assert_ne!(changed["feed"]["hash"], before["feed"]["hash"]);
    let path = format!("{FEEDS}/KEV");
    let both = format!("{other}\n{}\n", record("A", "CVE-2026-1"));
    let cut = table(&[("CVE-2026-1", 0.5)]).replace("percentile", "other");
    for broken in [
        both,
        cut,
        catalog(&[]).to_string(),
        "{\"catalogVersion\": 1, \"vulnerabilities\": 5}".to_owned(),
    ] {
        let refused = api
            .call(ADMIN, Method::POST, &path, broken.into_bytes())
            .await;
        refused.refused(ErrorCode::InvalidRequest);
    }
    let feeds = api.get(ADMIN, FEEDS).await.ok();
    assert_eq!(feeds["feeds"][0], changed["feed"], "nothing of it was kept");
    let advisories = import(&api, "KEV", record("A", "CVE-2026-1").to_string()).await;
    assert_eq!(
        (counts(&advisories), &advisories["feed"]["entries"]),
        ([1, 0, 2], &json!(0))
    );
    api.delete(ADMIN, &path).await.ok();
}
