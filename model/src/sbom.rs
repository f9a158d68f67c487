//! SBOMs: how two of one image differ.

use std::collections::{BTreeMap, BTreeSet};

use proto_types::Artifact;

/// What an SBOM says of its image.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The distribution and its version.
    pub distro: (&'a str, &'a str),
    /// The artifacts, each once.
    pub artifacts: &'a [Artifact],
}

/// How an SBOM that is uploaded differs from the one that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Artifacts that only the upload lists, as it lists them.
    pub only_there: usize,
    /// Artifacts that only the known one lists, as it lists them.
    pub only_here: usize,
    /// Whether they name different distributions.
    pub distro: bool,
    /// Packages that the upload lists and the known one doesn't, whatever their details.
    pub gained: usize,
    /// Packages that the known one lists and the upload doesn't, whatever their details.
    pub lost: usize,
}

impl Difference {
    /// No difference.
    pub const NONE: Self = Self {
        only_there: 0,
        only_here: 0,
        distro: false,
        gained: 0,
        lost: 0,
    };

    /// How `there`, which is uploaded, differs from `here`, which is known.
    #[must_use]
    pub fn between(here: Content<'_>, there: Content<'_>) -> Self {
        let known: BTreeSet<&Artifact> = here.artifacts.iter().collect();
        let told: BTreeSet<&Artifact> = there.artifacts.iter().collect();
        let (known_packages, told_packages) = (packages(&known), packages(&told));
        Self {
            only_there: told.difference(&known).count(),
            only_here: known.difference(&told).count(),
            distro: here.distro != there.distro,
            gained: missing(&told_packages, &known_packages),
            lost: missing(&known_packages, &told_packages),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }

    /// Whether both list the same packages, whatever their details.
    #[must_use]
    pub const fn has_same_packages(&self) -> bool {
        self.gained == 0 && self.lost == 0
    }
}

/// What a package is, whatever its details: its type, name and version, and whether it has a
/// package URL. Scanners of several versions write those differently.
type Package<'a> = (&'a str, &'a str, &'a str, bool);

/// How often each package is listed: once for each architecture, say.
fn packages<'a>(artifacts: &BTreeSet<&'a Artifact>) -> BTreeMap<Package<'a>, usize> {
    let mut packages = BTreeMap::new();
    for artifact in artifacts {
        let Artifact {
            artifact_type,
            name,
            version,
            purl,
            ..
        } = artifact;
        let package = (
            artifact_type.as_str(),
            name.as_str(),
            version.as_str(),
            purl.is_some(),
        );
        *packages.entry(package).or_default() += 1;
    }
    packages
}

/// How many packages of one list the other one misses.
fn missing(one: &BTreeMap<Package<'_>, usize>, other: &BTreeMap<Package<'_>, usize>) -> usize {
    let missing = one
        .iter()
        .map(|(package, count)| count.saturating_sub(other.get(package).copied().unwrap_or(0)));
    missing.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(name: &str, purl: &str, license: &str) -> Artifact {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Artifact {
            artifact_type: "deb".to_owned(),
            name: name.to_owned(),
            version: "1".to_owned(),
            purl: text(purl),
            licenses: text(license).into_iter().collect(),
            ..Artifact::default()
        }
    }

    fn between(here: &[Artifact], there: &[Artifact]) -> Difference {
        let content = |artifacts| Content {
            distro: ("debian", "12"),
            artifacts,
        };
        Difference::between(content(here), content(there))
    }

    #[test]
    fn order_and_repeats_are_no_difference() {
        let [a, b] = [artifact("a", "", ""), artifact("b", "", "")];
        let difference = between(&[a.clone(), b.clone()], &[b, a.clone(), a]);
        assert!(difference.is_none());
    }

    #[test]
    fn more_detail_is_a_difference_that_loses_no_package() {
        let here = [artifact("a", "pkg:deb/a@1", "")];
        let there = [artifact("a", "pkg:deb/a@1?arch=amd64", "MIT")];
        let difference = between(&here, &there);
        assert_eq!((difference.only_there, difference.only_here), (1, 1));
        assert!(difference.has_same_packages());
    }

    #[test]
    fn a_package_of_two_architectures_is_two() {
        let [one, two] = ["amd64", "i386"].map(|arch| artifact("a", arch, ""));
        let difference = between(&[one.clone(), two], &[one]);
        assert_eq!((difference.lost, difference.gained), (1, 0));
    }

    #[test]
    fn a_package_that_loses_its_package_url_is_lost() {
        let [with, without] = [artifact("a", "pkg:deb/a@1", ""), artifact("a", "", "MIT")];
        assert_eq!(between(&[with], &[without]).lost, 1);
    }

    #[test]
    fn another_distribution_is_a_difference() {
        let content = |version| Content {
            distro: ("debian", version),
            artifacts: &[],
        };
        let difference = Difference::between(content("12"), content("13"));
        assert!(!difference.is_none() && difference.has_same_packages());
    }
}
