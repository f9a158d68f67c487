//! Reports that a network duplicates, reorders and delays, from many hosts at once: each sequence is
//! a host's own, and what the store says of the host is held against what was told of it.
//!
//! `ASSETMON_DELIVERIES` asks for so many sequences.

use std::collections::{BTreeMap, BTreeSet};

use assetmon_server::store::{HostIdentity, StoreError};
use futures_util::future::join_all;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner, contextualize_config},
};
use proto_types::{ContainerReport, FullReport, ListContainers};

use crate::{
    common::{fleet::*, full, started, stopped},
    property::block_on,
};

/// So many sequences have a store in common.
const TOGETHER: u32 = 250;

/// What happens between a host and the server.
#[derive(Debug, Clone)]
enum Step {
    /// A container starts on an image, or ends, and an update is sent.
    Changes(String, Option<u8>),
    /// It changes, and nobody tells.
    Unseen(String, Option<u8>),
    /// Everything is listed, and sent.
    Lists,
    /// The message that was sent so many before the last one arrives: for the first time or again.
    Arrives(prop::sample::Index),
}

/// What is under way.
#[derive(Clone)]
enum Message {
    Full(FullReport),
    Update(ContainerReport),
}

impl Message {
    const fn seq(&self) -> u64 {
        match self {
            Self::Full(FullReport { seq, .. }) | Self::Update(ContainerReport { seq, .. }) => {
                match seq {
                    Some(seq) => *seq,
                    None => 0,
                }
            }
        }
    }
}

/// A host, all that it sent, and what the server must say of it.
struct Sender {
    host: HostIdentity,
    /// What runs.
    truth: BTreeMap<String, u8>,
    sent: Vec<Message>,
    /// What the server was told by the messages that it took.
    told: BTreeMap<String, u8>,
    last: u64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let container = || "[xyz]";
    let image = || prop::option::of(1_u8..5);
    prop::collection::vec(
        prop_oneof![
            3 => (container(), image()).prop_map(|(name, image)| Step::Changes(name, image)),
            1 => (container(), image()).prop_map(|(name, image)| Step::Unseen(name, image)),
            2 => Just(Step::Lists),
            5 => any::<prop::sample::Index>().prop_map(Step::Arrives),
        ],
        1..16,
    )
}

impl Sender {
    fn new(host: HostIdentity) -> Self {
        Self {
            host,
            truth: BTreeMap::new(),
            sent: Vec::new(),
            told: BTreeMap::new(),
            last: 0,
        }
    }

    fn changes(&mut self, name: &str, image: Option<u8>) -> Option<u8> {
        match image {
            Some(image) => self.truth.insert(name.to_owned(), image),
            None => self.truth.remove(name),
        }
    }

    fn sends(&mut self, message: impl FnOnce(Option<u64>) -> Message) {
        // The counter is taken before podman is asked.
        let seq = self.sent.len() as u64 + 1;
        self.sent.push(message(Some(seq)));
    }

    fn lists(&mut self) {
        let listing: Vec<(&str, u8)> = self.truth.iter().map(|(n, i)| (n.as_str(), *i)).collect();
        let report = full(&listing);
        self.sends(|seq| Message::Full(FullReport { seq, ..report }));
    }

    /// Delivers a message. It is taken if it is newer than all before, and refused if not.
    async fn delivers(&mut self, fleet: &Fleet, index: usize) {
        let message = self.sent[index].clone();
        let seq = message.seq();
        let taken = match message.clone() {
            Message::Full(report) => fleet.report(&self.host, report).await,
            Message::Update(report) => fleet.update(&self.host, report).await,
        };
        if seq <= self.last {
            let stale = matches!(&taken, Err(StoreError::StaleReport { last_seq, .. }) if *last_seq == self.last);
            assert!(stale, "{taken:?} to {seq} after {}", self.last);
            return;
        }
        taken.unwrap();
        self.last = seq;
        match message {
            Message::Full(report) => {
                let listed = report.containers.into_iter();
                self.told = listed
                    .map(|one| (one.name, one.image_digest.as_bytes()[0]))
                    .collect();
            }
            Message::Update(report) if report.running => {
                let image = report.container.image_digest.as_bytes()[0];
                self.told.insert(report.container.name, image);
            }
            Message::Update(report) => {
                self.told.remove(&report.container.name);
            }
        }
    }

    async fn takes(&mut self, fleet: &Fleet, step: Step) {
        match step {
            Step::Changes(name, image) => {
                let before = self.changes(&name, image);
                let update = match (image, before) {
                    (Some(image), _) => started(&name, image),
                    (None, Some(before)) => stopped(&name, before),
                    (None, None) => return,
                };
                let host = self.host.name.clone();
                self.sends(|seq| {
                    Message::Update(ContainerReport {
                        seq,
                        host,
                        ..update
                    })
                });
            }
            Step::Unseen(name, image) => {
                self.changes(&name, image);
            }
            Step::Lists => self.lists(),
            Step::Arrives(index) if !self.sent.is_empty() => {
                let index = index.index(self.sent.len());
                self.delivers(fleet, index).await;
            }
            Step::Arrives(_) => {}
        }
    }

    /// What the server says of the host is what it was told.
    async fn agrees(&self, fleet: &Fleet) {
        let request = ListContainers {
            host: Some(self.host.name.clone()),
            ..ListContainers::default()
        };
        let listed = fleet.containers(request).await.containers.into_iter();
        let listed: BTreeMap<String, u8> = listed
            .map(|one| (one.name, one.image_digest.as_bytes()[0]))
            .collect();
        assert_eq!(listed, self.told, "{}", self.host.name);
    }

    async fn lives(mut self, fleet: &Fleet, steps: Vec<Step>) {
        for step in steps {
            self.takes(fleet, step).await;
        }
        self.agrees(fleet).await;
        // A refused agent looks again; what is late or comes twice changes nothing after that.
        self.lists();
        let last = self.sent.len() - 1;
        self.delivers(fleet, last).await;
        let late: BTreeSet<usize> = (0..last).step_by(3).chain([last]).collect();
        for index in late {
            self.delivers(fleet, index).await;
        }
        assert_eq!(self.told, self.truth);
        self.agrees(fleet).await;
    }
}

fn sequences() -> u32 {
    let asked = std::env::var("ASSETMON_DELIVERIES").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(3_000)
}

#[test]
fn whatever_is_duplicated_reordered_and_delayed_ends_in_what_runs() {
    let mut runner = TestRunner::new(contextualize_config(Config::default()));
    for round in 0..sequences().div_ceil(TOGETHER) {
        let all: Vec<Vec<Step>> = (0..TOGETHER)
            .map(|_| steps().new_tree(&mut runner).unwrap().current())
            .collect();
        block_on(async {
            let fleet = Fleet::new();
            let mut hosts = Vec::new();
            for number in 0..TOGETHER {
                hosts.push(Sender::new(
                    fleet.enroll(&format!("h{round}-{number}")).await,
                ));
            }
            let lives = hosts
                .into_iter()
                .zip(all)
                .map(|(host, steps)| host.lives(&fleet, steps));
            join_all(lives).await;
        });
    }
}
