//! Room for what streams keep in memory for as long as they are open, however slowly they are read.

use std::sync::Arc;

use model::bounds;
use tokio::sync::Semaphore;

use super::Seat;

/// What the bytes are counted in.
const BLOCK: usize = 64 << 10;
/// How many there are.
const ALL: usize = bounds::ADVISORIES_OPEN / BLOCK;

/// The room that all streams share.
pub struct Kept(Arc<Semaphore>);

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ALL)))
    }
}

impl Kept {
    /// Room for so many bytes, where there is any. What is more than there is room for takes all of
    /// it.
    pub fn take(&self, bytes: usize) -> Option<Seat> {
        let blocks = u32::try_from(bytes.div_ceil(BLOCK).min(ALL)).ok()?;
        let taken = Arc::clone(&self.0).try_acquire_many_owned(blocks);
        taken.ok().map(Seat::from)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_streams_keep_has_a_bound_together() {
        let kept = Kept::default();
        let half = kept.take(bounds::ADVISORIES_OPEN / 2).unwrap();
        let little = kept.take(1).unwrap();
        assert!(kept.take(bounds::ADVISORIES_OPEN / 2).is_none());
        drop(little);
        let other = kept.take(bounds::ADVISORIES_OPEN / 2).unwrap();
        assert!(kept.take(1).is_none());
        drop((half, other));
        let _all = kept.take(bounds::AFFECTED_BODY).unwrap();
        assert!(kept.take(1).is_none());
    }
}
