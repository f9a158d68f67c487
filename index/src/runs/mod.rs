//! Runs: which hosts run which images, and did, as of any commit whose past is kept.

mod called;
mod known;
mod load;
mod ran;
mod run;
mod seen;
mod settle;
mod slots;

use std::collections::HashSet;

use crate::{
    change::{self, Seq},
    lists_of::ListsOf,
    texts::Texts,
    unfit::Unfit,
};
use known::Known;
pub use known::Seen;
pub use run::{End, Live, Past, RunAt, ran_in};
use slots::Slots;

/// All runs.
#[derive(Debug, Default)]
pub struct Runs {
    live: Slots<Live>,
    past: Slots<Past>,
    live_of_image: ListsOf<u32>,
    /// The hosts of those, each in the same place: to count hosts needs no look at the runs.
    live_hosts: ListsOf<u32>,
    /// In the order in which it was told that they ended.
    past_of_image: ListsOf<u32>,
    live_of_host: ListsOf<u32>,
    /// The images of those, each in the same place: whether a host runs one of some images needs no
    /// look at the runs.
    live_images: ListsOf<u32>,
    past_of_host: ListsOf<u32>,
    /// Names of containers, and those that images are started by.
    texts: Texts,
    known: Vec<Option<Known>>,
    /// Images that were told by more than one name.
    apart: HashSet<u32>,
    /// By the image's number, the commit that last began or ended a run of it.
    changed: Vec<Seq>,
    /// How many runs were dropped since it was last looked for names that are left.
    dropped: usize,
}

impl Runs {
    /// The texts of names.
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    /// What the runs of an image add up to.
    pub fn known(&self, image: u32) -> Option<&Known> {
        self.known.get(image as usize)?.as_ref()
    }

    /// The commit that last began or ended a run of an image.
    #[inline]
    pub fn changed(&self, image: u32) -> Seq {
        self.changed
            .get(image as usize)
            .copied()
            .unwrap_or(Seq::MAX)
    }

    /// The slots of an image's runs that go on.
    #[inline]
    pub fn live_of(&self, image: u32) -> &[u32] {
        self.live_of_image.get(image)
    }

    /// The hosts of an image's runs that go on, in the same order.
    #[inline]
    pub fn live_hosts(&self, image: u32) -> &[u32] {
        self.live_hosts.get(image)
    }

    /// The images of a host's runs that go on.
    #[inline]
    pub fn live_images(&self, host: u32) -> &[u32] {
        self.live_images.get(host)
    }

    /// How many runs go on.
    pub const fn count_live(&self) -> usize {
        self.live.used()
    }

    /// A run that goes on, by its slot.
    #[inline]
    pub fn live(&self, slot: u32) -> Option<&Live> {
        self.live.get(slot)
    }

    /// The runs of an image that ended, in the order in which that was told.
    pub fn past_of(&self, image: u32) -> impl DoubleEndedIterator<Item = &Past> {
        self.pasts(self.past_of_image.get(image))
    }

    /// The runs of a host that go on.
    pub fn live_on(&self, host: u32) -> impl Iterator<Item = &Live> {
        let live = self.live_of_host.get(host).iter();
        live.filter_map(|slot| self.live.get(*slot))
    }

    /// Every run of a host that is kept, and when it ended where that is known.
    pub fn of_host(&self, host: u32) -> impl Iterator<Item = (&Live, Option<&Past>)> {
        let live = self.live_on(host).map(|run| (run, None));
        let past = self.pasts(self.past_of_host.get(host));
        live.chain(past.map(|past| (&past.run, Some(past))))
    }

    /// Adds an image that is known by this name.
    pub fn add_image(&mut self, image: u32, name: &str, first: i64, seq: Seq) -> Result<(), Unfit> {
        let name = self.texts.intern(name)?;
        let place = image as usize;
        if place >= self.known.len() {
            self.known.resize(place + 1, None);
            self.changed.resize(place + 1, 0);
        }
        self.set_changed(image, seq);
        if let Some(slot) = self.known.get_mut(place) {
            *slot = Some(Known::of(name, seq, first));
        }
        Ok(())
    }

    /// Takes an image away that has no runs.
    pub fn remove_image(&mut self, image: u32) -> Result<(), Unfit> {
        let has_runs = !self.live_of(image).is_empty() || self.past_of(image).next().is_some();
        if has_runs {
            let (what, number) = ("image", image.into());
            return Err(Unfit::Kept { what, number });
        }
        if let Some(slot) = self.known.get_mut(image as usize) {
            *slot = None;
        }
        self.apart.remove(&image);
        self.dropped += 1;
        Ok(())
    }

    /// A run began.
    pub fn begin(&mut self, run: &change::Run, seq: Seq) -> Result<(), Unfit> {
        let live = self.live_from(run, seq)?;
        self.note_name(run.image, live.image_name);
        let known = self.known_mut(run.image)?;
        known.name = live.image_name;
        known.named = seq;
        known.first = known.first.min(live.since);
        self.set_changed(run.image, seq);
        self.add_live(live);
        Ok(())
    }

    /// A run ended; the image that it was of.
    pub fn end(&mut self, run: u64, host: u32, until: i64, seq: Seq) -> Result<u32, Unfit> {
        let Self {
            live, live_of_host, ..
        } = self;
        let is_it = |slot: &u32| live.get(*slot).is_some_and(|one| one.run == run);
        let (place, slot) = live_of_host.take(host, is_it).ok_or(unknown(run))?;
        self.live_images.take_at(host, place);
        let ended = self.live.get(slot).copied().ok_or(unknown(run))?;
        self.live.free(slot);
        let taken = self.live_of_image.take(ended.image, |one| *one == slot);
        if let Some((place, _)) = taken {
            self.live_hosts.take_at(ended.image, place);
        }
        let known = self.known_mut(ended.image)?;
        known.last = known.last.max(Some(until));
        self.set_changed(ended.image, seq);
        self.add_past(Past {
            run: ended,
            until,
            ended: seq,
        });
        Ok(ended.image)
    }

    /// Drops runs that ended, each with its host.
    pub fn drop_all(&mut self, dropped: &[(u64, u32)]) -> Result<(), Unfit> {
        let (mut slots, mut images) = (HashSet::new(), HashSet::new());
        let numbers: HashSet<u64> = dropped.iter().map(|(run, _)| *run).collect();
        let hosts: HashSet<u32> = dropped.iter().map(|(_, host)| *host).collect();
        for host in hosts {
            for slot in self.past_of_host.get(host) {
                let past = self.past.get(*slot);
                if let Some(past) = past.filter(|past| numbers.contains(&past.run.run)) {
                    slots.insert(*slot);
                    images.insert(past.run.image);
                }
            }
            self.past_of_host.retain(host, |slot| !slots.contains(slot));
        }
        for image in images {
            self.past_of_image
                .retain(image, |slot| !slots.contains(slot));
        }
        for slot in &slots {
            let past = self.past.get(*slot).copied().unwrap_or_default();
            self.past.free(*slot);
            let known = self.known_mut(past.run.image)?;
            known.keep_name(past.run.naming());
            known.first_of_none = known.first_of_none.min(past.run.since);
            known.last_of_none = known.last_of_none.max(past.until);
        }
        self.dropped += slots.len();
        match slots.len() == numbers.len() {
            true => Ok(()),
            false => Err(unknown(dropped.first().map_or(0, |(run, _)| *run))),
        }
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let live_of_image = self.live_of_image.size() + self.live_hosts.size();
        let of_image = live_of_image + self.past_of_image.size();
        let live_of_host = self.live_of_host.size() + self.live_images.size();
        let of_host = live_of_host + self.past_of_host.size();
        let known = self.known.capacity() * size_of::<Option<Known>>();
        let changed = self.changed.capacity() * size_of::<Seq>();
        self.live.size()
            + self.past.size()
            + of_image
            + of_host
            + self.texts.size()
            + known
            + changed
            + self.apart.capacity() * size_of::<u32>()
    }

    fn pasts<'r>(&'r self, slots: &'r [u32]) -> impl DoubleEndedIterator<Item = &'r Past> {
        slots.iter().filter_map(|slot| self.past.get(*slot))
    }

    fn live_from(&mut self, run: &change::Run, seq: Seq) -> Result<Live, Unfit> {
        let name = self.known(run.image).map(|known| known.name);
        // Most containers are started by the name that their image is known by.
        let name = name.filter(|name| self.texts.get(*name) == run.image_name);
        Ok(Live {
            run: run.run,
            host: run.host,
            image: run.image,
            container: self.texts.intern(&run.container)?,
            image_name: match name {
                Some(name) => name,
                None => self.texts.intern(&run.image_name)?,
            },
            since: run.since.as_millisecond(),
            began: seq,
        })
    }

    fn add_live(&mut self, run: Live) {
        let slot = self.live.add(run);
        self.live_of_image.push(run.image, slot);
        self.live_hosts.push(run.image, run.host);
        self.live_of_host.push(run.host, slot);
        self.live_images.push(run.host, run.image);
    }

    fn add_past(&mut self, past: Past) {
        let slot = self.past.add(past);
        self.past_of_image.push(past.run.image, slot);
        self.past_of_host.push(past.run.host, slot);
    }

    fn set_changed(&mut self, image: u32, seq: Seq) {
        if let Some(changed) = self.changed.get_mut(image as usize) {
            *changed = seq;
        }
    }

    fn known_mut(&mut self, image: u32) -> Result<&mut Known, Unfit> {
        let known = self.known.get_mut(image as usize).and_then(Option::as_mut);
        known.ok_or(Unfit::Unknown {
            what: "image",
            number: image.into(),
        })
    }
}

const fn unknown(run: u64) -> Unfit {
    Unfit::Unknown {
        what: "run",
        number: run,
    }
}
