//! Distributions by the ids that their images have in `os-release`, and what else they are called.

use crate::advisory::Family;

/// Ids of distributions that no feed of advisories speaks of.
const OTHERS: [&str; 20] = [
    "alinux",
    "alt",
    "amzn",
    "arch",
    "busybox",
    "centos",
    "cirros",
    "clear-linux-os",
    "distroless",
    "fedora",
    "flatcar",
    "gentoo",
    "kali",
    "linuxmint",
    "nixos",
    "ol",
    "raspbian",
    "scientific",
    "slackware",
    "void",
];

/// What else people call some of them, and which those are.
const ALSO: [(&str, &str); 17] = [
    ("alma", "almalinux"),
    ("amazon", "amzn"),
    ("amazonlinux", "amzn"),
    ("archlinux", "arch"),
    ("centos-stream", "centos"),
    ("nix", "nixos"),
    ("opensuse", "opensuse-leap"),
    ("oracle", "ol"),
    ("oraclelinux", "ol"),
    ("photonos", "photon"),
    ("red hat", "rhel"),
    ("redhat", "rhel"),
    ("rockylinux", "rocky"),
    ("suse", "sles"),
    ("sle", "sles"),
    ("ubi", "rhel"),
    ("rhel-els", "rhel"),
];

/// Whether there is a distribution of this id.
#[must_use]
pub fn is_known(id: &str) -> bool {
    OTHERS.contains(&id) || (meant(id).is_none() && Family::of_distro(id).is_some())
}

/// The id that is meant by what a distribution is called besides, in any case.
#[must_use]
pub fn meant(word: &str) -> Option<&'static str> {
    let also = ALSO
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    also.map(|(_, id)| *id)
}

/// A distribution and its version in one word, as images and feeds write them: `debian:12`,
/// `alpine-3.20`, `ubuntu 22.04`, `rhel9`.
#[must_use]
pub fn parted(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|one: char| one.is_ascii_digit())?;
    let (id, version) = word.split_at(at);
    let id = id
        .trim_end_matches('v')
        .trim_end_matches([' ', '-', ':', '/', '_', '@']);
    (!id.is_empty()).then_some((id, version))
}

#[cfg(test)]
mod tests {
    use super::{ALSO, is_known, meant, parted};

    #[test]
    fn a_distribution_is_known_by_its_id_and_meant_by_its_other_names() {
        assert!(is_known("debian") && is_known("fedora") && is_known("rhel"));
        assert!(!is_known("debain") && !is_known("redhat"));
        assert_eq!(meant("RedHat"), Some("rhel"));
        assert!(
            ALSO.iter()
                .all(|(name, id)| is_known(id) && !is_known(name))
        );
    }

    #[test]
    fn a_version_is_taken_off_a_distribution() {
        for (word, id, version) in [
            ("debian 12", "debian", "12"),
            ("debian-12", "debian", "12"),
            ("alpine:v3.20", "alpine", "3.20"),
            ("rhel9", "rhel", "9"),
        ] {
            assert_eq!(parted(word), Some((id, version)));
        }
        assert_eq!(parted("debian"), None);
        assert_eq!(parted("12"), None);
    }
}
