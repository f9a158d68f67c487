//! What versions of packages look like, each ecosystem's in its own way.

use super::{
    ecosystem::Ecosystem,
    names::Source,
    suites::{SUITES, Suite},
};
use crate::chance::{Dice, mix};

/// How many revisions a suite may have of one package.
const REVISIONS: u32 = 16;

/// The release of a distribution's package: of this suite, mended so many times.
#[must_use]
pub const fn of_suite(suite: u32, revision: u32) -> u32 {
    suite * REVISIONS + revision
}

/// The suite that a release of a distribution's package is of.
#[must_use]
pub fn suite(release: u32) -> &'static Suite {
    &SUITES[(release / REVISIONS) as usize % SUITES.len()]
}

/// The version of a distribution's package that is built from this source.
#[must_use]
pub fn of_distribution(source: &Source, release: u32) -> String {
    let (suite, revision) = (suite(release), release % REVISIONS);
    let mut dice = Dice::of(&[6, source.seed, u64::from(release / REVISIONS)]);
    let upstream = match &*source.name {
        "openssl" => suite.openssl.to_owned(),
        _ => format!("{}.{}.{}", dice.below(9), dice.below(30), dice.below(12)),
    };
    let (epoch, build, mark) = (dice.below(12), dice.below(9) + 1, suite.mark);
    // Some packages count anew under an epoch.
    let epoch = if epoch == 0 { "1:" } else { "" };
    match suite.ecosystem {
        Ecosystem::Apk => format!("{upstream}-{mark}{revision}"),
        Ecosystem::Rpm => format!("{epoch}{upstream}-{build}.{mark}{revision}"),
        _ if suite.distro == "ubuntu" => format!("{epoch}{upstream}-{mark}{}", revision + 1),
        _ if revision == 0 => format!("{epoch}{upstream}-{build}"),
        _ => format!("{epoch}{upstream}-{build}~{mark}{revision}"),
    }
}

/// The version of a language's package.
#[must_use]
pub fn of_language(ecosystem: Ecosystem, package: u32, release: u32) -> String {
    let mut dice = Dice::of(&[7, ecosystem as u64, u64::from(package)]);
    let (major, style) = (dice.below(7), dice.below(8));
    let (minors, patches) = (dice.below(20) + 4, dice.below(9) + 3);
    let patch = release % patches;
    let minor = release / patches % minors;
    let major = major + release / patches / minors;
    let plain = format!("{major}.{minor}.{patch}");
    match (ecosystem, style) {
        (Ecosystem::Go, 0) => pseudo(package, release),
        (Ecosystem::Go, _) => format!("v{plain}"),
        (Ecosystem::Java, 0) => format!("{plain}.Final"),
        (Ecosystem::Java, 1) => format!("{plain}-jre"),
        (Ecosystem::Python, 0) => format!("{major}.{minor}.post{patch}"),
        (Ecosystem::Npm, 0) => format!("{plain}-beta.1"),
        _ => plain,
    }
}

/// What Go calls a commit that has no tag.
fn pseudo(package: u32, release: u32) -> String {
    let day = 1 + release % 28;
    let (month, year) = (1 + release / 28 % 12, 2017 + release / 28 / 12);
    let commit = mix(u64::from(package) << 32 | u64::from(release));
    format!(
        "v0.0.0-{year}{month:02}{day:02}094501-{:012x}",
        commit >> 16
    )
}

/// The version of a module that a project makes for itself, and tags with each of its images.
#[must_use]
pub fn own(ecosystem: Ecosystem, project: u32, tag: u32) -> String {
    let sprint = Dice::of(&[8, u64::from(project)]).below(40);
    let v = if ecosystem == Ecosystem::Go { "v" } else { "" };
    format!("{v}1.{}.{tag}", sprint + tag)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Ecosystem, SUITES, Source, of_distribution, of_language, of_suite};

    #[test]
    fn releases_of_a_package_have_versions_of_their_own() {
        for ecosystem in [
            Ecosystem::Npm,
            Ecosystem::Python,
            Ecosystem::Go,
            Ecosystem::Java,
        ] {
            for package in 0..50 {
                let versions: HashSet<String> = (0..300)
                    .map(|release| of_language(ecosystem, package, release))
                    .collect();
                assert_eq!(versions.len(), 300, "{ecosystem:?} {package}");
            }
        }
    }

    #[test]
    fn each_suite_has_its_own_openssl() {
        let releases = (0..SUITES.len() as u32)
            .flat_map(|suite| (0..4).map(move |revision| of_suite(suite, revision)));
        let openssl = Source {
            name: "openssl".into(),
            seed: 1,
        };
        let versions: HashSet<String> = releases
            .map(|release| of_distribution(&openssl, release))
            .collect();
        assert_eq!(versions.len(), SUITES.len() * 4);
    }
}
