//! `watch`: podman's events are followed, and each start and stop is told at once; a full cycle
//! runs every few minutes beside that.
//!
//! Three things go on at once, and none waits for another: each store's events are followed
//! (`follow.rs`) and kept as a story of bounded size (`news.rs`); the story is told (`tell.rs`);
//! and cycles run (`cycles.rs`), on a thread of their own, since a scan may keep one busy.

mod cycles;
mod follow;
mod news;
mod recent;
mod tell;

use std::rc::Rc;

use crate::{exit::Failure, host::Host, settings::Settings, state::Lock};

/// Watches until it is ended.
///
/// # Errors
/// [`Failure`]: another one watches, or the server doesn't accept this host.
pub(crate) async fn run(settings: Settings) -> Result<(), Failure> {
    let host = Host::open(settings.clone()).await?;
    let _lock = Lock::watching(&host.folder)?;
    let stores = host.stores.clone();
    let news = Rc::new(news::News::default());
    let cycles = cycles::Cycles::default();
    tracing::info!(stores = stores.len(), "following what starts and stops");
    let followed = stores.iter().enumerate();
    let followed = followed.map(|(number, podman)| follow::follow(number, podman, &news));
    tokio::select! {
        _ = futures_util::future::join_all(followed) => Ok(()),
        end = tell::tell(host, &news, &cycles) => end,
        end = cycles.run(&settings) => end,
    }
}
