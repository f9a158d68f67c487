//! Containers: runs in order.

use jiff::Timestamp;
use model::presence::Span;
use proto_types::ImageDigest;

use super::order::{OfHost, Place};
use crate::{
    change::Seq,
    fleet::Index,
    runs::{Live, Past, RunAt, ran_in},
};

/// Which runs are asked for: those that go on, or went on at a time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Containers<'q> {
    /// Only of hosts of this name.
    pub host: Option<&'q str>,
    /// Only containers of this name.
    pub name: Option<&'q str>,
    /// Only of images that this digest names, as their own or as an alias.
    pub image: Option<ImageDigest>,
    /// The time, in whole milliseconds; `None` for now.
    pub time: Option<Span>,
    /// The commit whose knowledge answers.
    pub pin: Seq,
}

/// A run in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'i> {
    /// Its number.
    pub run: u64,
    /// The host's name.
    pub host: &'i str,
    /// The container's name.
    pub container: &'i str,
    /// The name that the image was started by.
    pub image_name: &'i str,
    /// The image.
    pub image_digest: ImageDigest,
    /// When it began.
    pub since: Timestamp,
    /// When it ended, where that was known.
    pub until: Option<Timestamp>,
}

impl Listed<'_> {
    /// Where it stands in the order of all.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            host: self.host.to_owned(),
            container: self.container.to_owned(),
            since: self.since.as_millisecond(),
            run: self.run,
        }
    }
}

impl Index {
    /// How many runs there are.
    #[must_use]
    pub fn containers_total(&self, asked: &Containers<'_>) -> u64 {
        let Some(narrowed) = Narrowed::new(self, asked) else {
            return 0;
        };
        let mut total = 0;
        if narrowed.is_all_that_runs() {
            let images = 0..self.images.end() as u32;
            return images
                .map(|image| self.runs.live_of(image).len() as u64)
                .sum();
        }
        narrowed.each(|_| total += 1);
        total
    }

    /// At most so many of them behind a place, in order.
    #[must_use]
    pub fn containers(
        &self,
        asked: &Containers<'_>,
        after: Option<&Place>,
        limit: usize,
    ) -> Vec<Listed<'_>> {
        let Some(narrowed) = Narrowed::new(self, asked) else {
            return Vec::new();
        };
        match narrowed.is_narrow() {
            true => narrowed.sorted(after, limit),
            false => narrowed.walk(after, limit),
        }
    }
}

/// What is asked for by numbers.
struct Narrowed<'i> {
    index: &'i Index,
    time: Option<Span>,
    pin: Seq,
    hosts: Option<Vec<u32>>,
    name: Option<u32>,
    images: Option<Vec<u32>>,
}

impl<'i> Narrowed<'i> {
    /// `None` where nothing can fit.
    fn new(index: &'i Index, asked: &Containers<'_>) -> Option<Self> {
        let pin = asked.pin;
        Some(Self {
            index,
            time: asked.time,
            pin,
            hosts: asked.host.map(|host| index.hosts.named(host, pin)),
            name: match asked.name {
                None => None,
                Some(name) => Some(index.runs.texts().find(name)?),
            },
            images: asked.image.map(|digest| index.images.named_at(digest, pin)),
        })
    }

    const fn is_narrow(&self) -> bool {
        self.hosts.is_some() || self.images.is_some()
    }

    fn is_all_that_runs(&self) -> bool {
        let all = !self.is_narrow() && self.name.is_none();
        all && self.time.is_none() && self.pin >= self.index.seq
    }

    /// Hands over each run that fits, in no order.
    fn each(&self, mut take: impl FnMut(RunAt<'i>)) {
        if let Some(hosts) = &self.hosts {
            for host in hosts {
                self.of_host(*host, &mut take);
            }
            return;
        }
        let mut of_image = |image| {
            self.index.runs.each_known(image, self.pin, |at| {
                if self.fits(at) {
                    take(at);
                }
            });
        };
        match &self.images {
            Some(images) => images.iter().copied().for_each(&mut of_image),
            None => (0..self.index.images.end() as u32).for_each(&mut of_image),
        }
    }

    fn of_host(&self, host: u32, mut take: impl FnMut(RunAt<'i>)) {
        for (run, past) in self.index.runs.of_host(host) {
            if let Some(at) = self.known(run, past).filter(|at| self.fits(*at)) {
                take(at);
            }
        }
    }

    /// A run as of the pin.
    fn known(&self, run: &'i Live, past: Option<&'i Past>) -> Option<RunAt<'i>> {
        let ended = past.filter(|past| past.ended <= self.pin);
        (run.began <= self.pin).then_some(RunAt {
            run,
            until: ended.map(|past| past.until),
        })
    }

    fn fits(&self, RunAt { run, until }: RunAt<'i>) -> bool {
        let in_time = match self.time {
            None => until.is_none(),
            Some(time) => ran_in(run, until, time),
        };
        let of_image = |images: &Vec<u32>| images.contains(&run.image);
        in_time
            && self.name.is_none_or(|name| run.container == name)
            && self.images.as_ref().is_none_or(of_image)
    }

    /// All that fit are put in order.
    fn sorted(&self, after: Option<&Place>, limit: usize) -> Vec<Listed<'i>> {
        let mut rows = Vec::new();
        self.each(|at| {
            let rank = self.index.hosts.rank_at(at.run.host, self.pin);
            rows.push((rank, self.of_name(at), at));
        });
        if let Some(after) = after {
            let last = (&*after.host, after.of_host());
            rows.retain(|(_, place, at)| (self.host(at.run.host), *place) > last);
        }
        let key = |(rank, place, _): &(u32, OfHost<'i>, RunAt<'i>)| (*rank, *place);
        if rows.len() > limit && limit > 0 {
            rows.select_nth_unstable_by_key(limit - 1, key);
        }
        rows.truncate(limit);
        rows.sort_unstable_by_key(key);
        rows.into_iter().map(|(_, _, at)| self.listed(at)).collect()
    }

    /// The hosts are walked along in order until there are enough.
    fn walk(&self, after: Option<&Place>, limit: usize) -> Vec<Listed<'i>> {
        let first = after.map(|after| after.host.as_str());
        let mut rows = Vec::new();
        for hosts in self.index.hosts.in_order(first, self.pin) {
            let mut of_name = Vec::new();
            for host in &hosts {
                self.of_host(*host, |at| of_name.push((self.of_name(at), at)));
            }
            if let Some(last) = after
                && hosts.first().map(|host| self.host(*host)) == Some(&*last.host)
            {
                of_name.retain(|(place, _)| *place > last.of_host());
            }
            of_name.sort_unstable_by_key(|(place, _)| *place);
            let left = limit - rows.len();
            let of_name = of_name.into_iter().take(left);
            rows.extend(of_name.map(|(_, at)| self.listed(at)));
            if rows.len() == limit {
                break;
            }
        }
        rows
    }

    fn of_name(&self, at: RunAt<'i>) -> OfHost<'i> {
        let container = self.index.runs.texts().get(at.run.container);
        (container, at.run.since, at.run.run)
    }

    fn host(&self, host: u32) -> &'i str {
        self.index.hosts.name_at(host, self.pin)
    }

    fn listed(&self, at: RunAt<'i>) -> Listed<'i> {
        listed(self.index, self.pin, at)
    }
}

/// A run as it is listed as of a commit.
pub(super) fn listed<'i>(
    index: &'i Index,
    pin: Seq,
    RunAt { run, until }: RunAt<'_>,
) -> Listed<'i> {
    let texts = index.runs.texts();
    let time = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
    let image = index.images.get(run.image);
    Listed {
        run: run.run,
        host: index.hosts.name_at(run.host, pin),
        container: texts.get(run.container),
        image_name: texts.get(run.image_name),
        // A run is of an image that is there.
        image_digest: image.map_or(ImageDigest::from_bytes([0; 32]), |image| image.digest),
        since: time(run.since),
        until: until.map(time),
    }
}
