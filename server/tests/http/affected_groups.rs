//! `/api/v1/affected` counted by something, and the images to rebuild.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, digest, text};

const FLEET: &[(&str, &[(&str, u8)])] = &[
    ("db", &[("a", 1), ("b", 2)]),
    ("web", &[("a", 1), ("c", 3)]),
];

/// Two hosts on Debian 12: image 1 has an old openssl, 2 and 3 the old one and a new one of zlib.
async fn fleet() -> Api {
    let api = Api::new();
    for (name, containers) in FLEET {
        let token = api.host(name).await;
        for (container, image) in *containers {
            let held = match image {
                1 => json!([openssl("3.0.11-1")]),
                _ => json!([openssl("3.0.15-1"), zlib(*image)]),
            };
            let so_far: Vec<(&str, u8)> = containers
                .iter()
                .copied()
                .take_while(|one| one.0 <= *container)
                .collect();
            api.run(name, &token, &so_far, &held).await;
        }
    }
    api
}

fn openssl(version: &str) -> Value {
    json!({"type": "deb", "name": "libssl3", "version": version, "source": "openssl", "source_version": version})
}

fn zlib(image: u8) -> Value {
    json!({"type": "deb", "name": "zlib1g", "version": format!("1.2.{image}"), "source": "zlib",
           "source_version": format!("1.2.{image}")})
}

fn record(id: &str, name: &str, fix: &str) -> Value {
    json!({
        "id": id, "upstream": [format!("CVE-2024-{}", id.len())],
        "affected": [{
            "package": {"ecosystem": "Debian:12", "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fix}]}],
        }],
    })
}

/// `DSA-1` on the old openssl, `DSA-22` on all of zlib, `DSA-333` on nothing that runs.
fn records() -> Value {
    json!([
        record("DSA-1", "openssl", "3.0.14-1"),
        record("DSA-22", "zlib", "1.3"),
        record("DSA-333", "zlib", "1.0"),
    ])
}

async fn ask(api: &Api, more: Value) -> Value {
    let mut request = json!({"advisories": records()});
    let fields = request.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    api.post(ADMIN, "/api/v1/affected", request).await.ok()
}

/// Each group: its key, then artifacts, images, containers and hosts.
fn groups(answer: &Value) -> Vec<String> {
    let groups = answer["groups"].as_array().unwrap().iter();
    let said = groups.map(|group| {
        let counts =
            ["artifacts", "images", "containers", "hosts"].map(|one| group[one].to_string());
        format!("{} {}", group["key"].as_str().unwrap(), counts.join(" "))
    });
    said.collect()
}

#[tokio::test]
async fn what_is_affected_is_counted_by_whatever_find_counts_by() {
    let api = fleet().await;
    for (by, expected) in [
        ("name", vec!["libssl3 1 1 2 2", "zlib1g 2 2 2 2"]),
        ("host", vec!["db 2 2 2 1", "web 2 2 2 1"]),
        ("type", vec!["deb 3 3 4 2"]),
        ("distro", vec!["debian 12 3 3 4 2"]),
        (
            "version",
            vec!["3.0.11-1 1 1 2 2", "1.2.3 1 1 1 1", "1.2.2 1 1 1 1"],
        ),
    ] {
        let answer = ask(&api, json!({"group_by": by})).await;
        assert_eq!(groups(&answer), expected, "{by}");
        assert_eq!(answer["total"], expected.len());
        assert_eq!(answer.get("results"), None);
        assert_eq!(answer["summary"]["affected"]["containers"], 4);
    }
    let answer = ask(&api, json!({"group_by": "image"})).await;
    assert_eq!(answer["total"], 3);
    let fixed = json!({"group_by": "name", "verdicts": ["fixed"]});
    let fixed = ask(&api, fixed).await;
    assert_eq!(groups(&fixed), ["libssl3 1 2 2 2", "zlib1g 2 2 2 2"]);
}

#[tokio::test]
async fn groups_by_advisory_have_its_cves_and_what_it_says() {
    let api = fleet().await;
    let all = json!(["affected", "fixed"]);
    let answer = ask(&api, json!({"group_by": "advisory", "verdicts": all})).await;
    assert_eq!(
        groups(&answer),
        ["DSA-1 2 3 4 2", "DSA-22 2 2 2 2", "DSA-333 2 2 2 2"]
    );
    let first = &answer["groups"][0];
    assert_eq!(first["cves"], json!(["CVE-2024-5"]));
    assert_eq!(first["verdicts"], json!(["affected", "fixed"]));
    let affected = ask(&api, json!({"group_by": "advisory"})).await;
    assert_eq!(groups(&affected), ["DSA-1 1 1 2 2", "DSA-22 2 2 2 2"]);
}

#[tokio::test]
async fn groups_come_in_pages() {
    let api = fleet().await;
    for by in ["advisory", "name", "host"] {
        let (mut keys, mut cursor, mut pages) = (Vec::new(), Value::Null, 0);
        loop {
            let mut more = json!({"group_by": by, "limit": 1});
            if cursor.is_string() {
                more["cursor"] = cursor;
            }
            let answer = ask(&api, more).await;
            assert_eq!(answer["total"], 2, "{by}");
            assert_eq!(answer["summary"]["affected"]["hosts"], 2);
            keys.extend(groups(&answer));
            pages += 1;
            cursor = answer["next_cursor"].clone();
            assert_eq!(answer["truncated"], cursor.is_string());
            if cursor.is_null() {
                break;
            }
        }
        let whole = ask(&api, json!({"group_by": by})).await;
        assert_eq!((keys, pages), (groups(&whole), 2), "{by}");
    }
}

#[tokio::test]
async fn a_cover_names_the_images_whose_rebuild_leaves_no_host_affected() {
    let api = fleet().await;
    let answer = ask(&api, json!({"cover": true})).await;
    let images = answer["cover"].as_array().unwrap();
    assert_eq!(answer["total"], 3);
    assert_eq!(images[0]["image_digest"], json!(digest(1)));
    assert_eq!(images[2]["hosts_clean"], 2);
    let of_openssl = json!([{"field": "source", "op": "eq", "value": "openssl"}]);
    let answer = ask(&api, json!({"cover": true, "match": of_openssl})).await;
    assert_eq!(answer["total"], 1);
    assert_eq!(answer["cover"][0]["hosts_clean"], 2);
}

#[tokio::test]
async fn groups_and_a_cover_are_no_streams_and_not_asked_together() {
    let api = fleet().await;
    let both = json!({"advisories": records(), "cover": true, "group_by": "name"});
    let answer = api.post(ADMIN, "/api/v1/affected", both).await;
    answer.refused(InvalidRequest);
    let request = json!({"advisories": records(), "cover": true});
    let answer = api.stream("/api/v1/affected", &request).await;
    answer.refused(InvalidRequest);
}

#[tokio::test]
async fn each_step_of_a_decision_is_told_of_what_is_named() {
    let api = fleet().await;
    let named = |name: &str| json!([{"field": "name", "op": "eq", "value": name}]);
    let answer = ask(&api, json!({"explain": true, "match": named("libssl3")})).await;
    assert_eq!(
        (&answer["total"], &answer["truncated"]),
        (&json!(2), &json!(false))
    );
    let explained = answer["explained"].as_array().unwrap();
    let of = |one: &Value| {
        (
            text(&one["version"]),
            text(&one["verdict"]),
            one["hosts"].clone(),
        )
    };
    let (old, new) = (&explained[1], &explained[0]);
    assert_eq!(
        of(old),
        ("3.0.11-1".to_owned(), "affected".to_owned(), json!(2))
    );
    assert_eq!(
        of(new),
        ("3.0.15-1".to_owned(), "fixed".to_owned(), json!(2))
    );
    assert_eq!(
        old["advisories"],
        json!([{
            "advisory": "DSA-1", "cves": ["CVE-2024-5"], "verdict": "affected", "fixed": "3.0.14-1",
            "reason": "libssl3 is built from openssl 3.0.11-1, which is older than 3.0.14-1 (Debian:12, DSA-1)",
            "steps": [
                "Debian:12 openssl means it as its source package, at 3.0.11-1, and fits debian 12",
                "its range: affected from the first version, fixed in 3.0.14-1",
                "affected: libssl3 is built from openssl 3.0.11-1, which is older than 3.0.14-1 (Debian:12, DSA-1)",
                "so it is affected, and 3.0.14-1 fixes it",
            ],
        }])
    );
    let first = json!({"explain": true, "match": named("libssl3"), "limit": 1});
    assert_eq!(ask(&api, first).await["truncated"], true);
    let request = json!({"advisories": records(), "explain": true});
    let answer = api.post(ADMIN, "/api/v1/affected", request).await;
    answer.refused(InvalidRequest);
}

#[tokio::test]
async fn what_no_advisory_names_is_told_with_what_is_known() {
    let api = fleet().await;
    let named = json!([{"field": "name", "op": "eq", "value": "libssl3"}]);
    let request = json!({
        "advisories": [record("DSA-9", "curl", "9")], "explain": true, "match": named,
    });
    let answer = api.post(ADMIN, "/api/v1/affected", request).await.ok();
    let one = &answer["explained"][0];
    assert_eq!(one["advisories"], json!([]));
    assert_eq!(one.get("verdict"), None);
    assert_eq!(
        one["reason"],
        "none of the advisories speaks of it; it is from debian 12"
    );
}

#[tokio::test]
async fn notices_of_bug_fixes_are_left_aside_unless_they_are_asked_for() {
    let api = fleet().await;
    let mut bugfix = record("RHBA-2024:1", "openssl", "3.0.14-1");
    bugfix["upstream"] = json!([]);
    let asked = |advisories: Value, bugfixes: bool| {
        let api = &api;
        async move {
            let request = json!({"advisories": advisories, "bugfixes": bugfixes});
            let answer = api.post(ADMIN, "/api/v1/affected", request).await.ok();
            let left = answer["bugfixes_left_aside"].as_u64().unwrap_or(0);
            (
                answer["advisories"].as_u64().unwrap(),
                left,
                answer["total"].as_u64().unwrap(),
            )
        }
    };
    let both = json!([bugfix, record("DSA-22", "zlib", "1.3")]);
    assert_eq!(asked(both.clone(), false).await, (1, 1, 2));
    assert_eq!(asked(both, true).await, (2, 0, 4));
    // Who gives it alone means it.
    assert_eq!(asked(json!([bugfix]), false).await, (1, 0, 2));
}
