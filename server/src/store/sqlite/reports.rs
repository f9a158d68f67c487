//! Reports: what a host says that runs, turned into runs that begin and end.
//!
//! A host's reports are taken in the order of their `seq`, each once: one that isn't newer than
//! the last is refused, so that an older listing can't end what a newer update began.

use std::collections::HashMap;

use proto_types::{ContainerReport, FullReport, ReportResponse, ReportedContainer, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{HostIdentity, Result, Rules, StoreError};

use super::{
    leases,
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
    advance(connection, rules, host, report.seq, now)?;
    connection
        .prepare_cached(
            "UPDATE host SET listing_complete = ?2, scanner = coalesce(?3, scanner)
             WHERE id = ?1 AND (listing_complete <> ?2 OR scanner IS NOT coalesce(?3, scanner))",
        )?
        .execute(params![host.id, report.complete, report.scanner])?;
    let mut live = runs::live(connection, host.id)?;
    let mut images = Images::new(connection, now);
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
    advance(connection, rules, host, report.seq, now)?;
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
    let mut images = Images::new(connection, now);
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

/// Takes a report's `seq`, and notes when the host was silent before it.
fn advance(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    seq: Option<u64>,
    now: Timestamp,
) -> Result<()> {
    // Before its first report, a host is silent from its enrolment on.
    let (last_seq, last_report): (i64, Option<i64>) = connection
        .prepare_cached(
            "SELECT seq, coalesce(last_report_at, enrolled_at) FROM host
             WHERE id = ?1 AND removed_at IS NULL",
        )?
        .query_row([host.id], |row| Ok((row.get(0)?, row.get(1)?)))
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
    note_silence(connection, rules, host, last_report, now)?;
    connection
        .prepare_cached(
            "UPDATE host SET seq = ?2, last_report_at = ?3,
                             first_report_at = coalesce(first_report_at, ?3)
             WHERE id = ?1",
        )?
        .execute(params![host.id, seq, ms(now)])?;
    Ok(())
}

fn note_silence(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    last_report: Option<i64>,
    now: Timestamp,
) -> Result<()> {
    let longest = i64::try_from(rules.silent_after.as_millis()).unwrap_or(i64::MAX);
    if let Some(last) = last_report
        && ms(now).saturating_sub(last) > longest
    {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO host_silence (host_id, since, until) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![host.id, last, ms(now)])?;
    }
    Ok(())
}
