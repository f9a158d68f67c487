//! Images: lists of them, and everything that is known of one.

use std::{collections::HashSet, ops::RangeInclusive};

use index::{ImageRuns, Images, Index};
use proto_types::{
    ImageDetail, ImageDigest, ImageFacts, ImageState, ImageSummary, ImagesResponse, ListImages,
};
use rusqlite::{Connection, Row};

use crate::store::{
    Result, StoreError,
    query::{Cursor, Position, Window, foreign, limit},
};

use super::{
    aliases, artifacts, conflicts,
    context::Context,
    coverage, facts, failures,
    fleet::Reading,
    image_row, leases, listing,
    numbers::number,
    opinions,
    sql::{count, digest, time, time_or_none},
    view::View,
    withdrawn,
};

/// An image lists no more of the names that it runs under.
const MOST_NAMES: usize = 8;

/// The columns of an image; those of its facts come on top.
const COLUMNS: &str =
    "i.id, i.digest, i.sbom, i.first_seen, i.last_seen, i.distro, i.distro_version,
    i.artifact_count, i.scanner, i.scanned_by, i.scanned_at, i.partial_reason, i.sbom_generation,
    i.opinion, i.opinion_by, i.opinion_at, i.opinion_scanner, ifnull(w.quarantined, 0) AS quarantined";
const TABLES: &str = "image i LEFT JOIN scan w ON w.image_id = i.id";

/// Lists images by digest: which, and what runs them, the index says.
pub fn list(cx: &Context<'_>, index: Reading<'_>, request: &ListImages) -> Result<ImagesResponse> {
    let cursor = request.cursor.as_deref().map(Cursor::decode).transpose()?;
    let view = View::new(cx, Window::Live, cursor.as_ref())?;
    let asked = Images {
        state: request.state,
        running: request.running,
        digests: request.digest_prefix.as_deref().map(digests).transpose()?,
        quarantined: quarantined(cx)?,
        pin: number(view.seq)?,
    };
    let coverage = coverage::of_page(cx, &index, Window::Live, cursor.as_ref());
    let counted = cursor.as_ref().and_then(|cursor| cursor.total);
    let total = counted.unwrap_or_else(|| index.images_total(&asked));
    let after = cursor.as_ref().map(last).transpose()?;
    let limit = limit(request.limit);
    let mut found = index.images(&asked, after, limit + 1);
    let truncated = listing::cut(&mut found, limit);
    let runs = |image| (i64::from(image), index.runs_of_image(image, MOST_NAMES));
    let found: Vec<(i64, ImageRuns)> = found.into_iter().map(runs).collect();
    drop(index);
    let mut images = Vec::with_capacity(found.len());
    for (image, runs) in found {
        images.extend(summary_with(cx, image, runs)?);
    }
    let next = images.last().filter(|_| truncated).map(|last| Cursor {
        total: Some(total),
        ..view.cursor(Position::Key(vec![last.digest.to_string()]), Some(coverage))
    });
    Ok(ImagesResponse {
        images,
        total,
        truncated,
        next_cursor: next.map(|cursor| cursor.encode()),
        as_of: view.as_of(),
        coverage,
    })
}

/// The last image of the page before.
fn last(cursor: &Cursor) -> Result<ImageDigest> {
    let [digest] = cursor.key()?;
    digest.parse().map_err(|_| foreign())
}

/// What a list says of one image.
pub fn summary_of(cx: &Context<'_>, index: &Index, image: i64) -> Result<Option<ImageSummary>> {
    let runs = index.runs_of_image(number(image)?, MOST_NAMES);
    summary_with(cx, image, runs)
}

/// Everything that is known of one image.
pub fn detail(cx: &Context<'_>, index: Reading<'_>, wanted: ImageDigest) -> Result<ImageDetail> {
    let coverage = coverage::now(cx, &index);
    let id = aliases::one(cx, wanted)?;
    let summary = summary_of(cx, &index, id)?.ok_or_else(|| image_row::unknown(wanted))?;
    drop(index);
    let generation = cx
        .prepare_cached("SELECT sbom_generation FROM image WHERE id = ?1")?
        .query_row([id], |row| row.get::<_, Option<i64>>(0))?;
    Ok(ImageDetail {
        summary,
        artifacts: artifacts::of_image(cx, id)?,
        generation: generation.map(i64::unsigned_abs),
        lease: leases::held(cx, id)?,
        failures: failures::of_image(cx, id)?,
        conflicts: conflicts::of_image(cx, id)?,
        withdrawn: withdrawn::of_image(cx, id)?,
        as_of: cx.now,
        coverage,
    })
}

/// Images that are not tried again unasked, by number.
fn quarantined(connection: &Connection) -> Result<HashSet<u32>> {
    let mut statement =
        connection.prepare_cached("SELECT image_id FROM scan WHERE quarantined = 1")?;
    let mut rows = statement.query([])?;
    let mut images = HashSet::new();
    while let Some(row) = rows.next()? {
        images.insert(number(row.get(0)?)?);
    }
    Ok(images)
}

/// The digests that begin with these hexadecimal digits.
fn digests(prefix: &str) -> Result<RangeInclusive<ImageDigest>> {
    const DIGITS: usize = 64;
    let filled = |digit| {
        let text: String = prefix
            .chars()
            .chain(std::iter::repeat(digit))
            .take(DIGITS)
            .collect();
        let mut bytes = [0; DIGITS / 2];
        let read = hex::decode_to_slice(text, &mut bytes);
        let is_one = read.is_ok() && prefix.len() <= DIGITS;
        is_one.then(|| ImageDigest::from_bytes(bytes))
    };
    let range = filled('0').zip(filled('f'));
    range.map(|(first, last)| first..=last).ok_or_else(|| {
        StoreError::invalid(format!(
            "`digest_prefix` must be at most 64 hexadecimal digits, and `{prefix}` is not"
        ))
    })
}

/// What a list says of an image, by its row and by what its runs tell.
fn summary_with(
    connection: &Connection,
    image: i64,
    runs: ImageRuns,
) -> Result<Option<ImageSummary>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM {TABLES} WHERE i.id = ?1",
        facts::COLUMNS
    ))?;
    let mut rows = statement.query([image])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let facts = facts::from_row(connection, row)?;
    Ok(Some(summary(row, runs, facts)?))
}

fn summary(row: &Row<'_>, runs: ImageRuns, facts: ImageFacts) -> rusqlite::Result<ImageSummary> {
    let state = match (row.get("sbom")?, row.get("quarantined")?) {
        (image_row::COMPLETE, _) => ImageState::Complete,
        (_, true) => ImageState::Quarantined,
        (image_row::PARTIAL, false) => ImageState::Partial,
        (_, false) => ImageState::Unscanned,
    };
    Ok(ImageSummary {
        digest: digest(row, "digest")?,
        state,
        names: runs.names,
        distro: row.get("distro")?,
        distro_version: row.get("distro_version")?,
        facts,
        artifact_count: count(row, "artifact_count")?,
        containers: runs.containers,
        hosts: runs.hosts,
        scanner: row.get("scanner")?,
        scanned_by: row.get("scanned_by")?,
        scanned_at: time_or_none(row, "scanned_at")?,
        second_opinion: opinions::of_row(row)?,
        reason: row.get("partial_reason")?,
        first_seen: time(row, "first_seen")?,
        last_seen: match runs.containers {
            0 => time_or_none(row, "last_seen")?,
            _ => None,
        },
    })
}
