//! The catalog: all packages that images of the fleet may hold, and what an artifact of one says.

mod ecosystem;
mod known;
mod names;
mod purl;
pub mod suites;
mod versions;
mod words;

use proto_types::Artifact;

use crate::chance::{below, draw};

pub use ecosystem::Ecosystem;
pub use names::{Source, project_name, team};
pub use versions::of_suite;
pub use words::{MAKERS, THINGS};

/// Modules of projects are numbered from here on, each project's beside each other.
const OWN: u32 = 1 << 24;
/// So many modules a project may have.
pub const OWN_OF_EACH: u32 = 1 << 10;

/// Licenses, the more frequent ones more often.
const LICENSES: [&str; 8] = [
    "MIT",
    "MIT",
    "MIT",
    "Apache-2.0",
    "Apache-2.0",
    "BSD-3-Clause",
    "ISC",
    "GPL-2.0-or-later",
];

/// A package by its number: of the catalog, most popular first, or a project's own module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId {
    /// Its ecosystem.
    pub ecosystem: Ecosystem,
    number: u32,
}

/// A package in one of its releases: what an artifact is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The package.
    pub package: PackageId,
    /// Its release.
    pub release: u32,
}

/// All packages that images of the fleet may hold.
pub struct Catalog {
    packages: Vec<Vec<names::Package>>,
}

impl PackageId {
    /// The package at this place of its ecosystem.
    #[must_use]
    pub const fn common(ecosystem: Ecosystem, place: u32) -> Self {
        Self {
            ecosystem,
            number: place,
        }
    }

    /// A module that a project makes for itself.
    #[must_use]
    pub const fn own(ecosystem: Ecosystem, project: u32, module: u32) -> Self {
        Self {
            ecosystem,
            number: OWN + project * OWN_OF_EACH + module % OWN_OF_EACH,
        }
    }
}

impl Default for Catalog {
    fn default() -> Self {
        Self {
            packages: Ecosystem::ALL.map(names::packages).into(),
        }
    }
}

impl Catalog {
    /// The package's name.
    #[must_use]
    pub fn name(&self, package: PackageId) -> String {
        match package.number.checked_sub(OWN) {
            Some(own) => names::own(package.ecosystem, own / OWN_OF_EACH, own % OWN_OF_EACH),
            None => self.common(package).name.clone().into(),
        }
    }

    /// The packages of this name, one of each ecosystem that has it.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<PackageId> {
        let all = Ecosystem::ALL.iter().zip(&self.packages);
        all.filter_map(|(ecosystem, packages)| {
            let place = packages.iter().position(|one| *one.name == *name)?;
            Some(PackageId::common(*ecosystem, u32::try_from(place).ok()?))
        })
        .collect()
    }

    /// The source of a distribution's package.
    #[must_use]
    pub fn source(&self, package: PackageId) -> Option<&Source> {
        let is_own = package.number >= OWN;
        (!is_own)
            .then(|| self.common(package).source.as_ref())
            .flatten()
    }

    /// In which revision the packages of a source are in a snapshot of a suite.
    #[must_use]
    pub fn revision(source: &Source, suite: u32, snapshot: u32) -> u32 {
        // OpenSSL is mended in each.
        if &*source.name == "openssl" {
            return snapshot;
        }
        let chance = |at: u32| {
            below(
                draw(&[10, source.seed, u64::from(suite), u64::from(at)]),
                100,
            )
        };
        let mended = (1..=snapshot).filter(|at| chance(*at) < 12);
        u32::try_from(mended.count()).unwrap_or(0)
    }

    /// The artifact that an item is, with its package URL and its license where those are wanted.
    #[must_use]
    pub fn artifact(&self, item: Item, purls: bool) -> Artifact {
        let PackageId { ecosystem, number } = item.package;
        let source = self.source(item.package);
        let version = match (number.checked_sub(OWN), source) {
            (Some(own), _) => versions::own(ecosystem, own / OWN_OF_EACH, item.release),
            (None, Some(source)) => versions::of_distribution(source, item.release),
            (None, None) => versions::of_language(ecosystem, number, item.release),
        };
        let mut artifact = Artifact {
            artifact_type: ecosystem.artifact_type().to_owned(),
            name: self.name(item.package),
            source_version: source.is_some().then(|| version.clone()),
            source: source.map(|source| source.name.clone().into()),
            version,
            ..Artifact::default()
        };
        if purls {
            let suite = artifact
                .source
                .is_some()
                .then(|| versions::suite(item.release));
            artifact.purl = Some(purl::of(ecosystem, &artifact, suite));
            let license = below(draw(&[11, ecosystem as u64, u64::from(number)]), 8);
            artifact.licenses = vec![LICENSES[license as usize].to_owned()];
        }
        artifact
    }

    fn common(&self, package: PackageId) -> &names::Package {
        let packages = &self.packages[package.ecosystem as usize];
        &packages[package.number as usize % packages.len()]
    }
}
