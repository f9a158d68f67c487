//! Runs as they are kept: those that go on in 40 bytes, those that ended in 56.

use model::presence::Span;

use super::known::Naming;
use crate::change::Seq;

/// A run that goes on. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Live {
    /// Its number in the store.
    pub run: u64,
    /// The host.
    pub host: u32,
    /// The image.
    pub image: u32,
    /// The container's name, by the number of its text.
    pub container: u32,
    /// The name that the image was started by, by the number of its text.
    pub image_name: u32,
    /// When it began.
    pub since: i64,
    /// The commit that told so.
    pub began: Seq,
}

impl Live {
    /// The name that the image was started by, and when that was told.
    pub const fn naming(&self) -> Naming {
        (self.began, self.run, self.image_name)
    }
}

/// A run that ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// What was known of it while it went on.
    pub run: Live,
    /// When it ended.
    pub until: i64,
    /// The commit that told so.
    pub ended: Seq,
}

/// A run as of a commit.
#[derive(Debug, Clone, Copy)]
pub struct RunAt<'r> {
    /// The run.
    pub run: &'r Live,
    /// When it ended, where that was known.
    pub until: Option<i64>,
}

/// How a run ended: when, in milliseconds since 1970, and the commit that told so.
pub type End = (i64, Seq);

/// Whether a run went on at some moment of a time.
pub fn ran_in(run: &Live, until: Option<i64>, time: Span) -> bool {
    run.since < time.until.as_millisecond()
        && until.is_none_or(|until| until > time.from.as_millisecond())
}
