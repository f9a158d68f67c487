//! The source package that a package was built from, as far as syft tells.

use percent_encoding::percent_decode_str;
use serde::Deserialize;

/// What the metadata of deb, rpm and apk packages says about their source.
#[derive(Default, Deserialize)]
struct Origin {
    #[serde(default)]
    source: Option<String>,
    #[serde(default, rename = "sourceRpm")]
    source_rpm: Option<String>,
    #[serde(default, rename = "originPackage")]
    origin_package: Option<String>,
}

/// The name of the source package of a package, where it is known.
pub(super) fn of(kind: &str, name: &str, purl: &str, metadata: Option<&str>) -> Option<String> {
    let upstream = upstream(purl);
    let told = upstream.or_else(|| {
        // Other types have metadata of any shape, which this isn't about.
        metadata
            .filter(|_| matches!(kind, "deb" | "rpm" | "apk"))
            .and_then(|metadata| serde_json::from_str(metadata).ok())
            .and_then(|origin: Origin| {
                origin
                    .source
                    .or(origin.source_rpm)
                    .or(origin.origin_package)
            })
    });
    let source = told
        .filter(|told| !told.is_empty())
        .map(|told| package_name(kind, &told));
    match source {
        // A deb package names its source only where that has another name.
        None if kind == "deb" => Some(name.to_owned()),
        source => source.filter(|source| !source.is_empty()),
    }
}

/// The `upstream` qualifier of a package URL.
fn upstream(purl: &str) -> Option<String> {
    let (_, qualifiers) = purl.split_once('?')?;
    let qualifiers = qualifiers.split('#').next()?;
    let value = qualifiers
        .split('&')
        .find_map(|pair| pair.strip_prefix("upstream="))?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// The name alone: an rpm's source is a file (`name-version-release.src.rpm`), and others may carry
/// a version.
fn package_name(kind: &str, source: &str) -> String {
    let package = if kind == "rpm" {
        let stem = source.strip_suffix(".rpm").unwrap_or(source);
        let stem = stem
            .strip_suffix(".src")
            .or_else(|| stem.strip_suffix(".nosrc"));
        stem.map_or(source, |stem| stem.rsplitn(3, '-').nth(2).unwrap_or(stem))
    } else {
        source.split_once('@').map_or(source, |(name, _)| name)
    };
    package.to_owned()
}

#[cfg(test)]
mod tests {
    use super::of;

    fn source(kind: &str, purl: &str) -> Option<String> {
        of(kind, "itself", purl, None)
    }

    #[test]
    fn a_purl_names_the_source_by_its_upstream() {
        let deb =
            "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl";
        assert_eq!(source("deb", deb).as_deref(), Some("openssl"));
        let versioned = "pkg:deb/debian/libgcc-s1@12?upstream=gcc-12%4012.2.0-14";
        assert_eq!(source("deb", versioned).as_deref(), Some("gcc-12"));
        let plus = "pkg:deb/debian/x@1?upstream=gtk%2B3.0#sub";
        assert_eq!(source("deb", plus).as_deref(), Some("gtk+3.0"));
        let apk = "pkg:apk/alpine/libssl3@3?upstream=openssl&distro=alpine-3.20";
        assert_eq!(source("apk", apk).as_deref(), Some("openssl"));
    }

    #[test]
    fn a_source_rpm_loses_version_and_release() {
        let rpm = "pkg:rpm/redhat/demo-openssl@3.0.7-27.el9?epoch=1&upstream=demo-openssl-3.0.7-27.el9.src.rpm";
        assert_eq!(source("rpm", rpm).as_deref(), Some("demo-openssl"));
        assert_eq!(
            source("rpm", "pkg:rpm/x@1?upstream=odd").as_deref(),
            Some("odd")
        );
    }

    #[test]
    fn without_an_upstream_the_metadata_tells() {
        let of = |kind, metadata| of(kind, "itself", "", Some(metadata));
        assert_eq!(
            of("deb", r#"{"source":"openssl","files":[]}"#).as_deref(),
            Some("openssl")
        );
        assert_eq!(
            of("rpm", r#"{"sourceRpm":"a-b-1-2.src.rpm"}"#).as_deref(),
            Some("a-b")
        );
        assert_eq!(
            of("apk", r#"{"originPackage":"musl"}"#).as_deref(),
            Some("musl")
        );
        assert_eq!(of("npm", r#"{"source":"git"}"#), None);
        assert_eq!(of("rpm", r#"{"sourceRpm":7}"#), None);
        assert_eq!(of("rpm", r#"{"sourceRpm":""}"#), None);
    }

    #[test]
    fn a_deb_package_that_names_no_source_is_its_own() {
        assert_eq!(
            source("deb", "pkg:deb/debian/bash@5").as_deref(),
            Some("itself")
        );
        assert_eq!(source("npm", "pkg:npm/x@1"), None);
    }
}
