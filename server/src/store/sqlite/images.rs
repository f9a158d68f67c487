//! Images: lists of them, and everything that is known of one.

use proto_types::{
    ImageDetail, ImageDigest, ImageFacts, ImageState, ImageSummary, ImagesResponse, ListImages,
};
use rusqlite::{Connection, Row, params_from_iter, types::Value};

use crate::store::{
    Result, StoreError,
    query::{Cursor, Position, Window, foreign, limit},
};

use super::{
    aliases, artifacts, conflicts,
    context::Context,
    coverage, facts, failures,
    fleet::Reading,
    image_row, leases,
    listing::{self, Filter},
    sql::{count, digest, time, time_or_none},
    view::View,
};

/// An image lists no more of the names that it runs under.
const MOST_NAMES: i64 = 8;

/// The columns of an image; those of its facts come on top.
const COLUMNS: &str = "i.id, i.digest, i.sbom, i.live_runs, i.first_seen, i.last_name,
    CASE i.live_runs WHEN 0 THEN i.last_seen END AS last_seen,
    i.distro, i.distro_version, i.artifact_count, i.scanner, i.scanned_by, i.scanned_at,
    i.partial_reason, i.sbom_generation, ifnull(w.quarantined, 0) AS quarantined,
    (SELECT count(DISTINCT host_id) FROM run r
     WHERE r.image_id = i.id AND r.until IS NULL) AS hosts";
const TABLES: &str = "image i LEFT JOIN scan w ON w.image_id = i.id";

/// Lists images by digest.
pub fn list(cx: &Context<'_>, index: Reading<'_>, request: &ListImages) -> Result<ImagesResponse> {
    let cursor = request.cursor.as_deref().map(Cursor::decode).transpose()?;
    let coverage = coverage::of_page(cx, &index, Window::Live, cursor.as_ref());
    drop(index);
    let view = View::new(cx, Window::Live, cursor.as_ref())?;
    let filter = filter(request, view)?;
    let total = listing::total(cx, TABLES, &filter)?;
    let limit = limit(request.limit);
    let mut images = page(cx, filter, cursor.as_ref(), limit + 1)?;
    let truncated = listing::cut(&mut images, limit);
    let next = images.last().filter(|_| truncated).map(|last| {
        let key = vec![last.digest.to_string()];
        view.cursor(Position::Key(key), Some(coverage))
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

/// What a list says of one image.
pub fn summary_of(connection: &Connection, image: i64) -> Result<Option<ImageSummary>> {
    let mut filter = Filter::default();
    filter.and("i.id = ?", [image.into()]);
    Ok(page(connection, filter, None, 1)?.pop())
}

/// Everything that is known of one image.
pub fn detail(cx: &Context<'_>, index: Reading<'_>, wanted: ImageDigest) -> Result<ImageDetail> {
    let coverage = coverage::now(cx, &index);
    drop(index);
    let id = aliases::one(cx, wanted)?;
    let summary = summary_of(cx, id)?.ok_or_else(|| image_row::unknown(wanted))?;
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
        as_of: cx.now,
        coverage,
    })
}

fn filter(request: &ListImages, view: View) -> Result<Filter> {
    let mut filter = Filter::default();
    let seq = view.pinned.unwrap_or(i64::MAX);
    filter.and("i.first_seq <= ?", [seq.into()]);
    and_state(&mut filter, request.state, seq);
    and_running(&mut filter, request.running, view);
    if let Some(prefix) = &request.digest_prefix {
        let (first, last) = digest_range(prefix)?;
        let [first, last] = [first, last].map(Value::from);
        filter.and(
            "i.digest BETWEEN ? AND ?
             OR (i.id IN (SELECT image_id FROM alias WHERE digest BETWEEN ? AND ?)
                 AND ifnull(i.sbom_seq, 0) <= ?)",
            [first.clone(), last.clone(), first, last, seq.into()],
        );
    }
    Ok(filter)
}

/// Adds the condition that an image had come so far at a commit.
fn and_state(filter: &mut Filter, state: Option<ImageState>, seq: i64) {
    const SCANNED: &str = "ifnull(i.sbom_seq <= ?, FALSE)";
    const COMPLETE: &str = "ifnull(i.complete_seq <= ?, FALSE)";
    match state {
        Some(ImageState::Complete) => filter.and(COMPLETE, [seq.into()]),
        Some(ImageState::Partial) => filter.and(
            &format!("{SCANNED} AND NOT {COMPLETE}"),
            [seq, seq].map(Into::into),
        ),
        Some(ImageState::Unscanned) => filter.and(
            &format!("NOT {SCANNED} AND ifnull(w.quarantined, 0) = 0"),
            [seq.into()],
        ),
        Some(ImageState::Quarantined) => {
            filter.and(
                &format!("NOT {SCANNED} AND w.quarantined = 1"),
                [seq.into()],
            );
        }
        None => {}
    }
}

/// Adds the condition that an image ran, or didn't, at the commit that a view stands for.
fn and_running(filter: &mut Filter, running: Option<bool>, view: View) {
    let Some(running) = running else { return };
    let not = if running { "" } else { "NOT" };
    match view.pinned {
        None => filter.and(&format!("{not} i.live_runs > 0"), []),
        Some(seq) => filter.and(
            &format!(
                "{not} (i.id IN (SELECT image_id FROM run INDEXED BY run_ended
                                 WHERE ended_seq > ? AND +began_seq <= ?)
                     OR EXISTS (SELECT 1 FROM run WHERE image_id = i.id AND until IS NULL
                                AND +began_seq <= ?))"
            ),
            [seq, seq, seq].map(Into::into),
        ),
    }
}

/// The first and the last digest that begin with these hexadecimal digits.
fn digest_range(prefix: &str) -> Result<(Vec<u8>, Vec<u8>)> {
    const DIGITS: usize = 64;
    let filled = |digit| {
        let text: String = prefix
            .chars()
            .chain(std::iter::repeat(digit))
            .take(DIGITS)
            .collect();
        hex::decode(text).ok().filter(|_| prefix.len() <= DIGITS)
    };
    filled('0').zip(filled('f')).ok_or_else(|| {
        StoreError::invalid(format!(
            "`digest_prefix` must be at most 64 hexadecimal digits, and `{prefix}` is not"
        ))
    })
}

fn page(
    connection: &Connection,
    mut filter: Filter,
    cursor: Option<&Cursor>,
    rows: usize,
) -> Result<Vec<ImageSummary>> {
    if let Some(cursor) = cursor {
        let [digest] = cursor.key()?;
        let after: ImageDigest = digest.parse().map_err(|_| foreign())?;
        filter.and("i.digest > ?", [after.as_bytes().to_vec().into()]);
    }
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM {TABLES} {} ORDER BY i.digest LIMIT {rows}",
        facts::COLUMNS,
        filter.sql()
    ))?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    let mut images = Vec::new();
    while let Some(row) = rows.next()? {
        let names = names(connection, row)?;
        let facts = facts::from_row(connection, row)?;
        images.push(summary(row, names, facts)?);
    }
    Ok(images)
}

fn names(connection: &Connection, image: &Row<'_>) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT ifnull(image_name, (SELECT name FROM image WHERE id = ?1)) AS name FROM run
         WHERE image_id = ?1 AND until IS NULL ORDER BY 1 LIMIT ?2",
    )?;
    let id: i64 = image.get("id")?;
    let names: Vec<String> = statement
        .query_map([id, MOST_NAMES], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if names.is_empty() {
        return Ok(vec![image.get("last_name")?]);
    }
    Ok(names)
}

fn summary(row: &Row<'_>, names: Vec<String>, facts: ImageFacts) -> rusqlite::Result<ImageSummary> {
    let state = match (row.get("sbom")?, row.get("quarantined")?) {
        (image_row::COMPLETE, _) => ImageState::Complete,
        (image_row::PARTIAL, _) => ImageState::Partial,
        (_, true) => ImageState::Quarantined,
        (_, false) => ImageState::Unscanned,
    };
    Ok(ImageSummary {
        digest: digest(row, "digest")?,
        state,
        names,
        distro: row.get("distro")?,
        distro_version: row.get("distro_version")?,
        facts,
        artifact_count: count(row, "artifact_count")?,
        containers: count(row, "live_runs")?,
        hosts: count(row, "hosts")?,
        scanner: row.get("scanner")?,
        scanned_by: row.get("scanned_by")?,
        scanned_at: time_or_none(row, "scanned_at")?,
        reason: row.get("partial_reason")?,
        first_seen: time(row, "first_seen")?,
        last_seen: time_or_none(row, "last_seen")?,
    })
}
