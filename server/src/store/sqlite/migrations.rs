//! The schema's versions: numbered files that are applied once, in order, and never edited.

use rusqlite::Connection;

use crate::store::{Result, StoreError};

use super::sql::engine;

/// Every migration with the version that the schema has after it, in order.
const MIGRATIONS: &[(i64, &str)] = &[(1, include_str!("migrations/0001_initial.sql"))];

/// Brings the schema up to date.
///
/// # Errors
/// [`StoreError::Unavailable`] for a file that a newer version wrote.
pub fn apply(connection: &mut Connection) -> Result<()> {
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(engine)?;
    let known = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if found > known {
        return Err(StoreError::Unavailable(format!(
            "the database has schema version {found}, and this server knows versions up to \
             {known}: start a newer server, or restore a copy from before the upgrade"
        )));
    }
    for (version, sql) in MIGRATIONS.iter().filter(|(version, _)| *version > found) {
        let transaction = connection.transaction().map_err(engine)?;
        transaction.execute_batch(sql).map_err(engine)?;
        transaction
            .pragma_update(None, "user_version", version)
            .map_err(engine)?;
        transaction.commit().map_err(engine)?;
        tracing::info!(version, "schema migrated");
    }
    Ok(())
}
