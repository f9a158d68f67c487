//! What must hold of uploads and failures, and of whoever may send them.

use assetmon_server::store::StoreError;
use proto_types::{FailureCause, Opinion, ScanOutcome, ScanStatus};

use super::world::{World, contents};
use crate::{
    common::{complete, partial},
    model::{Given, Known},
};

impl World {
    pub(super) async fn upload(&mut self, host: usize, back: usize, content: u8, whole: bool) {
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

    pub(super) async fn fail(&mut self, host: usize, back: usize, own: bool) {
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
}
