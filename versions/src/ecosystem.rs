//! Which rule orders the versions of which artifact type.

use std::cmp::Ordering;

use crate::epoch::{self, WithPurl};
use crate::{alpm, apk, dart, deb, gem, generic, go, maven, nix, nuget, numbers, php, portage};
use crate::{python, rpm, semver};

/// How to compare two versions of one artifact type.
pub(crate) enum Rule {
    /// The epoch first, then the rest by the rule.
    Epoch(fn(&str, &str) -> Ordering),
    Plain(fn(&str, &str) -> Ordering),
}

impl Rule {
    /// The rule of an artifact type by syft's name for it, or the generic one.
    pub(crate) fn of(artifact_type: &str) -> Self {
        match artifact_type {
            "deb" => Self::Epoch(deb::compare),
            "rpm" => Self::Epoch(rpm::compare),
            "alpm" => Self::Epoch(alpm::compare),
            "apk" => Self::Plain(apk::compare),
            "python" => Self::Plain(python::compare),
            "npm" | "rust-crate" | "hex" | "swift" | "terraform" => Self::Plain(semver::compare),
            "go-module" => Self::Plain(go::compare),
            "dotnet" => Self::Plain(nuget::compare),
            "dart-pub" | "pub" => Self::Plain(dart::compare),
            "gem" | "pod" | "cocoapods" => Self::Plain(gem::compare),
            "java-archive" | "jenkins-plugin" | "graalvm-native-image" => {
                Self::Plain(maven::compare)
            }
            "php-composer" => Self::Plain(php::compare_composer),
            "php-pear" | "php-pecl" | "wordpress-plugin" => Self::Plain(php::compare),
            "portage" => Self::Plain(portage::compare),
            "nix" => Self::Plain(nix::compare),
            "opam" => Self::Plain(deb::compare_part),
            "hackage" | "R-package" => Self::Plain(numbers::compare),
            _ => Self::Plain(generic::compare),
        }
    }

    pub(crate) fn compare(&self, a: WithPurl<'_>, b: WithPurl<'_>) -> Ordering {
        match self {
            Self::Epoch(rest) => epoch::compare(a, b, *rest),
            Self::Plain(rule) => rule(a.0, b.0),
        }
    }
}
