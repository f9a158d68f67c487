//! How much of what a token asks is worked on at once; the rest waits, for a while.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::store::secret::SecretHash;

/// Tokens that are remembered before it is looked whether they have to be.
const FEW: usize = 1_024;

/// One of a token's seats, until it is let go of.
#[derive(Debug)]
pub struct Seat(#[expect(dead_code, reason = "it is held")] OwnedSemaphorePermit);

impl From<OwnedSemaphorePermit> for Seat {
    fn from(permit: OwnedSemaphorePermit) -> Self {
        Self(permit)
    }
}

/// So many seats for each token.
pub struct Seats {
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    by: HashMap<SecretHash, Weak<Semaphore>>,
    /// So many are remembered until it is looked again.
    most: usize,
}

impl Seats {
    /// So many for each token.
    #[must_use]
    pub fn new(each: usize) -> Self {
        Self {
            each,
            taken: Mutex::default(),
        }
    }

    /// A seat, where there is one.
    pub fn take(&self, token: SecretHash) -> Option<Seat> {
        let seats = self.of(token);
        seats.try_acquire_owned().ok().map(Seat)
    }

    /// A seat, once there is one: no more than so many wait for it, and no longer than this.
    pub async fn wait(
        &self,
        token: SecretHash,
        waiting: usize,
        patience: Duration,
    ) -> Option<Seat> {
        let seats = self.of(token);
        // Each that has a seat or waits for one holds on to them.
        if Arc::strong_count(&seats) > self.each + waiting {
            return None;
        }
        let seat = timeout(patience, seats.acquire_owned()).await;
        seat.ok()?.ok().map(Seat)
    }

    fn of(&self, token: SecretHash) -> Arc<Semaphore> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = taken.by.get(&token).and_then(Weak::upgrade) {
            return seats;
        }
        if taken.by.len() >= taken.most.max(FEW) {
            taken.by.retain(|_, seats| seats.strong_count() > 0);
            taken.most = 2 * taken.by.len();
        }
        let seats = Arc::new(Semaphore::new(self.each));
        taken.by.insert(token, Arc::downgrade(&seats));
        seats
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(1);

    #[tokio::test]
    async fn one_token_has_so_many_seats_and_others_have_their_own() {
        let seats = Arc::new(Seats::new(2));
        let (one, other) = (SecretHash::of("one"), SecretHash::of("other"));
        let first = seats.wait(one, 1, LONG).await.unwrap();
        let _second = seats.take(one).unwrap();
        assert!(seats.take(one).is_none());
        assert!(seats.wait(one, 1, SHORT).await.is_none());
        assert!(seats.take(other).is_some());
        let again = Arc::clone(&seats);
        let waits = tokio::spawn(async move { again.wait(one, 1, LONG).await });
        while Arc::strong_count(&seats.of(one)) < 4 {
            tokio::task::yield_now().await;
        }
        // One may wait, and does: another isn't let wait at all.
        assert!(seats.wait(one, 1, LONG).await.is_none());
        drop(first);
        assert!(waits.await.unwrap().is_some());
    }

    #[test]
    fn a_token_without_seats_is_not_remembered() {
        let seats = Seats::new(1);
        for number in 0..10 * FEW {
            let token = SecretHash::of(&number.to_string());
            assert!(seats.take(token).is_some());
        }
        assert!(seats.taken.lock().unwrap().by.len() <= FEW);
    }
}
