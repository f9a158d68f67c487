//! The store and the model, to which the same happens.

use assetmon_server::store::{HostIdentity, Rules};
use model::lease::SecondOpinions;
use proto_types::ScanStatus;

use super::Step;
use crate::{
    common::{deb, fleet::*, full, image, started},
    history::HOSTS,
    model::{Given, Model},
};

/// The store and the model.
pub struct World {
    pub(super) fleet: Fleet,
    pub(super) hosts: [HostIdentity; 3],
    pub(super) model: Model,
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
            hosts.push(fleet.enroll(name).await);
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

    /// The lease that was given so many leases ago.
    pub(super) fn back(&self, back: usize) -> Option<Given> {
        self.model.given.iter().rev().nth(back).cloned()
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
}

/// What an image holds, by the variant of its content.
pub(super) fn contents(variant: u8) -> Vec<proto_types::Artifact> {
    (0..=variant).map(|n| deb(&format!("x{n}"), "1")).collect()
}
