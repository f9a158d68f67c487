//! How hosts come and go: added, enrolled, reset, removed.

use index::Change;
use proto_types::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::store::{HostIdentity, Result, StoreError, secret::SecretHash};

use super::{
    context::Context, hosts, leases, machines, numbers::number, presence, runs, sql::ms, tokens,
    unseen,
};

/// Adds a host that a code enrolls.
pub fn add(cx: &Context<'_>, name: &str, code: SecretHash) -> Result<Timestamp> {
    let expires = code_expiry(cx);
    let added = cx.execute(
        "INSERT OR IGNORE INTO host (name, added_at, code_hash, code_expires_at)
         VALUES (?1, ?2, ?3, ?4)",
        params![name, ms(cx.now), code.as_bytes(), ms(expires)],
    )?;
    if added == 0 {
        return Err(StoreError::invalid_with_hint(
            format!("there is a host `{name}` already"),
            format!("`assetctl host reset {name}` makes a new code for it"),
        ));
    }
    let id = cx.last_insert_rowid();
    cx.tell(Change::Host {
        host: number(id)?,
        name: name.to_owned(),
    });
    presence::tell(cx, id)?;
    Ok(expires)
}

/// Trades a code, once, for the identity that the token proves from now on.
pub fn enroll(cx: &Context<'_>, code: SecretHash, token: SecretHash) -> Result<HostIdentity> {
    let host = cx
        .prepare_cached(
            // One that ends further ahead than any can is from before the clock was set back.
            "SELECT id, name FROM host
             WHERE code_hash = ?1 AND code_expires_at > ?2 AND code_expires_at <= ?3",
        )?
        .query_row(
            params![code.as_bytes(), ms(cx.now), ms(code_expiry(cx))],
            |row| {
                Ok(HostIdentity {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    proof: token,
                })
            },
        )
        .optional()?
        .ok_or_else(|| {
            StoreError::Unauthorized(
                "the code is not good: it works once, and for an hour".to_owned(),
            )
        })?;
    tokens::is_free(cx, token)?;
    // The counter starts anew with the agent that keeps it.
    cx.execute(
        "UPDATE host SET token_hash = ?2, code_hash = NULL, code_expires_at = NULL, seq = 0,
                         enrolled_at = coalesce(enrolled_at, ?3)
         WHERE id = ?1",
        params![host.id, token.as_bytes(), ms(cx.now)],
    )?;
    machines::forget(cx, host.id)?;
    presence::tell(cx, host.id)?;
    Ok(host)
}

/// Ends a host's token and its leases, which nobody else can use, and lets a code enroll it anew.
pub fn reset(cx: &Context<'_>, name: &str, code: SecretHash) -> Result<Timestamp> {
    let id = hosts::id(cx, name)?;
    leases::end_all(cx, id)?;
    let expires = code_expiry(cx);
    cx.execute(
        "UPDATE host SET token_hash = NULL, code_hash = ?2, code_expires_at = ?3 WHERE id = ?1",
        params![id, code.as_bytes(), ms(expires)],
    )?;
    Ok(expires)
}

/// Removes a host: its token, its code and its runs end; its past stays.
pub fn remove(cx: &Context<'_>, name: &str) -> Result<()> {
    let id = hosts::id(cx, name)?;
    presence::gone(cx, id)?;
    unseen::gone(cx, id)?;
    machines::forget(cx, id)?;
    runs::end_all(cx, id)?;
    leases::end_all(cx, id)?;
    cx.execute(
        "UPDATE host SET removed_at = ?2, token_hash = NULL, code_hash = NULL,
                         code_expires_at = NULL
         WHERE id = ?1",
        params![id, ms(cx.now)],
    )?;
    presence::tell(cx, id)
}

fn code_expiry(cx: &Context<'_>) -> Timestamp {
    cx.now
        .checked_add(cx.rules.code_ttl)
        .unwrap_or(Timestamp::MAX)
}
