//! One store's events, followed for as long as the agent watches, however often podman ends.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    news::News,
    recent::{Heard, Recent},
};
use crate::{
    clock::Moment,
    podman::{Podman, PodmanError, event},
    process::Line,
    retry::Pauses,
};

/// The first pause after podman's events ended.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause, where podman can't tell of events at all.
const LONGEST: Duration = Duration::from_secs(60);
/// How long podman's events must have been followed before it failed for the pauses to begin again.
const WELL: Duration = Duration::from_secs(30);
/// The same where it just ended, as it does when it replaces the log that it writes them to.
const A_WHILE: Duration = Duration::from_secs(2);
/// How often it is looked whether podman still reads the log that events are written to.
const LOOK: Duration = Duration::from_secs(1);

/// Follows a store's events, without end.
pub(super) async fn follow(store: usize, podman: &Podman, news: &News) {
    let mut follower = Follower {
        store,
        podman,
        news,
        recent: Recent::new(Timestamp::now()),
        is_gap: false,
    };
    let mut pauses = Pauses::new(FIRST, LONGEST);
    loop {
        let began = Moment::now();
        let end = follower.once().await;
        follower.is_gap = true;
        let lasted = began.elapsed();
        if lasted >= if end.is_ok() { A_WHILE } else { WELL } {
            pauses.reset();
        }
        match end {
            // What was written since is told by the next one.
            Ok(()) => tracing::debug!("podman ended its events; they are followed again"),
            Err(error) => follower.lost(&error, lasted >= WELL),
        }
        tokio::time::sleep(pauses.next()).await;
    }
}

struct Follower<'a> {
    store: usize,
    podman: &'a Podman,
    news: &'a News,
    recent: Recent,
    /// Whether something may have happened that wasn't heard of.
    is_gap: bool,
}

impl Follower<'_> {
    /// Follows until podman ends, or deserves to.
    async fn once(&mut self) -> Result<(), PodmanError> {
        let since = self.recent.since(Timestamp::now());
        let mut following = self.podman.events(since)?;
        let mut look = tokio::time::interval(LOOK);
        // The first tick comes at once.
        look.tick().await;
        loop {
            tokio::select! {
                line = following.next() => match line {
                    Ok(Some(line)) => self.line(&line),
                    Ok(None) | Err(_) => return Ok(following.end().await?),
                },
                _ = look.tick() => {
                    if std::mem::take(&mut self.is_gap) {
                        self.news.missed();
                    }
                    if following.reads_what_is_gone() {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let Line::Whole(line) = line else {
            tracing::warn!("podman printed an event that is too long to read");
            return self.news.missed();
        };
        match event::read(line) {
            Ok(None) => {}
            Ok(Some(event)) => {
                let now = Timestamp::now();
                match self.recent.hear(event.at.unwrap_or(now), line, now) {
                    Heard::New => {
                        let name = self.podman.reported_name(&event.name);
                        self.news.note(self.store, name, event);
                    }
                    Heard::Again => {}
                    Heard::Old => self.news.missed(),
                }
            }
            Err(error) => {
                tracing::warn!("podman printed an event that can't be read: {error}");
                self.news.missed();
            }
        }
    }

    fn lost(&self, why: &PodmanError, was_well: bool) {
        let store = self.podman.name();
        let till_then = match was_well {
            true => "trying again",
            false => "until they can be, only the full report tells what starts and stops",
        };
        tracing::warn!("the events of {store} can't be followed: {why}; {till_then}");
    }
}
