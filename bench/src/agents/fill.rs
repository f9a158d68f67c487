//! Filling a server: every host enrolls, reports, and scans what it is given.

use std::time::Instant;

use client::Client;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use super::{
    agent::{Agent, Seq, enroll},
    error::{AgentError, Result},
    tokens::Tokens,
};
use crate::fleet::Fleet;

/// What filling a server took.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Filled {
    /// Hosts that enrolled.
    pub hosts: u32,
    /// How long that took, in seconds.
    pub enroll_seconds: f64,
    /// Full reports that were sent.
    pub reports: u64,
    /// SBOMs that were uploaded.
    pub scans: u64,
    /// How long both took, in seconds.
    pub report_seconds: f64,
}

/// Fills a server that knows no host of the fleet yet, `at_once` hosts at a time; answers the
/// hosts' tokens and what it took.
///
/// # Errors
/// The first [`AgentError`] of any host.
pub async fn fill(
    fleet: &Fleet,
    admin: &Client,
    hosts: &Client,
    at_once: usize,
) -> Result<(Tokens, Filled)> {
    let begun = Instant::now();
    let tokens = enroll_all(fleet, admin, hosts, at_once).await?;
    let enrolled = begun.elapsed();
    let (reports, scans) = report_all(fleet, hosts, &tokens, at_once).await?;
    let filled = Filled {
        hosts: fleet.shape.hosts,
        enroll_seconds: enrolled.as_secs_f64(),
        reports,
        scans,
        report_seconds: (begun.elapsed() - enrolled).as_secs_f64(),
    };
    Ok((tokens, filled))
}

async fn enroll_all(
    fleet: &Fleet,
    admin: &Client,
    hosts: &Client,
    at_once: usize,
) -> Result<Tokens> {
    let enrolled = stream::iter(0..fleet.shape.hosts)
        .map(|host| async move { Ok((host, enroll(fleet, host, admin, hosts).await?)) })
        .buffer_unordered(at_once);
    let tokens = Tokens::for_hosts(fleet.shape.hosts);
    enrolled
        .try_fold(tokens, |mut tokens, (host, token)| async move {
            tokens.keep(host, &token)?;
            Ok::<_, AgentError>(tokens)
        })
        .await
}

/// How many reports and scans it took until every host has reported and nothing is left to scan.
async fn report_all(
    fleet: &Fleet,
    hosts: &Client,
    tokens: &Tokens,
    at_once: usize,
) -> Result<(u64, u64)> {
    let seq = &Seq::default();
    let reported = stream::iter(0..fleet.shape.hosts)
        .map(|host| async move {
            let token = tokens.of(host).ok_or(AgentError::NoToken(host))?;
            Agent::new(fleet, host, hosts, token).cycle(0, seq).await
        })
        .buffer_unordered(at_once);
    reported
        .try_fold((0, 0), |(reports, scans), (more, scanned)| async move {
            Ok((reports + more, scans + scanned))
        })
        .await
}
