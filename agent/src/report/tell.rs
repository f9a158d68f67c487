//! Telling the server what runs: the counter is taken, then podman is asked, then the server is
//! told.

use std::time::Duration;

use client::ClientError;
use model::{accept, bounds, detail, shown::on_one_line};
use proto_types::{
    ContainerReport, Endpoint, ErrorCode, FullReport, Lease, ReportResponse, ReportedContainer,
    Unseen,
};

use crate::{
    clock::Moment,
    exit::Failure,
    host::Host,
    podman::Listed,
    retry,
    seen::{Seen, Which},
    size,
    state::{Lock, Seq, StateError},
};

/// How often a report that came too late is made anew.
pub(super) const TRIES: u32 = 8;
/// How much of a report's body is for what isn't a container, in bytes.
const HEAD: usize = 64 << 10;
/// How much of the names of runtimes is shown, in characters.
const NAMES: usize = 500;
/// How long another agent's report is waited for.
pub(super) const LOCK: Duration = Duration::from_secs(30);

/// What became of a report.
#[derive(Debug)]
pub(crate) struct Told {
    /// What was seen.
    pub(crate) seen: Seen,
    /// What the server wants scanned.
    pub(crate) leases: Vec<Lease>,
    /// When those leases began, at the latest.
    pub(crate) sent: Moment,
}

/// Tells the server everything that runs.
///
/// # Errors
/// [`Failure`]: the server was not told.
pub(crate) async fn full(host: &Host) -> Result<Told, Failure> {
    tell(host, Which::Running, |seen, seq| {
        full_report(host, seen, seq).map(Report::Full)
    })
    .await
}

/// Tells the server whether one container runs, by its name or ID.
///
/// One that podman doesn't know has no image that could be named, and one that is over a bound isn't
/// taken: then the server is told everything that runs, which ends the container as well.
///
/// # Errors
/// [`Failure`]: the server was not told.
pub(crate) async fn update(host: &Host, wanted: &str) -> Result<Told, Failure> {
    tell(host, Which::All, |seen, seq| {
        let listed = find(seen, wanted).cloned();
        let update =
            listed.map(|listed| update_report(host, listed.container, listed.running, seq));
        match update.map(accept::container_report) {
            Some(Ok(update)) => Ok(Report::Update(update)),
            Some(Err(_)) | None => full_report(host, seen, seq).map(Report::Full),
        }
    })
    .await
}

/// Either kind of report.
enum Report {
    Full(FullReport),
    Update(ContainerReport),
}

async fn tell(
    host: &Host,
    which: Which,
    report: impl Fn(&mut Seen, u64) -> Result<Report, Failure>,
) -> Result<Told, Failure> {
    let lock = Lock::reporting(&host.folder, LOCK).await?;
    let counter = Seq::new(&host.folder, &lock);
    let mut tries = 0;
    loop {
        tries += 1;
        let seq = counter.take()?;
        let mut seen = host.look(which).await;
        let answer = match report(&mut seen, seq)? {
            Report::Full(report) => send(host, &report).await,
            Report::Update(report) => send(host, &report).await,
        };
        match answer {
            Ok(retry::Answer { response, sent }) => {
                seen.left_out(response.left_out.as_ref());
                seen.cloned(&host.enrollment.host, response.cloned_since);
                let leases = response.leases;
                return Ok(Told { seen, leases, sent });
            }
            Err(error) if tries < TRIES && is_stale(&error) => leap(&counter, &error, seq)?,
            Err(error) => return Err(error.into()),
        }
    }
}

pub(super) async fn send<E: Endpoint<Response = ReportResponse>>(
    host: &Host,
    report: &E,
) -> Result<retry::Answer<ReportResponse>, ClientError> {
    retry::send(&host.client, report, host.settings.report_patience).await
}

/// Everything that runs, without what the server wouldn't take, which is noted as missing.
pub(super) fn full_report(host: &Host, seen: &mut Seen, seq: u64) -> Result<FullReport, Failure> {
    let running = seen.containers.iter().filter(|(_, listed)| listed.running);
    let containers: Vec<ReportedContainer> = running
        .map(|(_, listed)| listed.container.clone())
        .collect();
    let report = FullReport {
        host: host.enrollment.host.clone(),
        seq: Some(seq),
        complete: true,
        scanner: host.scanner.name(),
        detail: detail::KEPT,
        machine: host.machine.mark.clone(),
        unseen: seen.unseen.clone(),
        containers,
    };
    let refused = |refused: accept::Refused| Failure::Incomplete(refused.to_string());
    let (mut report, left_out) = accept::full_report(report).map_err(refused)?;
    seen.left_out(left_out.as_ref());
    let others = size::fit(&mut report.containers, bounds::FULL_REPORT_BODY - HEAD);
    seen.too_many(&others);
    report.complete = seen.missing.is_empty();
    not_looked_at(&report.unseen);
    tracing::info!(
        seq,
        containers = report.containers.len(),
        "reporting what runs"
    );
    Ok(report)
}

/// Warns of what else runs containers here and isn't acknowledged.
fn not_looked_at(unseen: &Unseen) {
    let gaps: Vec<String> = unseen.gaps().map(ToString::to_string).collect();
    if !gaps.is_empty() {
        let names = on_one_line(&gaps.join(", "), NAMES);
        tracing::warn!(
            "what these run here is not seen: {names}; `assetmon-agent check` says what to do"
        );
    }
}

pub(super) fn update_report(
    host: &Host,
    container: ReportedContainer,
    running: bool,
    seq: u64,
) -> ContainerReport {
    ContainerReport {
        host: host.enrollment.host.clone(),
        seq: Some(seq),
        running,
        scanner: host.scanner.name(),
        detail: detail::KEPT,
        machine: host.machine.mark.clone(),
        container,
    }
}

/// The container that is meant: a name is compared, never handed to podman, so it can't be an
/// option or a pattern.
fn find<'a>(seen: &'a Seen, wanted: &str) -> Option<&'a Listed> {
    let mut listed = seen.containers.iter().map(|(_, listed)| listed);
    let by_name = listed
        .clone()
        .find(|listed| listed.container.name == wanted);
    // Shorter than podman's own short IDs may be anyone's beginning.
    by_name.or_else(|| listed.find(|listed| wanted.len() >= 12 && listed.id.starts_with(wanted)))
}

/// Whether the server knows a newer report.
pub(super) fn is_stale(error: &ClientError) -> bool {
    error.code() == Some(ErrorCode::StaleReport)
}

/// Leaps over the report that the server knows, so that the next one is newer.
pub(super) fn leap(counter: &Seq<'_>, error: &ClientError, seq: u64) -> Result<(), StateError> {
    let known = last_seq(error).unwrap_or(seq);
    tracing::info!(
        seq,
        known,
        "the server knows a newer report, so containers are listed again"
    );
    counter.leap(known)
}

const fn last_seq(error: &ClientError) -> Option<u64> {
    match error {
        ClientError::Refused { detail, .. } => detail.last_seq,
        _ => None,
    }
}
