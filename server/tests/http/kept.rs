//! What is kept of each release: what its agent sends is taken, and a database that its server wrote
//! answers as it did.
//!
//! `scripts/keep-release` runs this with `KEEP_RELEASE=FOLDER` to keep that of the program as it is now.

use std::{
    collections::HashMap,
    env, fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use axum::http::Method;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use proto_types::{FindRequest, Timestamp};
use serde_json::{Value, json};

use super::{
    api::{ADMIN, Api, As, digest, full},
    common::at,
};

/// The moment that a kept database is asked at, in seconds after the start.
const LAST: i64 = 20_000;
/// Fields of an answer that another release, or another file, may answer otherwise.
const FREE: [&str; 2] = ["next_cursor", "store"];

/// What is kept, a folder a release.
fn releases() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/data");
    let entries = fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let releases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    assert!(!releases.is_empty(), "nothing is kept of any release");
    releases
}

fn read(release: &Path, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(release.join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Sends what an agent of a release sent, as a host of its name, under the leases that are given now.
async fn play(api: &Api, sent: Vec<Value>) {
    let mut token = String::new();
    let mut leases = HashMap::<String, Value>::new();
    for request in sent {
        let path = request["path"].as_str().unwrap();
        let mut body = request["body"].clone();
        if path == "/api/v1/enroll" {
            let added = api
                .post(ADMIN, "/api/v1/hosts", json!({"name": "web1"}))
                .await;
            body["code"] = added.ok()["code"].clone();
            let enrolled = api.post(As::Nobody, path, body).await.ok();
            token = enrolled["token"].as_str().unwrap().to_owned();
            continue;
        }
        let image = [&body["image"]["digest"], &body["image_digest"]];
        let image = image
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or_default();
        if let Some(lease) = leases.get(image).cloned() {
            body["lease"] = lease["lease"].clone();
            body["generation"] = lease["generation"].clone();
        }
        let answer = api.post(As::Token(&token), path, body).await;
        assert!(answer.status.is_success(), "{path}: {:?}", answer.body);
        for lease in answer.ok()["leases"].as_array().into_iter().flatten() {
            let image = lease["image_digest"].as_str().unwrap();
            leases.insert(image.to_owned(), lease.clone());
        }
    }
}

#[tokio::test]
async fn what_an_agent_of_each_release_sends_is_taken() {
    for release in releases() {
        let api = Api::new();
        play(&api, read(&release, "sent.json")).await;
        let question = json!({"match": [{"field": "source", "op": "eq", "value": "openssl"}]});
        let found = api.post(ADMIN, "/api/v1/find", question).await.ok();
        let row = &found["results"][0];
        assert_eq!(
            (&row["host"], &row["name"]),
            (&json!("web1"), &json!("libssl3"))
        );
        assert_eq!(row["source_version"], "3.0.15-1~deb12u1", "{release:?}");
        let ended = api.get(ADMIN, "/api/v1/containers").await.ok();
        assert_eq!(ended["total"], 1, "{release:?}: {ended}");
    }
}

/// Fills a database as a fleet would that ran for some hours.
async fn live(api: &Api, sent: Vec<Value>) {
    play(api, sent).await;
    api.pass(600);
    let [db, old] = [api.host("db1").await, api.host("old1").await];
    api.post(ADMIN, "/api/v1/hosts", json!({"name": "pending1"}))
        .await
        .ok();
    api.token("dashboard", "reader").await;
    let report = async |token: &str, host: &str, containers: &[(&str, u8)]| {
        let report = full(host, containers);
        let answer = api.post(As::Token(token), "/api/v1/reports/full", report);
        answer.await.ok()
    };
    let scan = async |token: &str, on: u8, version: &str, status: &str| {
        let artifacts = json!([
            {"type": "deb", "name": "openssl", "version": version, "source": "openssl"},
            {"type": "rpm", "name": "nodejs", "version": "1:18.14.2-2.el9", "module": "nodejs:18",
             "purl": "pkg:rpm/redhat/nodejs@18.14.2-2.el9?epoch=1", "licenses": ["MIT"], "owned_by_os": true},
        ]);
        let facts =
            json!({"aliases": [digest(100 + on)], "architecture": "amd64", "size_bytes": 7});
        let image = json!({"digest": digest(on), "distro": "debian", "distro_version": "12",
            "artifacts": artifacts, "facts": facts});
        let body = json!({"image": image, "status": status, "reason": "kept", "detail": 1});
        api.post(As::Token(token), "/api/v1/reports/scan", body)
            .await
            .ok()
    };
    report(&db, "db1", &[("db", 1), ("job", 2)]).await;
    scan(&db, 1, "3.0.15-1~deb12u1", "complete").await;
    scan(&db, 2, "3.0.11-1~deb12u2", "partial").await;
    report(&old, "old1", &[("app", 3), ("bare", 4)]).await;
    scan(&old, 3, "3.0.9-1", "complete").await;
    let failure = json!({"image_digest": digest(4), "cause": "image", "message": "no layer"});
    api.post(As::Token(&old), "/api/v1/reports/scan-failure", failure)
        .await
        .ok();
    api.pass(1_200);
    report(&db, "db1", &[("db", 1)]).await;
    // Another scan of what is known: a conflict.
    scan(&db, 1, "3.0.16-1", "complete").await;
    api.post(
        ADMIN,
        &format!("/api/v1/images/{}/withdraw", digest(3)),
        json!({}),
    )
    .await
    .ok();
    api.pass(1_200);
    api.delete(ADMIN, "/api/v1/hosts/old1").await.ok();
    api.pass(5_000);
    report(&db, "db1", &[("db", 1), ("web", 5)]).await;
}

/// What is asked: the method, the path and the body.
fn questions() -> Vec<(Method, String, Value)> {
    let get = |path: &str| (Method::GET, format!("/api/v1/{path}"), Value::Null);
    let find = |body: Value| {
        serde_json::from_value::<FindRequest>(body.clone()).unwrap();
        (Method::POST, "/api/v1/find".to_owned(), body)
    };
    let openssl = json!([{"field": "source", "op": "eq", "value": "openssl"}]);
    let older = json!([{"field": "version", "op": "lt", "value": "3.0.14"}]);
    let (early, late) = (at(700).to_string(), at(LAST).to_string());
    let mut all: Vec<_> = ["status", "hosts", "tokens", "containers", "images"]
        .map(get)
        .into();
    all.extend(
        [
            "images?state=quarantined",
            "images?state=unscanned&running=true",
        ]
        .map(get),
    );
    all.extend([1, 2, 3, 4].map(|on| get(&format!("images/{}", digest(on)))));
    all.extend(["web1", "db1"].map(|host| get(&format!("hosts/{host}"))));
    all.extend([
        get(&format!("containers?at={early}")),
        get(&format!("changes?since={}", at(0))),
        get(&format!("diff?from={}&to={}", digest(1), digest(2))),
        get("diff?from=host:web1&to=host:db1"),
        find(json!({"match": openssl})),
        find(json!({"match": older})),
        find(json!({"match": openssl, "at": early})),
        find(json!({"match": openssl, "during": {"from": early, "to": late}})),
        find(json!({"match": openssl, "group_by": "version"})),
        find(json!({"match": openssl, "cover": true})),
        find(json!({"match": openssl, "timeline": {"from": early, "to": late, "points": 5}})),
        find(json!({"match": [{"field": "purl", "op": "eq", "value": "pkg:npm/%40babel/core"}]})),
        find(json!({"match": [{"field": "image_digest", "op": "eq", "value": digest(101)}]})),
        find(json!({"match": [{"field": "name", "op": "eq", "value": "nothing-of-that-name"}]})),
    ]);
    all
}

async fn answers(api: &Api) -> Vec<Value> {
    let mut answers = Vec::new();
    for (method, path, body) in questions() {
        let bytes = match &body {
            Value::Null => Vec::new(),
            body => body.to_string().into_bytes(),
        };
        let answer = api.call(ADMIN, method, &path, bytes).await.ok();
        answers.push(json!({"path": path, "body": body, "answer": answer}));
    }
    answers
}

/// Where an answer doesn't hold what it held: new fields may have come, none may be another.
fn differs(old: &Value, new: &Value, place: &str) -> Option<String> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => old
            .iter()
            .filter(|(name, _)| !FREE.contains(&name.as_str()))
            .find_map(|(name, old)| {
                let new = new.get(name).unwrap_or(&Value::Null);
                differs(old, new, &format!("{place}.{name}"))
            }),
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let mut both = old.iter().zip(new).enumerate();
            both.find_map(|(at, (old, new))| differs(old, new, &format!("{place}[{at}]")))
        }
        _ if old == new => None,
        // A time may be written with more digits.
        (Value::String(old), Value::String(new)) if is_same_time(old, new) => None,
        _ => Some(format!("{place} was {old}, is {new}")),
    }
}

fn is_same_time(old: &str, new: &str) -> bool {
    let time = |text: &str| text.parse::<Timestamp>().ok();
    time(old).is_some_and(|old| Some(old) == time(new))
}

/// A server of now on what a release kept.
fn upgraded(release: &Path) -> Api {
    let mut bytes = Vec::new();
    let packed = fs::File::open(release.join("assetmon.db.gz")).unwrap();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("assetmon.db"), bytes).unwrap();
    Api::at(dir, LAST)
}

#[tokio::test]
async fn a_database_of_each_release_answers_as_it_did() {
    for release in releases() {
        let api = upgraded(&release);
        for mut kept in read(&release, "answers.json") {
            let (path, body) = (
                kept["path"].as_str().unwrap().to_owned(),
                kept["body"].take(),
            );
            let answer = match body {
                Value::Null => api.get(ADMIN, &path).await,
                body => api.post(ADMIN, &path, body).await,
            };
            if path == "/api/v1/status" {
                kept["answer"]["version"] = json!(env!("CARGO_PKG_VERSION"));
            }
            let differs = differs(&kept["answer"], &answer.ok(), &path);
            assert_eq!(differs, None, "{release:?}");
        }
        // It goes on being written, too.
        api.post(ADMIN, "/api/v1/hosts", json!({"name": "new1"}))
            .await
            .ok();
    }
}

#[tokio::test]
async fn what_a_server_writes_and_answers_can_be_kept() {
    let wanted = env::var_os("KEEP_RELEASE").map(PathBuf::from);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("assetmon.db");
    let api = Api::in_folder(dir.path(), 0);
    let sent = wanted
        .clone()
        .unwrap_or_else(|| releases().into_iter().max().unwrap());
    live(&api, read(&sent, "sent.json")).await;
    // What closes last leaves all of it in one file.
    drop(api);
    assert!(!dir.path().join("assetmon.db-wal").exists());
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&fs::read(path).unwrap()).unwrap();
    // Without being told to keep it, only that it could be.
    let folder = wanted.unwrap_or_else(|| dir.path().to_owned());
    fs::write(folder.join("assetmon.db.gz"), packed.finish().unwrap()).unwrap();
    let answers = Value::from(answers(&upgraded(&folder)).await);
    fs::write(folder.join("answers.json"), format!("{answers:#}\n")).unwrap();
}
