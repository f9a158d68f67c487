//! CISA's catalog of known exploited vulnerabilities, in its JSON.

use std::io::Read;

use jiff::civil::Date;
use model::bounds;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{Reason, Skipped, bounded::First, input::Broken, text};

/// A vulnerability that is known to be exploited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exploited {
    /// The CVE.
    pub cve: String,
    /// When it was added to the catalog.
    pub added: Option<Date>,
    /// Until when agencies must have fixed it.
    pub due: Option<Date>,
    /// Whether it is known to be used for ransomware.
    pub ransomware: bool,
}

#[derive(Deserialize)]
struct Catalog<'a> {
    #[serde(borrow)]
    vulnerabilities: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(borrow, default, rename = "cveID")]
    cve: Option<&'a RawValue>,
    #[serde(borrow, default)]
    date_added: Option<&'a RawValue>,
    #[serde(borrow, default)]
    due_date: Option<&'a RawValue>,
    #[serde(borrow, default)]
    known_ransomware_campaign_use: Option<&'a RawValue>,
}

/// Reads a catalog. `skip` is told of each row that is left out.
///
/// # Errors
/// [`Broken`] where it is no catalog, or can't be read to its end.
pub fn read(
    input: impl Read,
    place: &str,
    mut skip: impl FnMut(Skipped),
) -> Result<Vec<Exploited>, Broken> {
    let bytes = text::document(input).map_err(|error| Broken::io(place, error))?;
    let catalog: Catalog<'_> =
        serde_json::from_slice(&bytes).map_err(|error| Broken::io(place, error.into()))?;
    let all = First::of(catalog.vulnerabilities.get(), bounds::EXPLOITED)
        .map_err(|error| Broken::io(place, error.into()))?;
    if all.count > all.elements.len() {
        return Err(Broken::TooMuch(place.to_owned()));
    }
    let mut rows = Vec::new();
    for (number, raw) in (1..).zip(all.elements) {
        match row(raw) {
            Some(row) => rows.push(row),
            None => {
                let of = format!("{place}, vulnerability {number}");
                skip(Skipped::new(Reason::NoId, &of, ""));
            }
        }
    }
    Ok(rows)
}

fn row(raw: &RawValue) -> Option<Exploited> {
    let row: Row<'_> = serde_json::from_str(raw.get()).ok()?;
    let date = |raw| text::short(raw, bounds::FIELD).and_then(|text| text.parse().ok());
    let ransomware = text::short(row.known_ransomware_campaign_use, bounds::FIELD);
    Some(Exploited {
        cve: text::short(row.cve, bounds::ADVISORY_ID)?,
        added: date(row.date_added),
        due: date(row.due_date),
        ransomware: ransomware.is_some_and(|word| word.eq_ignore_ascii_case("known")),
    })
}
