//! The changes that wait: those of a host in their order, and no host's before the others had their
//! turn.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use super::change::Change;

/// So many changes wait, of all; one too many is refused.
const MOST: usize = 16_384;
/// So many of one host's.
pub(super) const OF_HOST: usize = 16;

/// Whose a change is: a host's, by its number, or anybody else's.
pub(super) type Whose = Option<i64>;

/// Where changes wait for the writer's thread.
#[derive(Default)]
pub(super) struct Waiting {
    queues: Mutex<Queues>,
    more: Condvar,
}

#[derive(Default)]
struct Queues {
    /// Whose turn it is: a host stands here once, however much of its waits.
    turns: VecDeque<Whose>,
    of_hosts: HashMap<i64, VecDeque<Change>>,
    of_others: VecDeque<Change>,
    count: usize,
    ended: bool,
}

/// Why a change may not wait.
pub(super) enum Refused {
    /// Too many do.
    Full,
    /// Nobody would make it.
    Ended,
}

/// The changes as the thread takes them. Once this is gone none is let wait, and those that did are
/// let go of.
pub(super) struct Turns(pub(super) Arc<Waiting>);

impl Waiting {
    /// Lets a change wait.
    pub(super) fn push(&self, whose: Whose, change: Change) -> Result<(), Refused> {
        self.lock().push(whose, change)?;
        self.more.notify_one();
        Ok(())
    }

    /// How many wait.
    pub(super) fn count(&self) -> usize {
        self.lock().count
    }

    /// No more come; the thread makes those that wait.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.more.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turns {
    /// Waits for a change to begin a group with; `None` once there won't be one.
    pub(super) fn first(&self, hosts: &mut HashSet<i64>) -> Option<Change> {
        let mut queues = self.0.lock();
        loop {
            if let Some(change) = queues.next(hosts) {
                return Some(change);
            }
            if queues.ended {
                return None;
            }
            let woken = self.0.more.wait(queues);
            queues = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next change of a group that has one of each of these hosts; `None` where nobody waits, or
    /// it would be such a host's turn again.
    pub(super) fn next(&self, hosts: &mut HashSet<i64>) -> Option<Change> {
        self.0.lock().next(hosts)
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        let mut queues = self.0.lock();
        queues.ended = true;
        queues.turns.clear();
        queues.of_hosts.clear();
        queues.of_others.clear();
    }
}

impl Queues {
    fn push(&mut self, whose: Whose, change: Change) -> Result<(), Refused> {
        if self.ended {
            return Err(Refused::Ended);
        }
        if self.count >= MOST {
            return Err(Refused::Full);
        }
        let queue = match whose {
            Some(host) => self.of_hosts.entry(host).or_default(),
            None => &mut self.of_others,
        };
        if whose.is_some() && queue.len() >= OF_HOST {
            return Err(Refused::Full);
        }
        if whose.is_none() || queue.is_empty() {
            self.turns.push_back(whose);
        }
        queue.push_back(change);
        self.count += 1;
        Ok(())
    }

    fn next(&mut self, hosts: &mut HashSet<i64>) -> Option<Change> {
        let change = match *self.turns.front()? {
            None => self.of_others.pop_front(),
            Some(host) if !hosts.insert(host) => return None,
            Some(host) => self.next_of(host),
        };
        self.turns.pop_front();
        self.count -= usize::from(change.is_some());
        change
    }

    fn next_of(&mut self, host: i64) -> Option<Change> {
        let queue = self.of_hosts.get_mut(&host)?;
        let change = queue.pop_front();
        match queue.is_empty() {
            true => drop(self.of_hosts.remove(&host)),
            // Its next one waits until all others had their turn.
            false => self.turns.push_back(Some(host)),
        }
        change
    }
}
