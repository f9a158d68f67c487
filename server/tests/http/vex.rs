//! VEX: what a vendor states excuses what an advisory says, is counted, and hides nothing.

use axum::http::Method;
use proto_types::ErrorCode;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, digest};

const FEEDS: &str = "/api/v1/advisories/feeds";

fn record(id: &str, cve: &str, fix: &str) -> Value {
    json!({
        "id": id, "aliases": [cve],
        "affected": [{
            "package": {"ecosystem": "npm", "name": "left-pad"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

fn document(author: &str, time: &str, statements: &Value) -> Value {
    json!({"@context": "https://openvex.dev/ns/v0.2.0", "author": author, "timestamp": time,
           "statements": statements})
}

fn statement(cve: &str, product: &Value, status: &str) -> Value {
    json!({"vulnerability": {"name": cve}, "products": [product], "status": status,
           "justification": "vulnerable_code_not_in_execute_path"})
}

/// Two images that hold the same, each in a container.
async fn api() -> Api {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([{"type": "npm", "name": "left-pad", "version": "1.0.0", "purl": "pkg:npm/left-pad@1.0.0"}]);
    api.run("web", &token, &[("a", 1), ("b", 2)], &held).await;
    api
}

fn counts(answer: &Value) -> [u64; 4] {
    ["affected", "fixed", "not_affected", "unknown"]
        .map(|one| answer["summary"][one]["images"].as_u64().unwrap())
}

async fn ask(api: &Api, asked: Value) -> Value {
    api.post(ADMIN, "/api/v1/affected", asked).await.ok()
}

fn question(vex: &[Value]) -> Value {
    json!({"advisories": [record("GHSA-1", "CVE-2026-1", "2.0.0")], "vex": vex,
           "verdicts": ["affected", "not_affected", "fixed"]})
}

#[tokio::test]
async fn a_package_that_a_vendor_excuses_is_not_affected_and_says_who_states_it_and_why() {
    let api = api().await;
    let package = json!({"@id": "pkg:npm/left-pad@1.0.0"});
    let one = statement("CVE-2026-1", &package, "not_affected");
    let vex = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]));
    let answer = ask(&api, question(std::slice::from_ref(&vex))).await;
    assert_eq!(counts(&answer), [0, 0, 2, 0]);
    assert_eq!(answer["excused"]["images"], 2);
    let row = &answer["results"][0];
    assert_eq!(
        (&row["verdict"], &row["stated_by"]),
        (&json!("not_affected"), &json!("Example Ltd"))
    );
    assert!(
        row["reason"]
            .as_str()
            .unwrap()
            .contains("vulnerable_code_not_in_execute_path"),
        "{row}"
    );
    // The vulnerability in any letters.
    let small = statement("cve-2026-1", &package, "not_affected");
    let small = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([small]));
    assert_eq!(counts(&ask(&api, question(&[small])).await), [0, 0, 2, 0]);
    // The statement that was made last holds, whichever document it is in.
    let later = statement("CVE-2026-1", &package, "affected");
    let later = document("Example Ltd", "2026-03-02T00:00:00Z", &json!([later]));
    let answer = ask(&api, question(&[later, vex])).await;
    assert_eq!(
        (counts(&answer), answer.get("excused")),
        ([2, 0, 0, 0], None)
    );
    for nobody in [
        json!({"@id": "pkg:npm/other@1.0.0"}),
        json!({"@id": "registry.example/left-pad:1"}),
    ] {
        let one = statement("CVE-2026-1", &nobody, "not_affected");
        let vex = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]));
        assert_eq!(
            counts(&ask(&api, question(&[vex])).await),
            [2, 0, 0, 0],
            "{nobody}"
        );
    }
    let odd = ask(
        &api,
        question(&[document("x", "", &json!([{"status": "odd"}]))]),
    )
    .await;
    assert_eq!(counts(&odd), [2, 0, 0, 0]);
    let refused = api
        .post(ADMIN, "/api/v1/affected", question(&[json!([])]))
        .await;
    refused.refused(ErrorCode::InvalidRequest);
}

#[tokio::test]
async fn an_image_is_excused_by_its_digest_alone_and_page_by_page() {
    let api = api().await;
    let image = digest(1);
    let hex = image.trim_start_matches("sha256:");
    let product =
        json!({"hashes": {"sha-256": hex}, "subcomponents": [{"@id": "pkg:npm/left-pad@1.0.0"}]});
    let one = statement("CVE-2026-1", &product, "not_affected");
    let vex = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]));
    let answer = ask(&api, question(std::slice::from_ref(&vex))).await;
    assert_eq!(
        (counts(&answer), &answer["excused"]["containers"]),
        ([1, 0, 1, 0], &json!(1))
    );
    let mut paged = question(&[vex]);
    paged["limit"] = json!(1);
    let first = ask(&api, paged.clone()).await;
    paged["cursor"] = first["next_cursor"].clone();
    let second = ask(&api, paged).await;
    assert_eq!(second["excused"], first["excused"]);
    let verdicts = [&first, &second].map(|page| page["results"][0]["verdict"].clone());
    let images = [&first, &second].map(|page| page["results"][0]["image_digest"].clone());
    let excused = images.iter().position(|one| *one == json!(image)).unwrap();
    assert_eq!(verdicts[excused], "not_affected");
    assert_eq!(verdicts[1 - excused], "affected");
}

#[tokio::test]
async fn what_was_imported_excuses_until_it_is_dropped() {
    let api = api().await;
    let package = json!({"@id": "pkg:npm/left-pad"});
    let of = |cve: &str, status: &str| statement(cve, &package, status);
    let time = "2026-03-01T00:00:00Z";
    let vex = document(
        "Example Ltd",
        time,
        &json!([of("CVE-2026-1", "not_affected"), of("CVE-2026-2", "fixed"), {"status": "odd"}]),
    );
    let import = async |body: String| {
        let path = format!("{FEEDS}/vendor");
        api.call(ADMIN, Method::POST, &path, body.into_bytes())
            .await
    };
    let imported = import(vex.to_string()).await.ok();
    assert_eq!(
        (&imported["feed"]["kind"], &imported["feed"]["entries"]),
        (&json!("vex"), &json!(2))
    );
    assert_eq!(
        (&imported["added"], &imported["feed"]["newest"]),
        (&json!(2), &json!("2026-03-01T00:00:00.000Z"))
    );
    assert_eq!(imported["feed"]["skipped"][0]["count"], 1);
    let again = import(vex.to_string()).await.ok();
    assert_eq!([&again["added"], &again["removed"]], [0, 0]);
    assert_eq!(again["feed"]["hash"], imported["feed"]["hash"]);
    let two = json!({"advisories": [record("GHSA-1", "CVE-2026-1", "2.0.0"), record("GHSA-2", "CVE-2026-2", "2.0.0")]});
    let answer = ask(&api, two.clone()).await;
    assert_eq!(counts(&answer), [0, 2, 2, 0]);
    let fewer = document("Example Ltd", time, &json!([of("CVE-2026-2", "fixed")]));
    let changed = import(fewer.to_string()).await.ok();
    assert_eq!([&changed["added"], &changed["removed"]], [0, 1]);
    assert_eq!(counts(&ask(&api, two.clone()).await), [2, 2, 0, 0]);
    import("{\"@context\": \"openvex\", \"statements\": 5}".to_owned())
        .await
        .refused(ErrorCode::InvalidRequest);
    api.delete(ADMIN, &format!("{FEEDS}/vendor")).await.ok();
    assert_eq!(counts(&ask(&api, two).await), [2, 0, 0, 0]);
}

/// Imports records and a vendor's statements about them.
async fn import(api: &Api, source: &str, body: &Value) {
    let path = format!("{FEEDS}/{source}");
    let body = body.to_string().into_bytes();
    api.call(ADMIN, Method::POST, &path, body).await.ok();
}

async fn affecting(api: &Api, query: &str) -> Value {
    let path = format!("/api/v1/advisories/affecting{query}");
    api.get(ADMIN, &path).await.ok()
}

/// Images of each row: affected, unknown and excused.
fn extents(answer: &Value) -> Vec<[u64; 3]> {
    let all = answer["advisories"].as_array().unwrap().iter();
    all.map(|one| ["affected", "unknown", "excused"].map(|of| one[of]["images"].as_u64().unwrap()))
        .collect()
}

#[tokio::test]
async fn what_affects_the_fleet_counts_apart_what_vendors_excuse_and_hides_nothing() {
    let api = api().await;
    import(&api, "npm", &record("GHSA-1", "CVE-2026-1", "2.0.0")).await;
    assert_eq!(extents(&affecting(&api, "").await), [[2, 0, 0]]);
    // One of two images.
    let hex = digest(1).trim_start_matches("sha256:").to_owned();
    let image = json!({"hashes": {"sha-256": hex}});
    let of = |product: &Value| {
        let one = statement("cve-2026-1", product, "not_affected");
        document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]))
    };
    import(&api, "vendor", &of(&image)).await;
    let answer = affecting(&api, "").await;
    assert_eq!(extents(&answer), [[1, 0, 1]]);
    assert_eq!(answer["advisories"][0]["excused"]["containers"], 1);
    assert_eq!(answer["excused_total"], 0);
    // The package, wherever it is.
    import(&api, "vendor", &of(&json!({"@id": "pkg:npm/left-pad"}))).await;
    let answer = affecting(&api, "").await;
    assert_eq!(extents(&answer), Vec::<[u64; 3]>::new());
    assert_eq!(
        [&answer["total"], &answer["excused_total"]],
        [&json!(0), &json!(1)]
    );
    let answer = affecting(&api, "?excused=true&limit=1").await;
    assert_eq!(
        (extents(&answer), &answer["total"]),
        (vec![[0, 0, 2]], &json!(1))
    );
    // What comes later is excused as well.
    let token = api.host("db").await;
    let held = json!([{"type": "npm", "name": "left-pad", "version": "1.0.1"}]);
    api.run("db", &token, &[("a", 3)], &held).await;
    let answer = affecting(&api, "?excused=true").await;
    assert_eq!(extents(&answer), [[0, 0, 3]]);
    api.delete(ADMIN, &format!("{FEEDS}/vendor")).await.ok();
    assert_eq!(extents(&affecting(&api, "").await), [[3, 0, 0]]);
}

#[tokio::test]
async fn an_explanation_names_the_statement_why_and_where_it_is_from() {
    let api = api().await;
    import(&api, "npm", &record("GHSA-1", "CVE-2026-1", "2.0.0")).await;
    let hex = digest(1).trim_start_matches("sha256:").to_owned();
    let image = json!({"hashes": {"sha-256": hex}});
    let one = statement("CVE-2026-1", &image, "not_affected");
    let vex = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]));
    import(&api, "vendor", &vex).await;
    let asked = json!({"ids": ["CVE-2026-1"], "explain": true,
                       "match": [{"field": "name", "op": "eq", "value": "left-pad"}]});
    let answer = ask(&api, asked).await;
    let explained = answer["explained"].as_array().unwrap();
    let verdicts: Vec<&Value> = explained.iter().map(|one| &one["verdict"]).collect();
    assert_eq!(verdicts, ["not_affected", "affected"]);
    let steps = explained[0]["advisories"][0]["steps"].as_array().unwrap();
    assert_eq!(
        steps[steps.len() - 2..],
        [
            "Example Ltd states that it is not affected in these images: \
             vulnerable_code_not_in_execute_path (VEX, imported as vendor, of 2026-03-01)",
            "so it is not affected"
        ]
    );
    assert_eq!(explained[0]["images"], 1);
}

#[tokio::test]
async fn a_question_brings_so_many_documents_and_no_more() {
    let api = api().await;
    let vex = document("Example Ltd", "2026-03-01T00:00:00Z", &json!([]));
    let most = vec![vex; 1001];
    let refused = api
        .post(ADMIN, "/api/v1/affected", question(&most))
        .await
        .refused(ErrorCode::InvalidRequest);
    assert!(
        refused.contains("`vex` lists 1001 documents: at most 1000 are taken"),
        "{refused}"
    );
    assert_eq!(counts(&ask(&api, question(&most[1..])).await), [2, 0, 0, 0]);
}

#[tokio::test]
async fn what_a_vendor_excuses_was_no_exposure_and_is_counted() {
    let api = api().await;
    let expose = async |vex: &[Value]| {
        let asked = json!({"advisories": [record("GHSA-1", "CVE-2026-1", "2.0.0")], "vex": vex});
        api.post(ADMIN, "/api/v1/affected/exposure", asked)
            .await
            .ok()
    };
    let answer = expose(&[]).await;
    assert_eq!(answer["summary"]["exposed"], 1);
    assert_eq!(answer.get("excused"), None);
    let of = |product: &Value| {
        let one = statement("CVE-2026-1", product, "not_affected");
        document("Example Ltd", "2026-03-01T00:00:00Z", &json!([one]))
    };
    // The other image is still there.
    let hex = digest(1).trim_start_matches("sha256:").to_owned();
    let answer = expose(&[of(&json!({"hashes": {"sha-256": hex}}))]).await;
    assert_eq!(answer["summary"]["exposed"], 1);
    assert_eq!(answer["excused"]["images"], 1);
    let answer = expose(&[of(&json!({"@id": "pkg:npm/left-pad"}))]).await;
    assert_eq!(
        (&answer["summary"]["hosts"], &answer["total"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(answer["excused"]["images"], 2);
    assert_eq!(answer["excused"]["hosts"], 1);
}
