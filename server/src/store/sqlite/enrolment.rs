//! How hosts come and go: added, enrolled, reset, removed.

use proto_types::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{HostIdentity, Result, Rules, StoreError, secret::SecretHash};

use super::{hosts, leases, presence, runs, sql::ms};

/// Adds a host that a code enrols.
pub fn add(
    connection: &Connection,
    rules: &Rules,
    name: &str,
    code: SecretHash,
    now: Timestamp,
) -> Result<Timestamp> {
    let expires = code_expiry(rules, now);
    let added = connection.execute(
        "INSERT OR IGNORE INTO host (name, added_at, code_hash, code_expires_at)
         VALUES (?1, ?2, ?3, ?4)",
        params![name, ms(now), code.as_bytes(), ms(expires)],
    )?;
    if added == 0 {
        return Err(StoreError::invalid_with_hint(
            format!("there is a host `{name}` already"),
            format!("`assetctl host reset {name}` makes a new code for it"),
        ));
    }
    Ok(expires)
}

/// Trades a code, once, for the identity that the token proves from now on.
pub fn enroll(
    connection: &Connection,
    code: SecretHash,
    token: SecretHash,
    now: Timestamp,
) -> Result<HostIdentity> {
    let host = connection
        .prepare_cached("SELECT id, name FROM host WHERE code_hash = ?1 AND code_expires_at > ?2")?
        .query_row(params![code.as_bytes(), ms(now)], |row| {
            Ok(HostIdentity {
                id: row.get("id")?,
                name: row.get("name")?,
            })
        })
        .optional()?
        .ok_or_else(|| {
            StoreError::Unauthorized(
                "the code is not good: it works once, and for an hour".to_owned(),
            )
        })?;
    // The counter starts anew with the agent that keeps it.
    connection.execute(
        "UPDATE host SET token_hash = ?2, code_hash = NULL, code_expires_at = NULL, seq = 0,
                         enrolled_at = coalesce(enrolled_at, ?3)
         WHERE id = ?1",
        params![host.id, token.as_bytes(), ms(now)],
    )?;
    Ok(host)
}

/// Ends a host's token and lets a code enrol it anew.
pub fn reset(
    connection: &Connection,
    rules: &Rules,
    name: &str,
    code: SecretHash,
    now: Timestamp,
) -> Result<Timestamp> {
    let id = hosts::id(connection, name)?;
    let expires = code_expiry(rules, now);
    connection.execute(
        "UPDATE host SET token_hash = NULL, code_hash = ?2, code_expires_at = ?3 WHERE id = ?1",
        params![id, code.as_bytes(), ms(expires)],
    )?;
    Ok(expires)
}

/// Removes a host: its token, its code and its runs end; its past stays.
pub fn remove(connection: &Connection, rules: &Rules, name: &str, now: Timestamp) -> Result<()> {
    let id = hosts::id(connection, name)?;
    presence::gone(connection, rules, id, now)?;
    runs::end_all(connection, id, now)?;
    leases::end_all(connection, id)?;
    connection.execute(
        "UPDATE host SET removed_at = ?2, token_hash = NULL, code_hash = NULL,
                         code_expires_at = NULL
         WHERE id = ?1",
        params![id, ms(now)],
    )?;
    Ok(())
}

fn code_expiry(rules: &Rules, now: Timestamp) -> Timestamp {
    now.checked_add(rules.code_ttl).unwrap_or(Timestamp::MAX)
}
