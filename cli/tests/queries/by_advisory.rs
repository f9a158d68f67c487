//! `affected` against a real server: counted, covered, narrowed and watched, as `find` is.

use std::fs;

use serde_json::{Value, json};

use crate::fleet::{
    Fleet,
    images::{nginx_new, nginx_old, postgres},
    time,
};

/// Two hosts with an old openssl in two images, and one with a mended one.
pub async fn fleet() -> Fleet {
    let mut fleet = Fleet::start(time("2026-03-01T10:00:00Z")).await;
    let runs = [
        ("db1", postgres()),
        ("web1", nginx_old()),
        ("web2", nginx_new()),
    ];
    for (host, image) in runs {
        fleet.knows(&image);
        fleet.enroll(host).await;
        fleet.runs(host, &[("one", &image)]).await;
    }
    fleet
}

/// A file with a record about openssl before its fix, and one about a package that nothing runs.
pub fn records(fleet: &Fleet) -> String {
    let record = |id: &str, name: &str| {
        json!({
            "id": id, "upstream": ["CVE-2024-6119"],
            "affected": [{
                "package": {"ecosystem": "Debian:12", "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.15-1~deb12u1"}]}],
            }],
        })
    };
    let path = fleet.dir.path().join("records.json");
    let records = json!([record("DSA-5764-1", "openssl"), record("DSA-1-1", "absent")]);
    fs::write(&path, records.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What `affected` says of the packages that are called openssl.
fn said(fleet: &Fleet, more: &[&str]) -> (i32, String, String) {
    let records = records(fleet);
    fleet.run(&[&["affected", &records, "openssl"], more].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_affected_is_counted_by_advisory_and_by_what_find_counts_by() {
    let fleet = fleet().await;
    let (code, stdout, stderr) = said(&fleet, &["--group-by", "advisory", "-o", "csv"]);
    assert_eq!(code, 0, "{stderr}");
    let expected = "advisory,cves,verdict,artifacts,images,containers,hosts\n\
                    DSA-5764-1,CVE-2024-6119,affected,2,2,2,2\n";
    assert_eq!(stdout, expected);
    let (_, stdout, _) = said(&fleet, &["--group-by", "host", "-o", "csv"]);
    let expected = "host,artifacts,images,containers,hosts,share\n\
                    db1,1,1,1,1,50%\nweb1,1,1,1,1,50%\n";
    assert_eq!(stdout, expected);
    let both = [
        "--group-by",
        "version",
        "-o",
        "csv",
        "--verdict",
        "affected,fixed",
    ];
    let (_, stdout, _) = said(&fleet, &both);
    let versions: Vec<&str> = stdout
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(
        versions,
        ["3.0.15-1~deb12u1", "3.0.14-1~deb12u1", "3.0.11-1~deb12u2"]
    );
    let (_, stdout, _) = said(&fleet, &["--group-by", "advisory", "-o", "json"]);
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["groups"][0]["verdicts"], json!(["affected"]));
    let (_, stdout, _) = said(&fleet, &["--group-by", "name", "-o", "name"]);
    assert_eq!(stdout, "openssl\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cover_says_what_its_rebuilds_bring() {
    let fleet = fleet().await;
    let (code, stdout, stderr) = said(
        &fleet,
        &[
            "--cover",
            "--columns",
            "image_name,hosts_clean",
            "-o",
            "csv",
        ],
    );
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.lines().count(), 3, "{stdout}");
    assert!(stdout.ends_with(",2\n"), "{stdout}");
    assert!(
        stderr.contains("rebuild these 2 images and all 2 hosts are clean"),
        "{stderr}"
    );
    let (_, stdout, stderr) = said(&fleet, &["--cover", "--limit", "1", "-o", "csv"]);
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
    assert!(stderr.contains("1 of 2 hosts are clean"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_decision_is_told() {
    let fleet = fleet().await;
    let records = records(&fleet);
    let asked = [
        "affected",
        &records,
        "--explain",
        "openssl@3.0.14-1~deb12u1",
    ];
    let (code, stdout, stderr) = fleet.run(&asked);
    assert_eq!(code, 0, "{stderr}");
    let expected = "\
openssl 3.0.14-1~deb12u1 (deb), in images of debian 12: affected
  in 1 image, 1 container, 1 host

  DSA-5764-1 (CVE-2024-6119): affected
    1. Debian:12 openssl means it by its name, at 3.0.14-1~deb12u1, and fits debian 12
    2. its range: affected from the first version, fixed in 3.0.15-1~deb12u1
    3. affected: openssl 3.0.14-1~deb12u1 is older than 3.0.15-1~deb12u1 (Debian:12, DSA-5764-1)
    4. so it is affected, and 3.0.15-1~deb12u1 fixes it
";
    assert_eq!(stdout, expected);
    let (_, stdout, _) = fleet.run(&[&asked[..], &["-o", "json"]].concat());
    let document: Value = serde_json::from_str(&stdout).unwrap();
    let one = &document["explained"][0];
    assert_eq!(one["advisories"][0]["steps"].as_array().unwrap().len(), 4);
    assert_eq!(one["verdict"], "affected");
    // What no advisory names is told, too.
    let (code, stdout, _) = fleet.run(&["affected", &records, "--explain", "wget"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("no advisory speaks of it"), "{stdout}");
    assert!(
        stdout.contains("none of the advisories speaks of it; it is from debian 12"),
        "{stdout}"
    );
    // And one that isn't there is no answer.
    let (code, _, stderr) = fleet.run(&["affected", &records, "--explain", "opensl"]);
    assert_eq!(code, 1, "{stderr}");
    let (code, ..) = fleet.run(&["affected", &records, "--explain", "wget", "-o", "csv"]);
    assert_eq!(code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_names_narrows_what_is_asked() {
    let fleet = fleet().await;
    let (records, list) = (records(&fleet), fleet.dir.path().join("names.txt"));
    fs::write(&list, "openssl\nwget\n").unwrap();
    let list = list.to_str().unwrap();
    let (code, stdout, stderr) = fleet.run(&["affected", &records, "-f", list, "-o", "name"]);
    assert_eq!((code, stdout.as_str()), (0, "db1\nweb1\n"), "{stderr}");
    fs::write(list, "opensl\n").unwrap();
    let (code, ..) = fleet.run(&["affected", &records, "-f", list]);
    assert_eq!(code, 1, "it is what a list of `find` may be, too");
    let (code, _, stderr) = fleet.run(&["affected", "-", "-f", "-"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("can't both be standard input"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_go_together_is_refused() {
    let fleet = fleet().await;
    for more in [
        &["--count", "--cover"][..],
        &["--group-by", "host", "--cover"],
        &["--exit-when-empty"],
        &["--watch", "1s", "--at", "2026-03-01"],
        &["--watch", "1s", "-o", "json"],
        &["--watch", "1s", "--count"],
        &["--group-by", "nothing"],
    ] {
        let (code, _, stderr) = said(&fleet, more);
        assert_eq!(code, 2, "{more:?}: {stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn few_silent_hosts_are_named_in_any_shape_of_an_answer() {
    let mut fleet = fleet().await;
    fleet.enroll("mute1").await;
    for more in [&[][..], &["--group-by", "host"], &["--cover"]] {
        let (code, _, stderr) = said(&fleet, more);
        assert_eq!(code, 0, "{stderr}");
        assert!(
            stderr.contains("; 1 host silent (mute1)\n"),
            "{more:?}: {stderr}"
        );
    }
}
