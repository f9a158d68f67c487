//! Random statements of vendors about those advisories, artifacts and images.

use model::{
    advisory::Advisory,
    vex::{self, Component, Product, Statement, Status},
};
use proptest::prelude::*;

use crate::things::{alias, at, digest};

const IDS: [&str; 7] = [
    "CVE-2024-0",
    "cve-2024-1",
    "CVE-2024-2",
    "X-0",
    "x-1",
    "CVE-2024-1",
    "CVE-2024-9",
];
const PURLS: [&str; 8] = [
    "pkg:deb/debian/openssl",
    "pkg:deb/debian/openssl@3.0.10",
    "pkg:deb/debian/libssl3@3.0.10",
    "pkg:npm/%40scope/it%27s@1.0",
    "pkg:pypi/jinja2",
    "pkg:golang/github.com/x/y@v1.0.0",
    "pkg:maven/org.x/core",
    "pkg:generic/nothing",
];

fn package() -> impl Strategy<Value = Component> {
    prop::sample::select(&PURLS[..]).prop_map(|purl| Component {
        purls: vec![purl.to_owned()],
        ..Component::default()
    })
}

/// An image, by its own digest or by a manifest's, as a digest or in a package URL.
fn image() -> impl Strategy<Value = Component> {
    (0..5_u32, any::<bool>(), any::<bool>()).prop_map(|(number, is_alias, by_purl)| {
        let digest = match is_alias {
            true => alias(number),
            false => digest(number),
        };
        let digest = digest.to_string();
        match by_purl {
            true => Component {
                purls: vec![format!("pkg:oci/x@{}", digest.replace(':', "%3A"))],
                ..Component::default()
            },
            false => Component {
                digests: vec![digest.trim_start_matches("sha256:").to_owned()],
                ..Component::default()
            },
        }
    })
}

fn product() -> impl Strategy<Value = Product> {
    let component = prop_oneof![package().boxed(), image().boxed()];
    let parts = prop::collection::vec(package(), 0..2);
    (component, parts).prop_map(|(component, parts)| Product { component, parts })
}

pub fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let one = (
        prop::collection::btree_set(prop::sample::select(&IDS[..]), 1..3),
        prop::collection::vec(product(), 0..3),
        prop::sample::select(
            &[
                Status::NotAffected,
                Status::NotAffected,
                Status::Fixed,
                Status::Affected,
                Status::UnderInvestigation,
            ][..],
        ),
        prop::option::of(0..3_i64),
    );
    let one = one.prop_map(|(ids, products, status, time)| Statement {
        vulnerability: ids.into_iter().map(str::to_owned).collect(),
        products,
        status,
        justification: "component_not_present".to_owned(),
        author: "Example Ltd".to_owned(),
        time: time.map(at),
        source: "vendor".to_owned(),
    });
    prop::collection::vec(one, 0..6)
}

/// Those that name an advisory, as a store hands them over.
pub fn about(statements: &[Statement], advisory: &Advisory) -> Vec<Statement> {
    let ids = vex::ids(advisory);
    let names = |one: &&Statement| {
        let mut named = one.vulnerability.iter();
        named.any(|id| ids.iter().any(|own| own.eq_ignore_ascii_case(id)))
    };
    statements.iter().filter(names).cloned().collect()
}
