//! Package URLs: a question finds the package that it means, however either is written, and an
//! artifact that has no package URL too.

use model::purl::Purl;
use proto_types::{Artifact, Field, FindRequest, Op};

use crate::common::fleet::*;
use crate::fields::artifact;

const OPENSSL: &str =
    "pkg:deb/debian/openssl@3.0.17-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl";

/// What runs on one host.
fn contents() -> Vec<Artifact> {
    let of = |kind, name, version, purl| artifact(kind, name, version, purl, "");
    vec![
        of("deb", "openssl", "3.0.17-1~deb12u2", OPENSSL),
        of(
            "deb",
            "libstdc++6",
            "12.2.0-14",
            "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64",
        ),
        of(
            "deb",
            "dmsetup",
            "2:1.02.185-2",
            "pkg:deb/debian/dmsetup@1.02.185-2?epoch=2",
        ),
        of("deb", "openssl", "1.1.1n", ""),
        of("deb", "openssl", "1.1.1o", "pkg:deb/%ff"),
        of(
            "rpm",
            "openssl",
            "1:3.0.7-27.el9",
            "pkg:rpm/redhat/openssl@3.0.7-27.el9?epoch=1",
        ),
        of(
            "python",
            "Zope.Interface",
            "6.1",
            "pkg:pypi/zope-interface@6.1",
        ),
        of(
            "npm",
            "@babel/core",
            "7.24.0",
            "pkg:npm/%40babel/core@7.24.0",
        ),
        of("npm", "core", "1.0.0", "pkg:npm/core@1.0.0"),
        of(
            "go-module",
            "github.com/BurntSushi/toml",
            "v1.3.2",
            "pkg:golang/github.com/BurntSushi/toml@v1.3.2",
        ),
        of("java-archive", "log4j-core", "2.17.1", ""),
        of("binary", "busybox", "1.36", "busybox"),
    ]
}

async fn fleet() -> Fleet {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("app", 1)], &contents()).await;
    fleet
}

/// `name version` of what a question finds.
async fn found(fleet: &Fleet, request: FindRequest) -> Vec<String> {
    let answer = fleet.find(request).await;
    let rows = answer.results.unwrap();
    assert_eq!(answer.total, rows.len() as u64);
    rows.into_iter()
        .map(|row| format!("{} {}", row.name, row.version))
        .collect()
}

#[tokio::test]
async fn a_purl_finds_its_package_however_either_is_written() {
    let fleet = fleet().await;
    for (asked, wanted) in [
        (
            "pkg:deb/debian/openssl@3.0.17-1~deb12u2",
            &["openssl 3.0.17-1~deb12u2"][..],
        ),
        (
            "pkg:deb/debian/openssl@3.0.17-1%7Edeb12u2?arch=amd64",
            &["openssl 3.0.17-1~deb12u2"],
        ),
        (OPENSSL, &["openssl 3.0.17-1~deb12u2"]),
        (
            "pkg:deb/debian/libstdc++6@12.2.0-14",
            &["libstdc++6 12.2.0-14"],
        ),
        ("PKG:deb/Debian/LIBSTDC%2b%2b6", &["libstdc++6 12.2.0-14"]),
        (
            "pkg:deb/debian/dmsetup@2%3A1.02.185-2",
            &["dmsetup 2:1.02.185-2"],
        ),
        (
            "pkg:rpm/redhat/openssl@1:3.0.7-27.el9",
            &["openssl 1:3.0.7-27.el9"],
        ),
        ("pkg:pypi/zope.interface", &["Zope.Interface 6.1"]),
        ("pkg:npm/@babel/core@7.24.0", &["@babel/core 7.24.0"]),
        (
            "pkg:golang/github.com/burntsushi/toml@1.3.2",
            &["github.com/BurntSushi/toml v1.3.2"],
        ),
        ("busybox", &["busybox 1.36"]),
        (
            "pkg:deb/debian/openssl?arch=arm64",
            &["openssl 1.1.1o", "openssl 1.1.1n"],
        ),
        ("pkg:deb/debian/openssl@9", &[]),
        ("pkg:deb/ubuntu/libstdc++6", &[]),
    ] {
        let request = one(Field::Purl, Op::Eq, asked);
        assert_eq!(found(&fleet, request).await, wanted, "{asked}");
    }
}

#[tokio::test]
async fn an_artifact_without_a_purl_is_found_by_one_that_may_mean_it() {
    let fleet = fleet().await;
    let asked = one(Field::Purl, Op::Eq, "pkg:deb/debian/openssl@1.1.1n");
    assert_eq!(found(&fleet, asked).await, ["openssl 1.1.1n"]);
    // Neither one that can't be read tells who packaged it.
    let asked = one(Field::Purl, Op::Eq, "pkg:deb/ubuntu/openssl");
    let wanted = ["openssl 1.1.1o", "openssl 1.1.1n"];
    assert_eq!(found(&fleet, asked).await, wanted);
    let maven = "pkg:maven/org.apache.logging.log4j/log4j-core@2.17.1";
    let asked = one(Field::Purl, Op::Eq, maven);
    assert_eq!(found(&fleet, asked).await, ["log4j-core 2.17.1"]);
}

#[tokio::test]
async fn a_list_of_purls_and_names_finds_each() {
    let fleet = fleet().await;
    let any = vec![
        matching(
            Field::Purl,
            Op::Eq,
            "pkg:deb/debian/openssl@3.0.17-1~deb12u2",
        ),
        matching(Field::Purl, Op::Eq, "pkg:npm/%40babel/core"),
        matching(Field::Purl, Op::Eq, "pkg:npm/left-pad"),
        matching(Field::Name, Op::Eq, "dmsetup"),
    ];
    let request = FindRequest {
        any,
        limit: Some(0),
        ..FindRequest::default()
    };
    let wanted = [
        "@babel/core 7.24.0",
        "dmsetup 2:1.02.185-2",
        "openssl 3.0.17-1~deb12u2",
    ];
    assert_eq!(found(&fleet, request).await, wanted);
}

#[tokio::test]
async fn the_index_finds_what_the_rule_says_and_ne_finds_the_rest() {
    let fleet = fleet().await;
    let held = contents();
    let written = held.iter().filter_map(|artifact| artifact.purl.as_deref());
    let asked = [
        "pkg:deb/openssl",
        "pkg:rpm/openssl@3.0.7-27.el9",
        "pkg:npm/core",
        "pkg:maven/x/log4j-core",
    ];
    for asked in written.chain(asked) {
        let wanted = |is_it: bool| {
            let purl = Purl::parse(asked);
            let means = |one: &&Artifact| match &purl {
                Some(purl) => purl.means(*one),
                None => one.purl.as_deref() == Some(asked),
            };
            held.iter().filter(|one| means(one) == is_it).count()
        };
        let eq = found(&fleet, one(Field::Purl, Op::Eq, asked)).await;
        assert_eq!(eq.len(), wanted(true), "{asked}");
        let ne = found(&fleet, one(Field::Purl, Op::Ne, asked)).await;
        assert_eq!(ne.len(), wanted(false), "{asked}");
    }
}

#[tokio::test]
async fn all_other_ops_look_at_the_text_of_a_purl() {
    let fleet = fleet().await;
    for (op, value, count) in [
        (Op::Prefix, "pkg:deb/debian/openssl@", 1),
        (Op::Prefix, "pkg:deb/debian/libstdc++", 0),
        (Op::Contains, "%2B%2B", 1),
        (Op::Glob, "pkg:npm/*", 2),
        (Op::Regex, "epoch=[12]$", 2),
        (Op::Eq, "", 2),
        (Op::Ne, "", 10),
    ] {
        let answer = found(&fleet, one(Field::Purl, op, value)).await;
        assert_eq!(answer.len(), count, "{op} {value}");
    }
}
