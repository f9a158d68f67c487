//! The demo's hosts: which services they run, and when they get a newer image of each.

use proto_types::ReportedContainer;

use crate::chance::mix;
use crate::images::{SERVICES, Service};

/// A host of the demo.
#[derive(Debug, Clone)]
pub struct DemoHost {
    /// Its name.
    pub name: String,
    number: u64,
    services: Vec<&'static Service>,
}

/// Groups of hosts: their name, how many there are, what they run.
const GROUPS: [(&str, u64, &[&str]); 6] = [
    ("web", 14, &["nginx", "shop-frontend", "node-exporter"]),
    ("api", 10, &["shop-api", "auth", "redis", "node-exporter"]),
    ("db", 6, &["postgres", "pgbouncer", "node-exporter"]),
    ("edge", 8, &["haproxy", "nginx", "node-exporter"]),
    (
        "batch",
        5,
        &["invoice-worker", "redis", "legacy-reports", "node-exporter"],
    ),
    ("mon", 2, &["grafana", "prometheus", "node-exporter"]),
];

/// Every host.
pub fn hosts() -> Vec<DemoHost> {
    let mut number = 0;
    let mut hosts = Vec::new();
    for (group, count, names) in GROUPS {
        for at in 1..=count {
            number += 1;
            hosts.push(DemoHost {
                name: format!("{group}-{at:02}"),
                number,
                services: SERVICES
                    .iter()
                    .filter(|service| names.contains(&service.name))
                    .collect(),
            });
        }
    }
    hosts
}

impl DemoHost {
    /// How late in the day it reports.
    pub fn minutes_late(&self, day: i64) -> i64 {
        i64::try_from(mix(self.number * 31 + day.unsigned_abs()) % 600).unwrap_or(0)
    }

    /// Whether it says nothing on this day: two hosts are lost three days before the end.
    pub fn is_silent(&self, day: i64, days: i64) -> bool {
        matches!(self.name.as_str(), "edge-07" | "batch-04") && day > days - 3
    }

    /// What runs on it on this day.
    pub fn containers(&self, day: i64) -> Vec<ReportedContainer> {
        let copies = |service: &Service| if service.name == "nginx" { 2 } else { 1 };
        let all = self.services.iter();
        all.flat_map(|service| (1..=copies(service)).map(move |copy| (service, copy)))
            .map(|(service, copy)| {
                let image = service.image(self.generation(service, day));
                ReportedContainer {
                    name: format!("{}-{copy}", service.name),
                    image_name: image.name(service),
                    image_digest: image.digest(service),
                }
            })
            .collect()
    }

    /// How many rollouts of a service have reached it: each takes some days to go round.
    fn generation(&self, service: &Service, day: i64) -> usize {
        let lag = mix(self.number * 7 + mix(u64::from(service.name.len() as u32))) % 9;
        let lag = i64::try_from(lag).unwrap_or(0);
        let reached = service.rollouts.iter().filter(|start| day >= **start + lag);
        reached.count()
    }
}
