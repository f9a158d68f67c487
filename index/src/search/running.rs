//! The hosts that run some images: from the images' side, or where they have many runs from the
//! hosts'. Most hosts then run one of them, and to find it takes a look at a few of their runs.

use super::{finding::Pause, scope::Scope};
use crate::{bits::Bits, marks::Marks};

/// So many hosts are looked at before it is asked whether to pause.
const HOSTS: u32 = 256;

/// How far it has come.
pub struct Running {
    hosts: Marks,
    /// Hosts that were looked at for an image of which all runs that go on count.
    looked_at: u32,
    /// Images whose runs were walked along.
    walked: Bits,
}

impl Running {
    /// Nothing yet.
    pub fn new(scope: &Scope<'_>) -> Self {
        Self {
            hosts: scope.no_hosts(),
            looked_at: 0,
            walked: Bits::default(),
        }
    }

    /// Goes on until all hosts of these images are found, or until it is to pause. The index may
    /// have taken in commits since: of an image that they changed, the runs are walked along.
    pub fn go_on(&mut self, scope: &Scope<'_>, images: &Bits, pause: Pause<'_>) -> Option<()> {
        let whole: Option<Bits> = match scope.is_of_last() {
            true => None,
            false => Some(images.iter().filter(|one| scope.is_whole(*one)).collect()),
        };
        let whole = whole.as_ref().unwrap_or(images);
        let runs = whole.each().map(|one| u64::from(scope.containers(one)));
        let from_hosts = scope.looks_from_hosts(runs.sum());
        if from_hosts {
            self.look_at_hosts(scope, whole, pause)?;
        }
        for image in images.each() {
            if !(from_hosts && whole.contains(image)) && self.walked.insert(image) {
                scope.each_host(image, |host| self.hosts.add(host));
                if pause() {
                    return None;
                }
            }
        }
        Some(())
    }

    /// The hosts that were found.
    pub const fn hosts(&self) -> &Marks {
        &self.hosts
    }

    /// How many hosts were found; it can be used again then.
    pub fn take(&mut self) -> u64 {
        self.looked_at = 0;
        self.walked.clear();
        self.hosts.take()
    }

    fn look_at_hosts(&mut self, scope: &Scope<'_>, images: &Bits, pause: Pause<'_>) -> Option<()> {
        let end = scope.end_of_hosts();
        while self.looked_at < end {
            let piece = self.looked_at..end.min(self.looked_at.saturating_add(HOSTS));
            self.looked_at = piece.end;
            for host in piece {
                let mut runs = scope.live_images(host).iter();
                if runs.any(|image| images.contains(*image)) {
                    self.hosts.add(host);
                }
            }
            if pause() {
                return None;
            }
        }
        Some(())
    }
}
