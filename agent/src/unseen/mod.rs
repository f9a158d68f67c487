//! What else runs containers on this machine, that no store of the settings shows.
//!
//! Everything here is read from what the kernel and the stores list, as far as the agent's user may
//! read it: nothing is started, asked or changed. What can't be read is not told of.
//!
//! A container that runs is found by its conmon. Those are listed before podman is asked, and looked at
//! again after it: a container that starts meanwhile has none yet, and one that ends none that is still
//! at work, so that neither is ever taken for one that podman doesn't list.

mod accounts;
mod homes;
mod machine;
mod monitors;
mod processes;
mod sockets;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use model::shown::on_one_line;
use proto_types::Runtime as Told;

pub(crate) use machine::Machine;

use crate::{
    podman::{Listing, Podman, PodmanError},
    runtime::Runtime,
    settings::Acknowledged,
};
use accounts::Accounts;
use homes::Homes;
use monitors::Monitor;
use processes::{Owner, Process, Program};

/// What stands for whose a runtime is that runs in a container.
const NESTED: &str = "nested";
/// How much of a store's path is told, in characters.
const STORE: usize = 200;

/// What else runs containers, found in two looks: one before podman is asked, one after.
#[derive(Debug)]
pub(crate) struct Others {
    machine: Machine,
    /// What listens, with the number of the user whose it is where it is a user's.
    listening: Vec<(Runtime, Option<u32>)>,
    processes: Vec<Process>,
    monitors: Vec<Monitor>,
    /// The users whose podman is asked, by number, and whether all of it was listed.
    asked: BTreeMap<u32, bool>,
    /// The containers that podman lists.
    listed: BTreeSet<String>,
    /// How long the looks took until now.
    took: Duration,
}

impl Others {
    /// The first look.
    pub(crate) fn before(machine: Machine) -> Self {
        let began = Instant::now();
        let processes = processes::all(&machine);
        let conmons = processes
            .iter()
            .filter(|one| one.program == Program::Conmon);
        let monitors = conmons.filter_map(|one| Monitor::of(&machine, *one));
        Self {
            listening: sockets::listening(&machine),
            monitors: monitors.collect(),
            processes,
            machine,
            asked: BTreeMap::new(),
            listed: BTreeSet::new(),
            took: began.elapsed(),
        }
    }

    /// What a store listed in between.
    pub(crate) fn add(&mut self, podman: &Podman, listing: &Result<Listing, PodmanError>) {
        if let Some(uid) = podman.uid() {
            self.asks(uid, listing.is_ok());
        }
        if let Ok(listing) = listing {
            self.listed.extend(listing.ids.iter().cloned());
        }
    }

    fn asks(&mut self, uid: u32, whole: bool) {
        let known = self.asked.entry(uid).or_insert(true);
        *known &= whole;
    }

    /// The second look: what is not looked at, and what of that needn't be.
    pub(crate) fn after(self, acknowledged: &Acknowledged) -> Vec<Told> {
        let began = Instant::now();
        let accounts = Accounts::of(&self.machine);
        let mut found = BTreeSet::new();
        found.extend(self.daemons(&accounts));
        found.extend(self.unlisted(&accounts));
        found.extend(self.in_homes(&accounts));
        let micros = (self.took + began.elapsed()).as_micros();
        tracing::debug!(found = found.len(), micros, "looked for other runtimes");
        let told = found.into_iter().map(|(runtime, detail)| Told {
            kind: runtime.name().to_owned(),
            acknowledged: acknowledged.covers(runtime, &detail),
            detail,
        });
        told.collect()
    }

    /// Runtimes that run or listen. Root's are the machine's, and have no detail.
    fn daemons(&self, accounts: &Accounts) -> Vec<(Runtime, String)> {
        let users = |uid: u32| match uid {
            0 => String::new(),
            uid => accounts.name(uid),
        };
        let listening = self.listening.iter();
        let listening =
            listening.map(|(runtime, uid)| (*runtime, uid.map(users).unwrap_or_default()));
        let running = self.processes.iter().filter_map(|process| {
            let runtime = match process.program {
                Program::Dockerd => Runtime::Docker,
                Program::Containerd => Runtime::Containerd,
                Program::Crio => Runtime::CriO,
                Program::Conmon => return None,
            };
            let Owner { uid, nested } = process.owner;
            let detail = if nested {
                NESTED.to_owned()
            } else {
                users(uid)
            };
            Some((runtime, detail))
        });
        listening.chain(running).collect()
    }

    /// Whose containers run that no store lists.
    fn unlisted(&self, accounts: &Accounts) -> BTreeSet<(Runtime, String)> {
        let monitors = self.monitors.iter().filter(|monitor| {
            let whole = self.asked.get(&monitor.owner.uid).copied();
            // Where a store couldn't be listed, it may be one of its.
            let may_be_listed = !monitor.owner.nested && whole == Some(false);
            !may_be_listed && !self.listed.contains(&monitor.container)
        });
        let mut found = BTreeSet::new();
        for monitor in monitors {
            let one = self.named(monitor, accounts);
            if !found.contains(&one) && monitor.is_at_work(&self.machine) {
                found.insert(one);
            }
        }
        found
    }

    fn named(&self, monitor: &Monitor, accounts: &Accounts) -> (Runtime, String) {
        let Owner { uid, nested } = monitor.owner;
        let is_asked = self.asked.contains_key(&uid);
        let detail = match (&monitor.store, nested) {
            (_, true) => NESTED.to_owned(),
            (_, false) if monitor.is_crios => String::new(),
            // Another store of a user whose podman is asked.
            (Some(store), false) if is_asked => on_one_line(&store.to_string_lossy(), STORE),
            (_, false) => accounts.name(uid),
        };
        match monitor.is_crios {
            true => (Runtime::CriO, detail),
            false => (Runtime::Podman, detail),
        }
    }

    /// Users whose podman isn't asked and has containers. A command of the settings may show theirs
    /// all the same, and lists some of them then.
    fn in_homes(&self, accounts: &Accounts) -> Vec<(Runtime, String)> {
        let homes = Homes::of(&self.machine);
        let others = accounts
            .all()
            .filter(|account| !self.asked.contains_key(&account.uid));
        let unseen = others.filter(|account| {
            let containers = homes.containers(account);
            !containers.is_empty() && !containers.iter().any(|id| self.listed.contains(id))
        });
        unseen
            .map(|account| (Runtime::Podman, account.name.clone()))
            .collect()
    }
}
