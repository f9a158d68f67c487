//! How long a question may take: past that it is refused, and a long one waits for its turn behind
//! others that are long.

use std::{
    cell::Cell,
    sync::{
        MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::store::{Result, StoreError, sqlite::fleet::Fleet};

/// A question that takes longer is a long one: of those, one is worked on at a time.
const SHORT: Duration = Duration::from_millis(50);
/// The longest piece of work for which the index is held where nobody waits for it.
const PIECE: Duration = Duration::from_millis(20);
/// How long a long question waits until it looks again whether it is its turn.
const WAIT: Duration = Duration::from_millis(2);
/// The clock is looked at so seldom: once for so many little pieces of work.
const SELDOM: u32 = 32;

/// The time that a question has.
pub struct Patience<'f> {
    fleet: &'f Fleet,
    began: Instant,
    /// How long it may take.
    most: Duration,
    gone: &'f AtomicBool,
    /// Held while a long question is worked on.
    turn: Option<MutexGuard<'f, ()>>,
}

impl<'f> Patience<'f> {
    /// That of a question that is asked now and may take so long, until its asker is gone.
    pub fn new(fleet: &'f Fleet, gone: &'f AtomicBool, most: Duration) -> Self {
        Self {
            fleet,
            began: Instant::now(),
            most,
            gone,
            turn: None,
        }
    }

    /// Checks that there is time left for another piece of work, and waits for the turn of a long
    /// question.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] where the time is over, [`StoreError::Unavailable`] where nobody
    /// waits for the answer.
    pub fn check(&mut self) -> Result<()> {
        loop {
            let passed = self.began.elapsed();
            if self.gone.load(Ordering::Relaxed) {
                return Err(StoreError::Unavailable("the asker is gone".to_owned()));
            }
            if passed > self.most {
                return Err(too_long(self.most));
            }
            if passed < SHORT || self.turn.is_some() {
                return Ok(());
            }
            self.turn = self.fleet.turn();
            if self.turn.is_none() {
                thread::sleep(WAIT);
            }
        }
    }

    /// Says of one piece of work when it is to pause: once someone waits for the index, or it has
    /// taken long.
    pub fn pause(&self) -> impl Fn() -> bool + 'f {
        let (fleet, began, asked) = (self.fleet, Instant::now(), Cell::new(0_u32));
        move || {
            asked.set(asked.get().wrapping_add(1));
            fleet.is_waited_for() || (asked.get() % SELDOM == 0 && began.elapsed() > PIECE)
        }
    }
}

fn too_long(most: Duration) -> StoreError {
    StoreError::TooLarge {
        message: format!(
            "the question was not answered within {} seconds",
            most.as_secs()
        ),
        hint: "ask for less: name an artifact, an image or a host, or split a long list",
    }
}
