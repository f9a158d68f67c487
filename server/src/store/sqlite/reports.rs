//! Reports: what a host says that runs, turned into runs that begin and end.
//!
//! A host's reports are taken in the order of their `seq`, each once: one that isn't newer than
//! the last is refused, so that an older listing can't end what a newer update began.

use std::collections::HashMap;

use proto_types::{ContainerReport, FullReport, ReportResponse, ReportedContainer, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{HostIdentity, Result, Rules, StoreError};

use super::{
    leases, presence,
    report_images::Images,
    runs::{self, LiveRun},
    sql::ms,
};

/// Takes in everything that runs on a host.
pub fn full_report(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    report: &FullReport,
    now: Timestamp,
) -> Result<ReportResponse> {
    advance(connection, host, report.seq, now)?;
    presence::heard(connection, rules, host.id, report.complete, now)?;
    if let Some(scanner) = &report.scanner {
        connection
            .prepare_cached("UPDATE host SET scanner = ?2 WHERE id = ?1 AND scanner IS NOT ?2")?
            .execute(params![host.id, scanner])?;
    }
    let mut live = runs::live(connection, host.id)?;
    let mut images = Images::new(connection, report.detail, now);
    let mut wanting = Vec::new();
    for container in &report.containers {
        let image = images.seen(container)?;
        keep_or_begin(connection, host, container, &mut live, image, now)?;
        wanting.extend(images.wanting(container));
    }
    if report.complete {
        for stopped in live.values() {
            runs::end(connection, stopped, now)?;
        }
    }
    leases::grant(
        connection,
        rules,
        host,
        &wanting,
        report.scanner.as_deref(),
        now,
    )
}

/// Takes in one container that started or stopped.
pub fn container_report(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    report: &ContainerReport,
    now: Timestamp,
) -> Result<ReportResponse> {
    advance(connection, host, report.seq, now)?;
    let container = &report.container;
    let mut live: HashMap<String, LiveRun> = runs::live_one(connection, host.id, &container.name)?
        .map(|run| (container.name.clone(), run))
        .into_iter()
        .collect();
    if !report.running {
        for stopped in live.values() {
            runs::end(connection, stopped, now)?;
        }
        return Ok(ReportResponse::default());
    }
    let mut images = Images::new(connection, report.detail, now);
    let image = images.seen(container)?;
    keep_or_begin(connection, host, container, &mut live, image, now)?;
    let wanting: Vec<_> = images.wanting(container).into_iter().collect();
    leases::grant(
        connection,
        rules,
        host,
        &wanting,
        report.scanner.as_deref(),
        now,
    )
}

/// Lets a run that goes on go on, or begins it; what is then left in `live` has stopped.
fn keep_or_begin(
    connection: &Connection,
    host: &HostIdentity,
    container: &ReportedContainer,
    live: &mut HashMap<String, LiveRun>,
    image: i64,
    now: Timestamp,
) -> Result<()> {
    if let Some(run) = live.remove(&container.name) {
        if run.image_id == image && run.image_name == container.image_name {
            return Ok(());
        }
        runs::end(connection, &run, now)?;
    }
    runs::begin(connection, host.id, container, image, now)
}

/// Takes a report's `seq`.
fn advance(
    connection: &Connection,
    host: &HostIdentity,
    seq: Option<u64>,
    now: Timestamp,
) -> Result<()> {
    let last_seq: i64 = connection
        .prepare_cached("SELECT seq FROM host WHERE id = ?1 AND removed_at IS NULL")?
        .query_row([host.id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::Unauthorized(format!("host `{}` was removed", host.name)))?;
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
    connection
        .prepare_cached("UPDATE host SET seq = ?2, last_report_at = ?3 WHERE id = ?1")?
        .execute(params![host.id, seq, ms(now)])?;
    Ok(())
}
