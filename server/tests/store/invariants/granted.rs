//! What must hold of leases as they are given.

use std::collections::BTreeSet;

use proto_types::{Lease, ReportResponse};

use super::{IMAGES, world::World};
use crate::model::{Given, TTL};

impl World {
    /// Whether what was granted may be, and takes it into the model.
    pub(super) fn granted(
        &mut self,
        host: usize,
        reported: &BTreeSet<u8>,
        response: ReportResponse,
    ) {
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
}
