//! Telling what was heard of, as soon as the server can be told.

use std::time::Duration;

use super::{cycles::Cycles, news::News};
use crate::{exit::Failure, host::Host, report, retry::Pauses, seen::Seen};

/// How long what belongs together may take to be heard of: a container that starts and ends, or one
/// that replaces another.
const GATHER: Duration = Duration::from_millis(40);
/// How long to wait after everything was told: a storm is told once a second.
const AFTER_ALL: Duration = Duration::from_secs(1);
/// The first pause after something could not be told.
const FIRST: Duration = Duration::from_millis(500);
/// The longest one.
const LONGEST: Duration = Duration::from_secs(10);

/// Tells what is heard of, until the server doesn't accept this host any more.
///
/// # Errors
/// [`Failure`]: that.
pub(super) async fn tell(mut host: Host, news: &News, cycles: &Cycles) -> Result<(), Failure> {
    let mut before = Seen::default();
    let mut pauses = Pauses::new(FIRST, LONGEST);
    loop {
        tokio::select! {
            () = news.wait() => {}
            () = cycles.ended() => {
                host = renewed(host).await?;
                continue;
            }
        }
        tokio::time::sleep(GATHER).await;
        let mut story = news.take();
        let everything = story.is_everything();
        match report::happened(&host, &before, &mut story).await {
            Ok(told) => {
                before = told.seen;
                if !told.leases.is_empty() {
                    cycles.wanted();
                }
                pauses.reset();
                if everything {
                    tokio::time::sleep(AFTER_ALL).await;
                }
            }
            Err(failure) if failure.is_final() => return Err(failure),
            Err(failure) => {
                let pause = pauses.next();
                tracing::warn!(
                    "{failure}; telling it again in {:.1} s",
                    pause.as_secs_f32()
                );
                // Who could not be told what happened is told everything.
                story.tell_everything();
                news.give_back(story);
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// The same host with the token and the scanner that it has by now.
async fn renewed(host: Host) -> Result<Host, Failure> {
    match Host::open(host.settings.clone()).await {
        Ok(host) => Ok(host),
        Err(failure) if failure.is_final() => Err(failure),
        Err(failure) => {
            tracing::warn!("{failure}");
            Ok(host)
        }
    }
}
