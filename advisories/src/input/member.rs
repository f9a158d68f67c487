//! The records of one stream of JSON, each read and handed on.

use std::io::BufRead;

use model::bounds;

use super::{
    broken::Broken,
    found::Found,
    values::{Value, values},
};
use crate::{Reason, Skipped, osv};

/// Takes what is found, and counts it against the bounds of an import.
pub(super) struct Taker<'t> {
    take: &'t mut dyn FnMut(Found) -> Result<(), Broken>,
    records: u64,
    bytes: u64,
}

impl<'t> Taker<'t> {
    pub(super) fn new(take: &'t mut dyn FnMut(Found) -> Result<(), Broken>) -> Self {
        Self {
            take,
            records: 0,
            bytes: 0,
        }
    }

    /// The records of a stream. One that ends too early is broken.
    pub(super) fn stream(&mut self, input: impl BufRead, place: &str) -> Result<(), Broken> {
        values(input, place, |number, value| {
            self.value(number, value, place)
        })
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

    pub(super) fn skip(&mut self, skipped: Skipped) -> Result<(), Broken> {
        (self.take)(Found::Skipped(skipped))
    }

    fn value(&mut self, number: u64, value: Value<'_>, place: &str) -> Result<(), Broken> {
        let place = match number {
            1 => place.to_owned(),
            _ => format!("{place}, record {number}"),
        };
        self.records += 1;
        let json = match value {
            Value::Json(json) => json,
            Value::Skipped(reason) => return self.skip(Skipped::new(reason, &place, "")),
        };
        self.bytes += json.len() as u64;
        if self.records > bounds::ADVISORIES || self.bytes > bounds::ADVISORIES_BYTES {
            return Err(Broken::TooMuch(place));
        }
        let mut parts = Vec::new();
        let read = osv::read(json, &place, |part| parts.push(part));
        for part in parts {
            self.skip(part)?;
        }
        match read {
            Ok(advisory) => (self.take)(Found::Advisory(Box::new(advisory))),
            Err(skipped) => self.skip(*skipped),
        }
    }
}
