//! Room for large bodies: so many bytes of them are in memory as they come, and few are worked on at
//! once. Small ones need none.

use std::{sync::Arc, time::Duration};

use model::bounds;
use proto_types::ErrorCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{error::ApiError, limits::Seat};

/// A body of more bytes than this is large, packed or unpacked.
pub(super) const SMALL: usize = 1 << 20;
/// What the bytes are counted in.
const BLOCK: usize = 64 << 10;
/// How much there is.
const ALL: usize = bounds::LARGE_BODIES / BLOCK;
/// How long a large body waits for room.
const PATIENCE: Duration = Duration::from_secs(30);
/// After how long to come again where there was none.
const AGAIN: Duration = Duration::from_secs(10);

/// The room that all routes share.
pub struct Room {
    bytes: Arc<Semaphore>,
    work: Arc<Semaphore>,
    /// How long a large body waits.
    patience: Duration,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            bytes: Arc::new(Semaphore::new(ALL)),
            work: Arc::new(Semaphore::new(1)),
            patience: PATIENCE,
        }
    }
}

impl Room {
    /// Waits until a large body may be worked on.
    ///
    /// # Errors
    /// `unavailable`: others were for too long.
    pub(super) async fn work(&self) -> Result<Seat, ApiError> {
        let permit = timeout(self.patience, Arc::clone(&self.work).acquire_owned()).await;
        let permit = permit.map_err(|_| busy())?.map_err(|_| busy())?;
        Ok(Seat::from(permit))
    }
}

/// Room that a body has, until it is let go of.
#[derive(Default)]
pub(super) struct Taken(Option<OwnedSemaphorePermit>);

impl Taken {
    /// Takes room for a body that has so many bytes by now, or says that it will. One that has more
    /// than there is room for takes all of it.
    ///
    /// # Errors
    /// `unavailable`: there was none for too long.
    pub(super) async fn grow(&mut self, room: &Room, bytes: usize) -> Result<(), ApiError> {
        let have = self.0.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let need = match bytes > SMALL {
            true => bytes.div_ceil(BLOCK).min(ALL),
            false => 0,
        };
        let Ok(more) = u32::try_from(need.saturating_sub(have)) else {
            return Err(busy());
        };
        if more == 0 {
            return Ok(());
        }
        let more = Arc::clone(&room.bytes).acquire_many_owned(more);
        let more = timeout(room.patience, more).await.map_err(|_| busy())?;
        let more = more.map_err(|_| busy())?;
        match &mut self.0 {
            Some(taken) => taken.merge(more),
            None => self.0 = Some(more),
        }
        Ok(())
    }
}

fn busy() -> ApiError {
    let message = "the server is busy with other large bodies";
    ApiError::new(ErrorCode::Unavailable, message).retry_after(AGAIN)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::pin::pin;

    use axum::{
        body::{Body, Bytes},
        extract::Request,
        http::header::CONTENT_LENGTH,
    };
    use futures_util::stream;

    use super::*;
    use crate::extract::{Bound, packed::Packed};

    fn blocks(room: &Room) -> usize {
        room.bytes.available_permits()
    }

    #[tokio::test]
    async fn small_bodies_need_no_room_and_large_ones_give_theirs_back() {
        let room = Room::default();
        let all = blocks(&room);
        let (mut small, mut large) = (Taken::default(), Taken::default());
        for bytes in [0, 1, SMALL] {
            small.grow(&room, bytes).await.unwrap();
            assert_eq!(blocks(&room), all);
        }
        for bytes in [SMALL, SMALL + 1, 2 * SMALL, 2 * SMALL + 1, 8 << 20] {
            large.grow(&room, bytes).await.unwrap();
        }
        assert_eq!(blocks(&room), all - (8 << 20) / BLOCK);
        // More than there is room for comes alone.
        for bytes in [bounds::LARGE_BODIES, bounds::SBOM_BODY] {
            large.grow(&room, bytes).await.unwrap();
            assert_eq!(blocks(&room), 0);
        }
        drop(large);
        assert_eq!(blocks(&room), all);
    }

    #[tokio::test]
    async fn a_body_that_says_how_long_it_is_takes_its_room_before_it_comes() {
        let room = Arc::new(Room::default());
        let all = blocks(&room);
        let bound = Bound {
            bytes: 8 << 20,
            room: Arc::clone(&room),
        };
        let never = Body::from_stream(stream::pending::<Result<Bytes, axum::Error>>());
        let request = Request::builder().header(CONTENT_LENGTH, 4 << 20);
        let mut comes = pin!(Packed::collect(request.body(never).unwrap(), &bound));
        let soon = Duration::from_millis(1);
        assert!(timeout(soon, comes.as_mut()).await.is_err());
        assert_eq!(blocks(&room), all - (4 << 20) / BLOCK);
    }

    #[tokio::test]
    async fn a_large_body_waits_for_room_but_not_for_ever() {
        let room = Room {
            patience: Duration::from_millis(1),
            ..Room::default()
        };
        let (mut first, mut second) = (Taken::default(), Taken::default());
        first.grow(&room, bounds::LARGE_BODIES).await.unwrap();
        let refused = second.grow(&room, 2 * SMALL).await.unwrap_err();
        assert_eq!(refused.0.code, ErrorCode::Unavailable);
        drop(first);
        second.grow(&room, 2 * SMALL).await.unwrap();
        let working = room.work().await.unwrap();
        assert!(room.work().await.is_err());
        drop(working);
        room.work().await.unwrap();
    }
}
