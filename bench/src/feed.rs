//! A feed of advisories about the catalog, as OSV publishes them: a distribution's by source package, a language's by
//! package. As in genuine ones, most are about what is popular, most are fixed in all that runs, and some in nothing.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::{
    catalog::{Catalog, Ecosystem, Item, PackageId, of_suite, suites::SUITES},
    chance::{Dice, skewed},
};

/// The distributions, as OSV calls them, and how many of a hundred records are about each.
const DISTRIBUTIONS: [(&str, &str, u32); 3] = [
    ("debian", "Debian", 60),
    ("ubuntu", "Ubuntu", 15),
    ("alpine", "Alpine", 10),
];
/// The languages, which share the rest.
const LANGUAGES: [(Ecosystem, &str); 4] = [
    (Ecosystem::Npm, "npm"),
    (Ecosystem::Python, "PyPI"),
    (Ecosystem::Go, "Go"),
    (Ecosystem::Java, "Maven"),
];
/// How much more often a popular package is spoken of.
const STEEPNESS: f64 = 3.0;

/// Writes so many records, one a line. Each is the same in every feed that has as many.
///
/// # Errors
/// What writing fails with.
pub fn write(records: u32, out: &mut impl Write) -> io::Result<()> {
    let catalog = Catalog::default();
    for number in 0..records {
        serde_json::to_writer(&mut *out, &record(&catalog, number))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn record(catalog: &Catalog, number: u32) -> Value {
    let mut dice = Dice::of(&[50, u64::from(number)]);
    let mut left = dice.below(100);
    for (distro, name, share) in DISTRIBUTIONS {
        if left < share {
            return of_distribution(catalog, number, (distro, name), &mut dice);
        }
        left -= share;
    }
    of_language(catalog, number, &mut dice)
}

/// A record on a CVE, with an entry for each release that has the source.
fn of_distribution(
    catalog: &Catalog,
    number: u32,
    (distro, name): (&str, &str),
    dice: &mut Dice,
) -> Value {
    let suites = || {
        (0..)
            .zip(SUITES)
            .filter(|(_, suite)| suite.distro == distro)
    };
    let ecosystem = suites()
        .next()
        .map_or(Ecosystem::Deb, |(_, suite)| suite.ecosystem);
    let place = skewed(dice.roll(), ecosystem.packages(), STEEPNESS);
    let package = PackageId::common(ecosystem, place);
    let entries: Vec<Value> = suites()
        .map(|(suite, of)| {
            let fix = match dice.below(100) {
                0..70 => Some(0),
                70..85 => Some(1 + dice.below(3)),
                _ => None,
            };
            let at = |revision| {
                let release = of_suite(suite, revision);
                catalog.artifact(Item { package, release }, false)
            };
            let release = match distro {
                "ubuntu" => format!("{name}:{}:LTS", of.version),
                "alpine" => format!("{name}:v{}", of.version),
                _ => format!("{name}:{}", of.version),
            };
            let source = at(0).source.unwrap_or_default();
            entry(&release, &source, fix.map(|fix| at(fix).version).as_deref())
        })
        .collect();
    let cve = cve(number);
    json!({
        "id": format!("{}-{cve}", name.to_uppercase()), "upstream": [cve], "modified": "2026-03-01T00:00:00Z",
        "summary": format!("something is wrong in what {} packages of it", of_words(number)), "affected": entries,
    })
}

fn of_language(catalog: &Catalog, number: u32, dice: &mut Dice) -> Value {
    let (ecosystem, name) = dice.one(&LANGUAGES);
    let place = skewed(dice.roll(), ecosystem.packages(), STEEPNESS);
    let item = Item {
        package: PackageId::common(ecosystem, place),
        release: dice.below(120),
    };
    let fixed = catalog.artifact(item, false);
    let package = match ecosystem {
        Ecosystem::Java => format!("org.example:{}", fixed.name),
        _ => fixed.name,
    };
    json!({
        "id": format!("GHSA-{number:08}"), "aliases": [cve(number)], "modified": "2026-03-01T00:00:00Z",
        "summary": format!("something is wrong in {}", of_words(number)),
        "affected": [entry(name, &package, Some(&fixed.version))],
    })
}

fn entry(ecosystem: &str, name: &str, fixed: Option<&str>) -> Value {
    let mut events = vec![json!({"introduced": "0"})];
    events.extend(fixed.map(|fixed| json!({"fixed": fixed})));
    json!({
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    })
}

fn cve(number: u32) -> String {
    format!("CVE-{}-{}", 2015 + number % 11, 10_000 + number / 11)
}

/// A few words, so that a record is about as long as a genuine one.
fn of_words(number: u32) -> String {
    format!("the handling of lengths, sizes and bounds of kind {number}")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_feed_is_the_same_each_time_and_of_several_ecosystems() {
        let feed = |records| {
            let mut out = Vec::new();
            write(records, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let (one, more) = (feed(200), feed(300));
        assert!(more.starts_with(&one));
        let ids: HashSet<String> = more
            .lines()
            .map(|line| {
                let record: Value = serde_json::from_str(line).unwrap();
                record["id"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(ids.len(), 300);
        for kind in ["DEBIAN-", "UBUNTU-", "ALPINE-", "GHSA-"] {
            assert!(ids.iter().any(|id| id.starts_with(kind)), "{kind}");
        }
    }
}
