//! The demo's present: its hosts report one after the other, each once a minute, and rollouts go on.

use std::time::{Duration, Instant};

use axum::Router;

use super::{agent::Agent, fleet::DAYS};

/// How long it takes until every host has reported once more.
const ROUND: Duration = Duration::from_secs(60);
/// A day of the fleet's, for its rollouts and jobs, takes so many seconds of the demo's present.
const DAY: f64 = 120.0;

/// The hosts of a demo.
pub(super) struct Fleet {
    pub(super) agents: Vec<Agent>,
}

impl Fleet {
    /// Has every host report what it runs at this moment.
    ///
    /// # Errors
    /// A route refuses what it is told.
    pub(super) async fn report(&self, router: &Router) -> anyhow::Result<()> {
        let age = f64::from(DAYS);
        for agent in self
            .agents
            .iter()
            .filter(|agent| !agent.host.is_silent(age))
        {
            report(agent, router, age).await?;
        }
        Ok(())
    }

    /// Goes on without an end. A host that has jobs reports before each other one.
    pub(super) async fn go_on(&self, router: &Router) {
        let begun = Instant::now();
        let age = || f64::from(DAYS) + begun.elapsed().as_secs_f64() / DAY;
        let live = |agent: &&Agent| !agent.host.is_silent(f64::from(DAYS));
        let all: Vec<&Agent> = self.agents.iter().filter(live).collect();
        let jobs = all.iter().filter(|agent| agent.host.has_jobs());
        let pause = ROUND / u32::try_from(all.len()).unwrap_or(1).max(1);
        for (with_jobs, agent) in jobs.cycle().zip(all.iter().cycle()) {
            tokio::time::sleep(pause).await;
            for agent in [with_jobs, agent] {
                if let Err(error) = report(agent, router, age()).await {
                    let host = &agent.host.name;
                    tracing::warn!(host, "the demo's host can't report: {error:#}");
                }
            }
        }
    }
}

/// Has a host report what it runs at an age of the fleet.
pub(super) async fn report(agent: &Agent, router: &Router, age: f64) -> anyhow::Result<()> {
    let complete = !agent.host.is_incomplete(age);
    agent
        .report(router, &agent.host.containers(age), complete)
        .await
}
