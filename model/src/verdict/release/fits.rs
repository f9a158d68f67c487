//! How an ecosystem and an image's distribution fit together.

use crate::verdict::because::Why;

/// How they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verdict) enum Fit {
    /// It is about that release.
    Yes,
    /// It is about packages for that release that not everybody gets: Ubuntu Pro, an extended
    /// update. Whoever has them has their fixes.
    Extended,
    /// It is about another one.
    No,
    /// It can't be known.
    Unknown(Why<'static>),
}

pub(super) fn yes_if(is: bool) -> Fit {
    match is {
        true => Fit::Yes,
        false => Fit::No,
    }
}
