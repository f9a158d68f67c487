//! What the fleets of these tests are made of: few of each, so that they meet.

use jiff::Timestamp;
use proto_types::{Artifact, ImageDigest};

pub const HOSTS: [&str; 5] = ["web", "db", "web-1", "cache", "ünï"];
pub const CONTAINERS: [&str; 4] = ["a", "b", "web", "sha256:odd"];
pub const IMAGE_NAMES: [&str; 3] = ["example.org/web:1", "example.org/db:2", "x"];
pub const DISTROS: [(&str, &str); 3] = [("debian", "12"), ("alpine", "3.20"), ("", "")];

/// Artifacts that share names, sources, versions and packages.
pub fn artifacts() -> Vec<Artifact> {
    let of = |kind: &str, name: &str, version: &str, purl: &str, source: &str| {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (source, source_version) = source.split_once(' ').unwrap_or((source, ""));
        Artifact {
            artifact_type: kind.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            purl: text(purl),
            source: text(source),
            source_version: text(source_version),
            ..Artifact::default()
        }
    };
    let module = Artifact {
        module: Some("nodejs:18".to_owned()),
        ..of("rpm", "x", "1.0", "pkg:rpm/redhat/x@1.0?epoch=1", "")
    };
    let owned = Artifact {
        owned_by_os: true,
        ..of("python", "Zope_Interface", "5.0", "", "")
    };
    vec![
        of(
            "deb",
            "openssl",
            "3.0.2",
            "pkg:deb/debian/openssl@3.0.2",
            "openssl 3.0.2",
        ),
        of(
            "deb",
            "openssl",
            "3.0.10",
            "pkg:deb/debian/openssl@3.0.10?arch=amd64",
            "openssl 3.0.10",
        ),
        of(
            "deb",
            "openssl",
            "3.0.10",
            "pkg:deb/debian/openssl@3.0.10?arch=arm64",
            "openssl 3.0.10",
        ),
        of("apk", "openssl", "3.0.10", "", ""),
        of(
            "deb",
            "libssl3",
            "3.0.10",
            "pkg:deb/debian/libssl3@3.0.10?upstream=openssl",
            "openssl 3.0.9",
        ),
        of(
            "npm",
            "@scope/it's",
            "1.0",
            "pkg:npm/%40scope/it%27s@1.0",
            "",
        ),
        of("python", "Jinja2", "3.1.4", "pkg:pypi/jinja2@3.1.4", ""),
        of("python", "zope.interface", "6.1", "", ""),
        of("python", "other", "6.1", "pkg:pypi/Zope-Interface@6.1", ""),
        of(
            "go-module",
            "github.com/x/y",
            "v1.0.0",
            "pkg:golang/github.com/x/y@v1.0.0",
            "",
        ),
        of(
            "java-archive",
            "core",
            "2.17",
            "pkg:maven/org.x/core@2.17",
            "",
        ),
        of(
            "java-archive",
            "core",
            "2.9",
            "pkg:maven/org.y/core@2.9",
            "",
        ),
        of(
            "deb",
            "100%",
            "1:2.0-1",
            "pkg:deb/100%25@1%3A2.0-1?upstream=a%22b",
            "a\"b",
        ),
        of("rpm", "x", "2.0", "pkg:rpm/redhat/x@2.0", "x 2.0-1"),
        of("deb", "zlib1g", "1.0", "pkg:deb/%ff@1", "zlib"),
        of("deb", "zlib", "1.0", "no purl at all", "zlib 1:1.0"),
        module,
        // Its package is called otherwise.
        of("npm", "core", "7.0", "pkg:npm/%40babel/core@7.0", ""),
        // Advisories call these otherwise than their names are.
        of("java-archive", "org.x:Core", "2.9", "", ""),
        of(
            "swift",
            "Swift-NIO",
            "2.0",
            "pkg:swift/github.com/apple/Swift-NIO@2.0",
            "",
        ),
        of("deb", "libcrypto3", "3.0.2", "", "OpenSSL 3.0.2"),
        of("apk", "libcrypto3", "3.0.2", "", "OpenSSL 3.0.2"),
        owned,
    ]
}

pub fn digest(number: u32) -> ImageDigest {
    let mut bytes = [number as u8; 32];
    bytes[0] = 0xab;
    ImageDigest::from_bytes(bytes)
}

/// A manifest digest, which may name several images.
pub fn alias(number: u32) -> ImageDigest {
    ImageDigest::from_bytes([0xc0 + number as u8; 32])
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
