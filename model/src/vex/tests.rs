//! Which statement holds where.

use std::collections::BTreeSet;

use proto_types::Artifact;

use super::{Component, Place, Product, Statement, Status, stated};
use crate::advisory::Advisory;

const DIGEST: &str = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

fn purl(purl: &str) -> Component {
    Component {
        purls: vec![purl.to_owned()],
        ..Component::default()
    }
}

fn statement(id: &str, product: Component, parts: Vec<Component>) -> Statement {
    Statement {
        vulnerability: BTreeSet::from([id.to_owned()]),
        products: vec![Product {
            component: product,
            parts,
        }],
        status: Status::NotAffected,
        justification: "component_not_present".to_owned(),
        author: "us".to_owned(),
        time: None,
        source: String::new(),
    }
}

/// An advisory about these CVEs.
fn about(cves: &[&str]) -> Advisory {
    Advisory {
        id: "GHSA-1".to_owned(),
        upstream: cves.iter().map(|&cve| cve.to_owned()).collect(),
        ..Advisory::default()
    }
}

fn npm_x() -> Artifact {
    Artifact {
        artifact_type: "npm".to_owned(),
        name: "x".to_owned(),
        version: "1".to_owned(),
        ..Artifact::default()
    }
}

/// Whether a statement holds of CVE-1 for openssl 3.0.11-1 in the image of `DIGEST`.
fn holds(statement: &Statement) -> bool {
    let artifact = Artifact {
        artifact_type: "deb".to_owned(),
        name: "openssl".to_owned(),
        version: "3.0.11-1".to_owned(),
        purl: Some("pkg:deb/debian/openssl@3.0.11-1?arch=amd64".to_owned()),
        ..Artifact::default()
    };
    let place = Place {
        artifact: &artifact,
        digests: &[DIGEST.to_owned()],
    };
    stated(&[statement], &about(&["CVE-1"]), &place).is_some()
}

#[test]
fn a_statement_holds_for_the_package_that_it_names() {
    let of = |url| holds(&statement("CVE-1", purl(url), Vec::new()));
    assert!(of("pkg:deb/debian/openssl@3.0.11-1"));
    assert!(of("pkg:deb/debian/openssl"));
    assert!(!of("pkg:deb/debian/openssl@3.0.12-1"));
    assert!(!of("pkg:deb/debian/curl"));
    assert!(!holds(&statement(
        "CVE-2",
        purl("pkg:deb/debian/openssl"),
        Vec::new()
    )));
}

#[test]
fn a_vulnerability_is_named_in_whatever_letters() {
    let artifact = npm_x();
    let place = Place {
        artifact: &artifact,
        digests: &[],
    };
    let of = |id, advisory: &Advisory| {
        let statement = statement(id, purl("pkg:npm/x"), Vec::new());
        stated(&[&statement], advisory, &place).is_some()
    };
    assert!(of("cve-1", &about(&["CVE-1"])));
    assert!(of("ghsa-1", &about(&["CVE-1"])));
    assert!(of("Ghsa-1", &about(&["CVE-1", "CVE-2"])));
    let debian = Advisory {
        id: "DEBIAN-CVE-2026-1".to_owned(),
        ..Advisory::default()
    };
    assert!(of("CVE-2026-1", &debian));
    assert!(!of("CVE-2026-11", &debian));
}

#[test]
fn a_statement_names_the_images_that_it_is_about_and_no_others() {
    let of = |product| {
        let statement = statement("CVE-1", product, Vec::new());
        statement.images().collect::<Vec<_>>()
    };
    let image = Component {
        digests: vec!["AB".repeat(32)],
        ..Component::default()
    };
    assert_eq!(of(image), ["ab".repeat(32)]);
    assert_eq!(of(purl("pkg:oci/shop@sha256%3AAbc")), ["abc"]);
    assert!(of(purl("pkg:npm/x@1")).is_empty());
}

#[test]
fn a_statement_holds_for_the_image_that_it_names_by_its_digest() {
    let image = || Component {
        digests: vec!["1".repeat(64)],
        ..Component::default()
    };
    assert!(holds(&statement("CVE-1", image(), Vec::new())));
    let part = purl("pkg:deb/debian/openssl@3.0.11-1");
    assert!(holds(&statement("CVE-1", image(), vec![part])));
    assert!(!holds(&statement(
        "CVE-1",
        image(),
        vec![purl("pkg:deb/debian/curl")]
    )));
    let by_purl = format!(
        "pkg:oci/shop@{}?repository_url=example.com",
        DIGEST.replace(':', "%3A")
    );
    assert!(holds(&statement("CVE-1", purl(&by_purl), Vec::new())));
}

#[test]
fn what_can_t_be_proven_to_be_meant_is_not_excused() {
    assert!(!holds(&statement(
        "CVE-1",
        purl("pkg:oci/shop?tag=latest"),
        Vec::new()
    )));
    // The part is named, and the product that it must be a part of is another one.
    let product = purl("pkg:generic/another-product@1");
    let part = purl("pkg:deb/debian/openssl@3.0.11-1");
    assert!(!holds(&statement("CVE-1", product, vec![part])));
    assert!(!holds(&statement(
        "CVE-1",
        Component::default(),
        Vec::new()
    )));
}

#[test]
fn the_statement_that_was_made_last_counts() {
    let artifact = npm_x();
    let at = |second, status| Statement {
        status,
        time: jiff::Timestamp::from_second(second).ok(),
        ..statement("CVE-1", purl("pkg:npm/x"), Vec::new())
    };
    let place = Place {
        artifact: &artifact,
        digests: &[],
    };
    let statements = [at(2, Status::Affected), at(1, Status::NotAffected)];
    let found = stated(&statements.each_ref(), &about(&["CVE-1"]), &place);
    assert_eq!(found.map(|one| one.status), Some(Status::Affected));
}

#[test]
fn an_advisory_about_several_cves_is_excused_where_each_of_them_is() {
    let artifact = npm_x();
    let place = Place {
        artifact: &artifact,
        digests: &[],
    };
    let of = |id| statement(id, purl("pkg:npm/x"), Vec::new());
    let advisory = about(&["CVE-1", "CVE-2"]);
    assert!(stated(&[&of("CVE-1")], &advisory, &place).is_none());
    assert!(stated(&[&of("CVE-1"), &of("CVE-2")], &advisory, &place).is_some());
    assert!(stated(&[&of("GHSA-1")], &advisory, &place).is_some());
    let open = Statement {
        status: Status::UnderInvestigation,
        ..of("CVE-2")
    };
    assert!(stated(&[&of("CVE-1"), &open], &advisory, &place).is_none());
}
