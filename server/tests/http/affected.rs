//! `/api/v1/affected`: what advisories mean for what runs, as a document and as a stream of lines.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As, digest, full};

/// Hosts that run Debian 12 with openssl before its fix, and beside it a package of Python.
async fn fleet() -> Api {
    let api = Api::new();
    let held = json!([
        {"type": "deb", "name": "libssl3", "version": "3.0.11-1~deb12u2",
         "source": "openssl", "source_version": "3.0.11-1~deb12u2"},
        {"type": "deb", "name": "zlib1g", "version": "1:1.2.13.dfsg-1",
         "source": "zlib", "source_version": "1:1.2.13.dfsg-1"},
        {"type": "python", "name": "Jinja2", "version": "3.1.2"},
    ]);
    for name in ["web", "db"] {
        let token = api.host(name).await;
        api.run(name, &token, &[("a", 1), ("b", 2)], &held).await;
    }
    api
}

/// Reports what a host runs, and scans what it is given, each image of a distribution of its own.
async fn scan_as_distros_of_their_own(
    api: &Api,
    (host, token): (&str, &str),
    containers: &[(&str, u8)],
) {
    let report = full(host, containers);
    let given = api
        .post(As::Token(token), "/api/v1/reports/full", report)
        .await;
    for lease in given.ok()["leases"].as_array().unwrap() {
        let artifacts = json!([{"type": "deb", "name": "x", "version": "1"}]);
        let scanned = json!({
            "image": {"digest": lease["image_digest"], "distro": "debian",
                      "distro_version": lease["image_digest"], "artifacts": artifacts},
            "lease": lease["lease"], "generation": lease["generation"],
        });
        api.post(As::Token(token), "/api/v1/reports/scan", scanned)
            .await
            .ok();
    }
}

/// A record about versions before a fix.
fn fixed(id: &str, ecosystem: &str, name: &str, fix: &str) -> Value {
    json!({
        "id": id,
        "aliases": [format!("CVE-2024-{}", id.len())],
        "affected": [{
            "package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

fn dsa() -> Value {
    fixed("DSA-5764-1", "Debian:12", "openssl", "3.0.15-1~deb12u1")
}

async fn ask(api: &Api, request: Value) -> Value {
    api.post(ADMIN, "/api/v1/affected", request).await.ok()
}

#[tokio::test]
async fn a_result_has_the_contracts_fields() {
    let api = fleet().await;
    let answer = ask(&api, json!({"advisories": [dsa()]})).await;
    assert_eq!(answer["total"], 4);
    assert_eq!(answer["advisories"], 1);
    assert_eq!(answer["truncated"], false);
    assert_eq!(answer["coverage"]["complete"], true);
    assert_eq!(answer.get("left_out"), None);
    assert_eq!(
        answer["results"][0],
        json!({
            "advisory": "DSA-5764-1", "cves": ["CVE-2024-10"], "verdict": "affected",
            "fixed": "3.0.15-1~deb12u1",
            "reason": "libssl3 is built from openssl 3.0.11-1~deb12u2, which is older than \
                       3.0.15-1~deb12u1 (Debian:12, DSA-5764-1)",
            "type": "deb", "name": "libssl3", "version": "3.0.11-1~deb12u2", "purl": null,
            "source": "openssl", "source_version": "3.0.11-1~deb12u2",
            "container": "a", "image_name": "image1", "image_digest": digest(1),
            "host": "db", "running_since": "2027-01-15T08:00:00.000Z", "until": null,
            "kev": null, "kev_due": null, "epss": null, "epss_percentile": null,
            "stated_by": null,
        })
    );
}

#[tokio::test]
async fn the_summary_counts_every_verdict_and_the_rows_are_those_that_are_wanted() {
    let api = fleet().await;
    let advisories = json!([
        dsa(),
        fixed("DSA-1", "Debian:12", "zlib", "1:1.2.11"),
        fixed("X-1", "Debian", "zlib", "1:1.2.99"),
        fixed("PYSEC-1", "PyPI", "jinja2", "3.1.4"),
    ]);
    let all = json!(["affected", "fixed", "not_affected", "unknown"]);
    let answer = ask(&api, json!({"advisories": advisories, "verdicts": all})).await;
    let counts = |verdict: &str| {
        let one = &answer["summary"][verdict];
        ["artifacts", "images", "containers", "hosts"].map(|what| one[what].as_u64().unwrap())
    };
    assert_eq!(counts("affected"), [2, 2, 4, 2]);
    assert_eq!(counts("fixed"), [1, 2, 4, 2]);
    assert_eq!(counts("not_affected"), [0, 0, 0, 0]);
    assert_eq!(counts("unknown"), [1, 2, 4, 2]);
    assert_eq!(answer["total"], 16);
    let ids: Vec<&Value> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["advisory"])
        .collect();
    assert!(ids.is_sorted_by_key(|id| id.as_str()), "by advisory first");
    let wanted = json!({"advisories": advisories, "verdicts": ["unknown"], "limit": 1});
    let unknown = ask(&api, wanted).await;
    assert_eq!(unknown["summary"], answer["summary"]);
    assert_eq!(unknown["total"], 4);
    assert_eq!(unknown["truncated"], true);
    assert_eq!(unknown["results"][0]["verdict"], "unknown");
    assert_eq!(unknown["results"][0]["fixed"], Value::Null);
}

#[tokio::test]
async fn terms_and_times_narrow_it_as_they_narrow_a_find() {
    let api = fleet().await;
    let narrowed = |more: Value| {
        let mut request = json!({"advisories": [dsa()]});
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        request
    };
    let host = json!([{"field": "host", "op": "eq", "value": "db"}]);
    for (more, total) in [
        (json!({"match": host}), 2),
        (
            json!({"match": [{"field": "name", "op": "eq", "value": "zlib1g"}]}),
            0,
        ),
        (
            json!({"any": [{"field": "name", "op": "eq", "value": "libssl3"}]}),
            4,
        ),
        (json!({"at": "2027-01-15T07:59:59Z"}), 0),
        (
            json!({"during": {"from": "2027-01-15T00:00:00Z", "to": "2027-01-16T00:00:00Z"}}),
            4,
        ),
    ] {
        let answer = ask(&api, narrowed(more.clone())).await;
        assert_eq!(answer["total"], total, "{more}");
    }
}

#[tokio::test]
async fn a_distribution_that_no_advisory_speaks_of_is_told() {
    let api = fleet().await;
    let alpine = fixed("ALPINE-1", "Alpine:v3.20", "openssl", "3.3.2-r0");
    let answer = ask(&api, json!({"advisories": [alpine]})).await;
    assert_eq!(answer["total"], 0);
    let unspoken = json!([{
        "distro": "debian", "distro_version": "12", "images": 2, "containers": 4, "hosts": 2,
        "reason": "none of the advisories is about debian 12",
    }]);
    assert_eq!(answer["unspoken"], unspoken);
    // Two of one vulnerability speak of it together, two of two don't.
    let mut same = dsa();
    same["aliases"] = alpine["aliases"].clone();
    let both = json!({"advisories": [alpine, same]});
    assert_eq!(ask(&api, both).await.get("unspoken"), None);
    let apart = ask(&api, json!({"advisories": [alpine, dsa()]})).await;
    assert_eq!(
        apart["unspoken"][0]["reason"],
        "none of the advisories on CVE-2024-8 is about debian 12"
    );
    // That may be of any release.
    let unsure = fixed("X-1", "Debian", "openssl", "3.0.15-1~deb12u1");
    let unsure = ask(&api, json!({"advisories": [unsure]})).await;
    assert_eq!(unsure["unspoken"][0]["distro"], "debian");
    let python = fixed("PYSEC-1", "PyPI", "jinja2", "3.1.1");
    let only = ask(&api, json!({"advisories": [python]})).await;
    assert_eq!(
        only.get("unspoken"),
        None,
        "nothing is asked about its packages"
    );
}

#[tokio::test]
async fn an_advisory_that_names_no_package_is_told_since_nothing_follows_from_it() {
    let api = fleet().await;
    for record in [
        json!({"id": "CVE-2024-6119"}),
        json!({"id": "CVE-2024-6119", "affected": []}),
        json!({"id": "CVE-2024-6119", "affected": null}),
    ] {
        let answer = ask(&api, json!({"advisories": [record]})).await;
        let items = json!([{"advisory": "CVE-2024-6119", "reason": "record names no package"}]);
        assert_eq!(answer["left_out"], json!({"count": 1, "items": items}));
    }
    let withdrawn = json!({"id": "CVE-1", "withdrawn": "2024-01-01T00:00:00Z"});
    let answer = ask(&api, json!({"advisories": [withdrawn]})).await;
    assert_eq!(answer.get("left_out"), None, "it affects nothing");
}

#[tokio::test]
async fn distributions_without_end_are_counted_and_those_of_the_most_hosts_named() {
    let api = Api::new();
    let [web, db] = [api.host("web").await, api.host("db").await];
    let named: Vec<String> = (0..150).map(|number| format!("c{number}")).collect();
    let containers: Vec<(&str, u8)> = named.iter().map(String::as_str).zip(1..).collect();
    for _ in 0..75 {
        scan_as_distros_of_their_own(&api, ("web", &web), &containers).await;
    }
    scan_as_distros_of_their_own(&api, ("db", &db), &containers[149..]).await;
    let alpine = fixed("ALPINE-1", "Alpine:v3.20", "openssl", "3.3.2-r0");
    let answer = ask(&api, json!({"advisories": [alpine]})).await;
    assert_eq!(answer["unspoken"].as_array().unwrap().len(), 100);
    assert_eq!(answer["unspoken_total"], 150);
    assert_eq!(answer["unspoken"][0]["hosts"], 2);
    assert_eq!(answer["unspoken"][0]["distro_version"], json!(digest(150)));
}

#[tokio::test]
async fn pages_and_a_stream_hold_what_one_document_does() {
    let api = fleet().await;
    let advisories = json!([dsa(), fixed("PYSEC-1", "PyPI", "jinja2", "3.1.4")]);
    let all = ask(&api, json!({"advisories": advisories, "limit": 0})).await;
    let streamed = api
        .stream(
            "/api/v1/affected",
            &json!({"advisories": advisories, "limit": 1}),
        )
        .await;
    assert_eq!(streamed.headers["content-type"], "application/x-ndjson");
    assert_eq!(Value::Array(streamed.lines()), all["results"]);
    let (mut rows, mut request) = (Vec::new(), json!({"advisories": advisories, "limit": 3}));
    loop {
        let page = ask(&api, request.clone()).await;
        assert_eq!(page["summary"], all["summary"]);
        assert_eq!(page["total"], 8);
        rows.extend(page["results"].as_array().unwrap().clone());
        assert_eq!(page["truncated"], rows.len() < 8);
        match page.get("next_cursor") {
            Some(cursor) => request["cursor"] = cursor.clone(),
            None => break,
        }
    }
    assert_eq!(Value::Array(rows), all["results"]);
}

#[tokio::test]
async fn an_advisory_that_cannot_be_taken_is_named_and_the_rest_is_taken() {
    let api = fleet().await;
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let long = "x".repeat(10_000);
    let records = [
        dsa().to_string(),
        "7".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        json!({"id": ""}).to_string(),
        json!({"id": long, "affected": []}).to_string(),
        json!({"id": "A\u{1b}[2J\u{202e}", "affected": [{"package": {"name": "x"}}]}).to_string(),
        json!({"id": "B", "affected": [{"package": {"ecosystem": "Debian:12", "name": "openssl"},
               "ranges": [{"type": "ECOSYSTEM", "events": 7}]}]})
        .to_string(),
        format!("{{\"id\": \"C\", \"details\": {deep}}}"),
        format!("{{\"id\": \"D\", \"affected\": {deep}}}"),
    ];
    let body = format!("{{\"advisories\": [{}]}}", records.join(","));
    let method = axum::http::Method::POST;
    let asked = api.call(ADMIN, method, "/api/v1/affected", body.into_bytes());
    let answer = asked.await.ok();
    assert_eq!(answer["summary"]["affected"]["containers"], 4);
    let left_out = &answer["left_out"];
    let items = left_out["items"].as_array().unwrap();
    assert_eq!(left_out["count"], items.len());
    let named: Vec<&str> = items
        .iter()
        .map(|one| one["advisory"].as_str().unwrap())
        .collect();
    // The last ones lie too deep, wherever in them that is.
    for place in [1, 2, 3, 4, 5, 8, 9] {
        let place = format!("advisories[{place}]");
        assert!(named.contains(&place.as_str()), "{place} {items:?}");
    }
    assert!(named.contains(&"B"), "{items:?}");
    let text = left_out.to_string();
    assert!(
        !text.contains("u001b") && !text.contains('\u{202e}'),
        "{text}"
    );
}

#[tokio::test]
async fn the_first_of_many_that_are_left_out_are_named_and_all_are_counted() {
    let api = fleet().await;
    let none = vec![json!({}); 1000];
    let answer = ask(&api, json!({"advisories": none})).await;
    assert_eq!(answer["advisories"], 0);
    assert_eq!(answer["left_out"]["count"], 1000);
    assert_eq!(answer["left_out"]["items"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let api = fleet().await;
    let many = vec![json!({}); 50_001];
    for request in [
        json!({}),
        json!({"advisories": []}),
        json!({"advisories": many}),
        json!({"advisories": [dsa()], "verdicts": ["perhaps"]}),
        json!({"advisories": [dsa()], "match": [{"field": "name", "op": "regex", "value": "("}]}),
        json!({"advisories": [dsa()], "cursor": "x"}),
        json!({"advisories": [dsa()], "during": {"from": "2027-01-16T00:00:00Z", "to": "2027-01-15T00:00:00Z"}}),
    ] {
        let answer = api.post(ADMIN, "/api/v1/affected", request.clone()).await;
        answer.refused(InvalidRequest);
        api.stream("/api/v1/affected", &request)
            .await
            .refused(InvalidRequest);
    }
    let find = json!({"limit": 1});
    let cursor = api.post(ADMIN, "/api/v1/find", find).await.ok()["next_cursor"].clone();
    let foreign = json!({"advisories": [dsa()], "cursor": cursor});
    let answer = api.post(ADMIN, "/api/v1/affected", foreign).await;
    answer.refused(InvalidRequest);
}

#[tokio::test]
async fn a_host_may_not_ask_it_and_a_reader_may() {
    let api = fleet().await;
    let host = api.host("other").await;
    let reader = api.token("reader", "reader").await;
    let asked = json!({"advisories": [dsa()]});
    let refused = api.post(As::Token(&host), "/api/v1/affected", asked.clone());
    assert_eq!(refused.await.status, 403);
    let nobody = api.post(As::Nobody, "/api/v1/affected", asked.clone());
    assert_eq!(nobody.await.status, 401);
    assert_eq!(
        api.post(As::Token(&reader), "/api/v1/affected", asked)
            .await
            .status,
        200
    );
}
