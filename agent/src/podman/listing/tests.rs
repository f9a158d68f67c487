//! What is read of a listing.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::{Listed, containers, mounts};

/// What a good listing lists.
fn listed(json: &[u8], store: Option<&str>) -> Vec<Listed> {
    let listing = containers(json, store).unwrap();
    assert!(listing.left_out.is_empty(), "{listing:?}");
    listing.containers
}

fn listing(name: &str, image_id: &str) -> Vec<u8> {
    let container = serde_json::json!({
        "Id": "c1", "Names": [name], "Image": "--output=/etc/x", "ImageID": image_id,
        "State": "running", "Labels": {"x": "\u{1b}[2J"}, "Command": null, "Size": null,
    });
    serde_json::to_vec(&vec![container]).unwrap()
}

#[test]
fn a_container_is_read_as_podman_lists_it() {
    let listed = listed(&listing("web", &"0a".repeat(32)), None);
    assert_eq!(listed[0].container.name, "web");
    assert_eq!(listed[0].container.image_name, "--output=/etc/x");
    assert!(listed[0].running);
}

#[test]
fn a_container_of_another_store_says_so() {
    let listed = listed(&listing("web", &"0a".repeat(32)), Some("alice"));
    assert_eq!(listed[0].container.name, "alice/web");
}

#[test]
fn a_container_without_an_image_is_counted_while_it_runs() {
    let json = String::from_utf8(listing("rootfs", "")).unwrap();
    for (json, without) in [
        (json.clone(), vec!["rootfs".to_owned()]),
        (json.replace("[\"rootfs\"]", "null"), vec!["c1".to_owned()]),
        (json.replace("running", "exited"), vec![]),
        (
            json.replace("\"ImageID\":\"\",", ""),
            vec!["rootfs".to_owned()],
        ),
    ] {
        let listing = containers(json.as_bytes(), None).unwrap();
        assert!(listing.containers.is_empty() && listing.left_out.is_empty());
        assert_eq!(listing.without_image, without);
    }
}

#[test]
fn a_pods_infra_container_without_an_image_is_left_out() {
    let json = String::from_utf8(listing("infra", "")).unwrap();
    let json = json.replace("\"Id\"", "\"IsInfra\":true,\"Id\"");
    let listing = containers(json.as_bytes(), None).unwrap();
    let expected = super::Listing {
        ids: vec!["c1".to_owned()],
        ..super::Listing::default()
    };
    assert_eq!(listing, expected, "it is known to be podman's all the same");
}

#[test]
fn a_container_runs_unless_its_state_says_that_it_does_not() {
    for (state, running) in [
        ("running", true),
        ("paused", true),
        ("stopping", true),
        ("unknown", true),
        ("hibernating", true),
        ("", true),
        ("created", false),
        ("configured", false),
        ("initialized", false),
        ("stopped", false),
        ("exited", false),
        ("removing", false),
    ] {
        let json = String::from_utf8(listing("web", &"0a".repeat(32))).unwrap();
        let json = json.replace("running", state);
        let listed = listed(json.as_bytes(), None);
        assert_eq!(listed[0].running, running, "{state}");
    }
}

#[test]
fn one_odd_container_is_left_out_and_named_and_the_others_are_listed() {
    let good = "0a".repeat(32);
    for (name, id, store, said) in [
        (
            "web",
            "--help",
            None,
            "container `web` has an invalid image ID",
        ),
        ("", &good, None, "container c1 has no name"),
        ("\u{1b}[2J", "", Some("alice"), ""),
    ] {
        let mut json = listing(name, id);
        let last = json.len() - 1;
        json.truncate(last);
        json.extend(b",{},");
        json.extend(&listing("db", &good)[1..]);
        let listing = containers(&json, store).unwrap();
        assert_eq!(listing.containers.len(), 1, "{listing:?}");
        assert!(listing.left_out.concat().contains(said), "{listing:?}");
        assert!(listing.left_out.concat().contains("missing field `Id`"));
    }
    let stopped = |json: Vec<u8>| {
        String::from_utf8(json)
            .unwrap()
            .replace("running", "exited")
    };
    assert!(listed(stopped(listing("", &good)).as_bytes(), None).is_empty());
}

#[test]
fn a_listing_that_is_none_is_refused_whole() {
    for wrong in ["", "{}", "[", "Error: x", "[{\"Id\":"] {
        assert!(containers(wrong.as_bytes(), None).is_err(), "{wrong}");
        assert!(mounts(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn nothing_that_runs_is_no_error() {
    assert!(listed(b"[]", None).is_empty());
    assert!(listed(b"null\n", None).is_empty());
    assert!(mounts(b"[]").unwrap().is_empty());
}
