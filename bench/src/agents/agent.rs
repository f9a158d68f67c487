//! One simulated agent: it enrolls, reports what its host runs, and scans what it is given.

use std::sync::atomic::{AtomicU64, Ordering};

use client::Client;
use proto_types::{CreateHost, Enroll, FullReport, Lease, ScanReport, ScanStatus, Timestamp};

use super::error::{AgentError, Result};
use crate::fleet::Fleet;

/// The counter that reports are numbered by, one for all hosts: it goes on where an earlier
/// process's ended, since it begins with the time.
#[derive(Debug)]
pub struct Seq(AtomicU64);

impl Default for Seq {
    fn default() -> Self {
        let now = Timestamp::now().as_microsecond();
        Self(AtomicU64::new(u64::try_from(now).unwrap_or(0)))
    }
}

impl Seq {
    /// The next number.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// The agent of one host.
pub struct Agent<'a> {
    fleet: &'a Fleet,
    host: u32,
    client: Client,
}

/// Adds a host by an admin's client and enrolls it; its token.
///
/// # Errors
/// [`AgentError::Host`]: the server refuses, or can't be reached.
pub async fn enroll(fleet: &Fleet, host: u32, admin: &Client, hosts: &Client) -> Result<String> {
    let name = fleet.host_name(host);
    let add = CreateHost { name: name.clone() };
    let code = admin
        .send(&add)
        .await
        .map_err(AgentError::of_host(&name))?
        .code;
    let enrolled = hosts.send(&Enroll::by(code)).await;
    Ok(enrolled.map_err(AgentError::of_host(&name))?.token)
}

impl<'a> Agent<'a> {
    /// The agent of an enrolled host.
    #[must_use]
    pub fn new(fleet: &'a Fleet, host: u32, hosts: &Client, token: String) -> Self {
        Self {
            fleet,
            host,
            client: hosts.with_token(Some(token)),
        }
    }

    /// Reports what runs in a cycle, once; what was leased.
    ///
    /// # Errors
    /// [`AgentError::Host`]: the server refuses, or can't be reached.
    pub async fn report(&self, report: &FullReport) -> Result<Vec<Lease>> {
        let sent = self.client.send(report).await;
        Ok(sent.map_err(AgentError::of_host(&report.host))?.leases)
    }

    /// Reports what runs in a cycle, scans what is leased, and so on until nothing more is given;
    /// how many reports and scans that took.
    ///
    /// # Errors
    /// As [`Self::report`] and [`Self::scan`].
    pub async fn cycle(&self, cycle: u32, seq: &Seq) -> Result<(u64, u64)> {
        let mut report = self.fleet.report(self.host, cycle, seq.next());
        let (mut reports, mut scans) = (0, 0);
        loop {
            let leases = self.report(&report).await?;
            reports += 1;
            if leases.is_empty() {
                return Ok((reports, scans));
            }
            for lease in leases {
                self.scan(cycle, lease).await?;
                scans += 1;
            }
            report.seq = Some(seq.next());
        }
    }

    /// Scans an image that was leased, and uploads what is in it.
    ///
    /// # Errors
    /// [`AgentError::StrangeLease`]: nothing of that image runs here; [`AgentError::Host`]: the
    /// server refuses, or can't be reached.
    pub async fn scan(&self, cycle: u32, lease: Lease) -> Result<()> {
        let containers = self.fleet.containers(self.host, cycle);
        let mut images = containers.iter().map(|container| container.image);
        let image = images.find(|image| self.fleet.digest(*image) == lease.image_digest);
        let name = self.fleet.host_name(self.host);
        let Some(image) = image else {
            return Err(AgentError::StrangeLease(
                name,
                lease.image_digest.to_string(),
            ));
        };
        let scan = ScanReport {
            image: self.fleet.scan(image),
            lease: Some(lease.lease),
            generation: Some(lease.generation),
            scanner: Some("syft 1.18.1".to_owned()),
            detail: model::detail::KEPT,
            status: ScanStatus::Complete,
            reason: None,
            cause: None,
        };
        self.client
            .send(&scan)
            .await
            .map_err(AgentError::of_host(&name))?;
        Ok(())
    }
}
