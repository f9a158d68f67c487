//! The store and the model, to which the same happens.

use assetmon_server::store::HostIdentity;
use proto_types::{
    Change, ContainerReport, During, FindRequest, FullReport, GroupBy, ListChanges, ListContainers,
};

use super::{
    HOSTS, Step,
    views::{by_image, contents, distinct, distinct_images, in_order, run_of_container, runs},
};
use crate::{
    common::{at, fleet::*, full, started},
    model::{Model, Run},
    pages::{containers_in_pages, in_chunks, in_pages},
};

#[derive(Clone)]
enum Report {
    Full(usize, FullReport, Vec<(String, u8)>),
    Update(usize, ContainerReport),
}

/// The store and the model.
pub struct World {
    pub fleet: Fleet,
    hosts: [HostIdentity; 3],
    pub model: Model,
    sent: Vec<Report>,
    seq: u64,
}

impl World {
    /// Both at their start: images 1 to 3 are scanned, and nothing runs.
    pub async fn new() -> Self {
        let (fleet, hosts) = Fleet::of(HOSTS).await;
        // The scans are of another time than the history.
        fleet.pass(-1_000_000);
        for image in 1..5 {
            // Image 4 is never scanned.
            if image < 4 {
                fleet
                    .run(&hosts[0], &[("x", image)], &contents(image))
                    .await;
            }
        }
        fleet.full(&hosts[0], &[]).await;
        fleet.pass(1_000_001);
        let model = Model {
            clock: 1,
            last: -1_000_000,
            seqs: [(0, 1000)].into(),
            ..Model::default()
        };
        let mut world = Self {
            fleet,
            hosts,
            model,
            sent: Vec::new(),
            seq: 1000,
        };
        let nothing = Report::Full(0, full(&[]), Vec::new());
        world.deliver(world.numbered(nothing)).await;
        world
    }

    fn numbered(&self, report: Report) -> Report {
        let seq = Some(self.seq + 1);
        match report {
            Report::Full(host, report, listing) => {
                Report::Full(host, FullReport { seq, ..report }, listing)
            }
            Report::Update(host, report) => Report::Update(host, ContainerReport { seq, ..report }),
        }
    }

    async fn deliver(&mut self, report: Report) {
        self.seq += 1;
        self.sent.push(report.clone());
        match report {
            Report::Full(host, report, listing) => {
                let taken = self.fleet.report(&self.hosts[host], report.clone()).await;
                let newer = self.model.advance(host, report.seq);
                assert_eq!(taken.is_ok(), newer, "{taken:?}");
                if newer {
                    self.model.lists(host, &listing, report.complete);
                }
            }
            Report::Update(host, report) => {
                let taken = self.fleet.update(&self.hosts[host], report.clone()).await;
                let newer = self.model.advance(host, report.seq);
                assert_eq!(taken.is_ok(), newer, "{taken:?}");
                if newer && report.running {
                    let image = report.container.image_digest.as_bytes()[0];
                    self.model.runs_on(host, &report.container.name, image);
                } else if newer {
                    self.model.stops(host, &report.container.name);
                }
            }
        }
    }

    /// Lets something happen to both.
    pub async fn take(&mut self, step: Step) {
        match step {
            Step::Full(host, listing, complete) => {
                let containers: Vec<(&str, u8)> =
                    listing.iter().map(|(n, i)| (n.as_str(), *i)).collect();
                let report = FullReport {
                    complete,
                    ..full(&containers)
                };
                let report = self.numbered(Report::Full(host, report, listing));
                self.deliver(report).await;
            }
            Step::Update(host, container, image, running) => {
                let report = ContainerReport {
                    running,
                    ..started(&container, image)
                };
                let report = self.numbered(Report::Update(host, report));
                self.deliver(report).await;
            }
            Step::Again(back) => {
                let again = self.sent.iter().rev().nth(back).cloned();
                if let Some(report) = again {
                    self.deliver(report).await;
                }
            }
            Step::Pass(seconds) => {
                self.fleet.pass(seconds);
                self.model.clock += seconds;
            }
        }
    }

    /// Whether a question's every view agrees with what ran.
    async fn agrees(&self, request: FindRequest, ran: &[Run]) {
        let all = self
            .fleet
            .find(FindRequest {
                limit: Some(0),
                ..request.clone()
            })
            .await;
        let rows = all.results.unwrap();
        let scanned = by_image(ran);
        assert_eq!(runs(&rows), scanned, "{request:?}");
        assert_eq!(all.total, rows.len() as u64);
        let summary = all.summary;
        assert_eq!(summary.containers, scanned.len() as u64);
        assert_eq!(summary.hosts, distinct(&rows, |row| row.host.clone()));
        assert_eq!(
            summary.images,
            distinct(&rows, |row| row.image_digest.to_string())
        );
        assert_eq!(
            summary.artifacts,
            distinct(&rows, |row| format!("{} {}", row.name, row.version))
        );
        assert_eq!(in_pages(&self.fleet, &request, 2).await, rows);
        assert_eq!(in_chunks(&self.fleet, &request, 3).await, rows);
        let groups = self.fleet.find(FindRequest {
            group_by: Some(GroupBy::Host),
            ..request
        });
        let groups = groups.await.groups.unwrap();
        assert_eq!(groups.len() as u64, summary.hosts);
        let containers: u64 = groups.iter().map(|group| group.containers).sum();
        assert_eq!(containers, summary.containers);
        let images = distinct_images(ran);
        assert_eq!(all.coverage.running_images, images.len() as u64);
        assert_eq!(
            all.coverage.images_without_sbom,
            u64::from(images.contains(&4))
        );
    }

    async fn containers(&self, request: ListContainers, ran: &[Run]) {
        let listed = self.fleet.containers(request.clone()).await.containers;
        let rows: Vec<_> = listed.iter().map(run_of_container).collect();
        assert_eq!(rows, in_order(ran), "{request:?}");
        assert_eq!(containers_in_pages(&self.fleet, request, 2).await, listed);
    }

    /// Whether they agree, now and at these moments.
    /// What changed on each host, since any moment, is what changed in the fleet of that host.
    async fn changes_of_hosts(&self, since: i64) {
        let of = |host: Option<&str>| ListChanges {
            since: Some(at(since)),
            host: host.map(str::to_owned),
            limit: Some(2),
            ..ListChanges::default()
        };
        let all = self.changes(of(None)).await;
        for host in HOSTS {
            let of_host = |change: &&Change| change.host.as_deref() == Some(host);
            let wanted: Vec<Change> = all.iter().filter(of_host).cloned().collect();
            assert_eq!(self.changes(of(Some(host))).await, wanted, "{host} {since}");
        }
    }

    async fn changes(&self, mut request: ListChanges) -> Vec<Change> {
        let mut changes = Vec::new();
        loop {
            let now = self.fleet.now();
            let page = self.fleet.store.changes(request.clone(), now).await;
            let page = page.unwrap();
            changes.extend(page.changes);
            request.cursor = page.next_cursor;
            if !page.truncated {
                return changes;
            }
        }
    }

    pub async fn check(&self, moments: &[i64]) {
        for since in moments.iter().take(2).chain(&[-9000]) {
            self.changes_of_hosts(*since).await;
        }
        let running = self.model.now_running();
        self.agrees(FindRequest::default(), &running).await;
        self.containers(ListContainers::default(), &running).await;
        for moment in moments {
            let then = self.model.running_at(*moment);
            let request = FindRequest {
                at: Some(at(*moment)),
                ..FindRequest::default()
            };
            self.agrees(request, &then).await;
            let request = ListContainers {
                at: Some(at(*moment)),
                ..Default::default()
            };
            self.containers(request, &then).await;
            let range = During {
                from: at(*moment),
                to: at(moment + 50),
            };
            let request = FindRequest {
                during: Some(range),
                ..FindRequest::default()
            };
            let then = self.model.running_during(*moment, moment + 50);
            self.agrees(request, &then).await;
        }
    }
}
