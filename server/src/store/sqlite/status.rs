//! Status: counts, what waits for a scan, what is quarantined.

use index::Containers;
use model::detail;
use proto_types::{Counts, QueuedImage, StatusResponse};
use rusqlite::{Connection, Row};

use crate::store::Result;

use super::{
    blocks,
    context::Context,
    coverage,
    fleet::Reading,
    image_row::RUNNING_INCOMPLETE,
    leases,
    numbers::number,
    opinions::{self, CONFLICTING, DIFFERING},
    room,
    sql::{count, digest, to_time},
};

/// No list of the status is longer.
const LONGEST_LIST: usize = 100;

/// Images without a complete SBOM that are not tried again unasked.
const QUARANTINED: &str = "w.quarantined = 1 AND i.sbom < 2";

/// Images that wait: running, without a complete SBOM, and not held for good.
fn queued() -> String {
    format!("{RUNNING_INCOMPLETE} AND ifnull(w.quarantined, 0) = 0")
}

/// How the fleet and the store stand, with so many changes that wait.
pub fn status(cx: &Context<'_>, index: Reading<'_>, waiting: u64) -> Result<StatusResponse> {
    let coverage = coverage::now(cx, &index);
    let all = Containers {
        pin: index.seq(),
        ..Containers::default()
    };
    let containers = index.containers_total(&all);
    let rescan_images = index.running_of_less_detail(detail::KEPT);
    // Commits wait for whoever holds it: the rows are asked without it.
    drop(index);
    Ok(StatusResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: cx.now,
        coverage,
        counts: Counts {
            containers,
            rescan_images,
            leases: leases::live(cx)?,
            ..counts(cx)?
        },
        queue: listed(cx, &queued())?,
        quarantined: listed(cx, QUARANTINED)?,
        conflicts: opinions::conflicting(cx, LONGEST_LIST)?,
        tls: None,
        store: Some(room::taken(cx, waiting)?),
    })
}

/// Whether the database answers.
pub fn ready(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached("SELECT 1 FROM host LIMIT 1")?
        .exists([])?;
    Ok(())
}

fn counts(connection: &Connection) -> Result<Counts> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM host WHERE removed_at IS NULL) AS hosts,
                (SELECT count(*) FROM image) AS images,
                (SELECT count(*) FROM image i LEFT JOIN scan w ON w.image_id = i.id
                 WHERE {}) AS queued_images,
                (SELECT count(*) FROM scan w JOIN image i ON i.id = w.image_id
                 WHERE {QUARANTINED}) AS quarantined_images,
                (SELECT count(*) FROM conflict) AS conflicts,
                ({CONFLICTING}) AS conflicting_images,
                ({DIFFERING}) AS differing_images",
        queued()
    );
    let counts = connection.prepare_cached(&sql)?.query_row([], |row| {
        Ok(Counts {
            hosts: count(row, "hosts")?,
            images: count(row, "images")?,
            queued_images: count(row, "queued_images")?,
            quarantined_images: count(row, "quarantined_images")?,
            conflicts: count(row, "conflicts")?,
            conflicting_images: count(row, "conflicting_images")?,
            differing_images: count(row, "differing_images")?,
            ..Counts::default()
        })
    })?;
    Ok(Counts {
        artifacts: blocks::count(connection)?,
        ..counts
    })
}

fn listed(cx: &Context<'_>, which: &str) -> Result<Vec<QueuedImage>> {
    let mut statement = cx.prepare_cached(&format!(
        "SELECT i.id, i.digest, i.live_runs, ifnull(w.failures, 0) AS failures,
                ifnull(w.not_before, 0) AS not_before,
                (SELECT message FROM scan_failure f WHERE f.image_id = i.id
                 ORDER BY f.id DESC LIMIT 1) AS last_failure
         FROM image i LEFT JOIN scan w ON w.image_id = i.id
         WHERE {which} ORDER BY failures, i.id LIMIT {LONGEST_LIST}"
    ))?;
    let mut rows = statement.query([])?;
    let mut images = Vec::new();
    while let Some(row) = rows.next()? {
        images.push(listed_one(cx, row)?);
    }
    Ok(images)
}

fn listed_one(cx: &Context<'_>, row: &Row<'_>) -> Result<QueuedImage> {
    let image = row.get("id")?;
    let not_before = to_time(row.get("not_before")?)?;
    Ok(QueuedImage {
        digest: digest(row, "digest")?,
        image_name: cx.latest.image_name(number(image)?),
        containers: count(row, "live_runs")?,
        lease: leases::held(cx, image)?,
        failures: count(row, "failures")?,
        last_failure: row.get("last_failure")?,
        not_before: (not_before > cx.now).then_some(not_before),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    };

    use jiff::Timestamp;

    use super::*;
    use crate::store::{
        Rules,
        sqlite::{connection::open_writer, fleet::Fleet, migrations},
    };

    #[test]
    fn commits_wait_for_no_row_that_is_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        let fleet = Arc::new(Fleet::load(&connection).unwrap());
        let now = Timestamp::UNIX_EPOCH;
        let (looks, held) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let noted = (Arc::clone(&looks), Arc::clone(&held));
        let asked = Arc::clone(&fleet);
        let look = move || {
            noted.0.fetch_add(1, Relaxed);
            noted
                .1
                .fetch_add(usize::from(asked.latest().is_read()), Relaxed);
            false
        };
        connection.progress_handler(1, Some(look)).unwrap();
        let cx = Context::of_question(&connection, fleet.latest(), Rules::default(), now).unwrap();
        status(&cx, fleet.read().unwrap(), 0).unwrap();
        assert!(looks.load(Relaxed) > 100);
        assert_eq!(held.load(Relaxed), 0);
    }
}
