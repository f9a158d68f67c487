//! What an exposure asks, checked and made ready: an `affected` about all time, which hosts count, and within how many days
//! they are to be clean.

use std::sync::Arc;

use model::{bounds, exposure::DEFAULT_DAYS, presence::Span};
use proto_types::{AffectedRequest, ExposureRequest, Timestamp};

use super::{FindQuery, Window, affected::AffectedQuery};
use crate::store::{Imported, Result, StoreError};

/// A checked exposure.
#[derive(Debug, Clone)]
pub struct ExposureQuery {
    /// What is asked about, at any time.
    pub affected: AffectedQuery,
    /// Only hosts count that were exposed at some moment of this.
    pub during: Option<Span>,
    /// Within so many days of publication hosts are to be clean.
    pub within: Arc<[u32]>,
    /// When the first of the advisories was published, where all say so.
    pub since: Option<Timestamp>,
}

impl ExposureQuery {
    /// Makes a request ready that was [`super::affected::check`]ed.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the value that can't be used, and why.
    pub fn new(request: &AffectedRequest, within: Vec<u32>, imported: Imported) -> Result<Self> {
        let affected = AffectedQuery::new(request, imported)?;
        let during = affected.find.window.span();
        let advisories = (0..).map_while(|place| affected.advisories.get(place));
        let published: Option<Vec<Timestamp>> = advisories.map(|one| one.published).collect();
        let since = published.and_then(|all| all.into_iter().min());
        Ok(Self {
            affected,
            during,
            within: check_within(within)?.into(),
            since,
        })
    }

    /// The time that an answer has to know of, which is asked for now: what is asked about, or all since publication.
    #[must_use]
    pub fn covers(&self, now: Timestamp) -> Span {
        let until = Span::at(now).until;
        let since = self.since.map_or(BEGINNING, |since| since.min(now));
        self.during.unwrap_or_else(|| Span::new(since, until))
    }

    /// The same question about all time.
    #[must_use]
    pub fn always(&self) -> AffectedQuery {
        AffectedQuery {
            find: FindQuery {
                window: Window::During(BEGINNING, Timestamp::MAX),
                ..self.affected.find.clone()
            },
            ..self.affected.clone()
        }
    }
}

/// Before anything ran.
const BEGINNING: Timestamp = Timestamp::UNIX_EPOCH;

/// Refuses days that can't be meant.
fn check_within(mut within: Vec<u32>) -> Result<Vec<u32>> {
    let (most, longest) = (bounds::WITHIN, bounds::WITHIN_DAYS);
    if within.len() > most {
        let named = within.len();
        return Err(StoreError::invalid(format!(
            "`within` lists {named} numbers of days: at most {most} are taken"
        )));
    }
    if let Some(days) = within.iter().find(|days| **days > longest) {
        return Err(StoreError::invalid(format!(
            "`within` lists {days} days: at most {longest} are taken"
        )));
    }
    if within.is_empty() {
        return Ok(DEFAULT_DAYS.to_vec());
    }
    within.sort_unstable();
    within.dedup();
    Ok(within)
}

/// The days of a request, and the rest of it as `affected` is asked.
#[must_use]
pub fn parts(mut request: ExposureRequest) -> (AffectedRequest, Vec<u32>) {
    let within = std::mem::take(&mut request.within);
    (request.into_affected(), within)
}
