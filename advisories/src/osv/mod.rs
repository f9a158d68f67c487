//! OSV records, by version 1.7 of its schema and the older ones: bytes to an `Advisory`.
//!
//! The schema's own words are kept; what no verdict needs (details, references, credits) isn't. A part
//! that can't be read is left out and named, and never takes the record with it.

mod affected;
mod fields;
mod range;
mod write;

use model::{advisory::Advisory, bounds};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Reason, Skipped, bounded::is_too_deep};
use fields::Notes;
pub use write::write;

/// A record as it stands; each field is looked at on its own.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    aliases: Option<&'a RawValue>,
    #[serde(borrow, default)]
    upstream: Option<&'a RawValue>,
    #[serde(borrow, default)]
    related: Option<&'a RawValue>,
    #[serde(borrow, default)]
    withdrawn: Option<&'a RawValue>,
    #[serde(borrow, default)]
    published: Option<&'a RawValue>,
    #[serde(borrow, default)]
    modified: Option<&'a RawValue>,
    #[serde(borrow, default)]
    summary: Option<&'a RawValue>,
    #[serde(borrow, default)]
    details: Option<&'a RawValue>,
    #[serde(borrow, default)]
    severity: Option<&'a RawValue>,
    #[serde(borrow, default)]
    affected: Option<&'a RawValue>,
}

/// Reads one record. `place` says where it stands, for what has no id. `skip` is told of each part
/// that is left out.
///
/// # Errors
/// [`Skipped`] where it is no record.
pub fn read(
    json: &[u8],
    place: &str,
    mut skip: impl FnMut(Skipped),
) -> Result<Advisory, Box<Skipped>> {
    let refused = |reason, detail: &str| Box::new(Skipped::new(reason, place, detail));
    if json.len() > bounds::ADVISORY {
        return Err(refused(Reason::TooLong, ""));
    }
    if is_too_deep(json) {
        return Err(refused(Reason::TooDeep, ""));
    }
    if !json.trim_ascii_start().starts_with(b"{") {
        return Err(refused(Reason::NotARecord, ""));
    }
    let record: Record<'_> = serde_json::from_slice(json)
        .map_err(|error| refused(Reason::NotJson, &error.to_string()))?;
    let id = fields::id(record.id).ok_or_else(|| refused(Reason::NoId, ""))?;
    let mut notes = Notes::new(&id, &mut skip);
    Ok(record.advisory(id.clone(), &mut notes))
}

impl Record<'_> {
    fn advisory(&self, id: String, notes: &mut Notes<'_>) -> Advisory {
        let summary = [self.summary, self.details].map(fields::line);
        let summary = summary.into_iter().find(|line| !line.is_empty());
        let summary = summary.unwrap_or_default();
        let affected = affected::read(self.affected, &summary, notes);
        let mut severity = fields::severity(self.severity, notes);
        // Some feeds say it of each package instead.
        if severity.is_empty() {
            severity = affected.severity;
        }
        let advisory = Advisory {
            id,
            aliases: fields::ids(self.aliases, "aliases", notes),
            upstream: fields::ids(self.upstream, "upstream", notes),
            related: fields::ids(self.related, "related", notes),
            withdrawn: fields::time(self.withdrawn, "withdrawn", notes),
            published: fields::time(self.published, "published", notes),
            modified: fields::time(self.modified, "modified", notes),
            summary,
            severity,
            affected: affected.packages,
        };
        if affected.entries == 0 && advisory.withdrawn.is_none() {
            notes.add(Reason::NamesNothing, "");
        }
        advisory
    }
}
