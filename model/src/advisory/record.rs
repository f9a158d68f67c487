//! One record, and the packages that it speaks of.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Ecosystem, Module, Range};

/// One record of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Advisory {
    /// Its id: `DSA-5764-1`.
    pub id: String,
    /// Other ids of the same vulnerability.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Ids of the vulnerabilities upstream that this one comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub upstream: Vec<String>,
    /// Ids of what it has to do with; of a distribution's erratum, what that fixes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// When it was withdrawn: it affects nothing since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
    /// When it was first published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// What it is about, in one line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// How bad it is, by each scale that the record has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    /// The packages that it speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<Affected>,
}

/// How bad it is, by one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// The scale: `CVSS_V3`.
    #[serde(rename = "type")]
    pub scale: String,
    /// The score as that scale writes it: `CVSS:3.1/AV:N/…`.
    pub score: String,
}

/// One package in one ecosystem or release of a distribution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Where the package is from: `Debian:12`.
    pub ecosystem: Ecosystem,
    /// Its name there.
    pub name: String,
    /// Its package URL, where the record has one. Where they differ, the name is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// The versions that are vulnerable, as ranges of which one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// Versions that are vulnerable, one by one, besides the ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Up to where versions are known to be vulnerable, where nothing ends a range: `None` where that isn't
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// Whether a part of it that may have meant more versions or packages couldn't be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
    /// The rpm module whose packages are meant.
    #[serde(default, skip_serializing_if = "Module::is_unsaid")]
    pub module: Module,
    /// The binary packages that are meant, where the name is a source package's and not all of them
    /// are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub binaries: Vec<String>,
}

/// Up to where versions are known to be vulnerable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The version where that ends.
    pub until: String,
    /// Whether that is one of them.
    pub included: bool,
}

impl Advisory {
    /// The CVEs that it is about, each once, in order.
    ///
    /// They are its own id, its aliases and what is upstream of it. A distribution's erratum often
    /// names what it fixes as `related` alone; elsewhere that means no more than it says, so it counts
    /// where every package is a distribution's and the id is no CVE's.
    #[must_use]
    pub fn cves(&self) -> BTreeSet<&str> {
        let own = std::iter::once(&self.id).chain(&self.aliases);
        let fixes = self.related.iter().filter(|_| self.is_erratum());
        let ids = own.chain(&self.upstream).chain(fixes);
        ids.map(String::as_str).filter(|id| is_cve(id)).collect()
    }

    /// Whether it is a distribution's notice that something was fixed, which may be several
    /// vulnerabilities: `ALSA-2024:1234`, and not `DEBIAN-CVE-2024-1234`.
    #[must_use]
    pub fn is_erratum(&self) -> bool {
        let is_of_distribution = |one: &Affected| {
            one.ecosystem
                .family()
                .is_some_and(|of| of.is_distribution())
        };
        !self.id.contains("CVE-")
            && !self.affected.is_empty()
            && self.affected.iter().all(is_of_distribution)
    }

    /// Whether it is about a vulnerability. All are but distributions' notices of bug fixes and of enhancements
    /// (`ALBA-2022:1234`, `RHEA-…`), unless they name a CVE: what is older than those is no host's danger.
    #[must_use]
    pub fn is_of_vulnerability(&self) -> bool {
        let is_other = OTHER_NOTICES.iter().any(|one| self.id.starts_with(one));
        !is_other || !self.cves().is_empty()
    }
}

/// What begins the ids of distributions' notices of bug fixes and of enhancements.
const OTHER_NOTICES: [&str; 14] = [
    "ALBA-",
    "ALEA-",
    "ELBA-",
    "ELEA-",
    "MGAA-",
    "RHBA-",
    "RHEA-",
    "RLBA-",
    "RLEA-",
    "SUSE-FU-",
    "SUSE-OU-",
    "SUSE-RU-",
    "openSUSE-OU-",
    "openSUSE-RU-",
];

/// Whether an id is a CVE's.
pub(super) fn is_cve(id: &str) -> bool {
    id.strip_prefix("CVE-")
        .is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()))
}
