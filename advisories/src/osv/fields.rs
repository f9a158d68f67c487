//! Fields of a record that are texts, times or lists of them.

use jiff::Timestamp;
use model::{advisory::Severity, bounds, shown, text::without_nul};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Reason, Skipped, bounded::First, text};

/// Told of each part of a record that is left out.
pub(super) struct Notes<'a> {
    id: &'a str,
    skip: &'a mut dyn FnMut(Skipped),
    open: usize,
}

impl<'a> Notes<'a> {
    pub(super) fn new(id: &'a str, skip: &'a mut dyn FnMut(Skipped)) -> Self {
        Self { id, skip, open: 0 }
    }

    pub(super) fn add(&mut self, reason: Reason, detail: &str) {
        self.open += usize::from(reason.leaves_open());
        (self.skip)(Skipped::new(reason, self.id, detail));
    }

    /// How many of the parts so far leave something unknown.
    pub(super) const fn open(&self) -> usize {
        self.open
    }
}

/// The elements of a list, each as it stands; none, and a note, where it is no list. At most so many.
pub(super) fn list<'a>(
    raw: Option<&'a RawValue>,
    name: &str,
    most: usize,
    notes: &mut Notes<'_>,
) -> Vec<&'a RawValue> {
    let Some(raw) = present(raw) else {
        return Vec::new();
    };
    match First::of(raw.get(), most) {
        Ok(First { elements, count }) => {
            if count > most {
                notes.add(Reason::TooMany, &format!("{count} {name}"));
            }
            elements
        }
        Err(_) => {
            notes.add(Reason::MalformedField, name);
            Vec::new()
        }
    }
}

/// What is there and isn't `null`.
pub(super) fn present(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get() != "null")
}

/// A record's id.
pub(super) fn id(raw: Option<&RawValue>) -> Option<String> {
    text::short(raw, bounds::ADVISORY_ID)
}

/// A list of ids, each once.
pub(super) fn ids(raw: Option<&RawValue>, name: &str, notes: &mut Notes<'_>) -> Vec<String> {
    let mut ids = Vec::new();
    for raw in list(raw, name, bounds::ADVISORY_IDS, notes) {
        match id(Some(raw)) {
            Some(id) => ids.push(id),
            None => notes.add(Reason::MalformedField, name),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A time; none, and a note, where it is no time. A record whose `withdrawn` can't be read isn't
/// withdrawn: a false alarm is better than a false proof.
pub(super) fn time(raw: Option<&RawValue>, name: &str, notes: &mut Notes<'_>) -> Option<Timestamp> {
    let text = text::short(Some(present(raw)?), bounds::FIELD).unwrap_or_default();
    let time = text.parse().ok();
    if time.is_none() {
        notes.add(Reason::MalformedField, name);
    }
    time
}

/// The beginning of a text, on one line.
pub(super) fn line(raw: Option<&RawValue>) -> String {
    let text: Option<String> = raw.and_then(|raw| serde_json::from_str(raw.get()).ok());
    let text = text.unwrap_or_default();
    let first = text.trim_start().lines().next().unwrap_or_default();
    shown::on_one_line(&without_nul(first.to_owned()), bounds::ADVISORY_SUMMARY)
}

#[derive(Deserialize)]
struct Score {
    #[serde(rename = "type")]
    scale: String,
    score: String,
}

/// How bad it is, by each scale.
pub(super) fn severity(raw: Option<&RawValue>, notes: &mut Notes<'_>) -> Vec<Severity> {
    let mut all = Vec::new();
    for raw in list(raw, "severity", bounds::ADVISORY_SCORES, notes) {
        match serde_json::from_str::<Score>(raw.get()) {
            Ok(one) if one.scale.len() <= 64 && one.score.len() <= bounds::FIELD => {
                all.push(Severity {
                    scale: without_nul(one.scale),
                    score: without_nul(one.score),
                });
            }
            _ => notes.add(Reason::MalformedField, "severity"),
        }
    }
    all
}
