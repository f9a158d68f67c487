//! What one entry of an advisory says of an artifact that it means.

use proto_types::Verdict;

use super::{
    because::Why,
    bound::Version,
    headers, module,
    spoken::By,
    subject::Subject,
    within::{self, Said},
    worst::worst_first,
};
use crate::{
    advisory::{Affected, major},
    fields::ArtifactFields,
};

/// What an entry says of an artifact that it means by this name.
pub(super) fn said<'a, A: ArtifactFields>(
    entry: &'a Affected,
    subject: &Subject<'a, A>,
    by: By,
) -> Said<'a> {
    let means = match by {
        By::Source => among(&entry.binaries, subject.artifact.name()),
        _ => Among::Yes,
    };
    if headers::only(by, subject) {
        return Said::not_affected(Why::HeadersOnly);
    }
    if let Some(said) = module::judged(entry, subject) {
        return said;
    }
    let said = match means {
        Among::No => Said::not_affected(Why::OtherBinary),
        _ => by_version(entry, &Version::of(subject, by), subject.artifact.name()),
    };
    match (by, said.verdict, said.why) {
        (_, Verdict::Fixed | Verdict::NotAffected, _) if entry.incomplete => {
            Said::unknown(Why::Incomplete)
        }
        // Had it another group, the advisory would say nothing of it.
        (By::OwnOfSomeGroup, Verdict::Affected, _) => Said::unknown(Why::GroupUnknown),
        // Every version of the module may be those of its first two major versions alone.
        (By::WithoutMajor, Verdict::Affected, _) if !reaches(entry, subject) => {
            Said::unknown(Why::MajorUnsaid)
        }
        (_, Verdict::Affected, _) if means == Among::Perhaps => Said::unknown(Why::SimilarBinary),
        (By::Source, Verdict::Unknown, Why::VersionUnreadable)
            if subject
                .artifact
                .source_version()
                .unwrap_or_default()
                .is_empty() =>
        {
            Said::unknown(Why::SourceUnknown)
        }
        _ => said,
    }
}

/// Whether an entry says something of the major version that a Go module has in its path.
fn reaches<A: ArtifactFields>(entry: &Affected, subject: &Subject<'_, A>) -> bool {
    let own = major::split(subject.artifact.name());
    own.is_some_and(|(_, major)| major::reaches(entry, major))
}

/// Whether a package is among those that an entry about its source means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    Yes,
    No,
    /// One that is has the same name but for numbers. Those change from version to version, and records
    /// list what is built from the fixed one: `linux-image-5.15.0-119-generic`.
    Perhaps,
}

/// Where nothing is listed, everything is meant.
fn among(binaries: &[String], name: &str) -> Among {
    let is_alike = |binary: &String| letters(binary).eq(letters(name));
    match binaries.is_empty() || binaries.iter().any(|binary| binary == name) {
        true => Among::Yes,
        false if binaries.iter().any(is_alike) => Among::Perhaps,
        false => Among::No,
    }
}

/// A name but for its numbers and signs.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let name = name.strip_suffix("t64").unwrap_or(name);
    name.chars().filter(|one| one.is_alphabetic())
}

/// A version is vulnerable where it is listed, or lies in any of the ranges.
fn by_version<'a>(entry: &'a Affected, version: &Version<'_>, name: &str) -> Said<'a> {
    let ranges = entry.ranges.iter();
    let by_range = ranges
        .map(|range| within::range(version, range, name))
        .reduce(
            |said, other| match worst_first(said.verdict, other.verdict) {
                std::cmp::Ordering::Greater => other,
                _ => said,
            },
        );
    let is_listed = entry.versions.iter().any(|listed| version.is(listed));
    match (by_range, &entry.known) {
        (Some(said), Some(known)) if is_open(said) && !is_listed && !version.is_within(known) => {
            return Said::unknown(Why::PastKnown(&known.until));
        }
        (Some(said), _) if said.verdict == Verdict::Affected => return said,
        _ if is_listed => {
            return Said {
                verdict: Verdict::Affected,
                fixed: None,
                why: Why::Listed,
            };
        }
        _ => {}
    }
    match by_range {
        Some(said) => said,
        None if entry.versions.is_empty() => Said::unknown(Why::NoVersions),
        None if !version.is_readable() => Said::unknown(Why::VersionUnreadable),
        None if may_be_listed(entry, version) => Said::unknown(Why::MovingTag),
        None => Said::not_affected(Why::NotListed),
    }
}

/// Whether a tag that moves may have been on a version that is listed.
fn may_be_listed(entry: &Affected, version: &Version<'_>) -> bool {
    let mut listed = entry.versions.iter();
    listed.any(|listed| version.moves_onto(listed))
}

/// Whether a version is vulnerable since nothing ends the range.
fn is_open(said: Said<'_>) -> bool {
    matches!(said.why, Why::Every | Why::EverySince(_))
}
