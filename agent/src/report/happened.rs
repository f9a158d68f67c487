//! Telling the server what happened to containers since it was last told.

use proto_types::{ErrorCode, Lease};

use super::{
    plan::{Due, Images, Knowledge, plan},
    story::Story,
    tell::{LOCK, TRIES, Told, full_report, is_stale, leap, send, update_report},
};
use crate::{
    clock::Moment,
    exit::Failure,
    host::Host,
    seen::{Seen, Which},
    state::{Lock, Seq},
};
use model::accept;

/// How many images are looked up by name for one telling.
const LOOKUPS: usize = 8;

/// Tells the server what happened, in order, and what runs now of the containers that it happened
/// to. `before` is what was seen the last time. What is told is taken out of `story`, so that the
/// rest can be told later.
///
/// # Errors
/// [`Failure`]: the server was not told everything.
pub(crate) async fn happened(
    host: &Host,
    before: &Seen,
    story: &mut Story,
) -> Result<Told, Failure> {
    let lock = Lock::reporting(&host.folder, LOCK).await?;
    let counter = Seq::new(&host.folder, &lock);
    let mut tries = 0;
    loop {
        tries += 1;
        // All at once: nobody else looks while the lock is held, so that none of these numbers is
        // higher than that of a newer look.
        let first = counter.take_many(story.most_reports())?;
        let mut telling = Telling {
            host,
            seq: first,
            leases: Vec::new(),
            sent: Moment::now(),
        };
        match telling.tell(before, story).await {
            Ok(seen) => {
                let (leases, sent) = (telling.leases, telling.sent);
                return Ok(Told { seen, leases, sent });
            }
            Err(Failure::Server(error)) if tries < TRIES && is_stale(&error) => {
                leap(&counter, &error, telling.seq)?;
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// One go at telling a story.
struct Telling<'a> {
    host: &'a Host,
    /// The number of the next report.
    seq: u64,
    leases: Vec<Lease>,
    sent: Moment,
}

impl Telling<'_> {
    async fn tell(&mut self, before: &Seen, story: &mut Story) -> Result<Seen, Failure> {
        let mut seen = self.host.look(Which::All).await;
        let mut known = Knowledge {
            seen: &seen,
            before,
            images: Images::new(),
        };
        known.images = images(self.host, &known, story).await;
        let plan = plan(story, &known);
        let mut everything = plan.everything;
        for due in plan.due {
            everything |= !self.update(due, story).await?;
        }
        if everything {
            let report = full_report(self.host, &mut seen, self.seq)?;
            let answer = send(self.host, &report).await?;
            seen.left_out(answer.response.left_out.as_ref());
            seen.cloned(&self.host.enrollment.host, answer.response.cloned_since);
            // These are all that the host holds.
            self.leases = answer.response.leases;
            self.sent = answer.sent;
        }
        *story = Story::default();
        Ok(seen)
    }

    /// Sends one update; false where it can't be taken, so that only a full report tells.
    async fn update(&mut self, due: Due, story: &mut Story) -> Result<bool, Failure> {
        let report = update_report(self.host, due.container, due.running, self.seq);
        let Ok(report) = accept::container_report(report) else {
            story.told(&due.key, due.is_step);
            return Ok(false);
        };
        tracing::debug!(
            seq = self.seq,
            container = ?report.container.name,
            running = report.running,
            "reporting a container"
        );
        let taken = match send(self.host, &report).await {
            Ok(answer) => {
                self.leases.extend(answer.response.leases);
                true
            }
            Err(error) if error.code() == Some(ErrorCode::InvalidRequest) => {
                tracing::warn!("{}", crate::retry::reason(&error));
                false
            }
            Err(error) => return Err(error.into()),
        };
        self.seq += 1;
        story.told(&due.key, due.is_step);
        Ok(taken)
    }
}

/// What the names of images mean, where a container came and went between two looks.
async fn images(host: &Host, known: &Knowledge<'_>, story: &Story) -> Images {
    let mut images = Images::new();
    let mut asked = std::collections::BTreeSet::new();
    for (store, name) in known.unknown(story) {
        if asked.len() >= LOOKUPS || name.is_empty() || !asked.insert((store, name)) {
            continue;
        }
        let Some(podman) = host.stores.get(store) else {
            continue;
        };
        match podman.image(name).await {
            Ok(Some(image)) => {
                images.insert((store, name.to_owned()), image);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!("a container came and went, and its image can't be told: {error}");
            }
        }
    }
    images
}
