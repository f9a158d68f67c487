//! How often a token may ask: so many requests in a minute, all at once or one after the other.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::store::secret::SecretHash;

/// What the rates are counted in.
const MINUTE: Duration = Duration::from_secs(60);
/// Tokens that are remembered before it is looked whether they have to be.
const FEW: usize = 1_024;

/// How often each token has asked of late.
#[derive(Default)]
pub struct Rates(Mutex<Late>);

#[derive(Default)]
struct Late {
    /// Of a token that has asked: when all of it will be forgotten.
    forgotten: HashMap<SecretHash, Instant>,
    /// So many are remembered until it is looked again.
    most: usize,
}

impl Rates {
    /// Counts a request.
    ///
    /// # Errors
    /// There were too many: after how long there is room for one.
    pub fn ask(&self, token: SecretHash, per_minute: u32, now: Instant) -> Result<(), Duration> {
        if per_minute == 0 {
            return Ok(());
        }
        let mut late = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        late.tidy(now);
        let forgotten = late.forgotten.entry(token).or_insert(now);
        let then = (*forgotten).max(now) + MINUTE / per_minute;
        let ahead = then.duration_since(now);
        if ahead > MINUTE {
            return Err(ahead.saturating_sub(MINUTE));
        }
        *forgotten = then;
        Ok(())
    }
}

impl Late {
    /// Lets go of the tokens that have all their requests again.
    fn tidy(&mut self, now: Instant) {
        if self.forgotten.len() < self.most.max(FEW) {
            return;
        }
        self.forgotten.retain(|_, then| *then > now);
        self.most = 2 * self.forgotten.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_requests_come_all_at_once_or_one_after_the_other_and_no_more() {
        let (rates, begun) = (Rates::default(), Instant::now());
        let (token, other) = (SecretHash::of("a"), SecretHash::of("b"));
        let at = |milliseconds| begun + Duration::from_millis(milliseconds);
        for _ in 0..60 {
            assert_eq!(rates.ask(token, 60, begun), Ok(()));
        }
        assert_eq!(rates.ask(token, 60, at(0)), Err(Duration::from_secs(1)));
        assert_eq!(
            rates.ask(token, 60, at(400)),
            Err(Duration::from_millis(600))
        );
        // What was refused counts nothing.
        assert_eq!(rates.ask(token, 60, at(1_000)), Ok(()));
        assert!(rates.ask(token, 60, at(1_000)).is_err());
        assert_eq!(rates.ask(other, 60, at(1_000)), Ok(()));
        for second in 0..600 {
            let now = at(1_000 * (2 + second));
            assert_eq!(rates.ask(token, 60, now), Ok(()), "{second}");
        }
        for _ in 0..1_000 {
            assert_eq!(rates.ask(token, 0, begun), Ok(()));
        }
    }

    #[test]
    fn a_token_that_asks_no_more_is_not_remembered() {
        let (rates, begun) = (Rates::default(), Instant::now());
        for number in 0..10 * FEW {
            let now = begun + Duration::from_millis(100 * number as u64);
            let token = SecretHash::of(&number.to_string());
            assert_eq!(rates.ask(token, 600, now), Ok(()));
        }
        let late = rates.0.lock().map(|late| late.forgotten.len());
        assert!(late.is_ok_and(|count| count <= FEW));
    }
}
