//! Tokens: whose they are, and the ones of readers and admins.

use jiff::SignedDuration;
use proto_types::{CreateToken, Role, Timestamp, TokenSummary};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{HostIdentity, Principal, Result, StoreError, secret::SecretHash};

use super::context::Context;
use super::entrance::Bearer;
use super::sql::{ms, time, time_or_none};

/// Whose token this is, and until when.
pub fn bearer(cx: &Context<'_>, token: SecretHash) -> Result<Option<Bearer>> {
    if let Some(host) = host(cx, token)? {
        return Ok(Some(Bearer {
            principal: Principal::Host(host),
            expires_at: None,
        }));
    }
    let found: Option<(String, String, Option<Timestamp>)> = cx
        .prepare_cached(
            "SELECT role, name, expires_at FROM token
             WHERE hash = ?1 AND (expires_at IS NULL OR expires_at > ?2)",
        )?
        .query_row(params![token.as_bytes(), ms(cx.now)], |row| {
            let expires_at = time_or_none(row, "expires_at")?;
            Ok((row.get("role")?, row.get("name")?, expires_at))
        })
        .optional()?;
    Ok(found.and_then(|(role, token, expires_at)| {
        let principal = match Role::from_word(&role)? {
            Role::Admin => Principal::Admin { token },
            Role::Reader => Principal::Reader { token },
        };
        Some(Bearer {
            principal,
            expires_at,
        })
    }))
}

fn host(connection: &Connection, token: SecretHash) -> Result<Option<HostIdentity>> {
    let host = connection
        .prepare_cached("SELECT id, name FROM host WHERE token_hash = ?1")?
        .query_row([token.as_bytes()], |row| {
            Ok(HostIdentity {
                id: row.get("id")?,
                name: row.get("name")?,
                proof: token,
            })
        })
        .optional()?;
    Ok(host)
}

/// That nobody is proven by this yet: a certificate's key is one's alone.
pub fn is_free(cx: &Context<'_>, proof: SecretHash) -> Result<()> {
    match bearer(cx, proof)? {
        None => Ok(()),
        Some(_) => Err(StoreError::invalid_with_hint(
            "the certificate's key is bound already".to_owned(),
            "remove or revoke who has it first, or make a certificate with a key of its own",
        )),
    }
}

/// That what a host proved itself by still proves it: between that and its change, its body was
/// read, which takes as long as the host likes.
pub fn still_proves(cx: &Context<'_>, host: &HostIdentity) -> Result<()> {
    let proves = cx
        .prepare_cached("SELECT 1 FROM host WHERE id = ?1 AND token_hash = ?2")?
        .exists(params![host.id, host.proof.as_bytes()])?;
    if proves {
        return Ok(());
    }
    Err(StoreError::Unauthorized(format!(
        "host `{}` was reset or removed: its token has ended",
        host.name
    )))
}

/// Adds a token of a reader or an admin.
pub fn create(
    cx: &Context<'_>,
    request: &CreateToken,
    token: SecretHash,
) -> Result<Option<Timestamp>> {
    let expires = request.expires_in_seconds.map(|seconds| {
        cx.now
            .saturating_add(SignedDuration::from_secs(seconds.cast_signed()))
            .unwrap_or(Timestamp::MAX)
    });
    // The name of a token that works no more is free, and so is the key of its certificate.
    cx.execute(
        "DELETE FROM token WHERE (name = ?1 OR hash = ?3) AND expires_at <= ?2",
        params![request.name, ms(cx.now), token.as_bytes()],
    )?;
    is_free(cx, token)?;
    let added = cx.execute(
        "INSERT OR IGNORE INTO token (name, role, hash, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            request.name,
            request.role.as_str(),
            token.as_bytes(),
            ms(cx.now),
            expires.map(ms)
        ],
    )?;
    if added == 0 {
        return Err(StoreError::invalid_with_hint(
            format!("there is a token `{}` already", request.name),
            "choose another name, or revoke that one first",
        ));
    }
    Ok(expires)
}

/// The tokens that work.
pub fn list(cx: &Context<'_>) -> Result<Vec<TokenSummary>> {
    let mut statement = cx.prepare_cached(
        "SELECT name, role, created_at, expires_at FROM token
         WHERE expires_at IS NULL OR expires_at > ?1 ORDER BY name",
    )?;
    let rows = statement.query_map([ms(cx.now)], summary)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn summary(row: &Row<'_>) -> rusqlite::Result<TokenSummary> {
    let role: String = row.get("role")?;
    Ok(TokenSummary {
        name: row.get("name")?,
        role: Role::from_word(&role).unwrap_or(Role::Reader),
        created_at: time(row, "created_at")?,
        expires_at: time_or_none(row, "expires_at")?,
    })
}

/// Revokes a token.
pub fn revoke(connection: &Connection, name: &str) -> Result<()> {
    if connection.execute("DELETE FROM token WHERE name = ?1", [name])? == 0 {
        return Err(StoreError::NotFound {
            kind: "token",
            name: name.to_owned(),
            hint: "`assetctl token list` lists the tokens",
        });
    }
    Ok(())
}
