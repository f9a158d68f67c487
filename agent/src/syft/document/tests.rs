//! What reading syft's documents promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use proto_types::ImageFacts;
use serde_json::{Value, json};

use super::{Doubt, Found, Unreadable, read};

fn document(artifacts: &Value) -> Value {
    json!({
        "artifacts": artifacts,
        "distro": {"id": "debian", "versionID": "12", "idLike": ["x"]},
        "files": [{"location": {"path": "/a"}}],
        "descriptor": {"name": "syft", "version": "1.18.1", "configuration": {"a": [1, {}]}},
    })
}

fn parse(document: &Value) -> Result<Found, Unreadable> {
    read(document.to_string().as_bytes(), |_, _| None)
}

fn deb(name: &str) -> Value {
    json!({"type": "deb", "name": name, "version": "1", "purl": format!("pkg:deb/debian/{name}@1"),
        "licenses": [], "metadata": {"package": name, "source": "src", "files": []}})
}

#[test]
fn a_document_becomes_artifacts_with_their_sources() {
    let found = parse(&document(&json!([deb("libssl3")]))).unwrap();
    assert_eq!(found.scanner.as_deref(), Some("syft 1.18.1"));
    assert_eq!(
        (found.distro.as_str(), found.distro_version.as_str()),
        ("debian", "12")
    );
    let artifact = &found.artifacts[0];
    assert_eq!(artifact.purl.as_deref(), Some("pkg:deb/debian/libssl3@1"));
    assert_eq!(artifact.source.as_deref(), Some("src"));
    assert_eq!(found.doubt, None);
}

#[test]
fn an_artifact_that_is_listed_twice_counts_once() {
    let found = parse(&document(&json!([deb("a"), deb("b"), deb("a")]))).unwrap();
    assert_eq!(found.artifacts.len(), 2);
    assert_eq!(found.doubt, None);
}

#[test]
fn text_with_escapes_is_read_as_what_it_means() {
    let artifact = json!({"type": "npm", "name": "a\"\u{1b}", "version": "1\\2", "purl": ""});
    let found = parse(&document(&json!([artifact]))).unwrap();
    assert_eq!(found.artifacts[0].name, "a\"\u{1b}");
    assert_eq!(found.artifacts[0].purl, None);
}

#[test]
fn a_package_of_a_distribution_has_a_source_and_its_version() {
    let one = |artifact: Value| {
        let found = parse(&document(&json!([artifact])))
            .unwrap()
            .artifacts
            .remove(0);
        format!(
            "{} {}",
            found.source.unwrap_or_default(),
            found.source_version.unwrap_or_default()
        )
    };
    let package = |kind, metadata| json!({"type": kind, "name": "itself", "version": "2:1-1+b1", "metadata": metadata});
    let deb = |metadata| one(package("deb", metadata));
    assert_eq!(
        deb(json!({"source": "lvm2", "sourceVersion": "2.03.16-2"})),
        "lvm2 2.03.16-2"
    );
    assert_eq!(
        deb(json!({"source": "itself", "sourceVersion": "2:1-1"})),
        "itself 2:1-1"
    );
    assert_eq!(
        deb(json!({"source": "openssl", "sourceVersion": ""})),
        "openssl 2:1-1+b1"
    );
    assert_eq!(
        deb(json!({"source": "", "sourceVersion": ""})),
        "itself 2:1-1+b1"
    );
    let rpm = |metadata| one(package("rpm", metadata));
    assert_eq!(
        rpm(json!({"sourceRpm": "a-b-1-2.el9.src.rpm"})),
        "a-b 1-2.el9"
    );
    assert_eq!(rpm(json!({"sourceRpm": ""})), "itself 2:1-1+b1");
    assert_eq!(
        one(package("apk", json!({"originPackage": "musl"}))),
        "musl 2:1-1+b1"
    );
    assert_eq!(
        one(package("alpm", json!({"basepackage": "gcc"}))),
        "gcc 2:1-1+b1"
    );
    assert_eq!(one(package("npm", json!({"source": "git"}))), " ");
    let purl = json!({"type": "deb", "name": "dmsetup", "version": "2:1.02.185-2",
        "purl": "pkg:deb/debian/dmsetup@2:1.02.185-2?upstream=lvm2%402.03.16-2"});
    assert_eq!(one(purl), "lvm2 2.03.16-2");
}

#[test]
fn an_rpm_of_a_module_has_its_label() {
    let label = "nodejs:18:9020020230327152102:rhel9";
    let rpm = |label: Value| {
        let metadata = json!({"sourceRpm": "x-1-1.src.rpm", "modularityLabel": label});
        json!({"type": "rpm", "name": "nodejs", "version": "1", "metadata": metadata})
    };
    for (said, module) in [
        (json!(label), Some(label)),
        (json!(""), None),
        (json!(null), None),
    ] {
        let found = parse(&document(&json!([rpm(said)]))).unwrap();
        assert_eq!(found.artifacts[0].module.as_deref(), module);
        assert_eq!(found.artifacts[0].source.as_deref(), Some("x"));
    }
}

#[test]
fn licenses_are_spdx_expressions_where_syft_has_them_and_else_as_the_package_says() {
    let licenses = |licenses: Value| {
        let artifact = json!({"type": "npm", "name": "a", "version": "1", "licenses": licenses});
        let found = parse(&document(&json!([artifact]))).unwrap();
        assert_eq!(found.doubt, None);
        found.artifacts[0].licenses.join(", ")
    };
    let license = |value: &str, spdx: &str| json!({"value": value, "spdxExpression": spdx, "type": "declared"});
    let several = json!([
        license("GPL-2", "GPL-2.0-only"),
        license("Expat", ""),
        license("GPL-2.0", "GPL-2.0-only")
    ]);
    assert_eq!(licenses(several), "Expat, GPL-2.0-only");
    // An empty one, and what older scanners list.
    assert_eq!(licenses(json!([license(" ", "")])), "");
    assert_eq!(licenses(json!(["MIT"])), "");
    assert_eq!(licenses(json!(null)), "");
}

/// A document with a deb, an rpm and two packages of python in it, related like this.
fn related(relations: &Value) -> Vec<String> {
    let package = |id, kind, name| json!({"id": id, "type": kind, "name": name, "version": "1"});
    let mut document = document(&json!([
        package("d", "deb", "python3-six"),
        package("r", "rpm", "python3-pip"),
        package("s", "python", "six"),
        package("t", "python", "requests"),
    ]));
    document["artifactRelationships"] = relations.clone();
    let artifacts = parse(&document).unwrap().artifacts.into_iter();
    let owned = artifacts.filter(|artifact| artifact.owned_by_os);
    owned.map(|artifact| artifact.name).collect()
}

#[test]
fn a_package_of_a_language_that_a_distribution_installed_is_owned_by_it() {
    let overlap = |parent, child| json!({"parent": parent, "child": child, "type": "ownership-by-file-overlap"});
    assert_eq!(
        related(&json!([overlap("d", "s"), overlap("r", "t")])),
        ["requests", "six"]
    );
    assert_eq!(related(&json!([overlap("d", "s")])), ["six"]);
    // Not by another package of a language, and never a package of the distribution.
    assert!(
        related(&json!([
            overlap("t", "s"),
            overlap("d", "r"),
            overlap("x", "s")
        ]))
        .is_empty()
    );
    let contains = json!([{"parent": "d", "child": "s", "type": "contains"}]);
    assert!(related(&contains).is_empty());
    assert!(related(&json!(null)).is_empty());
}

#[test]
fn of_two_copies_of_which_one_is_the_distributions_the_other_counts() {
    let copy = |id, license| {
        json!({"id": id, "type": "python", "name": "six", "version": "1",
        "licenses": [{"value": license, "spdxExpression": license}]})
    };
    let deb = json!({"id": "d", "type": "deb", "name": "python3-six", "version": "1"});
    let mut document = document(&json!([deb, copy("a", "MIT"), copy("b", "ISC")]));
    let overlap =
        |child| json!({"parent": "d", "child": child, "type": "ownership-by-file-overlap"});
    let six = |document: &Value| {
        let found = parse(document).unwrap().artifacts;
        assert_eq!(found.len(), 2);
        (found[1].owned_by_os, found[1].licenses.join(", "))
    };
    document["artifactRelationships"] = json!([overlap("a")]);
    assert_eq!(six(&document), (false, "ISC, MIT".to_owned()));
    document["artifactRelationships"] = json!([overlap("a"), overlap("b")]);
    assert_eq!(six(&document), (true, "ISC, MIT".to_owned()));
}

#[test]
fn a_distribution_has_a_codename_and_a_cpe_name_where_it_says_them() {
    let mut document = document(&json!([]));
    assert_eq!(parse(&document).unwrap().facts, ImageFacts::default());
    let cpe = "cpe:/o:redhat:enterprise_linux:9::baseos";
    document["distro"] =
        json!({"id": "rhel", "versionID": "9.4", "versionCodename": "plow", "cpeName": cpe});
    let facts = parse(&document).unwrap().facts;
    assert_eq!(facts.distro_codename.as_deref(), Some("plow"));
    assert_eq!(facts.distro_cpe.as_deref(), Some(cpe));
}

#[test]
fn what_is_noted_of_files_is_told_and_the_first_doubt_is_kept() {
    let mut document = document(&json!([]));
    document["files"] = json!([
        {"location": {"path": "/a"}, "unknowns": ["x", "y"]},
        {"location": {"path": "/b"}, "unknowns": null},
        {"location": {"path": "/c"}, "unknowns": ["z"]},
    ]);
    let mut notes = Vec::new();
    let found = read(document.to_string().as_bytes(), |path, note| {
        notes.push(format!("{path} {note}"));
        (note != "x").then(|| Doubt::of_the_image(note.to_owned()))
    });
    assert_eq!(notes, ["/a x", "/a y", "/c z"]);
    let doubt = found.unwrap().doubt;
    assert_eq!(doubt, Some(Doubt::of_the_image("y".to_owned())));
}

#[test]
fn metadata_of_any_shape_is_no_error() {
    for metadata in [
        json!(null),
        json!([]),
        json!(7),
        json!({"source": {"a": 1}}),
    ] {
        let artifact = json!({"type": "rpm", "name": "a", "version": "1", "metadata": metadata});
        parse(&document(&json!([artifact]))).unwrap();
    }
}

#[test]
fn no_document_is_an_error_and_never_an_empty_sbom() {
    for wrong in [
        "",
        "{}",
        "[]",
        "{\"artifacts\":null}",
        "{\"artifacts\":[",
        "not json",
    ] {
        assert!(read(wrong.as_bytes(), |_, _| None).is_err(), "{wrong}");
    }
    let deep = format!("{{\"artifacts\":[],\"x\":{}", "[".repeat(100_000));
    assert!(read(deep.as_bytes(), |_, _| None).is_err());
}

proptest! {
    #[test]
    fn a_document_that_was_cut_or_damaged_never_panics(cut in 0usize..400, place in 0usize..400, byte: u8) {
        let mut bytes = document(&json!([deb("a")])).to_string().into_bytes();
        if let Some(slot) = bytes.get_mut(place) {
            *slot = byte;
        }
        bytes.truncate(cut);
        let _ = read(&bytes, |_, _| None);
    }
}
