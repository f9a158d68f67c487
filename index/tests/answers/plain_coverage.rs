//! Coverage of the plain fleet: each host and each image looked at.

use std::collections::BTreeSet;

use index::Clock;
use model::{
    presence::{self, Lapse, Span},
    proof,
    unseen::UnseenKind,
};
use proto_types::{Coverage, HostState, ScanStatus};

use crate::plain::Plain;

impl Plain {
    /// How much is known of all hosts, or of those of a name.
    pub fn coverage(&self, name: Option<&str>, time: Option<Span>, clock: Clock) -> Coverage {
        self.coverage_where(|host| name.is_none_or(|name| host == name), time, clock)
    }

    /// How much is known of the hosts whose names fit.
    pub fn coverage_where(
        &self,
        fits: impl Fn(&str) -> bool,
        time: Option<Span>,
        clock: Clock,
    ) -> Coverage {
        let now = Span::at(clock.now);
        let passed =
            time.map(|time| Span::new(time.from.min(clock.now), time.until.min(now.until)));
        let mut coverage = Coverage {
            kept_since: self
                .kept_since
                .filter(|kept| passed.is_some_and(|passed| passed.from < *kept)),
            in_future: time.is_some_and(|time| time.until > now.until),
            ..Coverage::default()
        };
        let of_name = |host: &&u32| fits(&self.hosts[*host]);
        for host in self.hosts.keys().filter(of_name) {
            self.add_host(&mut coverage, *host, passed, clock);
        }
        let ran = self.runs.values().filter(|(run, until)| {
            of_name(&&run.host)
                && match time {
                    None => until.is_none(),
                    Some(time) => run.since < time.until && until.is_none_or(|u| u > time.from),
                }
        });
        let images: BTreeSet<u32> = ran.map(|(run, _)| run.image).collect();
        for image in images {
            let image = &self.images[&image];
            let status = image.sbom.as_ref().and_then(|sbom| sbom.status);
            coverage.running_images += 1;
            coverage.images_without_sbom += u64::from(status.is_none());
            coverage.images_withdrawn += u64::from(image.is_withdrawn);
            coverage.images_partial += u64::from(status == Some(ScanStatus::Partial));
        }
        proof::judged(coverage)
    }

    fn add_host(&self, coverage: &mut Coverage, host: u32, time: Option<Span>, clock: Clock) {
        let Some(stands) = self.stands.get(&host) else {
            return;
        };
        let times = &stands.times;
        let Clock { now, silent_after } = clock;
        let (state, enrolled) = match time {
            None => (
                (times.removed_at.is_none()).then(|| presence::now(times, silent_after, now)),
                times.removed_at.is_none() && times.enrolled_at.is_some(),
            ),
            Some(time) => {
                let of_host = self.lapses.iter().filter(|(one, _)| *one == host);
                let lapses: Vec<Lapse> = of_host
                    .map(|(_, lapse)| *lapse)
                    .filter(|lapse| self.is_kept(lapse.span))
                    .collect();
                (
                    presence::then(times, &lapses, time, silent_after, now),
                    presence::was_enrolled(times, time),
                )
            }
        };
        coverage.hosts += u64::from(enrolled);
        match state {
            Some(HostState::Pending) => coverage.pending_hosts += 1,
            Some(HostState::Silent) => coverage.silent_hosts += 1,
            Some(HostState::Cloned) => coverage.cloned_hosts += 1,
            Some(HostState::Incomplete) => coverage.incomplete_hosts += 1,
            Some(HostState::Reporting) | None => {}
        }
        let [without_image, runtimes] = UnseenKind::ALL.map(|kind| self.unseen(host, kind, time));
        coverage.containers_without_image += without_image;
        coverage.runtimes_not_looked_at += runtimes;
    }

    fn unseen(&self, host: u32, kind: UnseenKind, time: Option<Span>) -> u64 {
        let told = self.stands[&host].unseen[kind as usize];
        let goes_on = told.filter(|told| time.is_none_or(|time| told.since < time.until));
        let over = self.unseen.iter().filter_map(|(one, of, count, span)| {
            let is_it = (*one, *of) == (host, kind) && self.is_kept(*span);
            time.filter(|time| is_it && span.touches(*time))
                .map(|_| *count)
        });
        over.chain(goes_on.map(|told| told.count))
            .max()
            .unwrap_or(0)
    }

    fn is_kept(&self, span: Span) -> bool {
        self.kept_since.is_none_or(|kept| kept <= span.until)
    }
}
