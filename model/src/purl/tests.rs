//! Which package a package URL means.
#![allow(clippy::unwrap_used)]

use packageurl::PackageUrl;
use proptest::prelude::*;
use proto_types::Artifact;

use super::{Purl, folded, is_purl};

fn artifact(artifact_type: &str, name: &str, version: &str, purl: &str) -> Artifact {
    Artifact {
        artifact_type: artifact_type.to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: (!purl.is_empty()).then(|| purl.to_owned()),
        ..Artifact::default()
    }
}

/// Whether a question means an artifact with this purl; in that case both have the same key.
fn means(asked: &str, stored: &str) -> bool {
    means_artifact(asked, &artifact("", "", "", stored))
}

fn means_artifact(asked: &str, artifact: &Artifact) -> bool {
    let purl = Purl::parse(asked).unwrap();
    let means = purl.means(artifact);
    assert!(!means || purl.key() == Purl::of(artifact).key());
    assert!(!means || purl.folded_name() == Purl::of(artifact).folded_name());
    means
}

const OPENSSL: &str =
    "pkg:deb/debian/openssl@3.0.17-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl";

#[test]
fn a_question_asks_for_no_more_than_stands_in_it() {
    for asked in [
        OPENSSL,
        "pkg:deb/debian/openssl@3.0.17-1~deb12u2",
        "pkg:deb/debian/openssl",
        "pkg:deb/debian/openssl?arch=amd64",
        "pkg:deb/openssl@3.0.17-1~deb12u2?distro=debian-12&arch=amd64",
    ] {
        assert!(means(asked, OPENSSL), "{asked}");
    }
    for asked in [
        "pkg:deb/debian/openssl@3.0.17-1",
        "pkg:deb/ubuntu/openssl",
        "pkg:deb/debian/libssl3",
        "pkg:rpm/debian/openssl",
        "pkg:deb/debian/openssl?arch=arm64",
        "pkg:deb/debian/openssl?vendor=debian",
        "pkg:deb/debian/openssl#usr/lib",
    ] {
        assert!(!means(asked, OPENSSL), "{asked}");
    }
}

#[test]
fn how_it_is_encoded_does_not_count() {
    let stored = "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64";
    for asked in [
        "pkg:deb/debian/libstdc++6@12.2.0-14+deb12u1",
        "pkg:deb/debian/libstdc%2b%2b6@12.2.0-14%2bdeb12u1",
        "PKG:DEB/debian/libstdc++6",
        "pkg://deb//debian/./libstdc++6",
    ] {
        assert!(means(asked, stored), "{asked}");
    }
    assert!(means("pkg:deb/debian/openssl@3.0.17-1%7Edeb12u2", OPENSSL));
    assert!(means(
        "pkg:npm/@babel/core@7.24.0",
        "pkg:npm/%40babel/core@7.24.0"
    ));
    assert!(means(
        "pkg:npm/%40babel%2Fcore",
        "pkg:npm/%40babel/core@7.24.0"
    ));
}

#[test]
fn case_counts_where_the_type_says_so() {
    for (asked, stored) in [
        ("pkg:pypi/Zope.Interface@6.1", "pkg:pypi/zope-interface@6.1"),
        ("pkg:pypi/ruamel-yaml", "pkg:pypi/ruamel.yaml@0.18"),
        ("pkg:pypi/jinja2", "pkg:pypi/Jinja2@3.1.4"),
        (
            "pkg:golang/github.com/burntsushi/toml",
            "pkg:golang/github.com/BurntSushi/toml@v1.3",
        ),
        (
            "pkg:github/Actions/Checkout@v4",
            "pkg:github/actions/checkout@v4",
        ),
        (
            "pkg:nuget/newtonsoft.json",
            "pkg:nuget/Newtonsoft.Json@13.0.3",
        ),
        ("pkg:rpm/RedHat/openssl", "pkg:rpm/redhat/openssl@3.0.7"),
    ] {
        assert!(means(asked, stored), "{asked} {stored}");
    }
    for (asked, stored) in [
        (
            "pkg:rpm/redhat/networkmanager",
            "pkg:rpm/redhat/NetworkManager@1",
        ),
        ("pkg:maven/Org.apache/x", "pkg:maven/org.apache/x@1"),
        ("pkg:gem/RedCloth@4.3.2a", "pkg:gem/RedCloth@4.3.2A"),
    ] {
        assert!(!means(asked, stored), "{asked} {stored}");
    }
}

#[test]
fn an_epoch_may_stand_in_the_version_or_beside_it() {
    let stored = [
        "pkg:deb/debian/dmsetup@2%3A1.02.185-2",
        "pkg:deb/debian/dmsetup@2:1.02.185-2",
        "pkg:deb/debian/dmsetup@1.02.185-2?epoch=2",
    ];
    for stored in stored {
        assert!(means("pkg:deb/debian/dmsetup@2:1.02.185-2", stored));
        assert!(means("pkg:deb/debian/dmsetup@1.02.185-2?epoch=2", stored));
        assert!(means("pkg:deb/debian/dmsetup@1.02.185-2", stored));
        assert!(!means("pkg:deb/debian/dmsetup@1:1.02.185-2", stored));
        assert!(!means("pkg:deb/debian/dmsetup@1.02.185-2?epoch=0", stored));
    }
    assert!(means(
        "pkg:rpm/fedora/bash@0:5.2-1",
        "pkg:rpm/fedora/bash@5.2-1"
    ));
    // An rpm's version may know what its package URL leaves out.
    let bind = artifact("rpm", "bind", "32:9.16-1", "pkg:rpm/redhat/bind@9.16-1");
    assert!(means_artifact("pkg:rpm/redhat/bind@9.16-1?epoch=32", &bind));
    assert!(!means_artifact(
        "pkg:rpm/redhat/bind@9.16-1?epoch=31",
        &bind
    ));
}

#[test]
fn a_go_version_may_be_written_without_its_v() {
    let gin = "pkg:golang/github.com/gin-gonic/gin@v1.9.1";
    assert!(means("pkg:golang/github.com/gin-gonic/gin@1.9.1", gin));
    assert!(!means("pkg:golang/gin@v1.9.1", gin));
}

#[test]
fn an_artifact_without_a_purl_is_what_its_type_and_name_say() {
    let bare = |artifact_type, name, version| artifact(artifact_type, name, version, "");
    for (asked, artifact) in [
        (
            "pkg:deb/debian/openssl@3.0-1?arch=amd64",
            bare("deb", "openssl", "3.0-1"),
        ),
        ("pkg:pypi/jinja2", bare("python", "Jinja2", "3.1.4")),
        (
            "pkg:maven/org.apache/log4j-core",
            bare("java-archive", "log4j-core", "2.17"),
        ),
        (
            "pkg:golang/github.com/gin-gonic/gin@v1.9.1",
            bare("go-module", "github.com/gin-gonic/gin", "v1.9.1"),
        ),
        ("pkg:npm/%40babel/core", bare("npm", "@babel/core", "7")),
        (
            "pkg:cargo/serde@1.0.204",
            bare("rust-crate", "serde", "1.0.204"),
        ),
        ("pkg:gem/rack", bare("gem", "rack", "3")),
        (
            "pkg:rpm/redhat/bind@9?epoch=32",
            bare("rpm", "bind", "32:9"),
        ),
    ] {
        assert!(means_artifact(asked, &artifact), "{asked}");
    }
    for (asked, artifact) in [
        (
            "pkg:deb/debian/openssl@3.0-2",
            bare("deb", "openssl", "3.0-1"),
        ),
        ("pkg:npm/core", bare("npm", "@babel/core", "7")),
        ("pkg:npm/openssl", bare("deb", "openssl", "3.0-1")),
    ] {
        assert!(!means_artifact(asked, &artifact), "{asked}");
    }
    // One that can't be read is as good as none.
    let odd = super::tests::artifact("deb", "openssl", "3", "pkg:deb/%ff@3");
    assert!(means_artifact("pkg:deb/debian/openssl@3", &odd));
    // A package URL without a version has the artifact's.
    let no_version = super::tests::artifact("deb", "x", "1", "pkg:deb/debian/x");
    assert!(means_artifact("pkg:deb/debian/x@1", &no_version));
    assert!(!means_artifact("pkg:deb/debian/x@2", &no_version));
}

#[test]
fn what_is_no_package_url_is_none() {
    for text in [
        "",
        "pkg",
        "pkg:",
        "pkg:deb",
        "pkg:deb/",
        "pkg:/x",
        "pkg:3deb/x",
        "pkg:de b/x",
        "pkg:deb/%ff",
        "openssl",
        "http://example.org/x",
        "pkg:npm/@scope",
        "pkgs:deb/x",
    ] {
        assert_eq!(Purl::parse(text).map(|_| ()), None, "{text}");
    }
    assert!(is_purl("pkg:deb/x") && is_purl("PKG:") && !is_purl("pkg") && !is_purl("pké:"));
}

/// A text that has much of what package URLs are made of.
fn purlish() -> impl Strategy<Value = String> {
    let part = "[a-zA-Z0-9._~+:@%\u{e9}-]{0,6}|%2[bB5Ff]|%40|%C3%A9|\\.\\.?";
    let kind = "deb|rpm|npm|pypi|golang|maven|generic|NPM|github|nuget|[a-z0-9+]{1,4}";
    (
        kind,
        prop::collection::vec(part, 1..4),
        prop::option::of(part),
        prop::option::of("[a-zA-Z_]{1,4}=[a-zA-Z0-9%2Bc]{0,4}(&epoch=[0-9a]{0,3})?"),
        prop::option::of(part),
    )
        .prop_map(|(kind, path, version, qualifiers, subpath)| {
            let mut purl = format!("pkg:{kind}/{}", path.join("/"));
            let tail = [('@', version), ('?', qualifiers), ('#', subpath)];
            for (sign, text) in tail {
                purl.extend(text.map(|text| format!("{sign}{text}")));
            }
            purl
        })
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in ".*", stored in purlish()) {
        if let Some(purl) = Purl::parse(&text) {
            let _ = purl.means(&artifact("deb", &text, &text, &stored));
        }
        let _ = Purl::of(&artifact("deb", "x", "1", &text));
    }

    #[test]
    fn what_the_specification_allows_is_read_and_means_its_canonical_writing(text in purlish()) {
        if let Ok(known) = text.parse::<PackageUrl<'_>>() {
            // packageurl writes a slash in a version as it is, and reads another package then.
            prop_assume!(!known.version().is_some_and(|version| version.contains('/')));
            let (purl, canonical) = (Purl::parse(&text), Purl::parse(&known.to_string()));
            prop_assert!(purl.is_some(), "{}", text);
            prop_assert_eq!(purl, canonical);
        }
    }

    #[test]
    fn without_a_package_url_a_package_is_called_as_its_artifact_when_folded(
        kind in "deb|python|go-module|npm|java-archive|dotnet|[a-z]{1,3}",
        name in "[a-cA-C._\u{130}\u{3a3}/@-]{1,6}",
    ) {
        let package = Purl::of(&artifact(&kind, &name, "1", ""));
        prop_assert_eq!(package.folded_name(), folded(&name));
    }

    #[test]
    fn every_package_url_means_itself(text in purlish()) {
        if Purl::parse(&text).is_some() {
            prop_assert!(means(&text, &text));
        }
    }
}

#[test]
fn a_type_that_there_is_not_is_known_by_what_it_is_meant_for() {
    let kinds = |text: &str| {
        let purl = Purl::parse(text).unwrap();
        let unknown = purl.unknown_kind().map(str::to_owned);
        (unknown, purl.kind_meant())
    };
    assert_eq!(
        kinds("pkg:pip/jinja2"),
        (Some("pip".to_owned()), Some("pypi"))
    );
    assert_eq!(
        kinds("pkg:go/example.org/x"),
        (Some("go".to_owned()), Some("golang"))
    );
    assert_eq!(kinds("pkg:nmp/lodash"), (Some("nmp".to_owned()), None));
    assert_eq!(kinds("pkg:deb/debian/x").0, None);
}
