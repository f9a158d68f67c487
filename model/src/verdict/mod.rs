//! Verdicts: what an advisory means for an artifact in an image.
//!
//! [`judge`] is the whole rule, step by step:
//!
//! 1. The advisory must speak of the artifact: of its type, by its own name or by that of the source
//!    package that it was built from (`spoken.rs`), and in the release of a distribution that its image
//!    is of (`release.rs`). Where a language's package belongs to a package of the distribution, only the
//!    distribution speaks of it. An advisory that doesn't speak of it gives no verdict.
//! 2. Of rpms, the module must be the one that is meant (`module.rs`).
//! 3. The version is vulnerable where it is listed or lies in one of the ranges (`within.rs`), by the
//!    order of its ecosystem and with the source's version where the source is named (`bound.rs`).
//! 4. Where several entries of one record speak, one verdict comes of them (`settle.rs`).
//!
//! What can't be known is said to be unknown and never guessed, and each verdict has a reason in words.

mod absent;
mod because;
mod bound;
mod entry;
mod headers;
mod judgement;
mod module;
mod origin;
mod release;
mod settle;
mod spoken;
mod stated;
mod steps;
mod subject;
mod suffix;
mod tag;
mod within;
mod worst;

pub use absent::{FeedKind, absent};
pub use because::{Because, Why};
pub use judgement::Judgement;
pub use origin::{can_speak, origin, unspoken};
pub use stated::{explain_stated, is_excused, stated};
pub use steps::Step;
pub use subject::{Distro, Subject};
pub use worst::worst;

use crate::{advisory::Advisory, fields::ArtifactFields};
use steps::Steps;

/// Judges an artifact by an advisory; `None` where that doesn't speak of it.
#[must_use]
pub fn judge<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
) -> Option<Judgement<'a>> {
    settle::settle(advisory, subject, &mut Steps::none())
}

/// Judges like [`judge`], and tells each step of the decision.
#[must_use]
pub fn explain<'a, A: ArtifactFields>(
    advisory: &'a Advisory,
    subject: &Subject<'a, A>,
) -> (Option<Judgement<'a>>, Vec<Step>) {
    let mut steps = Steps::kept();
    let judgement = settle::settle(advisory, subject, &mut steps);
    (judgement, steps.taken())
}

#[cfg(test)]
mod tests;
