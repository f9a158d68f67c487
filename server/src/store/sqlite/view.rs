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
    /// The commit, where there are later ones.
    pub pinned: Option<i64>,
    /// When the first page was asked for.
    pub asked: Timestamp,
    /// The commit, whether or not there are later ones.
    pub seq: i64,
}

/// Runs that a view is of, as far as one index leads to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Those that go on.
    Live,
    /// Those that went on at the commit, and ended since.
    Ended,
}

impl View {
    /// The view of a question about a window, or of the page of it that a cursor leads to.
    ///
    /// # Errors
    /// [`from_ahead`].
    pub fn new(cx: &Context<'_>, window: Window, cursor: Option<&Cursor>) -> Result<Self> {
        let view = Self::of((cx.seq, cx.now), window, cursor)?;
        Ok(Self {
            pinned: (view.seq < cx.stored).then_some(view.seq),
            ..view
        })
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
        Ok(Self {
            window,
            pinned: (seq < last).then_some(seq),
            asked,
            seq,
        })
    }

    /// Whether it is what runs now, and not what ran a few commits ago.
    pub fn is_of_now(self) -> bool {
        self.window == Window::Live && self.pinned.is_none()
    }

    /// The moment that the answer stands for.
    pub fn as_of(self) -> Timestamp {
        match self.window {
            Window::Live => self.asked,
            Window::At(at) => at,
            Window::During(_, to) => to.min(self.asked),
        }
    }

    /// Its runs, each in one part: what ran a few commits ago is what runs and what ended since.
    pub fn parts(self) -> &'static [Part] {
        match (self.window, self.pinned) {
            (Window::Live, Some(_)) => &[Part::Live, Part::Ended],
            _ => &[Part::All],
        }
    }

    /// Whether something was known that is known since a commit.
    pub fn knows(self, since: Option<i64>) -> bool {
        since.is_some_and(|since| self.pinned.is_none_or(|pinned| since <= pinned))
    }

    /// When a run ended, as far as it was known: it did with the commit `ended`.
    pub fn until(self, until: Option<Timestamp>, ended: Option<i64>) -> Option<Timestamp> {
        until.filter(|_| self.knows(ended))
    }

    /// Where the next page of the answer begins.
    pub const fn cursor(self, after: Position, coverage: Option<Coverage>) -> Cursor {
        Cursor {
            as_of: self.asked,
            seq: self.seq,
            after,
            coverage,
            counted: None,
        }
    }
}
