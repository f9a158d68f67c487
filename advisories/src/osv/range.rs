//! Ranges of a record, and the versions that it lists.

use model::{
    advisory::{Event, Range},
    bounds,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::fields::{self, Notes};
use crate::{Reason, bounded::First, text};

#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow, default)]
    events: Option<&'a RawValue>,
}

/// An event; older records have several in one object.
#[derive(Deserialize)]
struct Events {
    #[serde(default)]
    introduced: Option<String>,
    #[serde(default)]
    fixed: Option<String>,
    #[serde(default)]
    last_affected: Option<String>,
    #[serde(default)]
    limit: Option<String>,
}

/// The ranges that versions can be held against. One that can't be read whole is left out whole:
/// without its fix it would mean something else.
pub(super) fn ranges(raw: Option<&RawValue>, notes: &mut Notes<'_>) -> Vec<Range> {
    let mut ranges = Vec::new();
    for raw in fields::list(raw, "ranges", bounds::ADVISORY_RANGES, notes) {
        match range(raw) {
            Ok(range) => ranges.push(range),
            Err((reason, detail)) => notes.add(reason, &detail),
        }
    }
    ranges
}

fn range(raw: &RawValue) -> Result<Range, (Reason, String)> {
    let malformed = |detail: &str| (Reason::MalformedRange, detail.to_owned());
    let shape: Shape<'_> =
        serde_json::from_str(raw.get()).map_err(|error| malformed(&error.to_string()))?;
    match text::short(shape.kind, bounds::FIELD).as_deref() {
        Some("SEMVER" | "ECOSYSTEM") => {}
        Some("GIT") => return Err((Reason::GitRange, String::new())),
        Some(other) => return Err((Reason::OtherRange, other.to_owned())),
        None => return Err(malformed("no type")),
    }
    let raw = shape.events.ok_or_else(|| malformed("no events"))?;
    let First { elements, count } = First::of(raw.get(), bounds::ADVISORY_EVENTS)
        .map_err(|error| malformed(&error.to_string()))?;
    if count > bounds::ADVISORY_EVENTS {
        return Err((Reason::TooMany, format!("{count} events")));
    }
    let mut events: Vec<Event> = Vec::new();
    for raw in elements {
        let object: Events =
            serde_json::from_str(raw.get()).map_err(|error| malformed(&error.to_string()))?;
        events.extend(object.each());
    }
    let begins = |event: &Event| matches!(event, Event::Introduced(_));
    if !events.iter().any(begins) {
        return Err(malformed("nothing is introduced"));
    }
    let is_version = |text: &str| !text.trim().is_empty() && text.len() <= bounds::FIELD;
    match events.iter().all(|event| is_version(event.version())) {
        true => Ok(Range { events }),
        false => Err(malformed("an event without a version")),
    }
}

impl Events {
    fn each(self) -> impl Iterator<Item = Event> {
        let all = [
            self.introduced.map(Event::Introduced),
            self.fixed.map(Event::Fixed),
            self.last_affected.map(Event::LastAffected),
            self.limit.map(Event::Limit),
        ];
        all.into_iter().flatten()
    }
}

/// The versions that are listed one by one.
pub(super) fn versions(raw: Option<&RawValue>, notes: &mut Notes<'_>) -> Vec<String> {
    let mut versions = Vec::new();
    for raw in fields::list(raw, "versions", bounds::ADVISORY_VERSIONS, notes) {
        match text::short(Some(raw), bounds::FIELD) {
            Some(version) => versions.push(version),
            None => notes.add(Reason::MalformedField, "versions"),
        }
    }
    versions
}
