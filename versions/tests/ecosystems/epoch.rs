//! Epochs from package URLs, by the purl specification.

use std::cmp::Ordering;

use versions::compare_with_purl;

/// How `1-1` with that package URL stands to `5-1` without one.
fn against_five(artifact_type: &str, purl: &str) -> Ordering {
    compare_with_purl(artifact_type, "1-1", Some(purl), "5-1", None)
}

#[test]
fn an_epoch_may_stand_only_in_the_purl() {
    for artifact_type in ["rpm", "deb", "alpm"] {
        let order = against_five(artifact_type, "pkg:rpm/redhat/foo@1-1?arch=x86_64&epoch=1");
        assert_eq!(order, Ordering::Greater, "{artifact_type}");
    }
}

#[test]
fn the_qualifier_is_found_wherever_and_however_it_is_written() {
    for purl in [
        "pkg:rpm/redhat/foo@1-1?epoch=1",
        "pkg:rpm/redhat/foo@1-1?epoch=1&arch=x86_64#sub/path?epoch=0",
        "pkg:rpm/redhat/foo@1-1?Epoch=%31&upstream=a%26epoch=0",
        "pkg:rpm/redhat/foo@1%3F-1?distro=x&epoch=01",
    ] {
        assert_eq!(against_five("rpm", purl), Ordering::Greater, "{purl}");
    }
}

#[test]
fn what_is_no_epoch_qualifier_is_ignored() {
    for purl in [
        "pkg:rpm/redhat/foo@1-1",
        "pkg:rpm/redhat/foo@1-1?arch=epoch=1",
        "pkg:rpm/redhat/foo@1-1?myepoch=1",
        "pkg:rpm/redhat/foo@1-1?epoch=one",
        "pkg:rpm/redhat/foo@1-1?epoch=%FF",
        "pkg:rpm/redhat/foo@1-1?epoch",
        "pkg:rpm/redhat/foo@1-1#?epoch=1",
        "epoch=1",
        "",
    ] {
        assert_eq!(against_five("rpm", purl), Ordering::Less, "{purl}");
    }
}

#[test]
fn an_epoch_in_the_version_wins() {
    let purl = Some("pkg:rpm/redhat/foo@1-1?epoch=7");
    let order = compare_with_purl("rpm", "0:1-1", purl, "5-1", None);
    assert_eq!(order, Ordering::Less);
    let order = compare_with_purl("rpm", "7:1-1", None, "1-1", purl);
    assert_eq!(order, Ordering::Equal);
}

#[test]
fn types_without_epochs_do_not_look_for_one() {
    assert_eq!(
        against_five("npm", "pkg:npm/foo@1-1?epoch=1"),
        Ordering::Less
    );
}
