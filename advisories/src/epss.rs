//! EPSS: how likely a vulnerability is to be exploited within thirty days, in FIRST's CSV, packed or not.

use std::io::{BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};
use flate2::bufread::MultiGzDecoder;
use jiff::civil::Date;
use model::bounds;

use crate::{Reason, Skipped, input::Broken, text::Bounded};

/// So many bytes of the first line are looked at.
const LONGEST_LINE: usize = 1024;
/// Signs of a date: `2026-11-29`.
const DAY: usize = 10;

/// How likely one vulnerability is to be exploited.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// The CVE.
    pub cve: String,
    /// The probability, from 0 to 1.
    pub score: f64,
    /// Which share of all vulnerabilities is less likely to be or as likely, from 0 to 1.
    pub percentile: f64,
}

/// The day of a table's scores, as its first line says it.
#[must_use]
pub fn day(start: &[u8]) -> Option<Date> {
    let start = start.get(..start.len().min(LONGEST_LINE))?;
    let text = String::from_utf8_lossy(start);
    let line = text.lines().next()?.strip_prefix('#')?;
    let day = line
        .split(',')
        .find_map(|part| part.strip_prefix("score_date:"))?;
    day.get(..DAY)?.parse().ok()
}

/// Hands each row to `take`. `skip` is told of each that is left out.
///
/// # Errors
/// [`Broken`] where it has no such columns, or can't be read to its end, or `take` says so.
pub fn read(
    input: impl Read,
    place: &str,
    take: impl FnMut(Likely) -> Result<(), Broken>,
    skip: impl FnMut(Skipped),
) -> Result<(), Broken> {
    let mut input = BufReader::new(input);
    let start = input.fill_buf().map_err(|error| Broken::io(place, error))?;
    match start.starts_with(&[0x1f, 0x8b]) {
        true => rows(MultiGzDecoder::new(input), place, take, skip),
        false => rows(input, place, take, skip),
    }
}

fn rows(
    input: impl Read,
    place: &str,
    mut take: impl FnMut(Likely) -> Result<(), Broken>,
    mut skip: impl FnMut(Skipped),
) -> Result<(), Broken> {
    let unreadable = |error: csv::Error| Broken::io(place, error.into());
    // The first line says of which day the scores are.
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(Bounded::new(input));
    let columns = Columns::of(reader.headers().map_err(unreadable)?)
        .ok_or_else(|| Broken::NoColumns(place.to_owned()))?;
    let mut record = StringRecord::new();
    let mut number = 0;
    loop {
        number += 1;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => record.clear(),
            Err(error) => return Err(unreadable(error)),
        }
        match columns.row(&record) {
            Some(row) => take(row)?,
            None => {
                let of = format!("{place}, row {number}");
                skip(Skipped::new(Reason::MalformedField, &of, ""));
            }
        }
    }
}

/// Where the columns stand.
struct Columns {
    cve: usize,
    score: usize,
    percentile: usize,
}

impl Columns {
    fn of(headers: &StringRecord) -> Option<Self> {
        let at = |name| headers.iter().position(|header| header.trim() == name);
        Some(Self {
            cve: at("cve")?,
            score: at("epss")?,
            percentile: at("percentile")?,
        })
    }

    fn row(&self, record: &StringRecord) -> Option<Likely> {
        let share = |column| {
            let share: f64 = record.get(column)?.trim().parse().ok()?;
            (0.0..=1.0).contains(&share).then_some(share)
        };
        let cve = record.get(self.cve)?.trim();
        let is_id = !cve.is_empty() && cve.len() <= bounds::ADVISORY_ID;
        Some(Likely {
            cve: is_id.then(|| cve.to_owned())?,
            score: share(self.score)?,
            percentile: share(self.percentile)?,
        })
    }
}
