//! Hosts: what of one its runs tell.

use crate::fleet::Index;

/// What the runs of a host that go on tell of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HostRuns {
    /// How many containers it runs.
    pub containers: u64,
    /// On how many images.
    pub images: u64,
}

impl Index {
    /// What the runs of each host that go on tell, by its number.
    #[must_use]
    pub fn runs_of_hosts(&self) -> Vec<HostRuns> {
        let hosts = 0..self.hosts.end() as u32;
        hosts.map(|host| self.runs_of_host(host)).collect()
    }

    /// What the runs of a host that go on tell.
    #[must_use]
    pub fn runs_of_host(&self, host: u32) -> HostRuns {
        let mut images = self.runs.live_images(host).to_vec();
        let containers = images.len() as u64;
        images.sort_unstable();
        images.dedup();
        HostRuns {
            containers,
            images: images.len() as u64,
        }
    }
}
