//! The records of one stream of JSON, each read and handed on.

use std::io::BufRead;

use model::bounds;

use super::{
    broken::Broken,
    found::{Found, Raw},
    values::{Value, values},
};
use crate::{Reason, Skipped, osv};

/// What takes whatever is found.
type Take<'t> = dyn FnMut(Raw<'_>) -> Result<(), Broken> + 't;

/// Takes what is found, and counts it against the bounds of an import.
pub(super) struct Taker<'t> {
    take: &'t mut Take<'t>,
    records: u64,
    bytes: u64,
}

impl<'t> Taker<'t> {
    pub(super) fn new(take: &'t mut Take<'t>) -> Self {
        Self {
            take,
            records: 0,
            bytes: 0,
        }
    }

    /// The records of a stream. One that ends too early is broken.
    pub(super) fn stream(&mut self, input: impl BufRead, place: &str) -> Result<(), Broken> {
        // What is skipped is read too, so each byte counts.
        let left = bounds::ADVISORIES_BYTES.saturating_sub(self.bytes);
        let mut input = input.take(left + 1);
        let read = values(&mut input, place, |number, value| {
            self.value(number, value, place)
        });
        let taken = left + 1 - input.limit();
        self.count(taken, place)?;
        read
    }

    /// Counts bytes that were read.
    pub(super) fn count(&mut self, bytes: u64, place: &str) -> Result<(), Broken> {
        self.bytes = self.bytes.saturating_add(bytes);
        match self.bytes > bounds::ADVISORIES_BYTES {
            true => Err(Broken::TooMuch(place.to_owned())),
            false => Ok(()),
        }
    }

    /// Counts a record, or what stands in its place.
    fn count_record(&mut self, place: &str) -> Result<(), Broken> {
        self.records += 1;
        match self.records > bounds::ADVISORIES {
            true => Err(Broken::TooMuch(place.to_owned())),
            false => Ok(()),
        }
    }

    /// Leaves out a whole file, of which so many bytes were read.
    pub(super) fn leave_out(&mut self, bytes: u64, skipped: Skipped) -> Result<(), Broken> {
        self.count(bytes, &skipped.of)?;
        self.count_record(&skipped.of)?;
        self.skip(skipped)
    }

    /// The records of one file among others. One that ends too early is skipped.
    pub(super) fn member(&mut self, input: impl BufRead, place: &str) -> Result<(), Broken> {
        match self.stream(input, place) {
            Err(Broken::CutOff(_) | Broken::NoList(_)) => self.skip(Skipped::new(
                Reason::NotJson,
                place,
                "it is cut off or no JSON",
            )),
            other => other,
        }
    }

    fn skip(&mut self, skipped: Skipped) -> Result<(), Broken> {
        (self.take)(Raw::Skipped(skipped))
    }

    fn value(&mut self, number: u64, value: Value<'_>, place: &str) -> Result<(), Broken> {
        let place = match number {
            1 => place.to_owned(),
            _ => format!("{place}, record {number}"),
        };
        self.count_record(&place)?;
        let json = match value {
            Value::Json(json) => json,
            Value::Skipped(reason) => return self.skip(Skipped::new(reason, &place, "")),
        };
        let place = place.as_str();
        (self.take)(Raw::Json { json, place })
    }
}

/// Reads what is found, and hands on what comes of it.
pub(super) fn read(
    mut take: impl FnMut(Found) -> Result<(), Broken>,
) -> impl FnMut(Raw<'_>) -> Result<(), Broken> {
    move |raw| {
        let (json, place) = match raw {
            Raw::Json { json, place } => (json, place),
            Raw::Skipped(skipped) => return take(Found::Skipped(skipped)),
        };
        let mut parts = Vec::new();
        let read = osv::read(json, place, |part| parts.push(part));
        for part in parts {
            take(Found::Skipped(part))?;
        }
        take(match read {
            Ok(advisory) => Found::Advisory(Box::new(advisory)),
            Err(skipped) => Found::Skipped(*skipped),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_skipped_counts_against_the_bounds_of_an_import() {
        let stopped = |change: fn(&mut Taker<'_>), text: &str| {
            let mut take = |_: Raw<'_>| Ok(());
            let mut taker = Taker::new(&mut take);
            change(&mut taker);
            let read = taker.stream(text.as_bytes(), "in");
            read.is_err_and(|error| matches!(error, Broken::TooMuch(_)))
        };
        let records = |taker: &mut Taker<'_>| taker.records = bounds::ADVISORIES - 1;
        assert!(!stopped(records, "{\"id\":\"A\"}"));
        assert!(stopped(records, "{\"id\":\"A\"}\n{\"id\":\"B\"}"));
        assert!(stopped(records, "1\n2\n"), "no record");
        let bytes = |taker: &mut Taker<'_>| taker.bytes = bounds::ADVISORIES_BYTES - 8;
        assert!(!stopped(bytes, "{}\n{}\n  "));
        assert!(stopped(bytes, "{}\n{}\n   "), "nothing but spaces");
        assert!(stopped(bytes, "no record at all"));
        assert!(stopped(bytes, "{\"id\":\"A\"}"), "cut by the bound");
    }

    #[test]
    fn a_file_that_is_left_out_counts_with_its_length() {
        let mut take = |_: Raw<'_>| Ok(());
        let mut taker = Taker::new(&mut take);
        let skipped = || Skipped::new(Reason::OtherFile, "in", "");
        assert!(taker.leave_out(bounds::ADVISORIES_BYTES, skipped()).is_ok());
        assert!(taker.leave_out(0, skipped()).is_ok());
        assert!(taker.leave_out(1, skipped()).is_err());
    }
}
