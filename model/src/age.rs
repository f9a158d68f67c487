//! Age: which of two artifacts is the older one, by the order of versions of their ecosystem.
//!
//! These orders aren't all transitive (see [`versions`]): sort by [`versions::sort_by`].

use std::cmp::Ordering;

use crate::{epoch, fields::ArtifactFields};

/// What says how old an artifact is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Release<'a> {
    /// The artifact's type, which says how its versions are ordered.
    pub artifact_type: &'a str,
    /// Its version.
    pub version: &'a str,
    /// Its package URL, which may know an epoch that the version leaves out.
    pub purl: Option<&'a str>,
}

impl<'a, T: ArtifactFields> From<&'a T> for Release<'a> {
    fn from(artifact: &'a T) -> Self {
        Self {
            artifact_type: artifact.artifact_type(),
            version: artifact.version(),
            purl: artifact.purl(),
        }
    }
}

/// Compares the age of two releases of one type: `Less` where `a` is the older one.
#[must_use]
pub fn compare<'a>(a: impl Into<Release<'a>>, b: impl Into<Release<'a>>) -> Ordering {
    let (a, b) = (a.into(), b.into());
    versions::compare_with_purl(a.artifact_type, a.version, a.purl, b.version, b.purl)
}

/// Compares an artifact's version with one that is asked about.
#[must_use]
pub fn compare_version(artifact: &impl ArtifactFields, asked: &str) -> Ordering {
    let (artifact_type, version) = (artifact.artifact_type(), artifact.version());
    versions::compare_with_purl(artifact_type, version, artifact.purl(), asked, None)
}

/// Compares the version of an artifact's source package with one that is asked about, as the
/// artifact's ecosystem orders versions.
///
/// The epoch of a deb's source stands in its version, as it does in `dpkg-query` and in Debian's
/// tracker; without one it is 0. The version of an rpm's source comes from the file name of the
/// source rpm, which has no epoch, and what was built from it may have another one: an epoch counts
/// there only where both versions have one.
#[must_use]
pub fn compare_source_version(artifact_type: &str, version: &str, asked: &str) -> Ordering {
    if artifact_type == "rpm" {
        let ((epoch, rest), (asked_epoch, asked_rest)) =
            (epoch::split(version.trim()), epoch::split(asked.trim()));
        if epoch.is_none() || asked_epoch.is_none() {
            return versions::compare(artifact_type, rest, asked_rest);
        }
    }
    versions::compare(artifact_type, version, asked)
}

/// The order of a list that has the newest first: by type, and within a type by age.
#[must_use]
pub fn newest_first<'a>(a: impl Into<Release<'a>>, b: impl Into<Release<'a>>) -> Ordering {
    let (a, b) = (a.into(), b.into());
    a.artifact_type
        .cmp(b.artifact_type)
        .then_with(|| compare(b, a))
}

/// The order of a list that has the oldest first: by type, and within a type by age.
#[must_use]
pub fn oldest_first<'a>(a: impl Into<Release<'a>>, b: impl Into<Release<'a>>) -> Ordering {
    let (a, b) = (a.into(), b.into());
    a.artifact_type
        .cmp(b.artifact_type)
        .then_with(|| compare(a, b))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proto_types::Artifact;

    use super::{compare, compare_source_version, newest_first, oldest_first};

    fn artifact(artifact_type: &str, version: &str, purl: &str) -> Artifact {
        Artifact {
            artifact_type: artifact_type.to_owned(),
            name: "openssl".to_owned(),
            version: version.to_owned(),
            purl: (!purl.is_empty()).then(|| purl.to_owned()),
            ..Artifact::default()
        }
    }

    #[test]
    fn an_epoch_that_only_the_purl_knows_outweighs_the_version() {
        let old = artifact("rpm", "9.9-1.el9", "pkg:rpm/redhat/openssl@9.9-1.el9");
        let new = artifact(
            "rpm",
            "3.0-1.el9",
            "pkg:rpm/redhat/openssl@3.0-1.el9?epoch=1",
        );
        assert_eq!(compare(&old, &new), Ordering::Less);
        assert_eq!(newest_first(&old, &new), Ordering::Greater);
        assert_eq!(oldest_first(&old, &new), Ordering::Less);
    }

    #[test]
    fn a_source_of_an_rpm_has_no_epoch_unless_both_versions_have_one() {
        let source = |version, asked| compare_source_version("rpm", version, asked);
        assert_eq!(source("3.0.7-27.el9", "1:3.0.7-28.el9"), Ordering::Less);
        assert_eq!(source("3.0.7-27.el9", "3.0.7-27.el9"), Ordering::Equal);
        assert_eq!(source("2:1.0-1", "1:9.0-1"), Ordering::Greater);
    }

    #[test]
    fn a_source_of_a_deb_has_its_epoch_in_its_version() {
        let source = |version, asked| compare_source_version("deb", version, asked);
        assert_eq!(source("2.03.16-2", "2.03.17"), Ordering::Less);
        assert_eq!(source("1:0.1-1", "2.0"), Ordering::Greater);
    }

    #[test]
    fn a_list_is_by_type_before_it_is_by_age() {
        let (deb, rpm) = (artifact("deb", "1", ""), artifact("rpm", "9", ""));
        assert_eq!(newest_first(&deb, &rpm), Ordering::Less);
        assert_eq!(oldest_first(&deb, &rpm), Ordering::Less);
    }
}
