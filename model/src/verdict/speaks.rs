//! Whether an advisory speaks of a distribution at all: what none speaks of stays unknown.

use super::{
    release::{self, Fit},
    subject::Distro,
};
use crate::advisory::Ecosystem;

/// Whether packages of an ecosystem are, or may be, those of an image's distribution in its release.
/// Those of a registry never are.
#[must_use]
pub fn speaks_of(ecosystem: &Ecosystem, distro: Distro<'_>) -> bool {
    let family = ecosystem.family().filter(|family| family.is_distribution());
    family.is_some_and(|family| release::fit(family, ecosystem, distro) != Fit::No)
}

#[cfg(test)]
mod tests {
    use super::{Distro, Ecosystem, speaks_of};

    #[test]
    fn a_release_is_spoken_of_where_it_is_the_images_or_may_be() {
        let debian = |version| Distro {
            id: "debian",
            version,
        };
        let speaks = |ecosystem: &str, distro| speaks_of(&Ecosystem::new(ecosystem), distro);
        assert!(speaks("Debian:12", debian("12")));
        assert!(speaks("Debian", debian("12")), "of any release, perhaps");
        assert!(speaks("Debian:12", debian("")));
        assert!(!speaks("Debian:12", debian("11")));
        assert!(!speaks("Alpine:v3.20", debian("12")));
        assert!(!speaks("npm", debian("12")));
        assert!(!speaks("what nobody knows", debian("12")));
    }
}
