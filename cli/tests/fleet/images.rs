//! Images that the tests' hosts run, with artifacts as a scanner names them.

use proto_types::{Artifact, ImageDigest, ImageFacts, ScanStatus, ScannedImage};

use super::Image;

pub fn digest(byte: u8) -> ImageDigest {
    ImageDigest::from_bytes([byte; 32])
}

/// An artifact with the purl that a scanner gives it.
pub fn artifact(artifact_type: &str, name: &str, version: &str, source: Option<&str>) -> Artifact {
    let upstream = source
        .map(|name| format!("&upstream={name}"))
        .unwrap_or_default();
    let version_in_purl = version.replace('+', "%2B");
    let purl = match artifact_type {
        "deb" => {
            format!("pkg:deb/debian/{name}@{version_in_purl}?arch=amd64&distro=debian-12{upstream}")
        }
        "apk" => format!(
            "pkg:apk/alpine/{name}@{version_in_purl}?arch=x86_64&distro=alpine-3.20.1{upstream}"
        ),
        "rpm" => format!(
            "pkg:rpm/fedora/{name}@{version_in_purl}?arch=x86_64&distro=fedora-39{upstream}"
        ),
        "python" => format!("pkg:pypi/{name}@{version_in_purl}"),
        "java-archive" => format!("pkg:maven/org.apache.logging.log4j/{name}@{version_in_purl}"),
        "go-module" => format!("pkg:golang/{name}@{version_in_purl}"),
        other => format!("pkg:{other}/{}@{version_in_purl}", name.replace('@', "%40")),
    };
    Artifact {
        artifact_type: artifact_type.to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: Some(purl),
        source: source.map(str::to_owned),
        ..Artifact::default()
    }
}

/// An image of Debian 12 with these artifacts.
pub fn debian(byte: u8, name: &'static str, artifacts: Vec<Artifact>) -> Image {
    Image {
        report: ScannedImage {
            digest: digest(byte),
            distro: "debian".to_owned(),
            distro_version: "12".to_owned(),
            facts: ImageFacts::default(),
            artifacts,
        },
        name,
        status: ScanStatus::Complete,
    }
}

/// The two packages that Debian builds from openssl, in one version.
fn openssl(version: &str) -> [Artifact; 2] {
    [
        artifact("deb", "openssl", version, None),
        artifact("deb", "libssl3", version, Some("openssl")),
    ]
}

/// nginx before its openssl was mended.
pub fn nginx_old() -> Image {
    let mut artifacts = openssl("3.0.14-1~deb12u1").to_vec();
    artifacts.push(artifact("deb", "nginx", "1.27.0-1~bookworm", None));
    artifacts.push(artifact("deb", "wget", "1.21.3-1+b2", None));
    artifacts.push(artifact("deb", "tzdata", "2024b-0+deb12u1", None));
    debian(0x4b, "docker.io/library/nginx:1.27", artifacts)
}

/// nginx with openssl mended, curl in and wget out, and tzdata gone back.
pub fn nginx_new() -> Image {
    let mut artifacts = openssl("3.0.15-1~deb12u1").to_vec();
    artifacts.push(artifact("deb", "nginx", "1.27.1-1~bookworm", None));
    artifacts.push(artifact("deb", "curl", "7.88.1-10+deb12u7", None));
    artifacts.push(artifact("deb", "tzdata", "2024a-0+deb12u1", None));
    let mut image = debian(0x4c, "docker.io/library/nginx:1.27", artifacts);
    image.report.facts.aliases = vec![digest(0x6c)];
    image
}

/// A database with an openssl that is older still.
pub fn postgres() -> Image {
    let mut artifacts = openssl("3.0.11-1~deb12u2").to_vec();
    artifacts.push(artifact("deb", "postgresql-16", "16.3-1.pgdg120+1", None));
    debian(0x7d, "docker.io/library/postgres:16", artifacts)
}

/// An application on Alpine: other ecosystems beside one another.
pub fn app() -> Image {
    let mut image = debian(
        0x9e,
        "registry.example.org/shop/app:2.4",
        vec![
            artifact("apk", "libcrypto3", "3.3.1-r0", Some("openssl")),
            artifact("npm", "lodash", "4.17.20", None),
            artifact("python", "jinja2", "3.1.4", None),
            artifact("java-archive", "log4j-core", "2.17.1", None),
            artifact("go-module", "golang.org/x/net", "v0.23.0", None),
        ],
    );
    image.report.distro = "alpine".to_owned();
    image.report.distro_version = "3.20.1".to_owned();
    image
}

/// A builder with the xz of March 2024, and the one that took its place.
pub fn builder(byte: u8, xz: &str) -> Image {
    let artifacts = vec![
        artifact("deb", "xz-utils", xz, None),
        artifact("deb", "liblzma5", xz, Some("xz-utils")),
    ];
    debian(byte, "registry.example.org/ci/builder:latest", artifacts)
}
