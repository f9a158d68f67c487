//! The demo's hosts: which services they run, and when a newer image of each reaches them.
//!
//! A fleet's age is counted in days from its beginning, with fractions.

use proto_types::ReportedContainer;

use super::{chance::mix, image::Service, images::SERVICES};

/// How many days are past when the demo begins.
pub(super) const DAYS: u32 = 30;
/// A rollout takes so many days until it has reached every host.
const ROLLOUT: f64 = 9.0;
/// So many days before the demo begins, two hosts fall silent.
const SILENT: f64 = 3.0;

/// A host of the demo.
#[derive(Debug, Clone)]
pub(super) struct Host {
    /// Its name.
    pub(super) name: String,
    number: u64,
    services: Vec<&'static Service>,
}

/// Groups of hosts: their name, how many there are, what they run.
const GROUPS: [(&str, u64, &[&str]); 8] = [
    ("web", 14, &["nginx", "shop-frontend", "node-exporter"]),
    ("api", 10, &["shop-api", "auth", "redis", "node-exporter"]),
    ("db", 6, &["postgres", "pgbouncer", "node-exporter"]),
    ("edge", 8, &["haproxy", "nginx", "node-exporter"]),
    ("search", 4, &["shop-search", "keycloak", "node-exporter"]),
    ("batch", 5, &["invoice-worker", "redis", "legacy-reports"]),
    ("ci", 3, &["ci-runner", "node-exporter"]),
    ("mon", 2, &["grafana", "prometheus", "node-exporter"]),
];
/// A fresh machine that was added and has not enrolled.
pub(super) const PENDING: &str = "edge-09";

/// Every host.
pub(super) fn hosts() -> Vec<Host> {
    let mut hosts = Vec::new();
    for (group, count, names) in GROUPS {
        for at in 1..=count {
            hosts.push(Host {
                name: format!("{group}-{at:02}"),
                number: hosts.len() as u64 + 1,
                services: SERVICES
                    .iter()
                    .filter(|service| names.contains(&service.name))
                    .collect(),
            });
        }
    }
    hosts
}

impl Host {
    /// Chance, from 0 to 1, for when it reports on a day.
    pub(super) fn chance(&self, day: u32) -> f64 {
        part(self.number * 31 + u64::from(day))
    }

    /// Whether it was lost some days ago.
    pub(super) fn is_silent(&self, age: f64) -> bool {
        let is_lost = matches!(self.name.as_str(), "edge-07" | "batch-04");
        is_lost && age > f64::from(DAYS) - SILENT
    }

    /// Whether its podman can't list everything.
    pub(super) fn is_incomplete(&self, age: f64) -> bool {
        self.name == "mon-02" && age > f64::from(DAYS) - 1.0
    }

    /// Whether jobs run on it that come and go.
    pub(super) fn has_jobs(&self) -> bool {
        self.name.starts_with("batch-")
    }

    /// What runs on it.
    pub(super) fn containers(&self, age: f64) -> Vec<ReportedContainer> {
        let copies = |service: &Service| if service.name == "nginx" { 2 } else { 1 };
        let all = self.services.iter();
        let mut running: Vec<_> = all
            .flat_map(|service| (1..=copies(service)).map(move |copy| (service, copy)))
            .map(|(service, copy)| {
                let image = service.image(self.generation(service, age));
                image.container(format!("{}-{copy}", service.name))
            })
            .collect();
        running.extend(self.job(age));
        running
    }

    /// The job of the hour, on one host of its group after the other.
    fn job(&self, age: f64) -> Option<ReportedContainer> {
        let worker = self
            .services
            .iter()
            .find(|one| one.name == "invoice-worker")?;
        // Each runs for a quarter of a day, which in the demo's present is half a minute.
        let quarter = (age * 4.0) as u64;
        let image = worker.image(self.generation(worker, age));
        (quarter + self.number)
            .is_multiple_of(3)
            .then(|| image.container(format!("invoice-job-{quarter}")))
    }

    /// How many rollouts of a service have reached it: each takes some days to go round.
    fn generation(&self, service: &Service, age: f64) -> usize {
        // Somebody forgot this one.
        if self.name == "search-04" && service.name == "shop-search" {
            return 0;
        }
        let lag = part(self.number * 7 + mix(service.name.len() as u64)) * ROLLOUT;
        service
            .rollouts(age)
            .filter(|start| age >= start + lag)
            .count()
    }
}

/// Chance as a part of one.
fn part(number: u64) -> f64 {
    (mix(number) % 1000) as f64 / 1000.0
}
