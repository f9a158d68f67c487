//! Bases: a suite in one of its snapshots, small, plain or full, with its packages.

use crate::{
    catalog::{
        Catalog, Ecosystem, Item, PackageId, of_suite,
        suites::{SNAPSHOTS, SUITES, Suite},
    },
    chance::{Dice, below, draw, skewed},
};

/// As many bases as there can be.
pub const BASES: u32 = SUITES.len() as u32 * SNAPSHOTS;
/// In how many of a hundred small images of a kind the program `openssl` is.
const HAVE_OPENSSL: u32 = 86;
const HAVE_OPENSSL_ON_ALPINE: u32 = 52;

/// What an image is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    suite: u32,
    snapshot: u32,
}

impl Base {
    /// The base of a project's tag, among the first so many.
    #[must_use]
    pub fn of(seed: u64, bases: u32, project: u32, tag: u32) -> Self {
        let mut dice = Dice::of(&[30, seed, u64::from(project)]);
        let suites = (bases / SNAPSHOTS).clamp(1, SUITES.len() as u32);
        let weights: u32 = SUITES[..suites as usize]
            .iter()
            .map(|suite| suite.weight)
            .sum();
        let mut left = dice.below(weights);
        let chosen = SUITES.iter().position(|suite| {
            let is_it = left < suite.weight;
            left = left.saturating_sub(suite.weight);
            is_it
        });
        let snapshots = bases.min(SNAPSHOTS);
        // Newer tags are built on newer snapshots.
        let snapshot = (dice.below(snapshots) + tag / 4).min(snapshots - 1);
        Self {
            suite: u32::try_from(chosen.unwrap_or(0)).unwrap_or(0),
            snapshot,
        }
    }

    /// Its suite.
    #[must_use]
    pub fn suite(self) -> &'static Suite {
        &SUITES[self.suite as usize]
    }

    /// The packages of the distribution in an image of this project, in no order and some perhaps twice.
    pub fn items(self, catalog: &Catalog, seed: u64, project: u32, into: &mut Vec<Item>) {
        let suite = self.suite();
        let mut dice = Dice::of(&[31, seed, u64::from(project)]);
        // Slim, plain, or with everything to build with.
        let size = suite.smallest * [1, 1, 1, 2, 3][dice.below(5) as usize];
        let on_alpine = suite.ecosystem == Ecosystem::Apk;
        let with_openssl = if on_alpine {
            HAVE_OPENSSL_ON_ALPINE
        } else {
            HAVE_OPENSSL
        };
        let openssl = dice.below(100) < with_openssl;
        for place in 0..size {
            let package = PackageId::common(suite.ecosystem, place);
            // Each suite leaves out some.
            let left_out = below(draw(&[32, u64::from(self.suite), u64::from(place)]), 8) == 0;
            let is_known = place < 10;
            if is_known || !left_out {
                self.put(catalog, package, openssl, into);
            }
        }
        // What its Dockerfile installs besides.
        for _ in 0..skewed(dice.roll(), 120, 1.5) {
            let place = skewed(dice.roll(), suite.ecosystem.packages(), 2.2);
            let package = PackageId::common(suite.ecosystem, place);
            self.put(catalog, package, openssl, into);
        }
    }

    fn put(self, catalog: &Catalog, package: PackageId, openssl: bool, into: &mut Vec<Item>) {
        let Some(source) = catalog.source(package) else {
            return;
        };
        if !openssl && &*source.name == "openssl" && catalog.name(package) == "openssl" {
            return;
        }
        let revision = Catalog::revision(source, self.suite, self.snapshot);
        into.push(Item {
            package,
            release: of_suite(self.suite, revision),
        });
    }
}
