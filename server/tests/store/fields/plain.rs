//! A fleet, and what `find` should say of it by the plainest means there are.

use std::cmp::Ordering;

use proto_types::{Artifact, Field, Op};

use crate::common::{complete, container, fleet::*, full};

/// An artifact in a container.
pub struct Row {
    pub artifact: Artifact,
    distro: [String; 2],
    pub container: String,
    image_name: String,
    pub image_digest: String,
    pub host: String,
}

/// An artifact, with the empty text for what it hasn't.
pub fn artifact(kind: &str, name: &str, version: &str, purl: &str, source: &str) -> Artifact {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Artifact {
        artifact_type: kind.to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: text(purl),
        source: text(source),
        ..Artifact::default()
    }
}

/// What the images hold.
fn contents(image: u8) -> Vec<Artifact> {
    let of = artifact;
    match image {
        1 => vec![
            of(
                "deb",
                "openssl",
                "3.0.2",
                "pkg:deb/debian/openssl@3.0.2",
                "",
            ),
            of(
                "deb",
                "libssl3",
                "3.0.10",
                "pkg:deb/debian/libssl3@3.0.10",
                "openssl",
            ),
            of("npm", "@scope/it's", "1.0", "pkg:npm/%40scope/it@1.0", ""),
            of("deb", "100%", "1:2.0-1", "", "a\"b"),
        ],
        2 => vec![
            of("apk", "openssl", "3.0.10-r1", "", "openssl"),
            of("npm", "openssl", "1.0.0", "", ""),
            of("python", "ünïcode", "2", "", ""),
            of("python", "a\"b", "2.0rc1", "", ""),
            of("rpm", "nul\0l", "1", "", "'; DROP TABLE run; --"),
            of("rpm", "back\\slash", "1", "", ""),
        ],
        _ => vec![
            of("deb", "zlib", "1.0~beta", "", ""),
            of("deb", "a_b", "1.0", "", ""),
            of("deb", "s", "", "", "ss"),
        ],
    }
}

/// An artifact as it is kept, with what its package URL says of its source.
fn stored(mut artifact: Artifact) -> Artifact {
    model::source::fill(&mut artifact);
    artifact
}

/// Three hosts on three images, and what each of their containers holds.
pub async fn fleet() -> (Fleet, Vec<Row>) {
    let (fleet, hosts) = Fleet::of(["web", "db", "web-1"]).await;
    let running: [&[(&str, u8)]; 3] = [
        &[("web", 1), ("cache", 2)],
        &[("db", 2), ("it's", 1), ("sha256:odd", 3)],
        &[("web", 3), ("100%", 3)],
    ];
    let mut rows = Vec::new();
    for (host, containers) in hosts.iter().zip(running) {
        let mut report = full(&[]);
        for (name, image) in containers {
            let mut one = container(name, *image);
            if *name == "web" {
                one.image_name = "example.org/web:1".to_owned();
            }
            for artifact in contents(*image).into_iter().map(stored) {
                rows.push(Row {
                    artifact,
                    distro: distro(*image),
                    container: one.name.clone(),
                    image_name: one.image_name.clone(),
                    image_digest: one.image_digest.to_string(),
                    host: host.name.clone(),
                });
            }
            report.containers.push(one);
        }
        for lease in fleet.report(host, report).await.unwrap().leases {
            let on = lease.image_digest.as_bytes()[0];
            let mut sbom = complete(on, &contents(on));
            [sbom.distro, sbom.distro_version] = distro(on);
            fleet.upload(host, &lease, sbom).await.unwrap();
        }
    }
    (fleet, rows)
}

fn distro(image: u8) -> [String; 2] {
    match image {
        1 => ["debian", "12"],
        2 => ["alpine", "3.0.2"],
        _ => ["", ""],
    }
    .map(str::to_owned)
}

/// The text that a field has in a row.
pub fn text(row: &Row, field: Field) -> &str {
    match field {
        // A NUL is no text that anyone could ask for: it is kept as what can't be shown.
        Field::Name if row.artifact.name.contains('\0') => "nul\u{fffd}l",
        Field::Name => &row.artifact.name,
        Field::Type => &row.artifact.artifact_type,
        Field::Version => &row.artifact.version,
        Field::Purl => row.artifact.purl.as_deref().unwrap_or(""),
        Field::Source => row.artifact.source.as_deref().unwrap_or(""),
        Field::SourceVersion => row.artifact.source_version.as_deref().unwrap_or(""),
        Field::Module => row.artifact.module.as_deref().unwrap_or(""),
        Field::Distro => &row.distro[0],
        Field::DistroVersion => &row.distro[1],
        Field::ImageName => &row.image_name,
        Field::ImageDigest => &row.image_digest,
        Field::Container => &row.container,
        Field::Host => &row.host,
    }
}

/// Whether a row fits, by the plainest means; `None` for what the server is to refuse.
pub fn fits(row: &Row, field: Field, op: Op, value: &str) -> Option<bool> {
    let text = text(row, field);
    let kept = value.replace('\0', "\u{fffd}");
    let value = if field.is_of_artifact() { &kept } else { value };
    let whole_digest = value.parse::<proto_types::ImageDigest>().is_ok();
    let age = || {
        let artifact = &row.artifact;
        versions::compare_with_purl(
            &artifact.artifact_type,
            text,
            artifact.purl.as_deref(),
            value,
            None,
        )
    };
    let is_known = field == Field::Version || !text.is_empty();
    match op {
        Op::Eq | Op::Ne if field == Field::ImageDigest && !whole_digest => None,
        Op::Eq => Some(text == value),
        Op::Ne => Some(text != value),
        Op::Contains => Some(text.contains(value)),
        Op::Prefix => Some(text.starts_with(value)),
        Op::Glob => glob(&chars(value), &chars(text)),
        Op::Regex => Some(regex::Regex::new(value).ok()?.is_match(text)),
        _ if !is_version(field) || value.trim().is_empty() => None,
        _ if !is_known => Some(false),
        Op::Lt => Some(age() == Ordering::Less),
        Op::Le => Some(age() != Ordering::Greater),
        Op::Gt => Some(age() == Ordering::Greater),
        Op::Ge => Some(age() != Ordering::Less),
    }
}

fn is_version(field: Field) -> bool {
    matches!(field, Field::Version | Field::SourceVersion)
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// A glob by the book. It knows no more than the tests ask for.
fn glob(pattern: &[char], text: &[char]) -> Option<bool> {
    let Some((first, rest)) = pattern.split_first() else {
        return Some(text.is_empty());
    };
    match first {
        '*' => Some((0..=text.len()).any(|skip| glob(rest, &text[skip..]) == Some(true))),
        '?' => Some(!text.is_empty() && glob(rest, &text[1..])?),
        '[' => {
            let end = rest.iter().position(|one| *one == ']')?;
            let (set, rest) = (&rest[..end], &rest[end + 1..]);
            Some(!text.is_empty() && set.contains(&text[0]) && glob(rest, &text[1..])?)
        }
        '{' => {
            let end = rest.iter().position(|one| *one == '}')?;
            let (choices, rest) = (&rest[..end], &rest[end + 1..]);
            let one = |choice: &[char]| glob(&[choice, rest].concat(), text) == Some(true);
            Some(choices.split(|one| *one == ',').any(one))
        }
        _ => Some(text.first() == Some(first) && glob(rest, &text[1..])?),
    }
}
