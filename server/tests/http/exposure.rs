//! `/api/v1/affected/exposure`: since when and until when hosts were exposed, over two days of reports.

use proto_types::ErrorCode::InvalidRequest;
use serde_json::{Value, json};

use super::api::{ADMIN, Api, As, full};

const PATH: &str = "/api/v1/affected/exposure";

fn openssl(version: &str) -> Value {
    json!([{"type": "deb", "name": "openssl", "version": version,
            "source": "openssl", "source_version": version}])
}

/// What each host runs, hour by hour: an image by its number, or nothing where the host is silent.
struct Story {
    host: &'static str,
    runs: fn(i64) -> Option<u8>,
}

/// Image 1 is affected, and image 2 is not. The deadlines are hours 16 and 40.
const STORIES: [Story; 4] = [
    Story {
        host: "db",
        runs: |hour| Some(if hour < 30 { 1 } else { 2 }),
    },
    Story {
        host: "late",
        runs: |_| Some(1),
    },
    Story {
        host: "silent",
        runs: |hour| match hour {
            0..=10 => Some(1),
            11..=19 => None,
            _ => Some(2),
        },
    },
    Story {
        host: "web",
        runs: |hour| Some(if hour < 12 { 1 } else { 2 }),
    },
];

/// Two days of it, with a report an hour.
async fn two_days() -> Api {
    let api = Api::new();
    let mut tokens = Vec::new();
    for story in &STORIES {
        tokens.push(api.host(story.host).await);
    }
    let first = &tokens[0];
    let versions = [openssl("3.0.11-1~deb12u2"), openssl("3.0.15-1~deb12u1")];
    for (number, held) in (1..).zip(&versions) {
        api.run("db", first, &[("app", number)], held).await;
    }
    for hour in 0..=45 {
        for (story, token) in STORIES.iter().zip(&tokens) {
            if let Some(image) = (story.runs)(hour) {
                let report = full(story.host, &[("app", image)]);
                api.post(As::Token(token), "/api/v1/reports/full", report)
                    .await
                    .ok();
            }
        }
        api.pass(3600);
    }
    api
}

fn record() -> Value {
    json!({
        "id": "DSA-5764-1", "aliases": ["CVE-2024-6119"], "published": "2027-01-15T00:00:00Z",
        "affected": [{
            "package": {"ecosystem": "Debian:12", "name": "openssl"},
            "ranges": [{"type": "ECOSYSTEM",
                        "events": [{"introduced": "0"}, {"fixed": "3.0.15-1~deb12u1"}]}],
        }],
    })
}

fn question(more: &Value) -> Value {
    let mut question = json!({"advisories": [record()], "within": [2, 1]});
    let more = more.as_object().unwrap().clone();
    question.as_object_mut().unwrap().extend(more);
    question
}

async fn ask(api: &Api, more: Value) -> Value {
    api.post(ADMIN, PATH, question(&more)).await.ok()
}

fn of<'a>(answer: &'a Value, field: &str) -> Vec<&'a Value> {
    let rows = answer["results"].as_array().unwrap();
    rows.iter().map(|row| &row[field]).collect()
}

#[tokio::test]
async fn each_host_is_told_since_when_and_until_when_it_was_exposed() {
    let api = two_days().await;
    let answer = ask(&api, json!({})).await;
    assert_eq!(of(&answer, "host"), ["db", "late", "silent", "web"]);
    assert_eq!(of(&answer, "state"), ["fixed", "exposed", "fixed", "fixed"]);
    assert_eq!(of(&answer, "days"), [1, 1, 0, 0]);
    assert_eq!(
        of(&answer, "fixed_at"),
        [
            &json!("2027-01-16T14:00:00.000Z"),
            &Value::Null,
            &json!("2027-01-16T04:00:00.000Z"),
            &json!("2027-01-15T20:00:00.000Z"),
        ]
    );
    let silent = &answer["results"][2];
    assert_eq!(
        silent["unknown"],
        json!([{"kind": "silent", "from": "2027-01-15T18:00:00.001Z",
                "until": "2027-01-16T04:00:00.000Z"}])
    );
    assert_eq!(
        answer["results"][3],
        json!({
            "advisory": "DSA-5764-1", "cves": ["CVE-2024-6119"], "host": "web",
            "first_exposed": "2027-01-15T08:00:00.000Z", "published": "2027-01-15T00:00:00.000Z",
            "fixed_at": "2027-01-15T20:00:00.000Z", "days": 0, "days_since_published": 0,
            "unknown_days": 0, "state": "fixed", "unknown": [],
        })
    );
    // Between its last report and the question an hour went by, and no more.
    assert_eq!(answer["as_of"], "2027-01-17T06:00:00.000Z");
}

#[tokio::test]
async fn who_was_clean_in_time_is_counted_and_silence_is_not_clean() {
    let api = two_days().await;
    let answer = ask(&api, json!({})).await;
    assert_eq!(
        answer["summary"],
        json!({"hosts": 4, "exposed": 1, "unknown": 0, "fixed": 3})
    );
    assert_eq!(
        answer["within"],
        json!([
            {"days": 1, "hosts": 4, "clean": 1, "late": 2, "open": 0, "unknown": 1},
            {"days": 2, "hosts": 4, "clean": 3, "late": 1, "open": 0, "unknown": 0},
        ])
    );
    let usual = json!({"advisories": [record()]});
    let usual = api.post(ADMIN, PATH, usual).await.ok();
    let days: Vec<&Value> = usual["within"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["days"])
        .collect();
    assert_eq!(days, [7, 14, 30]);
    assert_eq!(usual["within"][0]["open"], 1, "it has time left");
    assert_eq!(answer["coverage"]["silent_hosts"], 1, "since publication");
}

#[tokio::test]
async fn terms_and_times_choose_hosts_and_pages_and_lines_agree() {
    let api = two_days().await;
    let host = json!([{"field": "host", "op": "glob", "value": "*e*"}]);
    let answer = ask(&api, json!({"match": host})).await;
    assert_eq!(of(&answer, "host"), ["late", "silent", "web"]);
    // What is told of them is their whole past.
    let answer = ask(&api, json!({"at": "2027-01-16T12:00:00Z"})).await;
    assert_eq!(of(&answer, "host"), ["db", "late"]);
    assert_eq!(of(&answer, "days"), [1, 1]);
    assert_eq!(answer["summary"]["hosts"], 2);
    let during = json!({"from": "2027-01-14T00:00:00Z", "to": "2027-01-15T08:00:00Z"});
    let answer = ask(&api, json!({"during": during})).await;
    assert_eq!(answer["total"], 0);
    let whole = ask(&api, json!({})).await;
    let (mut rows, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = ask(&api, json!({"limit": 1, "cursor": cursor})).await;
        assert_eq!(page["within"], whole["within"]);
        assert_eq!(page["total"], 4);
        rows.extend(page["results"].as_array().unwrap().clone());
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(json!(rows), whole["results"]);
    let lines = api.stream(PATH, &question(&json!({}))).await.lines();
    assert_eq!(json!(lines), whole["results"]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    let api = Api::new();
    for more in [
        json!({"within": [4000]}),
        json!({"within": (0..11).collect::<Vec<u32>>()}),
        json!({"cursor": "7b7d"}),
        json!({"advisories": []}),
    ] {
        let answer = api.post(ADMIN, PATH, question(&more)).await;
        answer.refused(InvalidRequest);
    }
}
