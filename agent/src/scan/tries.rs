//! Having syft look at a tree: for everything, and where a bound ends that, again without what may
//! have cost so much, so that what is known is kept.

use std::time::Duration;

use proto_types::ImageDigest;

use super::{error::ScanError, folder::ScanFolder, means::Means, scratch::Scratch};
use crate::{
    clock::Moment,
    podman::Mount,
    process::{Excess, trace},
    syft::{Doubt, Effort, Found, SyftError, Task},
    tree::{Databases, Tree},
};

/// With less than this left no other try is begun.
const SHORTEST: Duration = Duration::from_secs(1);

/// What to look at, and with what means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) means: Means<'a>,
    pub(super) image: &'a ImageDigest,
    pub(super) tree: &'a Tree,
    /// How it is mounted.
    pub(super) mount: &'a Mount,
    pub(super) databases: &'a Databases,
    pub(super) folder: &'a ScanFolder,
}

/// A try that a bound ended.
struct Ended {
    error: SyftError,
    excess: Excess,
    /// Whether that was a bound which only this lease had.
    by_the_lease: bool,
}

/// Has syft look at the tree until it ends well, nothing is left to leave out, or `ends` comes.
///
/// # Errors
/// [`ScanError`]: nothing was found, and why it wasn't at the first try.
pub(super) async fn tries(subject: Subject<'_>, ends: Moment) -> Result<Found, ScanError> {
    let first = match try_to(subject, Effort::All, ends).await? {
        Ok(found) => return Ok(found),
        Err(ended) => ended,
    };
    let mut next = Effort::All.after(first.excess);
    while let Some(effort) = next.filter(|_| ends.remaining() >= SHORTEST) {
        let (image, how) = (subject.image, effort.in_words());
        tracing::warn!(%image, "{}; looking again {how}", first.error);
        match try_to(subject, effort, ends).await {
            Ok(Ok(found)) => return Ok(first.doubting(found, effort)),
            Ok(Err(ended)) => next = effort.after(ended.excess),
            // What kept it from being tried again says nothing of why that was needed.
            Err(_) => break,
        }
    }
    Err(first.into())
}

/// Has syft look once, with an empty folder for its temporary files.
async fn try_to(
    subject: Subject<'_>,
    effort: Effort,
    ends: Moment,
) -> Result<Result<Found, Ended>, ScanError> {
    let means = subject.means;
    let (limit, share) = (means.settings.scan_time, share(effort, ends.remaining()));
    let scratch = Scratch::make(means.podman, subject.folder).await?;
    let task = Task {
        podman: Some((means.podman, subject.mount)),
        tree: subject.tree,
        place: subject.mount.named(),
        folder: scratch.path(),
        databases: subject.databases,
        effort,
        waits: true,
        time: limit.min(share),
        memory: means.settings.scan_memory,
        space: means.settings.scan_space,
    };
    let result = means.syft.scan(&task).await;
    if result.is_err() {
        // Whoever is left would write on into what is wiped.
        trace::end_those_in(scratch.path());
    }
    scratch.remove(means.podman).await;
    match result {
        Ok(found) => Ok(Ok(found)),
        Err(error) => match error.excess() {
            None => Err(ScanError::Syft(error)),
            Some(excess) => Ok(Err(Ended {
                by_the_lease: share < limit && is_of_time(excess),
                error,
                excess,
            })),
        },
    }
}

/// How much of what is left of the lease a try may take, so that there is some for the next one.
fn share(effort: Effort, left: Duration) -> Duration {
    match effort {
        Effort::All => left * 2 / 3,
        _ => left / 2,
    }
}

impl Ended {
    /// What another try found, which isn't everything.
    fn doubting(&self, found: Found, effort: Effort) -> Found {
        let how = effort.in_words();
        let again = match self.by_the_lease {
            true => format!("the lease left syft too little time; it looked again {how}"),
            false => format!(
                "syft {}{} and was stopped; it looked again {how}",
                self.excess,
                setting(self.excess)
            ),
        };
        let of_this = match self.by_the_lease || matches!(self.excess, Excess::Starved(_)) {
            true => Doubt::of_the_host(again),
            false => Doubt::of_the_image(again),
        };
        let doubt = Some(of_this.and(found.doubt));
        Found { doubt, ..found }
    }
}

impl From<Ended> for ScanError {
    fn from(ended: Ended) -> Self {
        match ended.by_the_lease {
            true => Self::LeaseEnded,
            false => Self::Syft(ended.error),
        }
    }
}

/// Whether it took too long.
const fn is_of_time(excess: Excess) -> bool {
    matches!(excess, Excess::Time(_) | Excess::Starved(_))
}

/// The setting that a bound is of.
const fn setting(excess: Excess) -> &'static str {
    match excess {
        Excess::Time(_) | Excess::Starved(_) => " (`scan_time`)",
        Excess::Memory(_) => " (`scan_memory`)",
        Excess::Space(_) => " (`scan_space`)",
        Excess::Output(_) => "",
    }
}
