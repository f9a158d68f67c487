//! Where a list of changes begins: at a time, or where the page before ended.

use proto_types::{ListChanges, Timestamp};

use crate::store::{
    Result,
    query::{Cursor, Position, foreign, from_ahead},
    sqlite::{
        commits,
        context::Context,
        sql::{ms, to_time},
    },
};

use super::order::Key;

/// Where a list begins, and what it holds.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// It begins behind this.
    pub after: Key,
    /// What comes has no earlier time than this, unless the clock was set back.
    pub at: Timestamp,
    /// What has an earlier time than this, in milliseconds, is left out…
    pub since: i64,
    /// …up to this commit. What is committed later is listed whatever the clock says by then.
    pub up_to: i64,
}

impl Start {
    /// Where a request's list begins.
    pub fn new(cx: &Context<'_>, request: &ListChanges) -> Result<Self> {
        match request.cursor.as_deref().map(Cursor::decode).transpose()? {
            None => Self::at(cx, request.since.unwrap_or(cx.now)),
            Some(cursor) => Self::behind(cx, &cursor),
        }
    }

    fn at(cx: &Context<'_>, since: Timestamp) -> Result<Self> {
        let first = commits::from(cx, since)?;
        Ok(Self {
            after: Key::behind(first.map_or(cx.seq, |first| first - 1)),
            at: since,
            since: ms(since),
            up_to: if since > cx.now { i64::MAX } else { cx.seq },
        })
    }

    fn behind(cx: &Context<'_>, cursor: &Cursor) -> Result<Self> {
        let Position::Change {
            seq,
            phase,
            place,
            at,
            since,
            up_to,
        } = cursor.after
        else {
            return Err(foreign());
        };
        if cursor.seq > cx.seq {
            return Err(from_ahead());
        }
        Ok(Self {
            after: Key { seq, phase, place },
            at: to_time(at).map_err(|_| foreign())?,
            since,
            up_to,
        })
    }

    /// Whether a change of this time is listed.
    pub fn lists(&self, key: Key, at: Timestamp) -> bool {
        key > self.after && (ms(at) >= self.since || key.seq > self.up_to)
    }

    /// Where the next page begins, once this one has ended at a change of this time.
    pub fn next(self, cx: &Context<'_>, (after, at): (Key, Timestamp)) -> Cursor {
        Cursor {
            as_of: cx.now,
            seq: cx.seq,
            after: Position::Change {
                seq: after.seq,
                phase: after.phase,
                place: after.place,
                at: ms(at),
                since: self.since,
                up_to: self.up_to,
            },
            coverage: None,
            counted: None,
            judged: None,
            exposed: None,
            total: None,
        }
    }
}
