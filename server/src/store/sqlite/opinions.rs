//! Second opinions: what another host's scan says of an image's SBOM, beside it in the image's row.

use model::lease::{Opined, SecondOpinions};
use proto_types::{ConflictingImage, Opinion, SecondOpinion};
use rusqlite::{Connection, Row, params};

use crate::store::{HostIdentity, Result};

use super::{
    context::Context,
    image_row::{self, NO_OPINION},
    numbers::number,
    sql::{count, digest, ms, time, time_or_none},
};

/// The columns that [`Said`] is read from, for a query over `image`.
pub const COLUMNS: &str = "scanned_by_host, scanner, opinion, draw";

/// What an image's row says for and against its SBOM.
pub struct Said {
    submitter: Option<i64>,
    scanner: Option<String>,
    opinion: Opinion,
    draw: u32,
}

impl Said {
    /// Reads it from a row of [`COLUMNS`].
    pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            submitter: row.get("scanned_by_host")?,
            scanner: row.get("scanner")?,
            opinion: from_column(row.get("opinion")?),
            draw: row.get("draw")?,
        })
    }

    /// The same, to be judged.
    pub fn opined(&self) -> Opined<'_> {
        Opined {
            submitter: self.submitter,
            scanner: self.scanner.as_deref(),
            opinion: self.opinion,
        }
    }

    /// Whether a host is to scan the image again, to be compared.
    pub fn wants(&self, cx: &Context<'_>, host: i64, scanner: Option<&str>) -> bool {
        let rule = cx.rules.second_opinions;
        rule != SecondOpinions::NONE
            && self.opined().wants(host, scanner)
            && rule.take(self.draw, cx.latest.read().count_of_images())
    }
}

const fn column(opinion: Opinion) -> i64 {
    match opinion {
        Opinion::Unconfirmed => 0,
        Opinion::Confirmed => 1,
        Opinion::Differs => 2,
        Opinion::Conflict => 3,
    }
}

const fn from_column(column: i64) -> Opinion {
    match column {
        1 => Opinion::Confirmed,
        2 => Opinion::Differs,
        3 => Opinion::Conflict,
        _ => Opinion::Unconfirmed,
    }
}

/// Notes what a host's scan, with a scanner, says of the SBOM of an image.
pub fn note(
    cx: &Context<'_>,
    image: i64,
    (host, scanner): (&HostIdentity, Option<&str>),
    opinion: Opinion,
) -> Result<()> {
    cx.prepare_cached(
        "UPDATE image SET opinion = ?2, opinion_host = ?3, opinion_by = ?4, opinion_at = ?5,
                          opinion_scanner = ?6
         WHERE id = ?1",
    )?
    .execute(params![
        image,
        column(opinion),
        host.id,
        host.name,
        ms(cx.now),
        scanner
    ])?;
    Ok(())
}

/// Takes back what a host said of another's SBOM of an image.
pub fn withdraw(connection: &Connection, image: i64, host: i64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM conflict WHERE image_id = ?1 AND host_id = ?2")?
        .execute([image, host])?;
    connection
        .prepare_cached(&format!(
            "UPDATE image SET {NO_OPINION} WHERE id = ?1 AND opinion_host = ?2"
        ))?
        .execute([image, host])?;
    Ok(())
}

/// The second opinion in an image's row; none where it has no complete SBOM.
pub fn of_row(row: &Row<'_>) -> rusqlite::Result<Option<SecondOpinion>> {
    if row.get::<_, i64>("sbom")? != image_row::COMPLETE {
        return Ok(None);
    }
    Ok(Some(SecondOpinion {
        opinion: from_column(row.get("opinion")?),
        host: row.get("opinion_by")?,
        scanner: row.get("opinion_scanner")?,
        at: time_or_none(row, "opinion_at")?,
    }))
}

// That these ask for `opinion > 1` too lets SQLite take the index of images that somebody disputes.

/// How many images there are in which two hosts with one scanner found different artifacts.
pub const CONFLICTING: &str = "SELECT count(*) FROM image WHERE opinion = 3 AND opinion > 1";
/// The same of hosts with different scanners.
pub const DIFFERING: &str = "SELECT count(*) FROM image WHERE opinion = 2 AND opinion > 1";

/// At most so many of those images, those that most containers run first.
pub fn conflicting(cx: &Context<'_>, most: usize) -> Result<Vec<ConflictingImage>> {
    let mut statement = cx.prepare_cached(
        "SELECT id, digest, live_runs, ifnull(scanned_by, '') AS scanned_by,
                ifnull(opinion_by, '') AS opinion_by, ifnull(opinion_at, first_seen) AS opinion_at,
                opinion_scanner
         FROM image WHERE opinion = 3 AND opinion > 1 ORDER BY live_runs DESC, id LIMIT ?1",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut rows = statement.query([most])?;
    let mut images = Vec::new();
    while let Some(row) = rows.next()? {
        // Not by what the host says that begins a run of it last: that may be the one that lies.
        let image_name = cx.latest.image_name(number(row.get("id")?)?);
        images.push(ConflictingImage {
            digest: digest(row, "digest")?,
            image_name,
            containers: count(row, "live_runs")?,
            scanned_by: row.get("scanned_by")?,
            host: row.get("opinion_by")?,
            scanner: row.get("opinion_scanner")?,
            at: time(row, "opinion_at")?,
        });
    }
    Ok(images)
}
