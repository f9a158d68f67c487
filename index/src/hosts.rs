//! Hosts: their names, now and as they were at an earlier commit, and the order of those.

use std::sync::OnceLock;

use crate::{change::Seq, lists_of::ListsOf, ordered::Ordered, texts::Texts, unfit::Unfit};

/// Stands where a number belongs to no host.
const NO_HOST: u32 = u32::MAX;

/// A name that a host had.
#[derive(Debug)]
struct Former {
    host: u32,
    name: u32,
    /// The commit that gave it another one.
    until: Seq,
}

/// All hosts that were ever added: those that were removed have a past.
#[derive(Debug, Default)]
pub struct Hosts {
    /// By the host's number, the number of its name's text.
    names: Vec<u32>,
    /// In the order of the commits.
    former: Vec<Former>,
    texts: Texts,
    ordered: Ordered,
    of_name: ListsOf<u32>,
    ranks: OnceLock<Box<[u32]>>,
}

impl Hosts {
    /// Adds a host, or gives it another name.
    pub fn name(&mut self, host: u32, name: &str, seq: Seq) -> Result<(), Unfit> {
        let is_new = self.texts.find(name).is_none();
        let name = self.texts.intern(name)?;
        if is_new {
            self.ordered.insert(name, &self.texts);
            self.ranks.take();
        }
        let place = host as usize;
        if place >= self.names.len() {
            self.names.resize(place + 1, NO_HOST);
        }
        let Some(slot) = self.names.get_mut(place) else {
            return Ok(());
        };
        let before = std::mem::replace(slot, name);
        if before != NO_HOST {
            self.former.push(Former {
                host,
                name: before,
                until: seq,
            });
        }
        if !self.of_name.get(name).contains(&host) {
            self.of_name.push(name, host);
        }
        Ok(())
    }

    /// Lets go of the names that hosts had before a commit.
    pub fn forget(&mut self, before: Seq) {
        let gone = self.former.partition_point(|former| former.until <= before);
        self.former.drain(..gone);
    }

    /// Whether a number belongs to a host.
    pub fn is_known(&self, host: u32) -> bool {
        self.names
            .get(host as usize)
            .is_some_and(|name| *name != NO_HOST)
    }

    /// The numbers of all hosts, rising.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        let known = (0..).zip(&self.names);
        known.filter_map(|(host, name)| (*name != NO_HOST).then_some(host))
    }

    /// A number that no host has yet, nor any above it.
    pub fn end(&self) -> usize {
        self.names.len()
    }

    /// The name that a host had as of a commit.
    pub fn name_at(&self, host: u32, pin: Seq) -> &str {
        self.texts.get(self.text_at(host, pin))
    }

    /// The hosts that had a name as of a commit, rising.
    pub fn named(&self, name: &str, pin: Seq) -> Vec<u32> {
        let Some(name) = self.texts.find(name) else {
            return Vec::new();
        };
        self.of_text(name, pin)
    }

    fn of_text(&self, name: u32, pin: Seq) -> Vec<u32> {
        let had = self.of_name.get(name).iter().copied();
        let mut hosts: Vec<u32> = had
            .filter(|host| self.text_at(*host, pin) == name)
            .collect();
        hosts.sort_unstable();
        hosts
    }

    /// The hosts by their names as of a commit, in order, from a name on; those of one name together.
    pub fn in_order(&self, first: Option<&str>, pin: Seq) -> impl Iterator<Item = Vec<u32>> {
        let names = self.ordered.from(first, &self.texts);
        names.map(move |name| self.of_text(name, pin))
    }

    /// Where a host's name as of a commit stands in the order of all names. Hosts of one name
    /// stand at one place.
    pub fn rank_at(&self, host: u32, pin: Seq) -> u32 {
        let ranks = self.ranks.get_or_init(|| self.ranked());
        let name = self.text_at(host, pin) as usize;
        ranks.get(name).copied().unwrap_or(NO_HOST)
    }

    /// Lays out what was read.
    pub fn lay_out(&mut self) {
        self.of_name.lay_out();
        self.ordered.merge(&self.texts);
        self.texts.shrink();
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let ranks = self.ranks.get().map_or(0, |ranks| size_of_val(&**ranks));
        let names = self.names.capacity() * size_of::<u32>();
        let former = self.former.capacity() * size_of::<Former>();
        names + former + ranks + self.texts.size() + self.ordered.size() + self.of_name.size()
    }

    fn ranked(&self) -> Box<[u32]> {
        let mut ranks = vec![NO_HOST; self.texts.len() as usize];
        for (rank, name) in (0..).zip(self.ordered.from(None, &self.texts)) {
            if let Some(slot) = ranks.get_mut(name as usize) {
                *slot = rank;
            }
        }
        ranks.into_boxed_slice()
    }

    fn text_at(&self, host: u32, pin: Seq) -> u32 {
        let later = self.former.partition_point(|former| former.until <= pin);
        let had = self.former.get(later..).unwrap_or_default();
        let name = had.iter().find(|former| former.host == host);
        name.map(|former| former.name)
            .or_else(|| self.names.get(host as usize).copied())
            .unwrap_or(NO_HOST)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Hosts;

    #[test]
    fn a_name_holds_until_the_commit_that_gives_another() {
        let mut hosts = Hosts::default();
        for (host, name, seq) in [(1, "web", 1), (2, "db", 2), (1, "cache", 5), (3, "web", 6)] {
            hosts.name(host, name, seq).unwrap();
        }
        assert_eq!((hosts.name_at(1, 4), hosts.name_at(1, 5)), ("web", "cache"));
        assert_eq!(
            hosts.named("web", 4),
            [1, 3],
            "3 was not there, and ran nothing"
        );
        assert_eq!(hosts.named("web", 6), [3]);
        assert!(hosts.named("cache", 4).is_empty());
        let ranks = |pin| [1, 2, 3].map(|host| hosts.rank_at(host, pin));
        assert_eq!(ranks(6), [0, 1, 2]);
        assert_eq!(ranks(4), [2, 1, 2]);
        assert!(hosts.all().eq([1, 2, 3]) && !hosts.is_known(0));
    }
}
