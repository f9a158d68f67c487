//! SBOMs: how two of one image differ.

use std::cmp::Ordering;

use crate::{
    artifacts::{ArtifactSet, Held},
    fields::ArtifactFields,
};

/// What an SBOM says of its image.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The distribution and its version.
    pub distro: (&'a str, &'a str),
    /// The artifacts.
    pub artifacts: &'a ArtifactSet,
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
        let (here_all, there_all) = (here.artifacts, there.artifacts);
        let (only_here, only_there) = alone(here_all.iter(), there_all.iter(), Held::cmp);
        let (lost, gained) = alone(here_all.iter(), there_all.iter(), |one, other| {
            package(one).cmp(&package(other))
        });
        Self {
            only_there,
            only_here,
            distro: here.distro != there.distro,
            gained,
            lost,
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

fn package<'a>(artifact: &'a Held<'_>) -> Package<'a> {
    (
        artifact.artifact_type(),
        artifact.name(),
        artifact.version(),
        artifact.purl().is_some(),
    )
}

/// How many of one list the other one misses, and of the other this one; both are in this order. One
/// that is listed twice, once for each architecture, say, is missing where the other lists it once.
fn alone<'a>(
    one: impl Iterator<Item = Held<'a>>,
    other: impl Iterator<Item = Held<'a>>,
    order: impl Fn(&Held<'a>, &Held<'a>) -> Ordering,
) -> (usize, usize) {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    let (mut of_one, mut of_other) = (0, 0);
    loop {
        let order = match (one.peek(), other.peek()) {
            (Some(a), Some(b)) => order(a, b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return (of_one, of_other),
        };
        if order.is_le() {
            one.next();
            of_one += usize::from(order.is_lt());
        }
        if order.is_ge() {
            other.next();
            of_other += usize::from(order.is_gt());
        }
    }
}

#[cfg(test)]
mod tests {
    use proto_types::Artifact;

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
        let [here, there] = [here, there].map(|all| all.iter().collect::<ArtifactSet>());
        let content = |artifacts| Content {
            distro: ("debian", "12"),
            artifacts,
        };
        Difference::between(content(&here), content(&there))
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
        let none = ArtifactSet::default();
        let content = |version| Content {
            distro: ("debian", version),
            artifacts: &none,
        };
        let difference = Difference::between(content("12"), content("13"));
        assert!(!difference.is_none() && difference.has_same_packages());
    }
}
