//! Retention: what nothing has run for long is dropped, in steps that hold the writer shortly.

use proto_types::Timestamp;
use rusqlite::{Connection, params};

use crate::store::Result;

use super::{image_row, scan, sql::ms};

/// A step drops at most so many rows of a kind.
const STEP: i64 = 2_000;

/// What is dropped, in order: what is left alone by one is free for the next. Each takes the
/// oldest moment that is kept and the size of a step. Nothing here touches a run that goes on,
/// nor an image, an artifact or a name that a run leads to.
const DROPS: [&str; 10] = [
    "DELETE FROM run WHERE id IN
         (SELECT id FROM run WHERE until IS NOT NULL AND until < ?1 LIMIT ?2)",
    "DELETE FROM host_silence WHERE until < ?1 AND ?2",
    image_row::DROP_SBOMS,
    "DELETE FROM image_artifact WHERE (artifact_id, image_id) IN
         (SELECT ia.artifact_id, ia.image_id FROM image i JOIN image_artifact ia
          ON ia.image_id = i.id WHERE i.live_runs = 0 AND i.last_seen < ?1
          AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = i.id) LIMIT ?2)",
    "DELETE FROM scan_failure WHERE image_id IN (SELECT id FROM image i
         WHERE i.live_runs = 0 AND i.last_seen < ?1
         AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = i.id)) AND ?2",
    "DELETE FROM conflict WHERE image_id IN (SELECT id FROM image i
         WHERE i.live_runs = 0 AND i.last_seen < ?1
         AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = i.id)) AND ?2",
    scan::DROP,
    "DELETE FROM alias WHERE image_id IN (SELECT id FROM image i
         WHERE i.live_runs = 0 AND i.last_seen < ?1
         AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = i.id)) AND ?2",
    "DELETE FROM image WHERE id IN (SELECT id FROM image i
         WHERE i.live_runs = 0 AND i.last_seen < ?1
         AND NOT EXISTS (SELECT 1 FROM run WHERE image_id = i.id)
         AND NOT EXISTS (SELECT 1 FROM image_artifact WHERE image_id = i.id) LIMIT ?2)",
    "DELETE FROM artifact WHERE id IN (SELECT id FROM artifact a WHERE a.first_seen < ?1
         AND NOT EXISTS (SELECT 1 FROM image_artifact WHERE artifact_id = a.id) LIMIT ?2)",
];

/// Drops some of what ended before a moment; says how much.
pub fn step(connection: &Connection, oldest_kept: Timestamp) -> Result<usize> {
    for sql in DROPS {
        let dropped = connection
            .prepare_cached(sql)?
            .execute(params![ms(oldest_kept), STEP])?;
        if dropped > 0 {
            return Ok(dropped);
        }
    }
    Ok(0)
}
