//! `find` matches: every field by every op, against a plain evaluation of the same fleet.

mod plain;

use proto_types::{Field, FindResult, Op};

use crate::common::fleet::*;
pub use plain::artifact;
use plain::{Row, fits, fleet, text};

/// Values that mean something to the fleet, and ones that mean something to SQL, FTS5, globs,
/// regular expressions and JSON.
const VALUES: &[&str] = &[
    "openssl",
    "libssl3",
    "ssl",
    "ss",
    "s",
    "",
    "lib",
    "o",
    "OPENSSL",
    "deb",
    "npm",
    "3.0.2",
    "3.0.10",
    "1.0",
    "2",
    "debian",
    "12",
    "alpine",
    "web",
    "db",
    "web-1",
    "cache",
    "example.org/web:1",
    "org/",
    "sha256:",
    "pkg:deb/",
    "pkg:npm/%40scope/it@1.0",
    "@scope/it's",
    "it's",
    "100%",
    "_",
    "%",
    "a\"b",
    "\"",
    "'; DROP TABLE run; --",
    "ssl OR lib",
    "NEAR(ssl lib)",
    "ssl*",
    "-ssl",
    "ünï",
    "nul\0l",
    "l\0l",
    "sha256:odd",
];

/// Patterns that both the server's globs and regular expressions may be given.
const PATTERNS: &[&str] = &[
    "*ssl*",
    "lib*",
    "*",
    "?eb",
    "?nïcode",
    "[ü]*",
    "{openssl,zlib}",
    "[lo]*",
    "w?b",
    "3.0.*",
    "^lib",
    "ssl3$",
    "a|openssl",
    "^3\\.0\\.\\d+$",
    ".",
    "(?i)OPENSSL",
];

fn found(row: &FindResult) -> String {
    format!(
        "{:?}",
        (
            &row.host,
            &row.container,
            &row.artifact_type,
            &row.name,
            &row.version
        )
    )
}

fn expected(row: &Row) -> String {
    let artifact = &row.artifact;
    format!(
        "{:?}",
        (
            &row.host,
            &row.container,
            &artifact.artifact_type,
            text(row, Field::Name),
            &artifact.version
        )
    )
}

async fn check(fleet: &Fleet, rows: &[Row], field: Field, op: Op, value: &str) {
    let answer = fleet.ask(one(field, op, value)).await;
    let wanted: Option<Vec<String>> = rows
        .iter()
        .map(|row| Some((expected(row), fits(row, field, op, value)?)))
        .collect::<Option<Vec<_>>>()
        .map(|rows| {
            rows.into_iter()
                .filter(|row| row.1)
                .map(|row| row.0)
                .collect()
        });
    match (answer, wanted) {
        (Ok(answer), Some(mut wanted)) => {
            let mut got: Vec<String> = answer.results.unwrap().iter().map(found).collect();
            got.sort();
            wanted.sort();
            assert_eq!(got, wanted, "{field} {op} {value:?}");
            assert_eq!(answer.total, wanted.len() as u64, "{field} {op} {value:?}");
        }
        (Err(_), None) => {}
        (answer, wanted) => panic!("{field} {op} {value:?}: {answer:?}, expected {wanted:?}"),
    }
}

#[tokio::test]
async fn every_field_by_every_op_finds_what_a_plain_evaluation_finds() {
    let (fleet, rows) = fleet().await;
    for field in Field::ALL {
        for op in Op::ALL {
            let patterns = matches!(op, Op::Glob | Op::Regex);
            for value in if patterns { PATTERNS } else { VALUES } {
                let regex_only = value.contains(['^', '$', '|', '\\', '(']);
                if *op != Op::Glob || !regex_only {
                    check(&fleet, &rows, *field, *op, value).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn an_image_digest_is_found_in_either_case() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let held = [artifact("deb", "x", "1", "", "")];
    fleet.run(&web, &[("a", 0xab), ("b", 1)], &held).await;
    let digest = crate::common::image(0xab).to_string();
    let upper = format!("sha256:{}", digest[7..].to_uppercase());
    for (op, value, container) in [
        (Op::Eq, &digest, "a"),
        (Op::Eq, &upper, "a"),
        (Op::Ne, &upper, "b"),
    ] {
        let rows = fleet.find(one(Field::ImageDigest, op, value)).await;
        let rows = rows.results.unwrap();
        assert_eq!(rows.len(), 1, "{op} {value}");
        assert_eq!(rows[0].container, container);
    }
}

#[tokio::test]
async fn every_pair_of_conditions_finds_what_fits_both() {
    let (fleet, rows) = fleet().await;
    let conditions = [
        (Field::Name, Op::Eq, "openssl"),
        (Field::Name, Op::Contains, "ssl"),
        (Field::Version, Op::Lt, "3.0.10"),
        (Field::Version, Op::Eq, "3.0.10"),
        (Field::Type, Op::Ne, "npm"),
        (Field::Source, Op::Eq, "openssl"),
        (Field::Purl, Op::Prefix, "pkg:deb/"),
        (Field::Distro, Op::Eq, "debian"),
        (Field::ImageName, Op::Eq, "example.org/web:1"),
        (Field::Container, Op::Eq, "sha256:odd"),
        (Field::Host, Op::Eq, "web"),
        (Field::Host, Op::Glob, "web*"),
        (Field::ImageDigest, Op::Eq, &rows[0].image_digest),
    ];
    for (f, a, v) in &conditions {
        for (g, b, w) in &conditions {
            let request = proto_types::FindRequest {
                matches: vec![matching(*f, *a, v), matching(*g, *b, w)],
                limit: Some(0),
                ..Default::default()
            };
            let got = fleet.find(request).await;
            let both = |row: &&Row| {
                fits(row, *f, *a, v) == Some(true) && fits(row, *g, *b, w) == Some(true)
            };
            let wanted = rows.iter().filter(both).count() as u64;
            assert_eq!(got.total, wanted, "{f} {a} {v:?} and {g} {b} {w:?}");
        }
    }
}

#[tokio::test]
async fn any_finds_what_fits_one_of_them() {
    let (fleet, rows) = fleet().await;
    let lists: [&[(Field, Op, &str)]; 5] = [
        &[
            (Field::Name, Op::Eq, "openssl"),
            (Field::Name, Op::Eq, "zlib"),
        ],
        &[
            (Field::Purl, Op::Eq, "pkg:deb/debian/openssl@3.0.2"),
            (Field::Name, Op::Eq, "openssl"),
        ],
        &[
            (Field::Source, Op::Eq, "openssl"),
            (Field::Version, Op::Ge, "2"),
        ],
        &[
            (Field::Name, Op::Contains, "ss"),
            (Field::Type, Op::Ne, "deb"),
        ],
        &[(Field::Name, Op::Eq, "no such thing")],
    ];
    for list in lists {
        let request = proto_types::FindRequest {
            any: list.iter().map(|(f, o, v)| matching(*f, *o, v)).collect(),
            limit: Some(0),
            ..Default::default()
        };
        let got = fleet.find(request).await;
        let fit = |row: &&Row| {
            list.iter()
                .any(|(f, o, v)| fits(row, *f, *o, v) == Some(true))
        };
        assert_eq!(
            got.total,
            rows.iter().filter(fit).count() as u64,
            "{list:?}"
        );
    }
}

#[tokio::test]
async fn a_prefix_finds_what_goes_on_with_the_last_character_there_is() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let purl = "pkg:generic/zz\u{10ffff}z";
    let held = [
        artifact("binary", "zz\u{10ffff}", "1", purl, ""),
        artifact("binary", "zz\u{10ffff}\u{10ffff}x", "1", "", ""),
        artifact("binary", "z{", "1", "", ""),
    ];
    fleet.run(&web, &[("a", 1)], &held).await;
    for (field, prefix, count) in [
        (Field::Name, "zz", 2),
        (Field::Name, "zz\u{10ffff}", 2),
        (Field::Name, "z", 3),
        (Field::Purl, "pkg:generic/zz", 1),
    ] {
        let answer = fleet.find(one(field, Op::Prefix, prefix)).await;
        assert_eq!(answer.total, count, "{field} {prefix:?}");
    }
}
