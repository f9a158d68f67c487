//! Source packages: which one a package was built from, and in which version.
//!
//! A distribution's security team speaks of source packages at their own versions: `dmsetup
//! 2:1.02.185-2` is built from `lvm2 2.03.16-2`. The rules here are those of dpkg (a package that
//! names no source is its own, and a source without a version has the package's), of rpm (the
//! file name of the source rpm) and of apk and pacman (an origin has its packages' version).

use percent_encoding::percent_decode_str;
use proto_types::Artifact;

/// A source package, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its version, where known; that of an rpm has no epoch.
    pub version: Option<String>,
}

impl Source {
    /// A source package of this name, whose version isn't said.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: None,
        }
    }

    /// What the `upstream` qualifier of a package URL says: `openssl`, `lvm2@2.03.16-2`, or the
    /// file name of a source rpm.
    #[must_use]
    pub fn of_purl(purl: &str) -> Option<Self> {
        let (_, qualifiers) = purl.split_once('?')?;
        let qualifiers = qualifiers.split('#').next()?;
        let value = qualifiers
            .split('&')
            .find_map(|pair| pair.strip_prefix("upstream="))?;
        let value = percent_decode_str(value).decode_utf8_lossy();
        Self::of_rpm(&value).or_else(|| match value.split_once('@') {
            Some((name, version)) => Self::named(name).at(version),
            None => Self::named(value).known(),
        })
    }

    /// What the file name of a source rpm says, `name-version-release.src.rpm`; none where the
    /// text isn't one.
    #[must_use]
    pub fn of_rpm(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".rpm")?;
        let stem = stem
            .strip_suffix(".src")
            .or_else(|| stem.strip_suffix(".nosrc"))?;
        let (rest, release) = stem.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        Self::named(name).at(&format!("{version}-{release}"))
    }

    /// The same in this version; none where it has no name.
    #[must_use]
    pub fn at(self, version: &str) -> Option<Self> {
        let version = (!version.is_empty()).then(|| version.to_owned());
        Self { version, ..self }.known()
    }

    fn known(self) -> Option<Self> {
        (!self.name.is_empty()).then_some(self)
    }

    /// The source package of a package that a scanner found, given what the scanner says of it:
    /// in a distribution every package has one.
    #[must_use]
    pub fn of_package(
        artifact_type: &str,
        name: &str,
        version: &str,
        said: Option<Self>,
    ) -> Option<Self> {
        match said {
            Some(said) if said.version.is_none() && shares_version(artifact_type) => {
                said.at(version)
            }
            None if is_of_distribution(artifact_type) => Self::named(name).at(version),
            said => said,
        }
    }
}

/// Whether artifacts of this type are packages of a distribution, which says what is built from
/// what and owns the files that it installs.
#[must_use]
pub fn is_of_distribution(artifact_type: &str) -> bool {
    matches!(artifact_type, "deb" | "rpm" | "apk" | "alpm")
}

/// Whether a source package whose version isn't said has the version of what is built from it.
fn shares_version(artifact_type: &str) -> bool {
    matches!(artifact_type, "deb" | "apk" | "alpm")
}

/// Gives an artifact what its package URL says of its source, where whoever scanned it said
/// nothing of the source's version. Nothing is guessed: where the two name different sources, or
/// the package URL is missing, the artifact stays as it is.
pub fn fill(artifact: &mut Artifact) {
    let (None, Some(purl)) = (&artifact.source_version, &artifact.purl) else {
        return;
    };
    let kind = artifact.artifact_type.as_str();
    let said = match (Source::of_purl(purl), &artifact.source) {
        (Some(said), None) => said,
        (Some(said), Some(source)) if said.name == *source => said,
        // A deb package URL names each source that isn't the package's own; an apk's source has
        // the package's version in any case.
        (None, Some(source)) if *source == artifact.name || kind == "apk" => Source::named(source),
        _ => return,
    };
    if let Some(source) = Source::of_package(kind, &artifact.name, &artifact.version, Some(said)) {
        artifact.source = Some(source.name);
        artifact.source_version = source.version;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use proto_types::Artifact;

    use super::{Source, fill};

    /// The source of `name version`, in words.
    fn source(kind: &str, name: &str, version: &str, purl: &str) -> String {
        words(Source::of_package(
            kind,
            name,
            version,
            Source::of_purl(purl),
        ))
    }

    fn words(source: Option<Source>) -> String {
        match source {
            Some(source) => format!("{} {}", source.name, source.version.unwrap_or_default()),
            None => String::new(),
        }
    }

    #[test]
    fn a_deb_package_has_the_source_that_dpkg_names() {
        let deb = |name, version, purl| source("deb", name, version, purl);
        // As in `Source: openssl`, `Source: lvm2 (2.03.16-2)` and no `Source` at all.
        let libssl = "pkg:deb/debian/libssl3@3.0.15-1?arch=amd64&upstream=openssl&distro=debian-12";
        assert_eq!(deb("libssl3", "3.0.15-1", libssl), "openssl 3.0.15-1");
        let dmsetup = "pkg:deb/debian/dmsetup@1.02.185-2?epoch=2&upstream=lvm2%402.03.16-2";
        assert_eq!(deb("dmsetup", "2:1.02.185-2", dmsetup), "lvm2 2.03.16-2");
        assert_eq!(
            deb("zlib1g", "1:1.2.13", "pkg:deb/debian/zlib1g@1"),
            "zlib1g 1:1.2.13"
        );
    }

    #[test]
    fn a_deb_package_that_was_rebuilt_alone_has_the_version_that_its_source_field_names() {
        let rebuilt = "pkg:deb/debian/bash@5.2.15-2%2Bb7?upstream=bash%405.2.15-2";
        assert_eq!(
            source("deb", "bash", "5.2.15-2+b7", rebuilt),
            "bash 5.2.15-2"
        );
        // dpkg cuts nothing off: where no version is named, the source has the package's.
        let own = "pkg:deb/debian/own@1+b1";
        assert_eq!(source("deb", "own", "1+b1", own), "own 1+b1");
    }

    #[test]
    fn an_rpm_package_has_the_source_that_the_file_name_of_its_source_rpm_says() {
        let rpm = |purl| source("rpm", "openssl-libs", "1:3.0.7-27.el9", purl);
        assert_eq!(
            rpm("pkg:rpm/redhat/x@1?epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm"),
            "openssl 3.0.7-27.el9"
        );
        assert_eq!(
            rpm("pkg:rpm/x@1?upstream=java-17-openjdk-17.0.1-1.nosrc.rpm#sub"),
            "java-17-openjdk 17.0.1-1"
        );
        assert_eq!(rpm("pkg:rpm/x@1?upstream=odd"), "odd ");
        assert_eq!(rpm("pkg:rpm/x@1?upstream=odd.src.rpm"), "odd.src.rpm ");
        assert_eq!(rpm("pkg:rpm/x@1"), "openssl-libs 1:3.0.7-27.el9");
    }

    #[test]
    fn an_apk_package_has_the_version_of_its_origin() {
        let apk = |purl| source("apk", "libssl3", "3.3.1-r0", purl);
        assert_eq!(
            apk("pkg:apk/alpine/libssl3@3.3.1-r0?upstream=openssl&distro=alpine-3.20"),
            "openssl 3.3.1-r0"
        );
        assert_eq!(apk("pkg:apk/alpine/libssl3@3.3.1-r0"), "libssl3 3.3.1-r0");
    }

    #[test]
    fn a_package_of_no_distribution_has_none_but_what_its_purl_says() {
        assert_eq!(source("npm", "x", "1", "pkg:npm/x@1"), "");
        assert_eq!(source("npm", "x", "1", "pkg:npm/x@1?upstream=y"), "y ");
        assert_eq!(source("npm", "x", "1", "pkg:npm/x@1?upstream=y%402"), "y 2");
    }

    #[test]
    fn names_are_decoded_and_empty_ones_say_nothing() {
        let deb = |purl| source("deb", "x", "1", purl);
        assert_eq!(
            deb("pkg:deb/debian/x@1?upstream=gtk%2B3.0#sub"),
            "gtk+3.0 1"
        );
        assert_eq!(deb("pkg:deb/debian/x@1?upstream="), "x 1");
        assert_eq!(deb("pkg:deb/debian/x@1?upstream=%402"), "x 1");
        assert_eq!(deb("pkg:deb/debian/x@1?upstream=y%40"), "y 1");
    }

    /// An artifact as an agent uploaded it that knew no source versions, filled.
    fn filled(kind: &str, name: &str, source: Option<&str>, purl: Option<&str>) -> String {
        let mut artifact = Artifact {
            artifact_type: kind.to_owned(),
            name: name.to_owned(),
            version: "1:2-3".to_owned(),
            purl: purl.map(str::to_owned),
            source: source.map(str::to_owned),
            ..Artifact::default()
        };
        fill(&mut artifact);
        let version = artifact.source_version.unwrap_or_default();
        format!("{} {version}", artifact.source.unwrap_or_default())
    }

    #[test]
    fn what_an_older_agent_did_not_say_comes_from_the_purl() {
        let versioned = Some("pkg:deb/debian/a@1?upstream=b%404");
        assert_eq!(filled("deb", "a", Some("b"), versioned), "b 4");
        assert_eq!(filled("deb", "a", None, versioned), "b 4");
        let bare = Some("pkg:deb/debian/a@1?upstream=b");
        assert_eq!(filled("deb", "a", Some("b"), bare), "b 1:2-3");
        let own = Some("pkg:deb/debian/a@1");
        assert_eq!(filled("deb", "a", Some("a"), own), "a 1:2-3");
        let rpm = Some("pkg:rpm/redhat/a@1?upstream=b-4-5.src.rpm");
        assert_eq!(filled("rpm", "a", Some("b"), rpm), "b 4-5");
        let apk = Some("pkg:apk/alpine/a@1");
        assert_eq!(filled("apk", "a", Some("b"), apk), "b 1:2-3");
    }

    #[test]
    fn what_nobody_said_is_not_guessed() {
        // No package URL, one that names another source, and one that names none for another.
        assert_eq!(filled("deb", "a", Some("b"), None), "b ");
        let other = Some("pkg:deb/debian/a@1?upstream=c%404");
        assert_eq!(filled("deb", "a", Some("b"), other), "b ");
        let silent = Some("pkg:deb/debian/a@1");
        assert_eq!(filled("deb", "a", Some("b"), silent), "b ");
        assert_eq!(filled("deb", "a", None, silent), " ");
        // The source of an rpm has no epoch: its version isn't the package's.
        let rpm = Some("pkg:rpm/redhat/a@1");
        assert_eq!(filled("rpm", "a", Some("a"), rpm), "a ");
    }

    #[test]
    fn what_an_agent_said_stays() {
        let mut artifact = Artifact {
            artifact_type: "deb".to_owned(),
            source: Some("b".to_owned()),
            source_version: Some("7".to_owned()),
            purl: Some("pkg:deb/debian/a@1?upstream=b%404".to_owned()),
            ..Artifact::default()
        };
        fill(&mut artifact);
        assert_eq!(artifact.source_version.as_deref(), Some("7"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_and_no_name_is_empty(
            kind in "deb|rpm|apk|npm",
            purl in "(pkg:deb/x@1\\?)?(upstream=)?.{0,20}(%40|@)?.{0,5}(-1-2)?(\\.src\\.rpm)?",
        ) {
            let said = Source::of_purl(&purl);
            if let Some(source) = Source::of_package(&kind, "own", "1", said) {
                prop_assert!(!source.name.is_empty());
                prop_assert_ne!(source.version.as_deref(), Some(""));
            }
        }
    }
}
