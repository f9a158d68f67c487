//! The entrance: who asks, by connections that no question has, and without them where it is known.
//!
//! Each request shows its token, so what the rows said of one is kept. Whatever may end a token
//! ([`Entrance::forgets`]) has all of it looked up again before that change is acknowledged.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use proto_types::Timestamp;

use crate::store::{Principal, Result, secret::SecretHash};

use super::readers::Readers;

/// Connections that say who asks, and whether the store answers.
const CONNECTIONS: usize = 2;
/// Tokens that are known at most, at some 200 bytes each. With more of them, all are looked up again.
const MOST: usize = 65_536;

/// Whose a token is, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Whose.
    pub principal: Principal,
    /// From when on it is nobody's.
    pub expires_at: Option<Timestamp>,
}

/// The entrance.
pub struct Entrance {
    /// What rows are looked up by.
    pub readers: Readers,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    bearers: HashMap<SecretHash, Bearer>,
    /// How often all was forgotten.
    times: u64,
}

impl Entrance {
    /// Opens it.
    ///
    /// # Errors
    /// [`crate::store::StoreError`] where the file can't be opened.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self {
            readers: Readers::open(path, CONNECTIONS)?,
            known: Arc::default(),
        })
    }

    /// Whose a token is at `now`, by what is known or else by `look_up`. What nobody holds isn't
    /// kept: anyone may think of more.
    ///
    /// # Errors
    /// Those of `look_up`.
    pub async fn bearer(
        &self,
        token: SecretHash,
        now: Timestamp,
        look_up: impl Future<Output = Result<Option<Bearer>>>,
    ) -> Result<Option<Principal>> {
        let before = {
            let mut known = lock(&self.known);
            if let Some(principal) = known.principal(token, now) {
                return Ok(Some(principal));
            }
            known.times
        };
        let found = look_up.await?;
        if let Some(bearer) = &found {
            lock(&self.known).keep(token, bearer, before);
        }
        Ok(found.map(|bearer| bearer.principal))
    }

    /// What forgets everybody once it is dropped. A change that may end a token carries it until it
    /// is committed, and drops it before it is acknowledged, whether or not anybody waits for that.
    pub fn forgets(&self) -> Forgets {
        Forgets(Arc::clone(&self.known))
    }
}

impl Known {
    fn principal(&mut self, token: SecretHash, now: Timestamp) -> Option<Principal> {
        let bearer = self.bearers.get(&token)?;
        if bearer.expires_at.is_none_or(|end| end > now) {
            return Some(bearer.principal.clone());
        }
        self.bearers.remove(&token);
        None
    }

    /// Keeps what was looked up, unless all was forgotten meanwhile: the rows may be of before.
    fn keep(&mut self, token: SecretHash, bearer: &Bearer, before: u64) {
        if self.times != before {
            return;
        }
        if self.bearers.len() >= MOST {
            self.bearers.clear();
        }
        self.bearers.insert(token, bearer.clone());
    }
}

/// Forgets everybody once it is dropped.
pub struct Forgets(Arc<Mutex<Known>>);

impl Drop for Forgets {
    fn drop(&mut self) {
        let mut known = lock(&self.0);
        known.times += 1;
        known.bearers.clear();
    }
}

fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn entrance() -> (tempfile::TempDir, Entrance) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.db");
        super::super::connection::open_writer(&path).unwrap();
        let entrance = Entrance::open(&path).unwrap();
        (dir, entrance)
    }

    fn reader(expires_at: Option<Timestamp>) -> Bearer {
        let token = "ops".to_owned();
        Bearer {
            principal: Principal::Reader { token },
            expires_at,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[tokio::test]
    async fn who_is_known_is_not_looked_up_again_until_the_token_expires() {
        let (_dir, entrance) = entrance();
        let token = SecretHash::of("a");
        let found = Ok(Some(reader(Some(at(10)))));
        assert!(
            entrance
                .bearer(token, at(1), async { found })
                .await
                .unwrap()
                .is_some()
        );
        let asked = |now| entrance.bearer(token, now, async { Ok(None) });
        assert!(asked(at(9)).await.unwrap().is_some());
        assert!(asked(at(10)).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn who_was_forgotten_while_the_rows_were_read_is_looked_up_again() {
        let (_dir, entrance) = entrance();
        let token = SecretHash::of("a");
        let read_before = async {
            drop(entrance.forgets());
            Ok(Some(reader(None)))
        };
        assert!(
            entrance
                .bearer(token, at(1), read_before)
                .await
                .unwrap()
                .is_some()
        );
        let found = entrance
            .bearer(token, at(1), async { Ok(None) })
            .await
            .unwrap();
        assert_eq!(found, None);
    }

    #[tokio::test]
    async fn no_more_tokens_are_known_than_there_is_room_for() {
        let (_dir, entrance) = entrance();
        for number in 0..=MOST {
            let token = SecretHash::of(&number.to_string());
            entrance
                .bearer(token, at(1), async { Ok(Some(reader(None))) })
                .await
                .unwrap();
        }
        assert_eq!(lock(&entrance.known).bearers.len(), 1);
    }
}
