//! Exported SBOMs against the published schemas, which `scripts/check-sboms` knows.
//!
//! It installs what it needs from the network, so that this test is asked for by the feature
//! `schemas`.
#![allow(clippy::unwrap_used)]

#[path = "../fleet/mod.rs"]
mod fleet;
#[path = "../support/mod.rs"]
mod support;

use std::process::Command;

use fleet::{
    Fleet, Image,
    images::{app, artifact, debian, nginx_new},
    time,
};
use proto_types::{Artifact, ScanStatus};

const CHECK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/check-sboms");

/// Every ecosystem that the design names, as syft writes them.
fn ecosystems() -> Vec<Artifact> {
    let mut all = app().report.artifacts;
    all.extend(nginx_new().report.artifacts);
    all.extend(others());
    all
}

fn others() -> Vec<Artifact> {
    let mut all = vec![
        artifact("deb", "libstdc++6", "12.2.0-14+deb12u1", Some("gcc-12")),
        artifact("rpm", "openssl-libs", "1:3.1.4-1.fc39", Some("openssl")),
        artifact("npm", "@babel/core", "7.24.0", None),
        artifact("gem", "rack", "3.0.8", None),
    ];
    let purls = [
        ("rust-crate", "serde", "1.0.204", "pkg:cargo/serde@1.0.204"),
        (
            "go-module",
            "stdlib",
            "go1.22.5",
            "pkg:golang/stdlib@1.22.5",
        ),
        (
            "go-module",
            "sub",
            "v1.0.0",
            "pkg:golang/example.org/x@v1.0.0#sub/path",
        ),
        (
            "nix",
            "glibc",
            "2.34-210",
            "pkg:nix/glibc@2.34-210?output=bin&outputhash=h0cnbmfcn93xm5dg2x27ixhag1cwndga",
        ),
        ("binary", "redis", "7.2.5", "pkg:generic/redis@7.2.5"),
        (
            "rpm",
            "dbus",
            "1:1.14",
            "pkg:rpm/fedora/dbus@1.14?arch=x86_64&epoch=1&upstream=dbus-1.14.src.rpm",
        ),
    ];
    all.extend(purls.map(|(kind, name, version, purl)| with_purl(kind, name, version, Some(purl))));
    all
}

/// An artifact of which everything is known, with these licenses.
fn licensed(name: &str, licenses: &[&str]) -> Artifact {
    Artifact {
        artifact_type: "rpm".to_owned(),
        name: name.to_owned(),
        version: "1:1-2".to_owned(),
        source: Some("source".to_owned()),
        source_version: Some("1-2".to_owned()),
        module: Some("nodejs:18:9020020230327152102:rhel9".to_owned()),
        licenses: licenses.iter().map(|&text| text.to_owned()).collect(),
        owned_by_os: true,
        ..Artifact::default()
    }
}

/// Licenses as scanners and hosts say them.
fn licenses() -> Vec<Artifact> {
    let deep = format!("{}MIT{}", "(".repeat(300), ")".repeat(300));
    vec![
        licensed("single", &["MIT"]),
        licensed(
            "expression",
            &["Apache-2.0 WITH LLVM-exception OR GPL-2.0-or-later"],
        ),
        licensed(
            "several",
            &["MIT", "GPL-2.0+", "BSD-3-Clause or ISC", "LGPL-2.1"],
        ),
        licensed("texts", &["ASL 2.0", "BSD-variant", "public domain"]),
        licensed(
            "mixed",
            &["GPL-2.0-only", "MIT OR ISC", "Beerware", "BSD, modified"],
        ),
        licensed("nothing", &["", "NOASSERTION", "NONE"]),
        licensed(
            "references",
            &[
                "LicenseRef-a",
                "DocumentRef-a:LicenseRef-b",
                "MIT WITH AdditionRef-c",
            ],
        ),
        licensed(
            "hostile",
            &[
                "\x1b[2J\u{202e}",
                "a\r\nb",
                "AND",
                "MIT AND",
                ")",
                "\"\\",
                "a\0b",
                &deep,
            ],
        ),
        licensed(
            "deprecated",
            &["GPL-2.0-with-classpath-exception", "eCos-2.0", "mit"],
        ),
        licensed("long", &[&"x".repeat(1024)]),
    ]
}

fn with_purl(kind: &str, name: &str, version: &str, purl: Option<&str>) -> Artifact {
    Artifact {
        artifact_type: kind.to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: purl.map(str::to_owned),
        source: None,
        ..Artifact::default()
    }
}

/// What hosts must not get into a document: every way to spoil a purl, a name or a version.
fn hostile() -> Vec<Artifact> {
    const NAME: &str = "a\x1b[2J\u{202e}b\r\n\t\u{7f}\"\\c";
    let purls = [
        "",
        "pkg:",
        "pkg:deb",
        "not a purl",
        "pkg:deb/debian/x y@1",
        "pkg:deb/debian/x@%zz",
        "pkg:3deb/x@1",
        "pkg:pypi/namespace/x@1",
        "pkg:deb/debian/\u{202e}x@1",
        "pkg:deb/debian/x@1?1=2",
        "pkg:deb/x?1a=b?c=d",
        "pkg:generic/%2F@1",
        "pkg:a+b/x@1",
        "http://example.org/",
        NAME,
    ];
    let mut all: Vec<Artifact> = purls
        .iter()
        .map(|purl| with_purl("deb", "spoiled", "1", Some(purl)))
        .collect();
    all.push(with_purl(NAME, NAME, NAME, None));
    all.push(with_purl("unknown", "no-version", "", None));
    all.push(with_purl("unknown", "日本語", "版", None));
    let long = "x".repeat(1024);
    all.push(with_purl(
        &long,
        &long,
        &long,
        Some(&format!("pkg:generic/{}", "x".repeat(4000))),
    ));
    // The same name and version again and again, from other ecosystems and places.
    all.extend(
        (0..4).map(|n| with_purl("npm", "twice", "1", Some(&format!("pkg:npm/twice@1?n={n}")))),
    );
    all.push(with_purl("python", "twice", "1", None));
    all
}

fn images() -> [Image; 5] {
    let mut partial = debian(0x30, "partial:1", ecosystems());
    partial.status = ScanStatus::Partial;
    let mut bare = debian(0x40, "a\x1b[2J\u{202e}name", vec![]);
    bare.report.distro = "\u{202e}".to_owned();
    let mut known = debian(0x50, "registry.example.org/known:1", licenses());
    known.report.facts.aliases = vec![debian(0x51, "", vec![]).report.digest];
    [
        debian(0x10, "registry.example.org/all:1", ecosystems()),
        debian(0x20, "registry.example.org/hostile:1", hostile()),
        partial,
        bare,
        known,
    ]
}

async fn fleet() -> Fleet {
    let images = images();
    let mut fleet = Fleet::start(time("2026-03-28T12:00:00.123Z")).await;
    for image in &images {
        fleet.knows(image);
    }
    for host in ["web1", "idle"] {
        fleet.enroll(host).await;
    }
    let containers = ["a", "b", "c", "d", "e"].into_iter().zip(&images);
    fleet.runs("web1", &containers.collect::<Vec<_>>()).await;
    fleet.runs("idle", &[]).await;
    fleet
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_is_valid_by_its_published_schema_and_so_are_its_purls() {
    let fleet = fleet().await;
    let mut documents = Vec::new();
    for what in ["10", "20", "30", "40", "50", "host:web1", "host:idle"] {
        for format in ["cyclonedx-json", "spdx-json"] {
            let extension = if format == "spdx-json" {
                "spdx.json"
            } else {
                "cdx.json"
            };
            let file = format!("{}.{extension}", what.replace(':', "-"));
            let (status, _, stderr) =
                fleet.run(&["sbom", what, "--format", format, "--file", &file]);
            assert_eq!(status, 0, "{what}: {stderr}");
            documents.push(file);
        }
    }
    let output = Command::new(CHECK)
        .args(&documents)
        .current_dir(fleet.dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    assert_eq!(said.matches(", valid").count(), documents.len(), "{said}");
    assert!(
        said.contains("10.cdx.json: CycloneDX 1.6, 20 purls"),
        "{said}"
    );
    let known = std::fs::read_to_string(fleet.dir.path().join("50.cdx.json")).unwrap();
    for said in [
        r#""id": "GPL-2.0-only""#,
        r#""name": "BSD, modified""#,
        r#""expression": "(BSD-3-Clause OR ISC) AND GPL-2.0+ AND LGPL-2.1 AND MIT""#,
        r#""assetmon:manifest-digest""#,
        r#""assetmon:source-version""#,
    ] {
        assert!(known.contains(said), "{said} is not in {known}");
    }
    let known = std::fs::read_to_string(fleet.dir.path().join("50.spdx.json")).unwrap();
    for said in [
        " AND LicenseRef-BSD-variant AND LicenseRef-",
        r#""extractedText": "ASL 2.0""#,
        r#""referenceType": "manifest-digest""#,
        "built from the source package source 1-2, of the module nodejs:18:",
    ] {
        assert!(known.contains(said), "{said} is not in {known}");
    }
    // Of the hostile ones, four are only repeated and one is only long.
    assert!(said.contains("20.spdx.json: SPDX 2.3, 5 purls"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_not_valid_is_told_from_one_that_is() {
    let fleet = fleet().await;
    let (_, document, _) = fleet.run(&["sbom", "10"]);
    for (wrong, right) in [
        ("\"1.6\"", "\"1.9\""),
        ("pkg:npm/lodash", "pkg:lodash"),
        ("\"library\"", "\"book\""),
    ] {
        let file = fleet.dir.path().join("wrong.cdx.json");
        std::fs::write(&file, document.replacen(wrong, right, 1)).unwrap();
        let output = Command::new(CHECK).arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{right}");
    }
}
