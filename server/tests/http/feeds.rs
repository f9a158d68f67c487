//! `/api/v1/advisories…`: feeds are imported as a whole or not at all, and asked by the id of what they
//! speak of.

use axum::{
    body::{Body, Bytes},
    http::{Method, Request},
};
use futures_util::stream;
use proto_types::ErrorCode;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As};

const FEEDS: &str = "/api/v1/advisories/feeds";

/// A record about versions before a fix.
fn record(id: &str, ecosystem: &str, name: &str, fix: &str) -> Value {
    json!({
        "id": id, "modified": "2026-03-01T00:00:00Z", "summary": format!("about {name}"),
        "affected": [{
            "package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

/// The same of a CVE as a distribution's tracker has it: `DEBIAN-CVE-2026-1`.
fn tracked(cve: &str, name: &str, fix: &str) -> Value {
    let mut record = record(&format!("DEBIAN-{cve}"), "Debian:12", name, fix);
    record["upstream"] = json!([cve]);
    record
}

fn lines(records: &[Value]) -> Vec<u8> {
    let lines = records.iter().map(|one| format!("{one}\n"));
    lines.collect::<String>().into_bytes()
}

/// Imports what is said to be all that a source has.
async fn import(api: &Api, source: &str, records: &[Value]) -> Value {
    let complete = json!({"complete": true});
    import_part(api, source, &[records, &[complete]].concat()).await
}

async fn import_part(api: &Api, source: &str, records: &[Value]) -> Value {
    let path = format!("{FEEDS}/{source}");
    let answer = api.call(ADMIN, Method::POST, &path, lines(records)).await;
    answer.ok()
}

async fn feeds(api: &Api) -> Vec<Value> {
    let answer = api.get(ADMIN, FEEDS).await.ok();
    answer["feeds"].as_array().unwrap().clone()
}

/// The ids of all advisories, each with its source.
async fn ids(api: &Api, query: &str) -> Vec<String> {
    let answer = api.get(ADMIN, &format!("/api/v1/advisories{query}")).await;
    let answer = answer.ok();
    let all = answer["advisories"].as_array().unwrap();
    all.iter()
        .map(|one| {
            format!(
                "{} {}",
                one["source"].as_str().unwrap(),
                one["id"].as_str().unwrap()
            )
        })
        .collect()
}

#[tokio::test]
async fn an_import_is_all_of_its_source_and_says_what_is_other_than_before() {
    let api = Api::new();
    let (a, b) = (record("A", "npm", "a", "1"), record("B", "npm", "b", "1"));
    let first = import(&api, "npm", &[a.clone(), b.clone()]).await;
    assert_eq!(first["feed"]["advisories"], 2);
    assert_eq!(
        [&first["added"], &first["changed"], &first["removed"]],
        [2, 0, 0]
    );
    let again = import(&api, "npm", &[b.clone(), a.clone()]).await;
    assert_eq!(
        [&again["added"], &again["changed"], &again["removed"]],
        [0, 0, 0]
    );
    assert_eq!(again["feed"]["hash"], first["feed"]["hash"]);
    let other = record("A", "npm", "a", "2");
    let third = import(&api, "npm", &[other, record("C", "npm", "c", "1")]).await;
    assert_eq!(
        [&third["added"], &third["changed"], &third["removed"]],
        [1, 1, 1]
    );
    assert_ne!(third["feed"]["hash"], first["feed"]["hash"]);
    assert_eq!(ids(&api, "").await, ["npm A", "npm C"]);
    import(&api, "PyPI", &[a]).await;
    assert_eq!(ids(&api, "").await, ["PyPI A", "npm A", "npm C"]);
    assert_eq!(ids(&api, "?source=PyPI").await, ["PyPI A"]);
    assert_eq!(ids(&api, "?id_prefix=c").await, ["npm C"]);
    api.delete(ADMIN, &format!("{FEEDS}/npm")).await.ok();
    assert_eq!(ids(&api, "").await, ["PyPI A"]);
    let gone = api.delete(ADMIN, &format!("{FEEDS}/npm")).await;
    gone.refused(ErrorCode::NotFound);
}

#[tokio::test]
async fn what_breaks_off_is_cut_off_or_holds_nothing_changes_nothing() {
    let api = Api::new();
    let path = format!("{FEEDS}/npm");
    import(&api, "npm", &[record("A", "npm", "a", "1")]).await;
    let before = feeds(&api).await;
    let whole = lines(&[record("B", "npm", "b", "1")]);
    let broken: [&[u8]; 5] = [
        b"",
        b"[]",
        b"no JSON at all\n",
        &whole[..whole.len() - 2],
        &[b"[", &whole[..]].concat(),
    ];
    for body in broken {
        let answer = api.call(ADMIN, Method::POST, &path, body.to_vec()).await;
        answer.refused(ErrorCode::InvalidRequest);
    }
    let pieces = [Ok(Bytes::from(whole)), Err(std::io::Error::other("gone"))];
    let body = Body::from_stream(stream::iter(pieces));
    let request = Request::post(&path).body(body).unwrap();
    api.send(ADMIN, request)
        .await
        .refused(ErrorCode::InvalidRequest);
    assert_eq!(feeds(&api).await, before);
    assert_eq!(ids(&api, "").await, ["npm A"]);
    for source in ["%20", "a%0Ab", &"x".repeat(257)] {
        let path = format!("{FEEDS}/{source}");
        let answer = api.call(ADMIN, Method::POST, &path, lines(&[])).await;
        answer.refused(ErrorCode::InvalidRequest);
    }
}

#[tokio::test]
async fn only_an_admin_imports_and_drops_and_a_reader_looks() {
    let api = Api::new();
    let reader = api.token("reader", "reader").await;
    let by = As::Token(&reader);
    let path = format!("{FEEDS}/npm");
    let records = lines(&[record("A", "npm", "a", "1")]);
    let refused = api.call(by, Method::POST, &path, records).await;
    refused.refused(ErrorCode::Forbidden);
    import(&api, "npm", &[record("A", "npm", "a", "1")]).await;
    api.delete(by, &path).await.refused(ErrorCode::Forbidden);
    for path in [FEEDS, "/api/v1/advisories", "/api/v1/advisories/A"] {
        api.get(by, path).await.ok();
    }
}

#[tokio::test]
async fn a_feed_says_what_it_lists_of_what_and_what_was_left_out_and_why() {
    let api = Api::new();
    let erratum = record("DSA-1", "Debian:12", "openssl", "3");
    let mut git = record("X", "npm", "x", "1");
    git["affected"][0]["ranges"][0]["type"] = json!("GIT");
    let records = [
        erratum,
        tracked("CVE-2026-1", "zlib", "2"),
        record("DSA-2", "Debian:11", "openssl", "3"),
        git,
        json!({"skipped": {"reason": "file isn't JSON by its name", "of": "LICENSE", "detail": ""}}),
    ];
    let feed = import(&api, "Debian", &records).await["feed"].clone();
    assert_eq!(feed["kind"], "mixed");
    assert_eq!(feed["newest"], "2026-03-01T00:00:00.000Z");
    let of = |name: &str| {
        let all = feed["ecosystems"].as_array().unwrap();
        all.iter()
            .find(|one| one["ecosystem"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(of("Debian:12")["kind"], "all");
    assert_eq!(of("Debian:12")["advisories"], 2);
    assert_eq!(of("Debian:11")["kind"], "fixes_only");
    assert_eq!(
        skips(&feed),
        [
            ("file isn't JSON by its name", 1),
            ("range is of Git commits", 1),
            ("package has no versions", 1),
        ]
    );
    assert_eq!(feeds(&api).await, [feed]);
    let odd = [
        json!({"id": 7}),
        json!({"skipped": {"reason": "nobody knows this one", "of": "x"}}),
        record("DSA-1", "Debian:12", "openssl", "3"),
    ];
    let feed = import(&api, "Debian", &odd).await["feed"].clone();
    assert_eq!(skips(&feed), [("record has no id", 2)]);
}

/// What was left out of a feed, and how often.
fn skips(feed: &Value) -> Vec<(&str, u64)> {
    let skipped = feed["skipped"].as_array().unwrap().iter();
    skipped
        .map(|one| {
            let reason = one["reason"].as_str().unwrap();
            (reason, one["count"].as_u64().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn of_two_records_with_one_id_the_one_that_was_changed_last_counts() {
    let api = Api::new();
    let old = record("A", "npm", "a", "1");
    let mut new = record("A", "npm", "a", "2");
    new["modified"] = json!("2026-04-01T00:00:00Z");
    for records in [[old.clone(), new.clone()], [new, old]] {
        import(&api, "npm", &records).await;
        let shown = api.get(ADMIN, "/api/v1/advisories/a").await.ok();
        let events = &shown["advisories"][0]["record"]["affected"][0]["ranges"][0]["events"];
        assert_eq!(events[1]["fixed"], "2");
        assert_eq!(shown["total"], 1);
    }
}

#[tokio::test]
async fn a_list_goes_on_where_its_last_page_ended() {
    let api = Api::new();
    let records: Vec<Value> = (0..25)
        .map(|number| record(&format!("a-{number:02}"), "npm", "x", "1"))
        .collect();
    import(&api, "one", &records).await;
    import(&api, "two", &records).await;
    let all = ids(&api, "?limit=0").await;
    assert_eq!(all.len(), 50);
    let (mut paged, mut query) = (Vec::new(), "?limit=7".to_owned());
    loop {
        paged.extend(ids(&api, &query).await);
        let page = api
            .get(ADMIN, &format!("/api/v1/advisories{query}"))
            .await
            .ok();
        assert_eq!(page["total"], 50);
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=7&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
    let odd = api.get(ADMIN, "/api/v1/advisories?cursor=x").await;
    odd.refused(ErrorCode::InvalidRequest);
}

/// A host that runs Debian 12 with openssl before its fix.
async fn fleet() -> Api {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([
        {"type": "deb", "name": "libssl3", "version": "3.0.11-1~deb12u2",
         "source": "openssl", "source_version": "3.0.11-1~deb12u2"},
    ]);
    api.run("web", &token, &[("a", 1)], &held).await;
    api
}

async fn asked(api: &Api, id: &str) -> Value {
    let question = json!({"ids": [id]});
    api.post(ADMIN, "/api/v1/affected", question).await.ok()
}

#[tokio::test]
async fn a_cve_is_asked_by_its_id_of_all_that_was_imported_about_it() {
    let api = fleet().await;
    let tracker = [
        tracked("CVE-2026-1", "openssl", "3.0.15-1~deb12u1"),
        tracked("CVE-2026-2", "openssl", "3.0.9-1"),
    ];
    import(&api, "Debian", &tracker).await;
    let mut ghsa = record("GHSA-1", "PyPI", "openssl", "1");
    ghsa["aliases"] = json!(["CVE-2026-1"]);
    import(&api, "GHSA", &[ghsa]).await;
    for id in ["CVE-2026-1", "cve-2026-1", "GHSA-1", "DEBIAN-CVE-2026-1"] {
        let answer = asked(&api, id).await;
        assert_eq!(
            answer["results"][0]["advisory"], "DEBIAN-CVE-2026-1",
            "{id}"
        );
        assert_eq!(answer["summary"]["affected"]["hosts"], 1, "{id}");
    }
    let fixed = asked(&api, "CVE-2026-2").await;
    assert_eq!(fixed["summary"]["affected"]["containers"], 0);
    assert_eq!(fixed["summary"]["fixed"]["containers"], 1);
    assert_eq!(fixed.get("unspoken"), None);
    let unknown = api
        .post(ADMIN, "/api/v1/affected", json!({"ids": ["CVE-2026-3"]}))
        .await;
    unknown.refused(ErrorCode::NotFound);
    assert!(unknown.hint().contains("says nothing of what runs"));
    let both = json!({"ids": ["CVE-2026-1"], "advisories": [{"id": "x"}]});
    for question in [both, json!({}), json!({"ids": vec!["x"; 101]})] {
        let answer = api.post(ADMIN, "/api/v1/affected", question).await;
        answer.refused(ErrorCode::InvalidRequest);
    }
}

#[tokio::test]
async fn what_no_feed_lists_everything_of_stays_unknown() {
    let api = fleet().await;
    let unspoken = |answer: &Value| -> Vec<String> {
        let all = answer["unspoken"].as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|one| one["reason"].as_str().unwrap().to_owned())
            .collect()
    };
    // Of Debian 12 nothing was imported.
    let mut ghsa = record("GHSA-1", "PyPI", "x", "1");
    ghsa["aliases"] = json!(["CVE-2026-1"]);
    import(&api, "GHSA", &[ghsa]).await;
    let none = asked(&api, "CVE-2026-1").await;
    assert_eq!(unspoken(&none).len(), 1, "{none}");
    // Then what was fixed, and not this.
    import(&api, "DSA", &[record("DSA-1", "Debian:12", "zlib", "1")]).await;
    let fixes = asked(&api, "CVE-2026-1").await;
    assert!(unspoken(&fixes)[0].contains("lists fixes only"), "{fixes}");
    // Then everything that is known, and not this.
    import(&api, "Debian", &[tracked("CVE-2026-9", "zlib", "1")]).await;
    let all = asked(&api, "CVE-2026-1").await;
    assert_eq!(unspoken(&all), [""; 0], "{all}");
}

#[tokio::test]
async fn what_a_part_of_a_feed_does_not_name_stays_unknown() {
    let api = fleet().await;
    let mut ghsa = record("GHSA-1", "PyPI", "x", "1");
    ghsa["aliases"] = json!(["CVE-2026-1"]);
    import(&api, "GHSA", &[ghsa]).await;
    let other = tracked("CVE-2026-9", "zlib", "1");
    let unread = json!({"id": 7, "affected": []});
    let not_complete = json!({"complete": false});
    // One record that happened to be imported, and a feed of which one couldn't be read.
    for part in [
        vec![other.clone()],
        vec![other.clone(), not_complete],
        vec![other.clone(), unread, json!({"complete": true})],
    ] {
        let feed = import_part(&api, "Debian", &part).await["feed"].clone();
        assert_eq!(feed["kind"], "part", "{feed}");
        assert_eq!(feed["ecosystems"][0]["kind"], "part");
        let answer = asked(&api, "CVE-2026-1").await;
        let reason = answer["unspoken"][0]["reason"].as_str().unwrap();
        assert!(reason.contains("isn't known to be all of it"), "{reason}");
    }
    let whole = import(&api, "Debian", &[other]).await;
    assert_eq!(whole["feed"]["kind"], "all");
    let answer = asked(&api, "CVE-2026-1").await;
    assert_eq!(answer.get("unspoken"), None, "{answer}");
}

#[tokio::test]
async fn what_could_not_be_read_of_an_advisory_that_was_imported_is_named_where_it_is_asked_about()
{
    let api = fleet().await;
    let mut record = tracked("CVE-2026-1", "zlib", "1");
    let entries = record["affected"].as_array_mut().unwrap();
    entries.push(json!({"package": {"ecosystem": "Debian:12"}}));
    import(
        &api,
        "Debian",
        &[record, tracked("CVE-2026-2", "zlib", "1")],
    )
    .await;
    let answer = asked(&api, "CVE-2026-1").await;
    assert_eq!(answer["left_out"]["count"], 1, "{answer}");
    let named = &answer["left_out"]["items"][0];
    assert_eq!(named["advisory"], "DEBIAN-CVE-2026-1");
    assert_eq!(named["reason"], "package isn't named");
    let answer = asked(&api, "CVE-2026-2").await;
    assert_eq!(answer.get("left_out"), None, "{answer}");
}

#[tokio::test]
async fn nothing_is_proven_while_a_registry_whose_packages_run_has_no_feed() {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([
        {"type": "deb", "name": "zlib1g", "version": "1"},
        {"type": "npm", "name": "left-pad", "version": "1.0.0"},
        {"type": "binary", "name": "tool", "version": "1"},
    ]);
    api.run("web", &token, &[("a", 1)], &held).await;
    import(&api, "Debian", &[tracked("CVE-2026-1", "x", "1")]).await;
    let answer = asked(&api, "CVE-2026-1").await;
    assert_eq!(answer["unspoken"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!(answer["unspoken"][0]["distro"], "npm");
    assert_eq!(answer["unspoken"][0]["reason"], "no feed speaks of npm");
    let only = json!({"field": "type", "op": "eq", "value": "deb"});
    let question = json!({"ids": ["CVE-2026-1"], "match": [only], "limit": 1});
    let of_debs = api.post(ADMIN, "/api/v1/affected", question).await.ok();
    assert_eq!(of_debs.get("unspoken"), None, "{of_debs}");
    import(&api, "npm", &[record("GHSA-1", "npm", "x", "1")]).await;
    let proof = asked(&api, "CVE-2026-1").await;
    assert_eq!(proof.get("unspoken"), None, "{proof}");
}

#[tokio::test]
async fn gaps_are_what_runs_and_no_feed_lists_everything_of() {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([
        {"type": "deb", "name": "zlib1g", "version": "1"},
        {"type": "npm", "name": "left-pad", "version": "1.0.0"},
        {"type": "binary", "name": "tool", "version": "1"},
        // Two types of one registry.
        {"type": "java-archive", "name": "core", "version": "1"},
        {"type": "jenkins-plugin", "name": "git", "version": "1"},
        // No verdict is made of what belongs to a package of the distribution.
        {"type": "python", "name": "six", "version": "1.16.0", "owned_by_os": true},
    ]);
    api.run("web", &token, &[("a", 1), ("b", 1)], &held).await;
    let gaps = async || {
        let answer = api.get(ADMIN, "/api/v1/advisories/gaps").await.ok();
        assert_eq!(answer["coverage"]["complete"], true);
        let all = answer["gaps"].as_array().unwrap().clone();
        let mut all: Vec<String> = all
            .iter()
            .map(|one| {
                let (of, reason) = (one["of"].as_str().unwrap(), one["reason"].as_str().unwrap());
                assert_eq!(
                    (one["containers"].as_u64(), one["hosts"].as_u64()),
                    (Some(2), Some(1))
                );
                format!("{of}: {reason}")
            })
            .collect();
        all.sort();
        all
    };
    let none = |of: &str| format!("{of}: no feed speaks of {of}");
    assert_eq!(
        gaps().await,
        [
            none("Maven"),
            none("binary"),
            none("debian 12"),
            none("npm")
        ]
    );
    import(&api, "DSA", &[record("DSA-1", "Debian:12", "x", "1")]).await;
    import(&api, "npm", &[record("GHSA-1", "npm", "x", "1")]).await;
    let fixes = "debian 12: the feed of debian 12 lists fixes only, and nothing that isn't fixed";
    assert_eq!(
        gaps().await,
        [none("Maven"), none("binary"), fixes.to_owned()]
    );
    import(&api, "Debian", &[tracked("CVE-2026-1", "x", "1")]).await;
    assert_eq!(gaps().await, [none("Maven"), none("binary")]);
}

#[tokio::test]
async fn a_feed_of_before_it_was_published_proves_nothing_of_a_vulnerability() {
    let api = Api::new();
    let token = api.host("web").await;
    let held = json!([{"type": "deb", "name": "zlib1g", "version": "1"}]);
    api.run("web", &token, &[("a", 1)], &held).await;
    import(&api, "Debian", &[tracked("CVE-2026-1", "x", "1")]).await;
    let mut published = record("GHSA-1", "npm", "y", "1");
    published["aliases"] = json!(["CVE-2026-2"]);
    let ask = async |published: Value| {
        import(&api, "npm", &[published]).await;
        let asked = json!({"ids": ["CVE-2026-2"]});
        api.post(ADMIN, "/api/v1/affected", asked).await.ok()
    };
    let before = ask(published.clone()).await;
    assert_eq!(
        before.get("unspoken"),
        None,
        "Debian's feed lists everything, and not this"
    );
    assert!(before["oldest_feed"]["imported_at"].is_string());
    published["published"] = json!("2100-01-01T00:00:00Z");
    let after = ask(published).await;
    let reason = after["unspoken"][0]["reason"].as_str().unwrap();
    assert_eq!(
        reason,
        "what was imported of debian 12 is from before this was published: import it again"
    );
}
