//! The fleet that the tests share which only read: three hosts that report together, and a fourth
//! that joins when all is known.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock},
};

use crate::{agent::Agent, host::Host, image::Image, lab::Lab, server::Server};

/// The fleet.
pub struct Fleet {
    /// Its server.
    pub server: Server,
    /// How many scans each of the first three hosts had started when all was known.
    pub scans: BTreeMap<String, usize>,
    /// How many the host had started that joined then.
    pub late_scans: usize,
    /// The hosts, which stay up as long as the tests do.
    hosts: Mutex<Vec<Agent>>,
}

/// What runs where: host, container, image. `web1` runs one image twice.
const RUNS: [(&str, &str, &str); 9] = [
    ("web1", "shop", "web"),
    ("web1", "shop-spare", "web"),
    ("web1", "cache", "alpine"),
    ("web2", "shop", "web"),
    ("web2", "orders", "db"),
    ("db1", "orders", "db"),
    ("db1", "legacy", "rhel"),
    ("late1", "shop", "web"),
    ("late1", "legacy", "rhel"),
];
/// The host that joins when all is known.
const LATE: &str = "late1";

impl Fleet {
    /// The fleet, set up by whoever asks first.
    ///
    /// # Panics
    /// It can't be set up; then with what was said.
    pub fn get() -> &'static Self {
        static FLEET: OnceLock<Fleet> = OnceLock::new();
        FLEET.get_or_init(Self::set_up)
    }

    fn set_up() -> Self {
        let server = Server::new("");
        let first: Vec<Agent> = ["web1", "web2", "db1"]
            .map(|name| Agent::enroll(&server, running(name)))
            .into();
        // All at once, so that they compete for the images.
        let cycles: Vec<_> = first.iter().map(Agent::start_report).collect();
        cycles.into_iter().for_each(crate::Cycle::ends_well);
        // And again: whatever another one scanned meanwhile is no reason to scan now.
        first.iter().for_each(Agent::report);
        let scans = first
            .iter()
            .map(|agent| (agent.host.name.clone(), agent.syft.scans()))
            .collect();

        let late = Agent::enroll(&server, running(LATE));
        late.report();
        let late_scans = late.syft.scans();
        let hosts = first.into_iter().chain([late]).collect();
        Self {
            server,
            scans,
            late_scans,
            hosts: Mutex::new(hosts),
        }
    }

    /// Every container: its host, its name, its image.
    pub fn containers(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static Image)> {
        RUNS.into_iter()
            .map(|(host, container, image)| (host, container, Lab::get().image(image)))
    }

    /// How many hosts there are.
    ///
    /// # Panics
    /// A test panicked while it counted.
    pub fn size(&self) -> usize {
        self.hosts.lock().expect("counting doesn't panic").len()
    }
}

/// A host with its images, its containers running.
fn running(name: &str) -> Host {
    let lab = Lab::get();
    let runs = || RUNS.iter().filter(|(host, _, _)| *host == name);
    let mut images: Vec<&str> = runs().map(|(_, _, image)| *image).collect();
    images.sort_unstable();
    images.dedup();
    let images: Vec<&Image> = images.into_iter().map(|image| lab.image(image)).collect();
    let host = Host::new(name, &images);
    for (_, container, image) in runs() {
        host.start(container, lab.image(image));
    }
    host
}
