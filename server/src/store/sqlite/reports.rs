//! Reports: what a host says that runs, turned into runs that begin and end.
//!
//! A host's reports are taken in the order of their `seq`, each once: one that isn't newer than
//! the last is refused, so that an older listing can't end what a newer update began.

use index::Stands;
use model::{lease, runs::Listed};
use proto_types::{ContainerReport, FullReport, ReportResponse, ReportedContainer};
use rusqlite::params;

use crate::store::{HostIdentity, Result, StoreError};

use super::{
    context::Context,
    leases, machines, presence,
    report_images::{Asker, Images},
    runs::{self, LiveRun},
    sql::ms,
    unseen,
};

/// Takes in everything that runs on a host.
pub fn full_report(
    cx: &Context<'_>,
    host: &HostIdentity,
    report: &FullReport,
) -> Result<ReportResponse> {
    advance(cx, host, report.seq)?;
    let cloned_since = machines::heard(cx, host.id, report.machine.as_deref())?;
    let stands = Stands {
        times: presence::heard(cx, host.id, report.complete, cloned_since)?,
        unseen: unseen::heard(cx, host.id, &report.unseen)?,
    };
    presence::tell_that(cx, host.id, stands)?;
    let can_scan = lease::has_scanner(report.scanner.as_deref(), report.detail);
    if report.scanner.is_some() || !can_scan {
        cx.prepare_cached("UPDATE host SET scanner = ?2 WHERE id = ?1 AND scanner IS NOT ?2")?
            .execute(params![host.id, report.scanner])?;
    }
    let told = Told {
        live: runs::live(cx, host.id)?,
        running: &report.containers,
        complete: report.complete,
        scanner: report.scanner.as_deref(),
        detail: report.detail,
    };
    Ok(ReportResponse {
        cloned_since,
        ..take_in(cx, host, told)?
    })
}

/// Takes in one container that started or stopped.
pub fn container_report(
    cx: &Context<'_>,
    host: &HostIdentity,
    report: &ContainerReport,
) -> Result<ReportResponse> {
    advance(cx, host, report.seq)?;
    let cloned_since = machines::heard_of_one(cx, host.id, report.machine.as_deref())?;
    let container = &report.container;
    let told = Told {
        live: runs::live_of(cx, host.id, &container.name)?,
        running: match report.running {
            true => std::slice::from_ref(container),
            false => &[],
        },
        complete: true,
        scanner: report.scanner.as_deref(),
        detail: report.detail,
    };
    Ok(ReportResponse {
        cloned_since,
        ..take_in(cx, host, told)?
    })
}

/// What a report tells of the runs that it is about.
struct Told<'r> {
    /// Those runs, as far as they are known.
    live: Vec<LiveRun>,
    /// The containers that run.
    running: &'r [ReportedContainer],
    /// Whether those are all.
    complete: bool,
    /// What the host scans with.
    scanner: Option<&'r str>,
    /// How much its agent's scans keep.
    detail: u32,
}

/// Lets runs begin and end as a report tells, and grants leases on images that lack something.
fn take_in(cx: &Context<'_>, host: &HostIdentity, told: Told<'_>) -> Result<ReportResponse> {
    let asker = Asker {
        host: host.id,
        scanner: told.scanner,
        kept: told.detail,
    };
    let mut images = Images::new(cx, asker);
    let mut listing = Vec::with_capacity(told.running.len());
    let mut wanting = Vec::new();
    for container in told.running {
        listing.push(Listed {
            container: &container.name,
            image: images.seen(container)?,
            image_name: &container.image_name,
        });
        wanting.extend(images.wanting(container));
    }
    let turn = model::runs::listed(told.live, listing, told.complete, cx.now);
    runs::write(cx, host.id, &turn)?;
    if !lease::has_scanner(told.scanner, told.detail) {
        return Ok(ReportResponse::default());
    }
    leases::grant(cx, host, &wanting, told.scanner)
}

/// Takes a report's `seq`.
fn advance(cx: &Context<'_>, host: &HostIdentity, seq: Option<u64>) -> Result<()> {
    let last_seq: i64 = cx
        .prepare_cached("SELECT seq FROM host WHERE id = ?1")?
        .query_row([host.id], |row| row.get(0))?;
    let seq = match seq {
        None => last_seq.saturating_add(1),
        Some(seq) => i64::try_from(seq).unwrap_or(i64::MAX),
    };
    if seq <= last_seq {
        return Err(StoreError::StaleReport {
            host: host.name.clone(),
            last_seq: last_seq.unsigned_abs(),
        });
    }
    cx.prepare_cached("UPDATE host SET seq = ?2, last_report_at = ?3 WHERE id = ?1")?
        .execute(params![host.id, seq, ms(cx.now)])?;
    Ok(())
}
