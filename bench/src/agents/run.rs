//! Going on: every host reports, cycle after cycle, at a rate or as fast as the server takes it.

use std::time::{Duration, Instant};

use client::Client;
use futures_util::{StreamExt, stream};
use serde::Serialize;

use super::{
    agent::{Agent, Seq},
    error::{AgentError, Result},
    tokens::Tokens,
};
use crate::{figures::Figures, fleet::Fleet};

/// How fast and for how long the hosts report.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Reports a second; as fast as the server takes them where nothing is said.
    pub rate: Option<f64>,
    /// For how long.
    pub time: Duration,
    /// The cycle that the first report is of.
    pub cycle: u32,
    /// Whether what runs stays as it is in that cycle.
    pub still: bool,
    /// How many hosts report at once.
    pub at_once: usize,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Ran {
    /// Reports that were taken.
    pub reports: u64,
    /// Reports that were refused or not answered.
    pub refused: u64,
    /// What was said of the first of those.
    pub first_refusal: Option<String>,
    /// Images that were scanned besides.
    pub scans: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Reports taken a second.
    pub rate: f64,
    /// How long a report took, from when it was due.
    pub latency: Figures,
    /// The cycle that the last report was of.
    pub cycle: u32,
}

/// One report that was sent.
struct Sent {
    took: Duration,
    scans: u64,
    refusal: Option<String>,
}

/// Lets the hosts report, one after the other, and from the first again in the next cycle.
///
/// # Errors
/// [`AgentError::NoToken`]: a host of the fleet was never enrolled.
pub async fn run(fleet: &Fleet, hosts: &Client, tokens: &Tokens, pace: Pace) -> Result<Ran> {
    let (begun, seq) = (Instant::now(), &Seq::default());
    let many = u64::from(fleet.shape.hosts);
    let cycle_of = |number: u64| match pace.still {
        true => pace.cycle,
        false => pace.cycle + u32::try_from(number / many).unwrap_or(u32::MAX),
    };
    let due = |number: u64| match pace.rate {
        Some(rate) => {
            begun
                + Duration::from_secs_f64(
                    f64::from(u32::try_from(number).unwrap_or(u32::MAX)) / rate,
                )
        }
        None => Instant::now(),
    };
    let end = begun + pace.time;
    let mut sent = stream::iter(0_u64..)
        .take_while(|number| std::future::ready(due(*number) < end))
        .map(|number| async move {
            let host = u32::try_from(number % many).unwrap_or(0);
            let due = due(number);
            tokio::time::sleep_until(due.into()).await;
            let token = tokens.of(host).ok_or(AgentError::NoToken(host))?;
            let agent = Agent::new(fleet, host, hosts, token);
            Ok::<_, AgentError>((
                cycle_of(number),
                send(&agent, fleet, host, cycle_of(number), seq, due).await,
            ))
        })
        .buffer_unordered(pace.at_once);
    let (mut took, mut ran) = (Vec::new(), Ran::none(pace.cycle));
    while let Some(one) = sent.next().await {
        let (cycle, sent) = one?;
        ran.cycle = ran.cycle.max(cycle);
        ran.scans += sent.scans;
        match sent.refusal {
            None => took.push(sent.took),
            Some(refusal) => {
                ran.refused += 1;
                ran.first_refusal.get_or_insert(refusal);
            }
        }
    }
    ran.reports = took.len() as u64;
    ran.seconds = begun.elapsed().as_secs_f64();
    ran.rate = f64::from(u32::try_from(ran.reports).unwrap_or(u32::MAX)) / ran.seconds;
    ran.latency = Figures::of(took);
    Ok(ran)
}

/// Sends one report, and does the scans that it is given.
async fn send(
    agent: &Agent<'_>,
    fleet: &Fleet,
    host: u32,
    cycle: u32,
    seq: &Seq,
    due: Instant,
) -> Sent {
    let report = fleet.report(host, cycle, seq.next());
    let answer = agent.report(&report).await;
    let took = due.elapsed();
    let mut sent = Sent {
        took,
        scans: 0,
        refusal: None,
    };
    let scanned = match answer {
        Ok(leases) => scan_all(agent, cycle, leases).await,
        Err(error) => Err(error),
    };
    match scanned {
        Ok(scans) => sent.scans = scans,
        Err(error) => sent.refusal = Some(error.to_string()),
    }
    sent
}

async fn scan_all(agent: &Agent<'_>, cycle: u32, leases: Vec<proto_types::Lease>) -> Result<u64> {
    let mut scans = 0;
    for lease in leases {
        agent.scan(cycle, lease).await?;
        scans += 1;
    }
    Ok(scans)
}

impl Ran {
    const fn none(cycle: u32) -> Self {
        Self {
            reports: 0,
            refused: 0,
            first_refusal: None,
            scans: 0,
            seconds: 0.0,
            rate: 0.0,
            latency: Figures::NONE,
            cycle,
        }
    }
}
