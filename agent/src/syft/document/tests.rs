//! What reading syft's documents promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Found, Unreadable, read};

fn document(artifacts: &Value) -> Value {
    json!({
        "artifacts": artifacts,
        "distro": {"id": "debian", "versionID": "12", "idLike": ["x"]},
        "files": [{"location": {"path": "/a"}}],
        "descriptor": {"name": "syft", "version": "1.18.1", "configuration": {"a": [1, {}]}},
    })
}

fn parse(document: &Value) -> Result<Found, Unreadable> {
    read(document.to_string().as_bytes())
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
fn what_must_be_left_out_is_a_doubt() {
    for wrong in [
        json!({"type": "npm", "name": "", "version": "1"}),
        json!({"type": "npm", "name": "x".repeat(2000), "version": "1"}),
        json!({"type": "npm", "name": "x", "version": "1", "purl": "p".repeat(3000)}),
    ] {
        let found = parse(&document(&json!([deb("a"), wrong]))).unwrap();
        assert_eq!(found.artifacts.len(), 1);
        assert!(found.doubt.unwrap().starts_with("1 of 2 packages"));
    }
}

#[test]
fn a_file_that_the_host_kept_from_being_read_is_a_doubt() {
    let mut document = document(&json!([]));
    document["files"][0]["unknowns"] = json!([
        "java-archive-cataloger: unable to copy archive: write /t: no space left on device"
    ]);
    let doubt = parse(&document).unwrap().doubt.unwrap();
    assert!(doubt.contains("/a: java-archive-cataloger"), "{doubt}");
    document["files"][0]["unknowns"] = json!(["rpm-db-cataloger: malformed database"]);
    assert!(parse(&document).unwrap().doubt.is_some());
}

#[test]
fn an_archive_that_syft_did_not_unpack_to_its_end_is_a_doubt() {
    let mut document = document(&json!([]));
    let unknown =
        "java-archive-cataloger: zip read limit hit (potential decompression bomb attack)";
    document["files"][0]["unknowns"] = json!([unknown]);
    assert!(parse(&document).unwrap().doubt.is_some());
}

#[test]
fn an_archive_that_is_merely_broken_is_no_doubt() {
    let mut document = document(&json!([]));
    document["files"][0]["unknowns"] = json!(["java-archive-cataloger: not a valid zip file"]);
    assert_eq!(parse(&document).unwrap().doubt, None);
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
        assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
    }
    let deep = format!("{{\"artifacts\":[],\"x\":{}", "[".repeat(100_000));
    assert!(read(deep.as_bytes()).is_err());
}

proptest! {
    #[test]
    fn a_document_that_was_cut_or_damaged_never_panics(cut in 0usize..400, place in 0usize..400, byte: u8) {
        let mut bytes = document(&json!([deb("a")])).to_string().into_bytes();
        if let Some(slot) = bytes.get_mut(place) {
            *slot = byte;
        }
        bytes.truncate(cut);
        let _ = read(&bytes);
    }
}
