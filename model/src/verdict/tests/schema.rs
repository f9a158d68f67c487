//! Generated records against the schema's own algorithm, written down as it stands there.

use proptest::prelude::*;
use proto_types::{Artifact, Verdict};

use super::{ANY, artifact};
use crate::{
    advisory::{Advisory, Affected, Ecosystem, Event, Range, keys, keys_of},
    verdict::{Subject, judge},
};

/// The schema's evaluation: a version is vulnerable where it is listed or included in a range.
fn is_vulnerable(affected: &Affected, version: u32) -> bool {
    affected.versions.iter().any(|one| *one == text(version))
        || affected
            .ranges
            .iter()
            .any(|range| is_before_limits(range, version) && is_included(range, version))
}

fn is_before_limits(range: &Range, version: u32) -> bool {
    let limits: Vec<_> = range
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Limit(limit) => Some(limit),
            _ => None,
        })
        .collect();
    limits.is_empty()
        || limits
            .iter()
            .any(|limit| *limit == "*" || version < number(limit))
}

fn is_included(range: &Range, version: u32) -> bool {
    let mut events = range.events.clone();
    events.sort_by_key(|event| match event {
        Event::Limit(_) => u32::MAX,
        other => number(other.version()),
    });
    let mut vulnerable = false;
    for event in &events {
        match event {
            Event::Introduced(at) if at == "0" || version >= number(at) => vulnerable = true,
            Event::Fixed(at) if version >= number(at) => vulnerable = false,
            Event::LastAffected(at) if version > number(at) => vulnerable = false,
            _ => {}
        }
    }
    vulnerable
}

/// `7` of `7.0.0`; `0` is before all of them.
fn number(version: &str) -> u32 {
    version.split('.').next().unwrap().parse().unwrap()
}

fn text(number: u32) -> String {
    format!("{number}.0.0")
}

fn an_event() -> impl Strategy<Value = Event> {
    let at = || (1..8u32).prop_map(text);
    prop_oneof![
        2 => Just(Event::Introduced("0".to_owned())),
        4 => at().prop_map(Event::Introduced),
        4 => at().prop_map(Event::Fixed),
        3 => at().prop_map(Event::LastAffected),
        1 => at().prop_map(Event::Limit),
        1 => Just(Event::Limit("*".to_owned())),
    ]
}

fn an_entry() -> impl Strategy<Value = Affected> {
    let range = prop::collection::vec(an_event(), 1..7).prop_map(|events| Range { events });
    let ranges = prop::collection::vec(range, 0..4);
    let versions = prop::collection::vec((1..8u32).prop_map(text), 0..3);
    let name = prop_oneof![4 => Just("x"), 1 => Just("y")];
    (ranges, versions, name).prop_map(|(ranges, versions, name)| Affected {
        ecosystem: Ecosystem::new("npm"),
        name: name.to_owned(),
        ranges,
        versions,
        ..Affected::default()
    })
}

proptest! {
    #[test]
    fn a_record_means_what_the_schema_s_algorithm_says(
        affected in prop::collection::vec(an_entry(), 1..4),
        version in 1..9u32,
    ) {
        let spoken: Vec<_> = affected.iter().filter(|one| one.name == "x").cloned().collect();
        let record = Advisory { id: "X-1".to_owned(), affected, ..Advisory::default() };
        let package = artifact("npm", "x", &text(version));
        let judgement = judge(&record, &Subject::new(&package, false, ANY));
        prop_assert_eq!(judgement.is_some(), !spoken.is_empty());
        let Some(judgement) = judgement else { return Ok(()) };
        let is = spoken.iter().any(|one| is_vulnerable(one, version));
        prop_assert_eq!(judgement.verdict == Verdict::Affected, is);
        // Only an entry without a version to hold against leaves it open.
        let says_nothing = |one: &Affected| one.ranges.is_empty() && one.versions.is_empty();
        prop_assert_eq!(
            judgement.verdict == Verdict::Unknown,
            !is && spoken.iter().any(says_nothing)
        );
        if let Some(fixed) = judgement.fixed {
            // A fix is ahead of what is affected, and behind what is fixed.
            prop_assert_eq!(number(fixed) > version, is);
        }
    }

    #[test]
    fn whatever_an_advisory_speaks_of_the_keys_find(
        ecosystem in "Debian:12|AlmaLinux:8|PyPI|Maven|Go|npm|NuGet|SwiftURL|Bitnami|Odd:1",
        named in "[Aa][-_.:/][bB]|b|a:b|a/b",
        artifact_type in "deb|rpm|python|java-archive|go-module|npm|dotnet|swift|bitnami|odd",
        name in "[Aa][-_.:/][bB]|b|a/b",
        source in prop::option::of("[Aa]-b|b"),
        purl in prop::option::of("pkg:(maven|swift|pypi|deb)/(a/)?[ab](@1)?"),
        distro in "debian|almalinux|",
    ) {
        let record = super::about(&ecosystem, &named, "+0 -2.0");
        let package = Artifact { source, purl, ..artifact(&artifact_type, &name, "1.0") };
        let distro = super::Distro { id: &distro, version: "12" };
        if judge(&record, &Subject::new(&package, false, distro)).is_some() {
            prop_assert!(!keys(&record).is_disjoint(&keys_of(&package)));
        }
    }
}
