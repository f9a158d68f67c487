//! `advisories`: what is sent of a feed, what is said of it, and that nothing of it reaches a terminal raw.

use std::{fs, io::Write};

use proto_types::{
    AdvisoriesResponse, AdvisoryDetail, AffectingResponse, Done, DropFeed, Endpoint, Feed,
    FeedImported, FeedsResponse, GetAdvisory, ImportFeed, ListAdvisories, ListAffecting, ListFeeds,
    Lists,
};
use serde_json::{Value, json};

use crate::fake::{COMPLETE, Fake, outcome};

fn feed(source: &str) -> Feed {
    serde_json::from_value(json!({
        "source": source, "kind": "all", "advisories": 2, "withdrawn": 0,
        "newest": "2026-03-01T00:00:00Z", "imported_at": "2026-03-30T12:00:00Z",
        "ecosystems": [{"ecosystem": "Debian:12", "kind": "all", "advisories": 2}],
        "skipped": [{"reason": "record has no id", "count": 2, "first": "the body, record 3"}],
        "hash": "00",
    }))
    .unwrap()
}

fn imported(source: &str) -> FeedImported {
    FeedImported {
        feed: feed(source),
        added: 2,
        changed: 0,
        removed: 0,
    }
}

fn record(id: &str) -> Value {
    json!({"id": id, "affected": [{
        "package": {"ecosystem": "Debian:12", "name": "openssl"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}],
    }]})
}

fn file(fake: &Fake, name: &str, text: &str) -> String {
    let path = fake.home().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_feed_is_sent_record_by_record_with_what_was_left_out() {
    let fake = Fake::start().await;
    let to = ImportFeed {
        source: "Debian".to_owned(),
    };
    fake.answer_at::<ImportFeed>(&to.path(), &imported("Debian"))
        .await;
    let pretty = serde_json::to_string_pretty(&json!([record("A"), record("B")])).unwrap();
    file(&fake, "Debian/a.json", &pretty);
    file(&fake, "Debian/LICENSE", "all rights");
    let folder = fake.home().join("Debian");
    let (code, stdout, stderr) = fake.run(&["advisories", "import", folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("Debian"), "{stdout}");
    assert!(
        stderr.contains("Debian: 2 advisories; 2 added, 0 changed, 0 removed"),
        "{stderr}"
    );
    assert!(
        stderr.contains("left out, 2 times: record has no id"),
        "{stderr}"
    );
    let body = fake.bodies().await.remove(0);
    let sent = serde_json::Deserializer::from_slice(&body).into_iter::<Value>();
    let sent: Vec<Value> = sent.map(Result::unwrap).collect();
    assert_eq!(sent[0]["skipped"]["reason"], "file isn't JSON by its name");
    assert_eq!(sent[1..], [record("A"), record("B")]);
}

/// What a source is called by itself, and what of a file is sent.
async fn sent_as(name: &str, text: &[u8], source: &str) -> Vec<u8> {
    let fake = Fake::start().await;
    let to = ImportFeed {
        source: source.to_owned(),
    };
    fake.answer_at::<ImportFeed>(&to.path(), &imported(source))
        .await;
    let path = file(&fake, name, "");
    fs::write(&path, text).unwrap();
    let (code, _, stderr) = fake.run(&["advisories", "import", &path]);
    assert_eq!(code, 0, "{stderr}");
    fake.bodies().await.remove(0)
}

#[tokio::test]
async fn a_catalog_and_scores_are_told_by_their_content_and_sent_as_they_are() {
    let table = b"#model_version:v1,score_date:2026-11-29T00:00:00+0000\ncve,epss,percentile\nCVE-1,0.5,0.5\n";
    assert_eq!(
        sent_as("epss_scores-2026-11-29.csv", table, "EPSS").await,
        table
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(table).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(sent_as("scores.csv.gz", &packed, "EPSS").await, packed);
    let catalog = br#"{"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-1"}]}"#;
    let sent = sent_as("of today.json", catalog, "KEV").await;
    assert_eq!(sent.trim_ascii_end(), catalog);
}

#[tokio::test]
async fn a_feed_is_all_of_its_source_only_where_somebody_says_so() {
    for (name, option, is_all) in [
        ("Debian.json", None, false),
        ("Debian.json", Some("--complete"), true),
        ("Debian/all.zip", None, true),
        ("Debian/some.zip", None, false),
    ] {
        let fake = Fake::start().await;
        let mut answer = imported("Debian");
        if !is_all {
            answer.feed.kind = Lists::Part;
        }
        let to = ImportFeed {
            source: "Debian".to_owned(),
        };
        fake.answer_at::<ImportFeed>(&to.path(), &answer).await;
        let path = file(&fake, name, "");
        match name.ends_with(".zip") {
            true => zipped(&path, &record("A").to_string()),
            false => fs::write(&path, record("A").to_string()).unwrap(),
        }
        let mut args = vec!["advisories", "import", &path, "--source", "Debian"];
        args.extend(option);
        let (code, _, stderr) = fake.run(&args);
        assert_eq!(code, 0, "{stderr}");
        let body = String::from_utf8(fake.bodies().await.remove(0)).unwrap();
        assert_eq!(body.contains("{\"complete\":true}\n"), is_all, "{body}");
        let unknown = "what Debian doesn't name stays unknown";
        assert_eq!(stderr.contains(unknown), !is_all, "{stderr}");
    }
}

/// An archive with one file.
fn zipped(path: &str, text: &str) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("A.json", options).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_to_its_end_is_not_imported() {
    let fake = Fake::start().await;
    let cut = file(&fake, "cut.json", "[{\"id\": \"X-1\"}, {\"id\"");
    let (code, _, stderr) = fake.run(&["advisories", "import", &cut]);
    assert_eq!(code, 2);
    assert!(stderr.contains("is cut off"), "{stderr}");
    assert!(stderr.contains("nothing of it was imported"), "{stderr}");
    let zip = file(&fake, "no.zip", "PK, they said");
    let (code, _, stderr) = fake.run(&["advisories", "import", &zip]);
    assert_eq!(code, 2, "{stderr}");
    for (args, said) in [
        (&["/nowhere/x.zip"][..], "cannot read advisories"),
        (&["-"], "standard input has no name"),
        (&[&cut, &zip, "--source", "x"], "several paths"),
        (&[&cut, &cut], "would both be the feed cut"),
    ] {
        let args = [&["advisories", "import"], args].concat();
        let (code, _, stderr) = outcome(&mut fake.assetctl(&args));
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    }
}

#[tokio::test]
async fn what_the_server_refuses_is_said_in_its_words() {
    let fake = Fake::start().await;
    fake.refuse("forbidden", 403).await;
    let path = file(&fake, "x.json", &record("A").to_string());
    let (code, _, stderr) = fake.run(&["advisories", "import", &path]);
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains("the server says forbidden"), "{stderr}");
}

#[tokio::test]
async fn nothing_of_what_was_imported_reaches_a_terminal_raw() {
    let fake = Fake::start().await;
    let odd = "X\u{1b}[2J\u{202e}\r\n";
    let mut hostile = feed(odd);
    hostile.skipped[0].first = odd.to_owned();
    hostile.ecosystems[0].ecosystem = odd.to_owned();
    let feeds = FeedsResponse {
        feeds: vec![hostile],
        as_of: "2026-03-30T12:00:00Z".parse().unwrap(),
    };
    fake.answer::<ListFeeds>(&feeds).await;
    let summary = json!({"id": odd, "source": odd, "cves": [odd], "summary": odd, "packages": 1});
    let list: AdvisoriesResponse = serde_json::from_value(
        json!({"advisories": [summary], "total": 9, "truncated": true, "next_cursor": odd}),
    )
    .unwrap();
    fake.answer::<ListAdvisories>(&list).await;
    let mut shown = summary;
    shown["record"] = record(odd);
    shown["record"]["affected"][0]["package"]["name"] = json!(odd);
    shown["record"]["affected"][0]["ranges"][0]["events"][1]["fixed"] = json!(odd);
    let detail: AdvisoryDetail =
        serde_json::from_value(json!({"advisories": [shown], "total": 2})).unwrap();
    let show = GetAdvisory { id: "X".into() };
    fake.answer_at::<GetAdvisory>(&show.path(), &detail).await;
    let drop = DropFeed { source: odd.into() };
    fake.answer_at::<DropFeed>(&drop.path(), &Done {}).await;
    for format in ["table", "wide", "csv", "name", "json", "ndjson"] {
        let list = ["list", "--limit", "9"];
        for command in [&["status"][..], &list, &["show", "X"], &["drop", odd]] {
            let args = [&["advisories"], command, &["-o", format]].concat();
            let (code, stdout, stderr) = fake.run(&args);
            assert_eq!(code, 0, "{args:?} {stderr}");
            let shown = stdout + &stderr;
            let raw = shown.contains(['\u{1b}', '\u{202e}', '\r']);
            assert!(!raw, "{args:?}: {shown:?}");
        }
    }
}

#[tokio::test]
async fn what_affects_is_listed_with_how_much_and_with_how_much_is_unknown() {
    let fake = Fake::start().await;
    let extent = |hosts| json!({"images": 1, "containers": 2 * hosts, "hosts": hosts});
    let response: AffectingResponse = serde_json::from_value(json!({
        "advisories": [{
            "id": "DSA-1", "source": "Debian", "cves": ["CVE-2026-1"], "summary": "about \u{1b}[31mopenssl",
            "packages": 1, "has_fix": true, "affected": extent(87), "unknown": extent(3), "excused": extent(4),
        }],
        "total": 1, "unknown_total": 2, "excused_total": 1, "bugfixes_left_aside": 5, "truncated": false, "as_of": "2026-03-30T12:00:00Z",
        "coverage": COMPLETE,
    }))
    .unwrap();
    fake.answer::<ListAffecting>(&response).await;
    let (code, stdout, stderr) = fake.run(&["advisories", "affecting"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("DSA-1") && stdout.contains("87") && !stdout.contains('\u{1b}'));
    for said in [
        "2 more advisories may affect something",
        "1 more advisory excused entirely by vendor statements (VEX): `--excused` lists them",
        "5 notices of bug fixes left aside: `--bugfixes` includes them",
    ] {
        assert!(stderr.contains(said), "{stderr}");
    }
    let (_, stdout, _) = fake.run(&["advisories", "affecting", "-o", "csv"]);
    let lines: Vec<&str> = stdout.lines().collect();
    let columns = "advisory,cves,hosts,containers,images,hosts_unknown,hosts_excused,containers_unknown,images_unknown,has_fix";
    assert!(lines[0].starts_with(columns), "{}", lines[0]);
    assert!(
        lines[1].starts_with("DSA-1,CVE-2026-1,87,174,1,3,4,6,1,yes,,,Debian,1"),
        "{}",
        lines[1]
    );
}

#[tokio::test]
async fn that_nothing_is_listed_as_affecting_is_no_proof_and_says_whether_anything_was_imported() {
    let fake = Fake::start().await;
    let response: AffectingResponse = serde_json::from_value(json!({
        "advisories": [], "total": 0, "unknown_total": 0, "truncated": false, "as_of": "2026-03-30T12:00:00Z",
        "coverage": COMPLETE,
    }))
    .unwrap();
    fake.answer::<ListAffecting>(&response).await;
    let as_of = jiff::Timestamp::UNIX_EPOCH;
    let none = FeedsResponse {
        feeds: vec![],
        as_of,
    };
    fake.answer::<ListFeeds>(&none).await;
    let (code, _, stderr) = fake.run(&["advisories", "affecting"]);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("no feeds yet"), "{stderr}");
}
