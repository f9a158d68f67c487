//! Which of the imported advisories affect what runs now: a join of the index with the feeds. What it found of artifacts is
//! kept in memory and brought up to date by each question, and so is the last answer.

mod ahead;
mod judging;
mod kept;
mod listed;
mod page;

use std::sync::{Arc, Mutex, PoisonError};

use model::bounds;
use proto_types::{AffectingResponse, Coverage, FindRequest, ListAffecting};
use tokio::sync::Semaphore;

use crate::store::{
    Result, StoreError,
    query::{Cursor, FindQuery, affected::no_catalog, limit},
};

use super::{
    asker::turn,
    feeds::FeedsFile,
    find::{Asked, Asking},
};
use ahead::Ahead;
use kept::{Answer, Kept};
use listed::Listed;

/// So often it is looked for what came meanwhile.
const ROUNDS: usize = 8;

/// What is kept of the join. One question works on it at a time.
pub struct Affecting {
    kept: Arc<Mutex<Kept>>,
    turn: Arc<Semaphore>,
    /// What is judged before anybody asks.
    pub ahead: Ahead,
}

impl Default for Affecting {
    fn default() -> Self {
        Self {
            kept: Arc::default(),
            turn: Arc::new(Semaphore::new(1)),
            ahead: Ahead::default(),
        }
    }
}

impl Affecting {
    /// Waits for the turn of a question; what answers it.
    ///
    /// # Errors
    /// As [`turn`].
    pub fn asked(
        &self,
    ) -> impl Future<
        Output = Result<
            impl FnOnce(&Asked<'_>, &FeedsFile, &ListAffecting) -> Result<AffectingResponse> + use<>,
        >,
    > + use<> {
        let (kept, turns) = (Arc::clone(&self.kept), Arc::clone(&self.turn));
        async move {
            let turn = turn(&turns, bounds::TURN).await?;
            Ok(
                move |asked: &Asked<'_>, feeds: &FeedsFile, request: &ListAffecting| {
                    let _turn = turn;
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    list(asked, feeds, &mut kept, request)
                },
            )
        }
    }

    /// Whether anything was judged and counted.
    #[cfg(test)]
    pub fn is_judged(&self) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answer.is_some()
    }
}

fn list(
    asked: &Asked<'_>,
    feeds: &FeedsFile,
    kept: &mut Kept,
    request: &ListAffecting,
) -> Result<AffectingResponse> {
    let query = FindQuery {
        cursor: request.cursor.as_deref().map(Cursor::decode).transpose()?,
        ..FindQuery::new(FindRequest::default())?
    };
    let (asking, coverage) = answer(asked, feeds, kept, &query)?;
    let Some(answer) = &kept.answer else {
        return Err(StoreError::Unavailable("nothing was counted".to_owned()));
    };
    if request.kev.unwrap_or_default() && !feeds.has_kev()? {
        return Err(no_catalog());
    }
    let listed = Listed::of(&answer.rows, request);
    let page = page::page(feeds, &listed.rows, (&query, limit(request.limit)))?;
    let next = page
        .next
        .map(|after| asking.view.cursor(after, Some(coverage)));
    Ok(AffectingResponse {
        advisories: page.advisories,
        total: page.total,
        unknown_total: listed.unknown,
        excused_total: listed.excused,
        bugfixes_left_aside: listed.bugfixes,
        truncated: next.is_some(),
        next_cursor: next.as_ref().map(Cursor::encode),
        as_of: asking.view.as_of(),
        coverage,
    })
}

/// Has the answer for the question's commit in what is kept.
fn answer<'f>(
    asked: &Asked<'f>,
    feeds: &FeedsFile,
    kept: &mut Kept,
    query: &FindQuery,
) -> Result<(Asking<'f>, Coverage)> {
    kept.begin(feeds.version()?);
    for _ in 0..ROUNDS {
        let (mut asking, coverage) = Asking::begin(asked, query)?;
        if kept.is_of(asking.view.seq) {
            return Ok((asking, coverage));
        }
        let mut looking = index::LookingForNew::default();
        let join = &mut kept.join;
        asking.pieces(|search, pause| search.look_for_new(join, &mut looking, pause))?;
        if join.has_new() {
            // Others that take long have their turn meanwhile.
            drop(asking);
            judging::judge(asked, feeds, kept)?;
            continue;
        }
        let mut from = 0;
        let mut is_of_index =
            asking.pieces(|search, pause| search.note_lists(join, &mut from, pause))?;
        let (join, mut joined) = (&kept.join, index::Joined::default());
        is_of_index = is_of_index
            && asking.pieces(|search, pause| search.count_joined(join, &mut joined, pause))?;
        if is_of_index {
            kept.answer = Some(Answer::new(
                asking.view.seq,
                joined.reaches(join),
                [&kept.exploited, &kept.bugfixes],
            ));
            return Ok((asking, coverage));
        }
    }
    Err(StoreError::Unavailable(
        "more came than could be judged".to_owned(),
    ))
}
