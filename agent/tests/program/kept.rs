//! What is kept of each release: what its agent sent and remembered. A later one goes on from there.
//!
//! `scripts/keep-release` runs this with `KEEP_RELEASE=FOLDER` to keep that of the program as it is now.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

use crate::{
    clones::{ONE, machine},
    support::{DB, Host, WEB},
};

/// The file of what was sent.
const SENT: &str = "sent.json";
const REMEMBERED: &str = "remembered.json";
/// What is remembered, but for locks and caches.
const FILES: [&str; 3] = ["token", "seq", ".assetmon-agent"];

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

/// What syft finds in an image, with all that an agent may keep of it.
fn found() -> Value {
    let license = json!([{"value": "Apache-2.0", "spdxExpression": "Apache-2.0"}]);
    json!({
        "artifacts": [
            {"type": "deb", "name": "libssl3", "version": "3.0.15-1~deb12u1",
             "purl": "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&upstream=openssl&distro=debian-12",
             "licenses": license, "metadata": {"source": "openssl", "sourceVersion": ""}},
            {"type": "npm", "name": "@babel/core", "version": "7.24.0",
             "purl": "pkg:npm/%40babel/core@7.24.0", "licenses": []},
        ],
        "distro": {"id": "debian", "versionID": "12", "versionCodename": "bookworm"},
        "descriptor": {"name": "syft", "version": "9.9.9"},
    })
}

/// A host that is enrolled, reports, scans one image, fails with another, and tells of an end.
fn lived() -> Host {
    let host = Host::new();
    let this = machine(&host, ONE);
    let run = |arguments: &[&str]| host.run_behind(&this, arguments);
    let answer = json!({"host": "web1", "token": "canary-token"});
    host.server.answers("enroll", 201, answer);
    let url = host.server.url.clone();
    run(&["enroll", "--server", &url, "--code", "kept"]).with(0);
    host.runs(&[("nginx", WEB), ("postgres", DB)]);
    host.server.leases(&[WEB]);
    host.syft_prints(&found());
    run(&["report"]).with(0);
    host.server.leases(&[DB]);
    host.syft("exit 1");
    run(&["report"]);
    let mut listed: Value = serde_json::from_str(&host.read("ps.json")).unwrap();
    listed[1]["State"] = json!("exited");
    host.write("ps.json", &listed.to_string());
    run(&["update", "postgres"]).with(0);
    host
}

fn keep(host: &Host, folder: &Path) {
    let requests = host.server.requests().into_iter();
    let sent = requests.map(|mut request| {
        // What else runs on this machine, and which machine it is, is nothing to keep.
        if let Some(body) = request.body.as_object_mut() {
            body.remove("unseen");
            if let Some(machine) = body.get_mut("machine") {
                *machine = json!("0123456789abcdef".repeat(4));
            }
        }
        json!({"path": request.path, "body": request.body})
    });
    let file = |name: &&str| {
        (
            (*name).to_owned(),
            json!(host.read(&format!("state/{name}"))),
        )
    };
    let remembered = Value::Object(FILES.iter().map(file).collect::<Map<_, _>>());
    for (name, value) in [(SENT, Value::from_iter(sent)), (REMEMBERED, remembered)] {
        // Where the test stood is nothing to keep.
        let here = host.folder.path().to_string_lossy().into_owned();
        let text = format!("{value:#}\n").replace(&here, "/usr/bin");
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn an_agent_sends_each_kind_of_request_and_what_it_sends_can_be_kept() {
    let host = lived();
    for path in [
        "enroll",
        "reports/full",
        "reports/scan",
        "reports/scan-failure",
        "reports/container",
    ] {
        assert!(!host.server.bodies(path).is_empty(), "{path}");
    }
    if let Some(folder) = env::var_os("KEEP_RELEASE") {
        keep(&host, Path::new(&folder));
    }
}

#[test]
fn what_an_agent_of_each_release_remembers_is_gone_on_from() {
    for release in releases() {
        let kept = fs::read_to_string(release.join(REMEMBERED)).unwrap();
        let kept: Map<String, Value> = serde_json::from_str(&kept).unwrap();
        let host = Host::new();
        let state = host.path("state");
        fs::create_dir(&state).unwrap();
        fs::set_permissions(&state, fs::Permissions::from_mode(0o700)).unwrap();
        for (name, text) in &kept {
            let file = state.join(name);
            fs::write(&file, text.as_str().unwrap()).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let last: u64 = kept["seq"].as_str().unwrap().trim().parse().unwrap();
        host.runs(&[("nginx", WEB)]);
        let url = host.server.url.clone();
        let report = ["report", "--server", &url];
        host.run_behind(&machine(&host, ONE), &report).with(0);
        let requests = host.server.requests();
        let report = &requests[0];
        assert_eq!(report.token.as_deref(), Some("canary-token"), "{release:?}");
        assert_eq!(report.body["host"], "web1", "{release:?}");
        assert!(report.body["seq"].as_u64().unwrap() > last, "{release:?}");
    }
}
