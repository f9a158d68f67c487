//! `affected`: what is read and sent, what is shown, and what the exit status says.

use std::fs;

use proto_types::{AffectedRequest, AffectedResponse, Coverage};
use serde_json::{Value, json};

use crate::fake::{COMPLETE, Fake, INCOMPLETE, outcome, result};

/// How much an answer says of each verdict: images, which count once in everything.
#[derive(Clone, Copy, Default)]
struct Verdicts {
    affected: u64,
    fixed: u64,
    unknown: u64,
}

fn answer(verdicts: Verdicts, coverage: Coverage) -> AffectedResponse {
    let of = |count: u64| json!({"artifacts": count, "images": count, "containers": count, "hosts": count});
    let row = |_| {
        let mut row = json!(result("web1", "nginx"));
        row["advisory"] = json!("DSA-5764-1");
        row["cves"] = json!(["CVE-2024-6119"]);
        row["verdict"] = json!("affected");
        row["fixed"] = json!("3.0.15-1~deb12u1");
        row["reason"] = json!("openssl 3.0.14-1~deb12u1 is older than 3.0.15-1~deb12u1");
        row
    };
    let rows: Vec<Value> = (0..verdicts.affected).map(row).collect();
    serde_json::from_value(json!({
        "summary": {
            "affected": of(verdicts.affected), "fixed": of(verdicts.fixed),
            "not_affected": of(0), "unknown": of(verdicts.unknown),
        },
        "results": rows, "advisories": 1, "total": verdicts.affected, "truncated": false,
        "as_of": "2026-03-30T12:00:00Z", "coverage": coverage,
    }))
    .unwrap()
}

fn record(id: &str) -> Value {
    json!({
        "id": id, "aliases": ["CVE-2024-6119"], "details": "not needed", "references": [{"url": "x"}],
        "affected": [{
            "package": {"ecosystem": "Debian:12", "name": "openssl"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.15-1~deb12u1"}]}],
        }],
    })
}

/// A file in the home of a fake; where it is.
fn file(fake: &Fake, name: &str, text: &str) -> String {
    let path = fake.home().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

async fn exit_of(answer: &AffectedResponse, records: &Value) -> i32 {
    let fake = Fake::start().await;
    fake.answer::<AffectedRequest>(answer).await;
    let path = file(&fake, "given.json", &records.to_string());
    let (code, ..) = fake.run(&["affected", &path]);
    let (quiet, stdout, stderr) = fake.run(&["affected", &path, "-q"]);
    assert_eq!((quiet, stdout.as_str(), stderr.as_str()), (code, "", ""));
    let (counted, ..) = fake.run(&["affected", &path, "--count"]);
    assert_eq!(counted, code);
    code
}

#[tokio::test]
async fn nothing_affected_is_proven_only_where_nothing_is_unknown_either() {
    let none = Verdicts::default();
    let affected = Verdicts {
        affected: 1,
        ..none
    };
    let fixed = Verdicts { fixed: 1, ..none };
    let unknown = Verdicts { unknown: 1, ..none };
    let one = record("DSA-5764-1");
    assert_eq!(exit_of(&answer(affected, COMPLETE), &one).await, 0);
    assert_eq!(exit_of(&answer(affected, INCOMPLETE), &one).await, 0);
    assert_eq!(exit_of(&answer(none, COMPLETE), &one).await, 1);
    assert_eq!(exit_of(&answer(fixed, COMPLETE), &one).await, 1);
    assert_eq!(exit_of(&answer(none, INCOMPLETE), &one).await, 3);
    assert_eq!(exit_of(&answer(unknown, COMPLETE), &one).await, 3);
    let mut more = json!(answer(none, COMPLETE));
    more["unspoken"] = json!([{"distro": "alpine", "distro_version": "3.16", "images": 1,
        "containers": 1, "hosts": 1, "reason": "no feed speaks of alpine 3.16"}]);
    let unspoken = serde_json::from_value(more).unwrap();
    assert_eq!(exit_of(&unspoken, &one).await, 3);
    let mut more = json!(answer(none, COMPLETE));
    more["left_out"] = json!({"count": 1, "items": [{"advisory": "X", "reason": "odd"}]});
    let left_out = serde_json::from_value(more).unwrap();
    assert_eq!(exit_of(&left_out, &one).await, 3);
    let with_odd = json!([one, {"id": "", "affected": []}]);
    assert_eq!(
        exit_of(&answer(none, COMPLETE), &with_odd).await,
        3,
        "one wasn't read"
    );
}

#[tokio::test]
async fn what_the_server_needs_of_the_advisories_is_sent_with_what_is_asked() {
    let fake = Fake::start().await;
    fake.answer::<AffectedRequest>(&answer(Verdicts::default(), COMPLETE))
        .await;
    file(&fake, "all/a.json", &record("DSA-1").to_string());
    file(
        &fake,
        "all/b.json",
        &json!([record("DSA-2"), record("DSA-3")]).to_string(),
    );
    let folder = fake.home().join("all");
    let args = [
        "affected",
        folder.to_str().unwrap(),
        "--verdict",
        "affected,unknown",
    ];
    let (code, _, stderr) = fake.run(&[&args[..], &["--at", "2026-03-28T12:00Z"]].concat());
    assert_eq!(code, 1, "{stderr}");
    let asked = fake.asked().await.remove(0);
    let sent = asked["advisories"].as_array().unwrap();
    let ids: Vec<&str> = sent.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["DSA-1", "DSA-2", "DSA-3"]);
    assert_eq!(sent[0].get("details"), None);
    assert_eq!(sent[0]["affected"], record("x")["affected"]);
    assert_eq!(asked["verdicts"], json!(["affected", "unknown"]));
    assert_eq!(asked["at"], "2026-03-28T12:00:00Z");
    assert_eq!(asked["match"], json!([]));
}

#[tokio::test]
async fn standard_input_is_read_and_terms_narrow_what_is_asked() {
    let fake = Fake::start().await;
    let one = Verdicts {
        affected: 1,
        ..Verdicts::default()
    };
    fake.answer::<AffectedRequest>(&answer(one, COMPLETE)).await;
    let mut command = fake.assetctl(&["affected", "-", "host=web*", "--type", "deb"]);
    let (code, stdout, stderr) = outcome(command.write_stdin(record("DSA-5764-1").to_string()));
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("DSA-5764-1"), "{stdout}");
    let line =
        "DSA-5764-1 (CVE-2024-6119) host=web* type=deb: 1 image, 1 container, 1 host affected";
    assert!(stderr.starts_with(line), "{stderr}");
    let asked = fake.asked().await.remove(0);
    let terms = json!([
        {"field": "host", "op": "glob", "value": "web*"},
        {"field": "type", "op": "eq", "value": "deb"},
    ]);
    assert_eq!(asked["match"], terms);
}

#[tokio::test]
async fn every_format_carries_the_verdict_and_its_reason() {
    let fake = Fake::start().await;
    let one = Verdicts {
        affected: 1,
        ..Verdicts::default()
    };
    let response = answer(one, COMPLETE);
    let line = serde_json::to_string(&response.results.as_ref().unwrap()[0]).unwrap();
    fake.answer_lines::<AffectedRequest>(line + "\n").await;
    fake.answer::<AffectedRequest>(&response).await;
    let path = file(&fake, "given.json", &record("DSA-5764-1").to_string());
    let shown = |format: &str| fake.run(&["affected", &path, "-o", format]).1;
    assert!(shown("csv").starts_with("advisory,cves,verdict,name,version,fixed,"));
    for format in ["wide", "json", "ndjson", "csv"] {
        let text = shown(format);
        for word in [
            "DSA-5764-1",
            "CVE-2024-6119",
            "affected",
            "3.0.15-1~deb12u1",
            "is older than",
        ] {
            assert!(text.contains(word), "{format} {word}: {text}");
        }
    }
    let (_, counted, _) = fake.run(&["affected", &path, "--count", "-o", "csv"]);
    let lines: Vec<&str> = counted.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "verdict,artifacts,images,containers,hosts",
            "affected,1,1,1,1"
        ]
    );
    assert_eq!(lines.len(), 5, "all verdicts: {counted}");
}

#[tokio::test]
async fn what_is_no_advisory_is_said_before_anything_is_asked() {
    let fake = Fake::start().await;
    for (name, text, said) in [
        ("empty.json", "", "contains no advisory"),
        ("list.json", "[]", "contains no advisory"),
        ("odd.json", "{\"name\": \"x\"}", "record has no id"),
        ("cut.json", "[{\"id\": \"X-1\"}, {\"id\"", "is cut off"),
    ] {
        let path = file(&fake, name, text);
        let (code, stdout, stderr) = fake.run(&["affected", &path]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{name}: {stderr}");
        assert!(stderr.contains(said), "{name}: {stderr}");
    }
    for path in ["nowhere/DSA-1.json", "DSA-1.json", "/nowhere/CVE-2024-6119"] {
        let (code, _, stderr) = fake.run(&["affected", path]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("hint: give a file"), "{stderr}");
    }
    assert!(fake.asked().await.is_empty());
}

#[tokio::test]
async fn an_id_asks_what_was_imported_and_is_called_as_it_was_typed() {
    let fake = Fake::start().await;
    let mut several = answer(Verdicts::default(), COMPLETE);
    several.advisories = 3;
    fake.answer::<AffectedRequest>(&several).await;
    let (code, _, stderr) = fake.run(&["affected", "CVE-2024-6119"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(
        stderr.starts_with("CVE-2024-6119: nothing affected"),
        "{stderr}"
    );
    let asked = fake.asked().await.remove(0);
    assert_eq!(asked["ids"], json!(["CVE-2024-6119"]));
    assert_eq!(asked.get("advisories"), None);
}

#[tokio::test]
async fn nothing_of_an_advisory_reaches_a_terminal_raw() {
    let fake = Fake::start().await;
    let odd = "X\u{1b}[2J\u{202e}\r\n";
    let mut said = json!(answer(
        Verdicts {
            affected: 1,
            ..Verdicts::default()
        },
        COMPLETE
    ));
    said["results"][0]["advisory"] = json!(odd);
    said["results"][0]["reason"] = json!(odd);
    said["results"][0]["cves"] = json!([odd]);
    said["left_out"] = json!({"count": 1, "items": [{"advisory": odd, "reason": odd}]});
    let said: AffectedResponse = serde_json::from_value(said).unwrap();
    fake.answer::<AffectedRequest>(&said).await;
    let lines = said
        .results
        .iter()
        .flatten()
        .map(|row| json!(row).to_string() + "\n");
    fake.answer_lines::<AffectedRequest>(lines.collect()).await;
    let records = json!([record(odd), {"id": 7, "affected": odd}, {"id": "B", "affected": odd}]);
    let path = file(&fake, "given.json", &records.to_string());
    for format in ["table", "wide", "csv", "name", "json", "ndjson"] {
        let (code, stdout, stderr) = fake.run(&["affected", &path, "-o", format]);
        assert_eq!(code, 0, "{stderr}");
        let shown = stdout + &stderr;
        assert!(
            !shown.contains(['\u{1b}', '\u{202e}', '\r']),
            "{format}: {shown:?}"
        );
    }
}
