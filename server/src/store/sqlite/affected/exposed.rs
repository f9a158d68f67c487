//! Exposure: the index says since when and until when hosts ran what is affected, for the commit that the first page
//! stands for.

use std::ops::ControlFlow;

use index::{BehindHost, Exposing, ExposureCounts, ExposureRowAt, Looked, WalkedHosts, When};
use model::bounds;
use proto_types::{Coverage, ExposureResponse};

use crate::store::{
    Result, StoreError,
    query::{
        Cursor, Document, ExposedCounts, Lines, Position, Rest, affected::AffectedQuery,
        exposure::ExposureQuery, foreign,
    },
    sqlite::find::{Asked, Asking, BYTES, ROWS},
};

use super::{first, rows::gone};

/// A question under way.
struct Exposed<'f, 'q> {
    asking: Asking<'f>,
    query: &'q ExposureQuery,
    exposing: Exposing,
    when: When,
}

/// Rows that are written.
struct Written {
    text: Vec<u8>,
    count: usize,
    walked: WalkedHosts,
}

/// One page of the rows, with everything that is said of the whole.
pub fn exposure(asked: &Asked<'_>, query: &ExposureQuery) -> Result<Document> {
    let cursor = query.affected.find.cursor.as_ref();
    let always = query.always();
    let mut asking = Asking::stream(asked, &always.find, Looked::default())?;
    asking.find()?;
    let coverage = match cursor.and_then(|cursor| cursor.coverage) {
        Some(first) => model::proof::judged(first),
        None => asking.coverage(query.covers(asking.view.asked))?,
    };
    let mut exposed = Exposed::new(asking, query);
    let counted = match cursor.and_then(|cursor| cursor.exposed.clone()) {
        Some(first) => first,
        None => exposed.counted(&always)?,
    };
    let (results, next) = exposed.page()?;
    let next = next.map(|after| Cursor {
        exposed: Some(counted.clone()),
        ..exposed.asking.view.cursor(after, Some(coverage))
    });
    let response = answer(query, counted, (next.as_ref(), &exposed.asking, coverage));
    Document::new(&response, Some(&results))
}

fn answer(
    query: &ExposureQuery,
    counted: ExposedCounts,
    (next, asking, coverage): (Option<&Cursor>, &Asking<'_>, Coverage),
) -> ExposureResponse {
    ExposureResponse {
        summary: counted.summary,
        within: counted.within,
        results: None,
        unknown: counted.judged.summary.unknown,
        excused: counted.judged.excused,
        unspoken: counted.judged.unspoken,
        unspoken_total: counted.judged.unspoken_total,
        left_out: query.affected.left_out.clone(),
        advisories: query.affected.advisories.len() as u64,
        total: counted.rows,
        truncated: next.is_some(),
        next_cursor: next.map(Cursor::encode),
        as_of: asking.view.asked,
        coverage,
    }
}

/// One piece of the rows, and nothing else.
pub fn exposure_lines(
    asked: &Asked<'_>,
    mut query: ExposureQuery,
    rest: Option<Rest>,
) -> Result<Lines> {
    let find = &mut query.affected.find;
    let (cursor, looked) = match rest {
        Some(Rest { cursor, looked }) => (Some(cursor), looked),
        None => (find.cursor.take(), Looked::default()),
    };
    find.cursor = cursor;
    let always = query.always();
    let mut asking = Asking::stream(asked, &always.find, looked)?;
    asking.find()?;
    let mut exposed = Exposed::new(asking, &query);
    let mut from = exposed.start()?;
    let (text, next) = loop {
        let written = exposed.piece(&from, (usize::MAX, b'\n'))?;
        match written.walked {
            WalkedHosts::All => break (written.text, None),
            WalkedHosts::Paused(behind) if written.text.is_empty() => from = behind,
            WalkedHosts::More(behind) | WalkedHosts::Paused(behind) => {
                break (written.text, Some(behind));
            }
        }
    };
    let next = next.map(|behind| exposed.found(behind));
    Ok(Lines {
        text,
        rest: next.map(|next| exposed.asking.rest(next)),
    })
}

impl<'f, 'q> Exposed<'f, 'q> {
    fn new(asking: Asking<'f>, query: &'q ExposureQuery) -> Self {
        let when = When {
            during: query.during,
            clock: asking.clock(),
        };
        let exposing = Exposing::default();
        Self {
            asking,
            query,
            exposing,
            when,
        }
    }

    /// What the first page counts.
    fn counted(&mut self, always: &AffectedQuery) -> Result<ExposedCounts> {
        let judged = first::counts(&mut self.asking, always)?;
        let Self {
            exposing, query, ..
        } = self;
        let (when, days, mut counts) = (self.when, &*query.within, ExposureCounts::default());
        let advisories = &*query.affected.advisories;
        self.asking.pieces(|search, pause| {
            counts.go_on(search, (advisories, exposing), (days, when, pause))
        })?;
        Ok(ExposedCounts {
            rows: counts.rows,
            summary: counts.summary(),
            within: counts.within(days),
            judged,
        })
    }

    /// The rows of a page, with commas between them, and where the next one begins.
    fn page(&mut self) -> Result<(Vec<u8>, Option<Position>)> {
        let mut from = self.start()?;
        let (mut text, mut left) = (Vec::new(), self.query.affected.find.limit);
        let next = loop {
            // A document that is full looks on for whether there is more.
            let limit = match text.len() < bounds::DOCUMENT {
                true => left,
                false => 0,
            };
            let written = self.piece(&from, (limit, b','))?;
            text.extend_from_slice(&written.text);
            left -= written.count.min(left);
            match written.walked {
                WalkedHosts::All => break None,
                WalkedHosts::More(behind) if limit == written.count => break Some(behind),
                WalkedHosts::More(behind) | WalkedHosts::Paused(behind) => from = behind,
            }
        };
        // The comma behind the last row.
        text.pop();
        Ok((text, next.map(|behind| self.found(behind))))
    }

    /// Writes at most so many rows, each with `behind` at its end.
    fn piece(&mut self, from: &BehindHost, (limit, behind): (usize, u8)) -> Result<Written> {
        let (mut text, mut count, mut written) = (Vec::new(), 0, Ok(()));
        let write = |row: &ExposureRowAt<'_, '_>| {
            count += 1;
            written = serde_json::to_writer(&mut text, &row.to_answer());
            text.push(behind);
            match written.is_ok() && text.len() < BYTES {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        };
        let asked = (&*self.query.affected.advisories, &mut self.exposing);
        let when = self.when;
        let walked = self.asking.piece(|search, pause| {
            search.exposure_rows(asked, from, (limit.min(ROWS), when, pause), write)
        })?;
        written.map_err(|error| StoreError::Engine(error.into()))?;
        Ok(Written {
            text,
            count,
            walked,
        })
    }

    /// Where a page begins.
    fn start(&self) -> Result<BehindHost> {
        let Some(cursor) = &self.query.affected.find.cursor else {
            return Ok(BehindHost::default());
        };
        let Position::Exposed { advisory, host } = &cursor.after else {
            return Err(foreign());
        };
        let advisories = &self.query.affected.advisories;
        Ok(BehindHost {
            advisory: advisories.place_of(advisory).ok_or_else(gone)?,
            host: host.clone(),
        })
    }

    /// Where the next page begins, as cursors carry it.
    fn found(&self, behind: BehindHost) -> Position {
        let advisory = self.query.affected.advisories.get(behind.advisory);
        Position::Exposed {
            advisory: advisory.map_or_else(String::new, |one| one.id.clone()),
            host: behind.host,
        }
    }
}
