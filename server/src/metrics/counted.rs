//! What is counted as it happens: requests, refusals, reports and scans.

use std::time::Duration;

use prometheus::{
    Error, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, proto::MetricFamily,
};
use proto_types::{ErrorCode, FailureCause, ScanOutcome, ScanStatus, Timestamp};

use super::agents::Agents;

/// The bounds of the durations that are counted together, in seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0,
];

/// What is counted since the server was started.
pub struct Metrics {
    began: Timestamp,
    registry: Registry,
    durations: HistogramVec,
    refused: IntCounterVec,
    reports: IntCounterVec,
    agents: Agents,
    by_agents: IntCounterVec,
    scans: IntCounterVec,
    failures: IntCounterVec,
}

/// Which report a host sent.
#[derive(Debug, Clone, Copy)]
pub enum Report {
    /// One of everything that runs.
    Full,
    /// One of a container that started or stopped.
    Container,
}

impl Report {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Container => "container",
        }
    }
}

impl Metrics {
    /// Nothing yet, of everything that can be known before it happens.
    ///
    /// # Errors
    /// Two metrics have the same name, or one has a name that Prometheus doesn't take.
    pub fn new(now: Timestamp) -> Result<Self, Error> {
        let registry = Registry::new();
        let counter = |name, help, labels: &[&str]| counter(&registry, name, help, labels);
        let refused = counter(
            "assetmon_requests_refused_total",
            "Requests that were refused, by the code of the error.",
            &["code"],
        )?;
        let reports = counter(
            "assetmon_reports_total",
            "Reports that were taken in, by kind.",
            &["kind"],
        )?;
        let by_agents = counter(
            "assetmon_agent_reports_total",
            "Full reports that were taken in, by the version of the agent.",
            &["version"],
        )?;
        let scans = counter(
            "assetmon_scans_total",
            "SBOMs that were uploaded, by their status and what became of them.",
            &["status", "outcome"],
        )?;
        let failures = counter(
            "assetmon_scan_failures_total",
            "Scans that hosts reported as failed, by cause.",
            &["cause"],
        )?;
        let metrics = Self {
            began: now,
            durations: durations(&registry)?,
            registry,
            refused,
            reports,
            agents: Agents::default(),
            by_agents,
            scans,
            failures,
        };
        metrics.begin();
        Ok(metrics)
    }

    /// Has every word there from the start, with 0: how fast something grows is known from the first
    /// one on.
    fn begin(&self) {
        for code in ErrorCode::ALL {
            self.refused.with_label_values(&[code.as_str()]);
        }
        for report in [Report::Full, Report::Container] {
            self.reports.with_label_values(&[report.as_str()]);
        }
        for status in ScanStatus::ALL {
            for outcome in ScanOutcome::ALL {
                self.scans
                    .with_label_values(&[status.as_str(), outcome.as_str()]);
            }
        }
        for cause in FailureCause::ALL {
            self.failures.with_label_values(&[cause.as_str()]);
        }
    }

    /// A request was answered, after so long. The route is as it is written in the API.
    pub fn answered(&self, method: &str, route: &str, took: Duration) {
        let duration = self.durations.with_label_values(&[method, route]);
        duration.observe(took.as_secs_f64());
    }

    /// A request was refused.
    pub fn refused(&self, code: ErrorCode) {
        self.refused.with_label_values(&[code.as_str()]).inc();
    }

    /// A report was taken in.
    pub fn reported(&self, report: Report) {
        self.reports.with_label_values(&[report.as_str()]).inc();
    }

    /// A full report was taken in, from an agent that calls itself so.
    pub fn reported_by(&self, user_agent: Option<&str>) {
        let version = self.agents.version(user_agent);
        self.by_agents.with_label_values(&[&version]).inc();
    }

    /// An SBOM was uploaded.
    pub fn scanned(&self, status: ScanStatus, outcome: ScanOutcome) {
        let labels = [status.as_str(), outcome.as_str()];
        self.scans.with_label_values(&labels).inc();
    }

    /// A scan was reported as failed.
    pub fn failed(&self, cause: FailureCause) {
        self.failures.with_label_values(&[cause.as_str()]).inc();
    }

    /// When it began, in seconds since 1970.
    pub(super) fn began(&self) -> f64 {
        self.began.as_millisecond() as f64 / 1_000.0
    }

    /// All of it, as it stands now.
    pub(super) fn gather(&self) -> Vec<MetricFamily> {
        self.registry.gather()
    }
}

fn counter(
    registry: &Registry,
    name: &str,
    help: &str,
    labels: &[&str],
) -> Result<IntCounterVec, Error> {
    let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
    registry.register(Box::new(counter.clone()))?;
    Ok(counter)
}

fn durations(registry: &Registry) -> Result<HistogramVec, Error> {
    let options = HistogramOpts::new(
        "assetmon_request_duration_seconds",
        "How long requests took until their answer began, by route.",
    );
    let options = options.buckets(SECONDS.to_vec());
    let durations = HistogramVec::new(options, &["method", "route"])?;
    registry.register(Box::new(durations.clone()))?;
    Ok(durations)
}
