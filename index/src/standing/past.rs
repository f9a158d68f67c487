//! What is over of what hosts told: silences, incomplete listings, two machines with one token, and
//! what wasn't seen.

use jiff::Timestamp;
use model::{
    presence::{Lapse, LapseKind, Span},
    unseen::UnseenKind,
};

/// Something of a host that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    host: u32,
    what: What,
    /// In milliseconds since 1970.
    from: i64,
    until: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Lapse(LapseKind),
    Unseen(UnseenKind, u32),
}

/// All of it, in the order in which it ended.
#[derive(Debug, Default)]
pub struct Past {
    ended: Vec<Ended>,
    kept_since: Option<Timestamp>,
}

impl Ended {
    /// A time over which it wasn't known what ran on a host.
    pub fn of_lapse(host: u32, lapse: Lapse) -> Self {
        Self::of(host, What::Lapse(lapse.kind), lapse.span)
    }

    /// A time over which a host told of so much that nobody looks at.
    pub fn of_unseen(host: u32, kind: UnseenKind, count: u64, span: Span) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self::of(host, What::Unseen(kind, count), span)
    }

    fn of(host: u32, what: What, span: Span) -> Self {
        Self {
            host,
            what,
            from: span.from.as_millisecond(),
            until: span.until.as_millisecond(),
        }
    }

    /// When it ended, in milliseconds since 1970.
    pub(crate) const fn until(&self) -> i64 {
        self.until
    }

    /// The host.
    pub(super) const fn host(&self) -> u32 {
        self.host
    }

    /// When.
    pub(super) fn span(&self) -> Span {
        // They were times when they came.
        let time = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
        Span::new(time(self.from), time(self.until))
    }

    /// It, where it was a time over which it wasn't known what ran.
    pub(super) fn lapse(&self) -> Option<Lapse> {
        match self.what {
            What::Lapse(kind) => Some(Lapse {
                kind,
                span: self.span(),
            }),
            What::Unseen(..) => None,
        }
    }

    /// How much of a kind was not seen.
    pub(super) fn unseen(&self, kind: UnseenKind) -> Option<u64> {
        match self.what {
            What::Unseen(this, count) if this == kind => Some(count.into()),
            _ => None,
        }
    }
}

impl Past {
    /// What takes memory, in bytes.
    pub const fn size(&self) -> usize {
        self.ended.capacity() * size_of::<Ended>()
    }

    /// Adds what is over; most of it ended last of all.
    pub fn add(&mut self, ended: &Ended) {
        let until = ended.until;
        if self.is_kept(until) {
            let place = self.ended.partition_point(|one| one.until <= until);
            self.ended.insert(place, *ended);
        }
    }

    /// Lets what of a host ended after a moment end then, where it had begun.
    pub fn cut(&mut self, host: u32, moment: Timestamp) {
        let until = moment.as_millisecond();
        let first = self.ended.partition_point(|one| one.until <= until);
        let later = self.ended.split_off(first);
        let (of_host, others): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|one| one.host == host);
        let begun = of_host.into_iter().filter(|one| one.from < until);
        self.ended.extend(begun.map(|one| Ended { until, ..one }));
        self.ended.extend(others);
    }

    /// Forgets what ended before a moment.
    pub fn keep_since(&mut self, moment: Timestamp) {
        self.kept_since = self.kept_since.max(Some(moment));
        let old = self.ended.partition_point(|one| !self.is_kept(one.until));
        self.ended.drain(..old);
    }

    fn is_kept(&self, until: i64) -> bool {
        self.kept_since
            .is_none_or(|kept| kept.as_millisecond() <= until)
    }

    /// Since when it is kept, where some of it was dropped.
    pub const fn kept_since(&self) -> Option<Timestamp> {
        self.kept_since
    }

    /// What touches a time, by host, of all hosts or of some, rising.
    pub fn touching(&self, time: Span, hosts: Option<&[u32]>) -> Vec<Ended> {
        let [from, until] = [time.from, time.until].map(Timestamp::as_millisecond);
        let old = self.ended.partition_point(|one| one.until <= from);
        let later = self.ended.get(old..).unwrap_or_default();
        let is_of = |host| hosts.is_none_or(|hosts| hosts.binary_search(&host).is_ok());
        let touches = |one: &&Ended| one.from < until && is_of(one.host);
        let mut touching: Vec<Ended> = later.iter().filter(touches).copied().collect();
        touching.sort_by_key(|one| one.host);
        touching
    }
}
