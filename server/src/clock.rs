//! What time it is: the system's clock, or one that a test turns.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use proto_types::Timestamp;

/// A source of the time, to the millisecond, which is as fine as the store keeps it.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still at these milliseconds since 1970 until it is turned.
    #[must_use]
    pub fn turned_by(milliseconds: Arc<AtomicI64>) -> Self {
        Self(Some(milliseconds))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let milliseconds = match &self.0 {
            None => Timestamp::now().as_millisecond(),
            Some(turned) => turned.load(Ordering::Relaxed),
        };
        Timestamp::from_millisecond(milliseconds).unwrap_or_default()
    }
}
