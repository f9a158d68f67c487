//! What verdicts come out as.
#![allow(clippy::unwrap_used)]

mod language;
mod origin;
mod ranges;
mod release;
mod rpm;
mod schema;
mod source;
mod words;

use proto_types::Artifact;

use super::{Distro, Subject, judge};
use crate::advisory::{Advisory, Affected, Ecosystem, Event, Module, Range};

const DEBIAN_12: Distro<'_> = Distro {
    id: "debian",
    version: "12",
};
const ALMA_8: Distro<'_> = Distro {
    id: "almalinux",
    version: "8.9",
};
/// Of packages of languages the distribution doesn't matter.
const ANY: Distro<'_> = DEBIAN_12;

/// A record of entries: ecosystem, name and events, as `+0 -3.0.15 =4.1 *5` has them: introduced,
/// fixed, last affected, limit; `|` between ranges.
fn advisory(id: &str, entries: &[(&str, &str, &str)]) -> Advisory {
    let affected = entries.iter().map(|(ecosystem, name, events)| Affected {
        ecosystem: Ecosystem::new(*ecosystem),
        name: (*name).to_owned(),
        ranges: ranges(events),
        module: Module::read(&ranges(events), ""),
        ..Affected::default()
    });
    Advisory {
        id: id.to_owned(),
        affected: affected.collect(),
        ..Advisory::default()
    }
}

/// A record about one package.
fn about(ecosystem: &str, name: &str, events: &str) -> Advisory {
    advisory("X-1", &[(ecosystem, name, events)])
}

fn ranges(text: &str) -> Vec<Range> {
    let pieces = text.split('|').filter(|piece| !piece.trim().is_empty());
    let events = pieces.map(|piece| piece.split_whitespace().map(event).collect());
    events.map(|events| Range { events }).collect()
}

fn event(word: &str) -> Event {
    let version = word[1..].to_owned();
    match &word[..1] {
        "+" => Event::Introduced(version),
        "-" => Event::Fixed(version),
        "=" => Event::LastAffected(version),
        _ => Event::Limit(version),
    }
}

fn artifact(artifact_type: &str, name: &str, version: &str) -> Artifact {
    Artifact {
        artifact_type: artifact_type.to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        ..Artifact::default()
    }
}

fn built_from(artifact: Artifact, source: &str, version: &str) -> Artifact {
    Artifact {
        source: Some(source.to_owned()),
        source_version: (!version.is_empty()).then(|| version.to_owned()),
        ..artifact
    }
}

/// The verdict and its fix: `affected 3.0.15`, `fixed`, or `silent` where there is none. Whatever it
/// is, the keys find it.
fn verdict(advisory: &Advisory, artifact: &Artifact, distro: Distro<'_>) -> String {
    let subject = Subject::new(artifact, artifact.owned_by_os, distro);
    let Some(judgement) = judge(advisory, &subject) else {
        return "silent".to_owned();
    };
    let keys = crate::advisory::keys(advisory);
    let own = crate::advisory::keys_of(artifact);
    assert!(!keys.is_disjoint(&own), "{keys:?} {own:?}");
    assert!(!judgement.because.to_string().is_empty());
    let fixed = judgement.fixed.map(|fixed| format!(" {fixed}"));
    judgement.verdict.to_string() + &fixed.unwrap_or_default()
}

/// The reason of the verdict.
fn reason(advisory: &Advisory, artifact: &Artifact, distro: Distro<'_>) -> String {
    let subject = Subject::new(artifact, artifact.owned_by_os, distro);
    judge(advisory, &subject).unwrap().because.to_string()
}
