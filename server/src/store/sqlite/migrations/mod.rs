//! The schema's versions: numbered steps that are applied once, in order, and never edited.

mod blocks;
mod holds;
mod sources;

use rusqlite::Connection;

use crate::store::{Result, StoreError};

use super::sql::engine;

/// What leads from one version of the schema to the next.
struct Step {
    /// The version that the schema has after it.
    version: i64,
    /// What changes in the schema.
    sql: &'static str,
    /// What SQL can't say: fills new columns from what the rows hold, by rules that are written
    /// in Rust.
    fill: Option<fn(&Connection) -> Result<()>>,
}

/// From this version on, artifacts are packed and runs are small: a file that held them otherwise is
/// mostly empty after the steps to it.
const SLIM: i64 = 10;

/// Every step, in order.
const STEPS: &[Step] = &[
    Step {
        version: 1,
        sql: include_str!("0001_initial.sql"),
        fill: None,
    },
    Step {
        version: 2,
        sql: include_str!("0002_past.sql"),
        fill: None,
    },
    Step {
        version: 3,
        sql: include_str!("0003_kept.sql"),
        fill: Some(sources::fill),
    },
    Step {
        version: 4,
        // What its column was filled with step 8 drops.
        sql: include_str!("0004_purls.sql"),
        fill: None,
    },
    Step {
        version: 5,
        sql: include_str!("0005_unseen.sql"),
        fill: None,
    },
    Step {
        version: 6,
        sql: include_str!("0006_machines.sql"),
        fill: None,
    },
    Step {
        version: 7,
        sql: include_str!("0007_commits.sql"),
        fill: None,
    },
    Step {
        version: 8,
        sql: include_str!("0008_holds.sql"),
        fill: Some(holds::fill),
    },
    Step {
        version: 9,
        sql: include_str!("0009_blocks.sql"),
        fill: Some(blocks::fill),
    },
    Step {
        version: SLIM,
        sql: include_str!("0010_runs.sql"),
        fill: None,
    },
    Step {
        version: 11,
        sql: include_str!("0011_clock.sql"),
        fill: None,
    },
    Step {
        version: 12,
        sql: include_str!("0012_withdrawn.sql"),
        fill: None,
    },
    Step {
        version: 13,
        sql: include_str!("0013_opinions.sql"),
        fill: None,
    },
];

/// Brings the schema up to date.
///
/// # Errors
/// [`StoreError::Unavailable`] for a file that a newer version wrote.
pub fn apply(connection: &mut Connection) -> Result<()> {
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(engine)?;
    let known = STEPS.last().map_or(0, |step| step.version);
    if found > known {
        return Err(StoreError::Unavailable(format!(
            "the database has schema version {found}, and this server knows versions up to \
             {known}: start a newer server, or restore a copy from before the upgrade"
        )));
    }
    for step in STEPS.iter().filter(|step| step.version > found) {
        take(connection, step)?;
    }
    if (1..SLIM).contains(&found) {
        give_back(connection);
    }
    Ok(())
}

/// Gives the room that steps have left empty back to the file system. That takes as much room again
/// while it lasts: where there is none, the file stays as large as it was, and is filled again.
fn give_back(connection: &Connection) {
    match connection.execute_batch("VACUUM") {
        Ok(()) => tracing::info!("the database gave back what it no longer needs"),
        Err(error) => tracing::warn!(%error, "the database keeps room that it no longer needs"),
    }
}

/// Takes one step, whole or not at all.
fn take(connection: &mut Connection, step: &Step) -> Result<()> {
    let transaction = connection.transaction().map_err(engine)?;
    transaction.execute_batch(step.sql).map_err(engine)?;
    if let Some(fill) = step.fill {
        fill(&transaction)?;
    }
    transaction
        .pragma_update(None, "user_version", step.version)
        .map_err(engine)?;
    transaction.commit().map_err(engine)?;
    tracing::info!(version = step.version, "schema migrated");
    Ok(())
}
