//! A whole feed, read and judged: each package at the version that fixes it, a little before that, and in
//! another module.
//!
//! The feed is no part of this project: `ASSETMON_FEED=PATH cargo test -p advisories --test feed -- --ignored
//! --nocapture`
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, env, path::Path};

use advisories::input::{self, Found};
use model::{
    advisory::{Advisory, Affected, Event, Family, Module},
    verdict::{Distro, Subject, judge},
};
use proto_types::Artifact;

/// How often something was judged, by what it was and what came of it.
type Counts = BTreeMap<(&'static str, String), (u64, String)>;

#[test]
#[ignore = "needs a feed"]
fn what_a_feed_says_of_its_own_versions_is_what_it_means() {
    let feed = env::var("ASSETMON_FEED").unwrap();
    let mut counts = Counts::new();
    input::path(Path::new(&feed), |found| {
        if let Found::Advisory(advisory) = found {
            each(&advisory, &mut counts);
        }
        Ok(())
    })
    .unwrap();
    for ((what, verdict), (count, first)) in &counts {
        println!("{what}: {verdict} {count}, first {first}");
    }
    let of = |what, verdict: &str| {
        counts
            .get(&(what, verdict.to_owned()))
            .map_or(0, |one| one.0)
    };
    // A little older than a rebuild may be what was built first, and has the fix.
    assert_eq!(of("a little older", "not_affected"), 0);
    assert_eq!(of("at the fix", "not_affected"), 0);
    assert_eq!(of("as introduced", "not_affected"), 0);
    assert_eq!(of("the last affected", "not_affected"), 0);
    assert_eq!(of("of another module", "affected"), 0);
}

fn each(advisory: &Advisory, counts: &mut Counts) {
    for entry in &advisory.affected {
        let events = entry.ranges.iter().flat_map(|range| &range.events);
        for event in events {
            match event {
                Event::Fixed(fixed) => {
                    count(advisory, entry, "at the fix", fixed, own(entry), counts);
                    let older = older(entry, fixed);
                    count(
                        advisory,
                        entry,
                        "a little older",
                        &older,
                        own(entry),
                        counts,
                    );
                    if matches!(entry.module, Module::Of(_)) {
                        let other = Some("other:1:2:3".to_owned());
                        count(advisory, entry, "of another module", &older, other, counts);
                        count(
                            advisory,
                            entry,
                            "of an unknown module",
                            &older,
                            None,
                            counts,
                        );
                    }
                }
                Event::LastAffected(last) => {
                    count(
                        advisory,
                        entry,
                        "the last affected",
                        last,
                        own(entry),
                        counts,
                    );
                }
                // Some intervals are empty.
                Event::Introduced(first) if first != "0" && !is_fixed_at(entry, first) => {
                    count(advisory, entry, "as introduced", first, own(entry), counts);
                }
                _ => {}
            }
        }
    }
}

fn is_fixed_at(entry: &Affected, version: &str) -> bool {
    let mut events = entry.ranges.iter().flat_map(|range| &range.events);
    events.any(|event| matches!(event, Event::Fixed(fixed) if fixed == version))
}

/// The label of the module that an entry means.
fn own(entry: &Affected) -> Option<String> {
    match &entry.module {
        Module::Of(names) => names.first().map(|name| format!("{name}:1:2")),
        _ => None,
    }
}

/// A version that is older than another one, and newer than any that was released.
fn older(entry: &Affected, version: &str) -> String {
    match entry.ecosystem.family().map(Family::purl_type) {
        Some("deb" | "rpm") => format!("{version}~"),
        _ => format!("{version}-alpha"),
    }
}

fn count(
    advisory: &Advisory,
    entry: &Affected,
    what: &'static str,
    version: &str,
    module: Option<String>,
    counts: &mut Counts,
) {
    let Some(family) = entry.ecosystem.family() else {
        return;
    };
    let artifact = Artifact {
        artifact_type: family.purl_type().to_owned(),
        name: entry.name.clone(),
        version: version.to_owned(),
        module,
        ..Artifact::default()
    };
    let id = match family {
        Family::AlmaLinux => "almalinux",
        Family::Debian => "debian",
        _ => "",
    };
    let distro = Distro {
        id,
        version: entry.ecosystem.suffix(),
    };
    let judgement = judge(advisory, &Subject::new(&artifact, false, distro)).unwrap();
    let key = (what, judgement.verdict.to_string());
    counts
        .entry(key)
        .or_insert_with(|| (0, judgement.because.to_string()))
        .0 += 1;
}
