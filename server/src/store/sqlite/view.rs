//! Views: what a question is about, as it was known at the commit that its answer stands for.
//!
//! The first page of an answer stands for the last commit. A later one stands for the same one:
//! of what was committed since, nothing counts.

use proto_types::{Coverage, Timestamp};

use crate::store::{
    Result,
    query::{Cursor, Position, Window, from_ahead},
};

use super::context::Context;

/// A window of time, as it was known at a commit.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The window.
    pub window: Window,
    /// When the first page was asked for.
    pub asked: Timestamp,
    /// The commit.
    pub seq: i64,
}

impl View {
    /// The view of a question about a window, or of the page of it that a cursor leads to.
    ///
    /// # Errors
    /// [`from_ahead`].
    pub fn new(cx: &Context<'_>, window: Window, cursor: Option<&Cursor>) -> Result<Self> {
        Self::of((cx.seq, cx.now), window, cursor)
    }

    /// The same by the number of the last commit and the moment that counts as now.
    ///
    /// # Errors
    /// [`from_ahead`].
    pub fn of(
        (last, now): (i64, Timestamp),
        window: Window,
        cursor: Option<&Cursor>,
    ) -> Result<Self> {
        let (seq, asked) = cursor.map_or((last, now), |cursor| (cursor.seq, cursor.as_of));
        if seq > last {
            return Err(from_ahead());
        }
        Ok(Self { window, asked, seq })
    }

    /// The moment that the answer stands for.
    pub fn as_of(self) -> Timestamp {
        match self.window {
            Window::Live => self.asked,
            Window::At(at) => at,
            Window::During(_, to) => to.min(self.asked),
        }
    }

    /// Where the next page of the answer begins.
    pub const fn cursor(self, after: Position, coverage: Option<Coverage>) -> Cursor {
        Cursor {
            as_of: self.asked,
            seq: self.seq,
            after,
            coverage,
            counted: None,
            judged: None,
            exposed: None,
            total: None,
        }
    }
}
