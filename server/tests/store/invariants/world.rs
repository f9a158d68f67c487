//! The store and the model, to which the same happens, and what must hold of each answer.

use std::collections::BTreeSet;

use assetmon_server::store::{HostIdentity, Rules, StoreError};
use model::lease::SecondOpinions;
use proto_types::{
    FailureCause, ImageState, Lease, Opinion, ReportResponse, ScanOutcome, ScanStatus,
};

use super::{IMAGES, Step};
use crate::{
    common::{at, complete, deb, fleet::*, full, image, partial, started},
    history::HOSTS,
    model::{Given, Known, Model, TTL},
};

/// The store and the model.
pub struct World {
    fleet: Fleet,
    hosts: [HostIdentity; 3],
    model: Model,
}

impl World {
    /// Both at their start: three hosts, and nothing runs. Every image is scanned twice.
    pub async fn new() -> Self {
        let fleet = Fleet::by(Rules {
            second_opinions: SecondOpinions::new(1.0).unwrap(),
            ..Rules::default()
        });
        let mut hosts = Vec::new();
        for name in HOSTS {
            hosts.push(fleet.enrol(name).await);
        }
        Self {
            fleet,
            hosts: hosts.try_into().unwrap(),
            model: Model::default(),
        }
    }

    /// Lets something happen to both.
    pub async fn take(&mut self, step: Step) {
        match step {
            Step::Full(host, images) => {
                let names: Vec<String> = images.iter().map(|image| format!("on{image}")).collect();
                let listing: Vec<(&str, u8)> = names
                    .iter()
                    .map(String::as_str)
                    .zip(images.iter().copied())
                    .collect();
                let response = self.fleet.report(&self.hosts[host], full(&listing)).await;
                let listing: Vec<_> = names.into_iter().zip(images.iter().copied()).collect();
                self.model.lists(host, &listing, true);
                self.granted(host, &images, response.unwrap());
            }
            Step::Update(host, image) => {
                let update = started(&format!("on{image}"), image);
                let response = self.fleet.update(&self.hosts[host], update).await;
                self.model.runs_on(host, &format!("on{image}"), image);
                self.granted(host, &[image].into(), response.unwrap());
            }
            Step::Upload(host, back, content, whole) => {
                self.upload(host, back, content, whole).await;
            }
            Step::Fail(host, back, own) => self.fail(host, back, own).await,
            Step::Retry(number) => {
                if self.fleet.store.retry_image(image(number)).await.is_ok() {
                    self.model.change();
                    self.model.distrusted.retain(|(_, one)| *one != number);
                }
            }
            Step::Rescan(number) => {
                if self.fleet.store.rescan_image(image(number)).await.is_ok() {
                    self.model.change();
                    self.model.distrusted.retain(|(_, one)| *one != number);
                    let known = self.model.known.get(&number);
                    if known.is_some_and(|known| known.status == ScanStatus::Complete) {
                        self.model.again.insert(number);
                    }
                }
            }
            Step::Withdraw(number) => self.withdraw(number).await,
            Step::WithdrawAllOf(host) => self.withdraw_all_of(host).await,
            Step::Pass(seconds) => {
                self.fleet.pass(seconds);
                self.model.clock += seconds;
            }
        }
    }

    /// Whether what was granted may be, and takes it into the model.
    fn granted(&mut self, host: usize, reported: &BTreeSet<u8>, response: ReportResponse) {
        self.model.change();
        self.end_what_ran_out(host, reported);
        let images: Vec<_> = response
            .leases
            .iter()
            .map(|lease| lease.image_digest)
            .collect();
        assert_eq!(images, response.scan_images);
        for lease in response.leases {
            let number = lease.image_digest.as_bytes()[0];
            assert!(reported.contains(&number), "only what the host reported");
            assert!(
                self.model.lacks(host, number),
                "what is complete is given for a second opinion alone"
            );
            assert!(lease.ttl_seconds <= TTL.unsigned_abs());
            match self.model.newest(number) {
                Some(newest) if newest.lease.lease == lease.lease => {
                    self.again(host, newest, &lease);
                }
                newest => {
                    // One that the host had when another began to run the image goes on.
                    assert!(
                        !self.model.is_for_others(host, number),
                        "who submitted what was withdrawn, where another runs it"
                    );
                    if let Some(newest) = newest {
                        assert!(!self.model.is_live(newest), "two live leases on {number}");
                    }
                    let before = self.model.generation(number);
                    assert_eq!(lease.generation, before + 1, "a generation only grows");
                    self.model.generations.insert(number, lease.generation);
                    self.model.given.push(Given {
                        host,
                        image: number,
                        lease,
                        expires: self.model.now() + TTL,
                        told: false,
                    });
                }
            }
        }
        let live = |given: &&Given| given.host == host && self.model.is_live(given);
        assert!(self.model.given.iter().filter(live).count() <= 2);
    }

    /// A lease that a report finds run out is over, whatever the clock says later: one on what is
    /// reported, and the host's own where it asks for any.
    fn end_what_ran_out(&mut self, host: usize, reported: &BTreeSet<u8>) {
        let asks = reported
            .iter()
            .any(|number| self.model.lacks(host, *number));
        for number in IMAGES {
            let over = self.model.newest(number).is_some_and(|newest| {
                let wanted = reported.contains(&number) && self.model.lacks(host, number);
                let found = wanted || (asks && newest.host == host);
                found && !self.model.is_live(newest)
            });
            if over {
                self.model.told(number);
            }
        }
    }

    fn again(&self, host: usize, newest: &Given, lease: &Lease) {
        assert_eq!(newest.host, host, "another host's lease");
        assert_eq!(newest.lease.generation, lease.generation);
        assert!(self.model.is_live(newest), "a lease that ended");
        assert_eq!(
            lease.ttl_seconds,
            (newest.expires - self.model.now()).unsigned_abs()
        );
    }

    /// The lease that was given so many leases ago.
    fn back(&self, back: usize) -> Option<Given> {
        self.model.given.iter().rev().nth(back).cloned()
    }

    async fn upload(&mut self, host: usize, back: usize, content: u8, whole: bool) {
        let Some(given) = self.back(back) else { return };
        let held = contents(content);
        let (status, sbom) = match whole {
            true => (ScanStatus::Complete, complete(given.image, &held)),
            false => (ScanStatus::Partial, partial(given.image, &held)),
        };
        let outcome = self
            .fleet
            .upload(&self.hosts[host], &given.lease, sbom)
            .await;
        if !self.may(host, &given, &outcome) {
            return;
        }
        let new = Known {
            host,
            generation: given.lease.generation,
            status,
            content,
        };
        self.model.change();
        let known = self.model.known.get(&given.image);
        let upgrade = known.is_none_or(|known| known.status == ScanStatus::Partial && whole);
        match outcome.unwrap() {
            ScanOutcome::Stored => {
                let refreshed = known.is_some_and(|known| {
                    known.status == ScanStatus::Partial && known.generation < new.generation
                });
                let asked_for = whole
                    && self.model.again.contains(&given.image)
                    && known.is_some_and(|known| known.generation < new.generation);
                assert!(
                    upgrade || refreshed || asked_for,
                    "{known:?} was replaced by {new:?}"
                );
                self.model.known.insert(given.image, new);
                self.model.again.remove(&given.image);
                self.model.opinions.remove(&given.image);
            }
            ScanOutcome::AlreadyKnown => {
                let known = known.unwrap().clone();
                self.opinion(host, &known, &new, given.image, Opinion::Confirmed);
                assert!(
                    known.content == content || (known.status == ScanStatus::Complete && !whole)
                );
            }
            ScanOutcome::Conflict => {
                let known = known.unwrap().clone();
                assert_ne!(known.content, content);
                assert!(!upgrade);
                self.opinion(host, &known, &new, given.image, Opinion::Conflict);
                let conflicts = self.fleet.image(given.image).await.conflicts;
                assert!(!conflicts.is_empty(), "a conflict is shown");
            }
        }
        self.model.told(given.image);
    }

    /// Another host's complete scan says something of a complete SBOM; a conflict stays one.
    fn opinion(&mut self, host: usize, known: &Known, new: &Known, image: u8, said: Opinion) {
        let both = [known, new].map(|one| one.status == ScanStatus::Complete);
        let before = self.model.opinions.get(&image).map(|(said, _)| *said);
        let is_new = before.is_none_or(|one| one != said && one != Opinion::Conflict);
        if known.host != host && both == [true, true] && is_new {
            self.model.opinions.insert(image, (said, host));
        }
    }

    async fn withdraw(&mut self, number: u8) {
        let by = "ops".to_owned();
        let withdrawn = self.fleet.store.withdraw_image(image(number), by).await;
        let Ok(withdrawn) = withdrawn else { return };
        self.model.change();
        let known = self.model.known.contains_key(&number);
        assert_eq!(withdrawn, u64::from(known));
        self.model.withdraw(number);
    }

    async fn withdraw_all_of(&mut self, host: usize) {
        let (name, by) = (HOSTS[host].to_owned(), "ops".to_owned());
        let withdrawn = self.fleet.store.withdraw_host(name, by).await.unwrap();
        self.model.change();
        let known = self.model.known.iter();
        let submitted = known.filter(|(_, known)| known.host == host);
        let submitted: Vec<u8> = submitted.map(|(number, _)| *number).collect();
        assert_eq!(withdrawn, submitted.len() as u64);
        for number in submitted {
            self.model.withdraw(number);
        }
        self.model.opinions.retain(|_, (_, by)| *by != host);
    }

    async fn fail(&mut self, host: usize, back: usize, own: bool) {
        let Some(given) = self.back(back) else { return };
        let cause = match own {
            true => FailureCause::Environment,
            false => FailureCause::Image,
        };
        let outcome = self
            .fleet
            .fail(&self.hosts[host], &given.lease, cause)
            .await;
        if self.may(host, &given, &outcome) {
            self.model.change();
            self.model.told(given.image);
        }
    }

    /// Whether a host may speak for a lease; it is refused in the right way where not.
    fn may<T: std::fmt::Debug>(
        &self,
        host: usize,
        given: &Given,
        outcome: &Result<T, StoreError>,
    ) -> bool {
        if given.lease.generation < self.model.generation(given.image) {
            assert!(
                matches!(outcome, Err(StoreError::LeaseSuperseded { .. })),
                "{outcome:?}"
            );
            return false;
        }
        if host != given.host {
            assert!(
                matches!(outcome, Err(StoreError::Forbidden(_))),
                "{outcome:?}"
            );
            return false;
        }
        assert!(
            outcome.is_ok(),
            "the current generation, even if expired: {outcome:?}"
        );
        true
    }

    /// Whether the store shows what the model says.
    pub async fn check(&self) {
        let response = self
            .fleet
            .store
            .images(Default::default(), self.fleet.now())
            .await;
        for summary in response.unwrap().images {
            let number = summary.digest.as_bytes()[0];
            let detail = self.fleet.image(number).await;
            let known = self.model.known.get(&number);
            assert_eq!(detail.generation, known.map(|known| known.generation));
            let held = known
                .map(|known| contents(known.content))
                .unwrap_or_default();
            assert_eq!(detail.artifacts, held);
            let said = summary.second_opinion.filter(|said| said.host.is_some());
            let said = said.map(|said| (said.opinion, said.host.unwrap()));
            let expected = self.model.opinions.get(&number);
            let expected = expected.map(|(said, by)| (*said, HOSTS[*by].to_owned()));
            assert_eq!(said, expected, "image {number}");
            let state = summary.state;
            match known.map(|known| known.status) {
                None => assert!(matches!(
                    state,
                    ImageState::Unscanned | ImageState::Quarantined
                )),
                Some(ScanStatus::Partial) => assert!(matches!(
                    state,
                    ImageState::Partial | ImageState::Quarantined
                )),
                Some(ScanStatus::Complete) => assert_eq!(state, ImageState::Complete),
            }
            let live = self
                .model
                .newest(number)
                .filter(|newest| self.model.is_live(newest));
            let shown = detail
                .lease
                .map(|lease| (lease.host, lease.generation, lease.expires_at));
            let live = live.map(|given| {
                (
                    HOSTS[given.host].to_owned(),
                    given.lease.generation,
                    at(given.expires),
                )
            });
            assert_eq!(shown, live, "image {number}");
        }
    }
}

/// What an image holds, by the variant of its content.
fn contents(variant: u8) -> Vec<proto_types::Artifact> {
    (0..=variant).map(|n| deb(&format!("x{n}"), "1")).collect()
}
