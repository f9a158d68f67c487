//! What the demo's hosts tell the server: who they are, what they run, what they scanned.

use client::{Client, ServerAddress};
use proto_types::{
    CreateHost, Enroll, FailureCause, FullReport, HostCode, Lease, ScanFailure, ScanReport,
    ScanStatus,
};

use crate::{fleet::DemoHost, images::SERVICES};

/// A result of anything that can go wrong here: an example has one answer to all of it.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The scanner that all hosts have.
const SCANNER: &str = "syft 1.18.1";

/// A host that is enrolled.
pub struct Enrolled {
    /// The host.
    pub host: DemoHost,
    client: Client,
    seq: u64,
}

/// Adds a host.
pub async fn add(admin: &Client, name: &str) -> Result<HostCode> {
    let name = name.to_owned();
    Ok(admin.send(&CreateHost { name }).await?)
}

/// Adds a host and enrols it.
pub async fn enrol(admin: &Client, address: &ServerAddress, host: DemoHost) -> Result<Enrolled> {
    let code = add(admin, &host.name).await?.code;
    let anyone = Client::new(address.clone(), None)?;
    let token = anyone.send(&Enroll::by(code)).await?.token;
    let client = Client::new(address.clone(), Some(token))?;
    Ok(Enrolled {
        host,
        client,
        seq: 0,
    })
}

impl Enrolled {
    /// Reports what runs on this day, and scans what the server asks for.
    pub async fn report(&mut self, day: i64) -> Result<()> {
        loop {
            self.seq += 1;
            let report = FullReport {
                host: self.host.name.clone(),
                seq: Some(self.seq),
                complete: true,
                scanner: Some(SCANNER.to_owned()),
                detail: model::detail::KEPT,
                machine: None,
                unseen: proto_types::Unseen::default(),
                containers: self.host.containers(day),
            };
            let answer = self.client.send(&report).await?;
            if answer.leases.is_empty() {
                return Ok(());
            }
            for lease in answer.leases {
                self.scan(lease).await?;
            }
        }
    }

    async fn scan(&self, lease: Lease) -> Result<()> {
        let digest = lease.image_digest;
        let service = SERVICES.iter().find(|one| one.scan(digest).is_some());
        let Some(service) = service else {
            return Err(format!("{digest} is no image of the demo").into());
        };
        // One image can't be read, and one only in part: no fleet is without.
        if service.name == "prometheus" {
            let failure = ScanFailure {
                image_digest: digest,
                lease: Some(lease.lease),
                generation: Some(lease.generation),
                scanner: Some(SCANNER.to_owned()),
                cause: FailureCause::Image,
                message: "syft: the layer sha256:4be1… is not a tar archive".to_owned(),
            };
            self.client.send(&failure).await?;
            return Ok(());
        }
        let is_partial = service.name == "pgbouncer";
        let image = service.scan(digest).ok_or("the image is gone")?;
        let report = ScanReport {
            image,
            lease: Some(lease.lease),
            generation: Some(lease.generation),
            scanner: Some(SCANNER.to_owned()),
            detail: model::detail::KEPT,
            status: if is_partial {
                ScanStatus::Partial
            } else {
                ScanStatus::Complete
            },
            reason: is_partial.then(|| "the scanner ran out of temporary space".to_owned()),
            cause: None,
        };
        self.client.send(&report).await?;
        Ok(())
    }
}
