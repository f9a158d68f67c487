//! How things stand, as metrics: made anew each time that somebody looks.

use prometheus::{Counter, Error, Gauge, Opts, Registry, core::Collector, proto::MetricFamily};
use proto_types::{Counts, StatusResponse, StoreStatus, TlsStatus};

use crate::store::Work;

/// Metrics that are made for one look.
#[derive(Default)]
pub struct Standing(Registry);

impl Standing {
    /// The fleet, the store and the certificate, as the status says.
    ///
    /// # Errors
    /// Two metrics have the same name, or one has a name that Prometheus doesn't take.
    pub fn status(&self, status: &StatusResponse) -> Result<(), Error> {
        self.hosts(status)?;
        self.images(status)?;
        self.known(&status.counts)?;
        if let Some(store) = &status.store {
            self.store(store)?;
        }
        match &status.tls {
            Some(tls) => self.certificate(tls),
            None => Ok(()),
        }
    }

    fn hosts(&self, status: &StatusResponse) -> Result<(), Error> {
        let (covered, counts) = (&status.coverage, &status.counts);
        let complete = u64::from(covered.complete);
        self.gauges([
            ("assetmon_hosts", "Hosts that are enrolled.", covered.hosts),
            (
                "assetmon_hosts_pending",
                "Hosts that were added and have not enrolled yet.",
                covered.pending_hosts,
            ),
            (
                "assetmon_hosts_silent",
                "Hosts without a full report of late.",
                covered.silent_hosts,
            ),
            (
                "assetmon_hosts_incomplete",
                "Hosts that could not list everything that they run.",
                covered.incomplete_hosts,
            ),
            (
                "assetmon_hosts_cloned",
                "Hosts as which two machines report.",
                covered.cloned_hosts,
            ),
            (
                "assetmon_containers",
                "Containers that run.",
                counts.containers,
            ),
            (
                "assetmon_containers_without_image",
                "Containers that run without an image, so that it is not known what is in them.",
                covered.containers_without_image,
            ),
            (
                "assetmon_runtimes_not_looked_at",
                "What else runs containers on hosts and is neither looked at nor acknowledged.",
                covered.runtimes_not_looked_at,
            ),
            (
                "assetmon_coverage_complete",
                "Whether an empty answer is a proof: 1 where nothing is missing.",
                complete,
            ),
        ])
    }

    fn images(&self, status: &StatusResponse) -> Result<(), Error> {
        let (covered, counts) = (&status.coverage, &status.counts);
        self.gauges([
            ("assetmon_images", "Images, running or not.", counts.images),
            (
                "assetmon_images_running",
                "Images that run.",
                covered.running_images,
            ),
            (
                "assetmon_images_without_sbom",
                "Images that run and have no SBOM.",
                covered.images_without_sbom,
            ),
            (
                "assetmon_images_withdrawn",
                "Images that run, whose SBOM was withdrawn, and that were not scanned again.",
                covered.images_withdrawn,
            ),
            (
                "assetmon_images_partial",
                "Images that run and have a partial SBOM.",
                covered.images_partial,
            ),
            (
                "assetmon_images_queued",
                "Images that run and wait for a scan.",
                counts.queued_images,
            ),
            (
                "assetmon_images_to_rescan",
                "Images that run and are scanned again, for more detail.",
                counts.rescan_images,
            ),
            (
                "assetmon_images_quarantined",
                "Images that are not scanned again unasked, since that failed too often.",
                counts.quarantined_images,
            ),
        ])
    }

    fn known(&self, counts: &Counts) -> Result<(), Error> {
        self.gauges([
            (
                "assetmon_artifacts",
                "Distinct artifacts.",
                counts.artifacts,
            ),
            (
                "assetmon_conflicts",
                "Scans that differ from the SBOM that is kept.",
                counts.conflicts,
            ),
            (
                "assetmon_images_conflicting",
                "Images in which two hosts with one scanner found different artifacts.",
                counts.conflicting_images,
            ),
            ("assetmon_leases", "Leases that are live.", counts.leases),
        ])
    }

    fn store(&self, store: &StoreStatus) -> Result<(), Error> {
        self.gauges([
            (
                "assetmon_database_bytes",
                "The size of the database.",
                store.database_bytes,
            ),
            (
                "assetmon_database_wal_bytes",
                "The size of the database's write-ahead log.",
                store.wal_bytes,
            ),
            (
                "assetmon_disk_bytes",
                "The size of the disk that holds the database.",
                store.disk_bytes,
            ),
            (
                "assetmon_disk_free_bytes",
                "What is free on the disk that holds the database.",
                store.disk_free_bytes,
            ),
            (
                "assetmon_writer_waiting_changes",
                "Changes that wait to be written.",
                store.waiting_changes,
            ),
        ])
    }

    fn certificate(&self, tls: &TlsStatus) -> Result<(), Error> {
        self.gauge(
            "assetmon_certificate_expiry_timestamp_seconds",
            "When the server's certificate ends.",
            tls.expires_at.as_second() as f64,
        )?;
        self.gauge(
            "assetmon_certificate_problem",
            "Whether the files of the server's certificate changed and can't be used: 1 where so.",
            f64::from(u8::from(tls.problem.is_some())),
        )
    }

    /// What the store has done.
    ///
    /// # Errors
    /// As [`Self::status`].
    pub fn work(&self, work: &Work) -> Result<(), Error> {
        self.counter(
            "assetmon_writer_changes_total",
            "Changes that were made, or refused.",
            work.changes as f64,
        )?;
        self.counter(
            "assetmon_writer_commits_total",
            "Commits that the changes shared.",
            work.commits as f64,
        )?;
        self.counter(
            "assetmon_writer_busy_seconds_total",
            "How long the writer took to make and to commit changes.",
            work.busy.as_secs_f64(),
        )
    }

    /// The server's version, and the process: when it began, in seconds since 1970, and the memory that
    /// it holds, in bytes, where that is known.
    ///
    /// # Errors
    /// As [`Self::status`].
    pub fn process(&self, began: f64, memory: Option<u64>) -> Result<(), Error> {
        let build = Opts::new("assetmon_build_info", "The server's version.");
        let build = Gauge::with_opts(build.const_label("version", env!("CARGO_PKG_VERSION")))?;
        build.set(1.0);
        self.add(build)?;
        self.gauge(
            "process_start_time_seconds",
            "When the process began, since 1970.",
            began,
        )?;
        memory.map_or(Ok(()), |bytes| {
            let help = "The memory that the process holds.";
            self.gauge("process_resident_memory_bytes", help, bytes as f64)
        })
    }

    /// All of them.
    pub fn gather(&self) -> Vec<MetricFamily> {
        self.0.gather()
    }

    fn gauges<const N: usize>(&self, all: [(&str, &str, u64); N]) -> Result<(), Error> {
        all.into_iter()
            .try_for_each(|(name, help, value)| self.gauge(name, help, value as f64))
    }

    fn gauge(&self, name: &str, help: &str, value: f64) -> Result<(), Error> {
        let gauge = Gauge::new(name, help)?;
        gauge.set(value);
        self.add(gauge)
    }

    fn counter(&self, name: &str, help: &str, value: f64) -> Result<(), Error> {
        let counter = Counter::new(name, help)?;
        counter.inc_by(value);
        self.add(counter)
    }

    fn add(&self, metric: impl Collector + 'static) -> Result<(), Error> {
        self.0.register(Box::new(metric))
    }
}
