//! Readers beside writers: every page of an answer stands for one commit, and who follows the
//! changes sees each once and in order, while hosts report and the clock jumps.
//!
//! `ASSETMON_WALKS` and `ASSETMON_CHANGES` ask for more of both than a test run has time for.

mod follower;
mod walks;
mod writers;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::common::fleet::Fleet;
use writers::Chance;

/// Hosts that report at the same time.
const HOSTS: u64 = 6;
/// Readers that walk through pages at the same time.
const WALKERS: u64 = 3;

/// How many of a kind are wanted at least.
fn wanted(variable: &str, least: u64) -> u64 {
    let asked = std::env::var(variable).ok();
    asked.map_or(least, |text| text.parse().unwrap())
}

/// What all of them share.
pub struct Busy {
    pub fleet: Fleet,
    /// Whether enough was seen.
    pub over: AtomicBool,
    /// Runs that began or ended, as their hosts know.
    pub told: AtomicU64,
    /// Images that were run so far.
    pub images: AtomicI64,
    /// Walks that were made.
    pub walks: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_are_of_one_commit_and_changes_are_seen_once_and_in_order() {
    let busy = Arc::new(Busy {
        fleet: Fleet::new(),
        over: AtomicBool::new(false),
        told: AtomicU64::new(0),
        images: AtomicI64::new(0),
        walks: AtomicU64::new(0),
    });
    let mut hosts = Vec::new();
    for number in 0..HOSTS {
        let host = busy.fleet.enroll(&format!("host{number}")).await;
        hosts.push(tokio::spawn(writers::report(
            Arc::clone(&busy),
            host,
            number,
        )));
    }
    let turning = tokio::spawn(turn_the_clock(Arc::clone(&busy)));
    let following = tokio::spawn(follower::follow(Arc::clone(&busy)));
    let walkers: Vec<_> = (0..WALKERS)
        .map(|number| tokio::spawn(walks::walk(Arc::clone(&busy), number)))
        .collect();
    let (walks, changes) = (
        wanted("ASSETMON_WALKS", 60),
        wanted("ASSETMON_CHANGES", 3_000),
    );
    let enough = |busy: &Busy| {
        busy.walks.load(Ordering::Relaxed) >= walks && busy.told.load(Ordering::Relaxed) >= changes
    };
    // A walker that has found something wrong walks no more.
    while !enough(&busy) && !walkers.iter().any(tokio::task::JoinHandle::is_finished) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    busy.over.store(true, Ordering::Relaxed);
    for walker in walkers {
        walker.await.unwrap();
    }
    for host in hosts {
        host.await.unwrap();
    }
    turning.await.unwrap();
    let seen = following.await.unwrap();
    follower::check(&busy, &seen).await;
}

/// Lets the clock go on, stand, and jump.
async fn turn_the_clock(busy: Arc<Busy>) {
    let mut chance = Chance(77);
    while !busy.over.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let by = match chance.below(1000) {
            0..600 => 1,
            600..900 => 0,
            900..990 => -3,
            990..996 => -2_000,
            996..998 => 86_400_000,
            _ => -86_400_000,
        };
        busy.fleet.clock.fetch_add(by, Ordering::Relaxed);
    }
}
