//! When it wasn't known what ran on hosts, over all that is kept.

use jiff::Timestamp;
use model::{
    exposure::{self, Unknown},
    presence::{HostTimes, Lapse, Span},
    unseen::UnseenKind,
};

use super::{
    past::Ended,
    stands::{Clock, Stands},
};

/// What is over of what all hosts told, by host.
#[derive(Default)]
pub struct Over(Vec<Ended>);

impl Over {
    /// All of it, by host.
    pub const fn of(by_host: Vec<Ended>) -> Self {
        Self(by_host)
    }

    /// A host's times, and when it wasn't known what ran on it.
    pub fn not_known(
        &self,
        (host, stands): (u32, &Stands),
        kept_since: Option<Timestamp>,
        clock: Clock,
    ) -> (HostTimes, Vec<Unknown>) {
        let of_host = self.of_host(host);
        let lapses: Vec<Lapse> = of_host.iter().filter_map(Ended::lapse).collect();
        let is_unseen = |one: &&Ended| {
            let counts = UnseenKind::ALL.map(|kind| one.unseen(kind));
            counts.into_iter().flatten().any(|count| count > 0)
        };
        let unseen = of_host.iter().filter(is_unseen);
        let unseen: Vec<Span> = unseen.map(Ended::span).collect();
        let told = exposure::Told {
            times: stands.times,
            unseen: stands.unseen,
            lapses: &lapses,
            unseen_then: &unseen,
            kept_since,
        };
        let unknown = exposure::of_host(&told, clock.silent_after, clock.now);
        (stands.times, unknown)
    }

    fn of_host(&self, host: u32) -> &[Ended] {
        let from = self.0.partition_point(|one| one.host() < host);
        let until = self.0.partition_point(|one| one.host() <= host);
        self.0.get(from..until).unwrap_or_default()
    }
}
