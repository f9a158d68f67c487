//! Retention: what nothing has run for long is dropped, in steps that hold the writer shortly.

use proto_types::Timestamp;
use rusqlite::{Connection, params};

use crate::store::Result;

use super::{
    commits,
    image_row::{self, FORGOTTEN},
    scan,
    sql::ms,
};

/// A step drops at most so many rows of a kind.
const STEP: i64 = 2_000;

/// What is dropped, in order: what is left alone by one is free for the next. Each takes the
/// oldest moment that is kept and the size of a step. Nothing here touches a run that goes on,
/// nor an image, an artifact or a name that a run leads to.
fn drops() -> [String; 13] {
    let forgotten = format!("SELECT i.id FROM image i WHERE {FORGOTTEN}");
    let of_forgotten =
        |table| format!("DELETE FROM {table} WHERE image_id IN ({forgotten}) AND ?2");
    // By the order of commits, only what may be old enough is looked at.
    let above = commits::above_all_before("?1");
    [
        format!(
            "DELETE FROM run WHERE id IN
                 (SELECT id FROM run WHERE ended_seq < {above} AND until < ?1 LIMIT ?2)"
        ),
        "DELETE FROM host_silence WHERE until < ?1 AND ?2".to_owned(),
        "DELETE FROM host_incomplete WHERE until < ?1 AND ?2".to_owned(),
        "DELETE FROM host_cloned WHERE until < ?1 AND ?2".to_owned(),
        "DELETE FROM host_unseen WHERE until < ?1 AND ?2".to_owned(),
        // One that runs again before all of it is dropped must be scanned again.
        format!(
            "UPDATE image SET sbom = {}, artifact_count = 0, content_hash = NULL,
                              sbom_seq = NULL, complete_seq = NULL
             WHERE id IN ({forgotten} AND i.sbom <> {} LIMIT ?2)",
            image_row::NONE,
            image_row::NONE
        ),
        format!(
            "DELETE FROM image_artifact WHERE (artifact_id, image_id) IN
                 (SELECT ia.artifact_id, ia.image_id FROM image i JOIN image_artifact ia
                  ON ia.image_id = i.id WHERE {FORGOTTEN} LIMIT ?2)"
        ),
        of_forgotten("scan_failure"),
        of_forgotten("conflict"),
        scan::forget(&forgotten),
        of_forgotten("alias"),
        format!(
            "DELETE FROM image WHERE id IN ({forgotten}
             AND NOT EXISTS (SELECT 1 FROM image_artifact WHERE image_id = i.id) LIMIT ?2)"
        ),
        format!(
            "DELETE FROM artifact WHERE id IN
                 (SELECT id FROM artifact a WHERE a.first_seq < {above} AND a.first_seen < ?1
                  AND NOT EXISTS (SELECT 1 FROM image_artifact WHERE artifact_id = a.id) LIMIT ?2)"
        ),
    ]
}

/// Drops some of what ended before a moment; says how much.
pub fn step(connection: &Connection, oldest_kept: Timestamp) -> Result<usize> {
    for sql in drops() {
        let dropped = connection
            .prepare_cached(&sql)?
            .execute(params![ms(oldest_kept), STEP])?;
        if dropped > 0 {
            keep_since(connection, oldest_kept)?;
            return Ok(dropped);
        }
    }
    Ok(0)
}

/// Remembers since when the past is kept, with what was dropped: about the time before it, an
/// empty answer proves nothing any more.
fn keep_since(connection: &Connection, oldest_kept: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO past (id, kept_since) VALUES (1, ?1)
             ON CONFLICT DO UPDATE SET kept_since = max(kept_since, excluded.kept_since)",
        )?
        .execute([ms(oldest_kept)])?;
    Ok(())
}
