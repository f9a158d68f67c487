//! What a running command uses, looked at again and again until it is too much.

use std::{collections::BTreeSet, fs, os::unix::fs::MetadataExt, path::Path, time::Duration};

use super::{bounds::Bounds, error::Excess, group::Group};
use crate::clock::Moment;

/// How often time and memory are looked at.
const TICK: Duration = Duration::from_millis(100);
/// How often space is looked at: it takes a walk through the folder.
const WALK: Duration = Duration::from_millis(500);

/// Waits until a bound is passed.
pub(super) async fn watch(group: &Group, bounds: &Bounds, until: Moment) -> Excess {
    let mut next_walk = Moment::now();
    loop {
        tokio::time::sleep(TICK.min(until.remaining())).await;
        if until.remaining().is_zero() {
            return out_of_time(group, bounds.time);
        }
        if let (Some(bound), Some(leader)) = (bounds.memory, group.leader())
            && memory(leader) > bound
        {
            return Excess::Memory(bound);
        }
        let Some((folder, bound)) = &bounds.space else {
            continue;
        };
        if next_walk.remaining().is_zero() {
            let walk = Moment::now();
            if space(folder, *bound) > *bound {
                return Excess::Space(*bound);
            }
            // A folder that takes long to walk is walked less often: a tenth of the time at most.
            next_walk = Moment::now().after(WALK.max(walk.elapsed() * 10));
        }
    }
}

/// What a command is over that took longer than `time`: its own fault, or that of all else that ran.
fn out_of_time(group: &Group, time: Duration) -> Excess {
    let (ran, waited) = group.leader().map_or_else(Default::default, shares);
    match waited > time / 2 && waited > ran * 2 {
        true => Excess::Starved(time),
        false => Excess::Time(time),
    }
}

/// How long a process and everything that it started ran, and how long they were ready to run and
/// waited for a processor: the first two numbers of each thread's `schedstat`, in nanoseconds.
fn shares(leader: i32) -> (Duration, Duration) {
    let processes = family(leader).into_iter();
    let threads = processes.flat_map(|process| {
        let threads = fs::read_dir(format!("/proc/{process}/task"));
        threads.into_iter().flatten().flatten()
    });
    let lines = threads.filter_map(|one| fs::read_to_string(one.path().join("schedstat")).ok());
    let shares = lines.filter_map(|line| {
        let mut numbers = line.split_whitespace().map(str::parse);
        let mut next = || Some(Duration::from_nanos(numbers.next()?.ok()?));
        Some((next()?, next()?))
    });
    shares.fold(Default::default(), |(ran, waited), (one, other)| {
        (ran + one, waited + other)
    })
}

/// The resident memory of a process and of everything that it started, in bytes.
fn memory(leader: i32) -> u64 {
    let family = family(leader).into_iter();
    family.filter_map(resident).sum()
}

/// A process and everything that it started.
pub(super) fn family(leader: i32) -> BTreeSet<i32> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![leader];
    while let Some(process) = waiting.pop() {
        if seen.insert(process) {
            waiting.extend(children(process));
        }
    }
    seen
}

fn resident(process: i32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes << 10)
}

/// The children that any thread of a process started.
fn children(process: i32) -> Vec<i32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
        return Vec::new();
    };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            list.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The space that a folder takes on disk, counted no further than `enough`.
fn space(folder: &Path, enough: u64) -> u64 {
    let mut waiting = vec![folder.to_owned()];
    let mut bytes = 0;
    while let Some(folder) = waiting.pop() {
        // What vanishes meanwhile takes no space.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            bytes += metadata.blocks() * 512;
            if metadata.is_dir() {
                waiting.push(entry.path());
            }
            if bytes > enough {
                return bytes;
            }
        }
    }
    bytes
}
