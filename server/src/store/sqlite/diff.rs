//! Diff: what two sides hold differently, by artifact and version.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use model::{age, side::Side};
use proto_types::{Artifact, ChangedArtifact, DiffResponse, DiffSide, Direction, Timestamp};
use rusqlite::Connection;

use crate::store::{Result, Rules};

use super::{artifacts, holdings, image_row};

/// Artifacts by name and type.
type ByName = BTreeMap<(String, String), BTreeSet<Artifact>>;

/// Compares two sides.
pub fn diff(
    connection: &Connection,
    rules: &Rules,
    from: &Side,
    to: &Side,
    now: Timestamp,
) -> Result<DiffResponse> {
    let (from, mut before) = side(connection, rules, from, now)?;
    let (to, after) = side(connection, rules, to, now)?;
    let mut response = DiffResponse {
        from,
        to,
        added: Vec::new(),
        removed: Vec::new(),
        changed: Vec::new(),
        as_of: now,
    };
    for (key, there) in after {
        let here = before.remove(&key).unwrap_or_default();
        compare(key, &here, &there, &mut response);
    }
    response.removed.extend(before.into_values().flatten());
    response.removed.sort_by(by_name);
    Ok(response)
}

/// Puts what one artifact's versions did into the response.
fn compare(
    (name, artifact_type): (String, String),
    here: &BTreeSet<Artifact>,
    there: &BTreeSet<Artifact>,
    response: &mut DiffResponse,
) {
    let left = only(here, there);
    let came = only(there, here);
    let (Some(old), Some(new)) = (left.first(), came.first()) else {
        response.removed.extend(left.into_iter().cloned());
        response.added.extend(came.into_iter().cloned());
        return;
    };
    let direction = match age::compare(*new, *old) {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal => Direction::Level,
    };
    let versions = |artifacts: Vec<&Artifact>| {
        artifacts
            .into_iter()
            .map(|artifact| artifact.version.clone())
            .collect()
    };
    response.changed.push(ChangedArtifact {
        artifact_type,
        name,
        direction,
        from: versions(left),
        to: versions(came),
    });
}

/// The artifacts whose versions only one side holds, newest first. An artifact that differs in
/// its purl alone (the architecture, say) is no other one here.
fn only<'a>(one: &'a BTreeSet<Artifact>, other: &BTreeSet<Artifact>) -> Vec<&'a Artifact> {
    let known: BTreeSet<&str> = other
        .iter()
        .map(|artifact| artifact.version.as_str())
        .collect();
    let mut seen = BTreeSet::new();
    let mut only: Vec<&Artifact> = one
        .iter()
        .filter(|artifact| !known.contains(artifact.version.as_str()))
        .filter(|artifact| seen.insert(artifact.version.as_str()))
        .collect();
    versions::sort_by(&mut only, |a, b| age::compare(*b, *a));
    only
}

fn by_name(a: &Artifact, b: &Artifact) -> Ordering {
    (&a.name, &a.artifact_type, a).cmp(&(&b.name, &b.artifact_type, b))
}

fn side(
    connection: &Connection,
    rules: &Rules,
    side: &Side,
    now: Timestamp,
) -> Result<(DiffSide, ByName)> {
    let images = holdings::images_of(connection, side, now)?;
    let at = match side {
        Side::Image(_) => None,
        Side::Host { at, .. } => Some(at.unwrap_or(now)),
    };
    let mut held = ByName::new();
    let mut not_complete = 0;
    for image in &images {
        not_complete += u64::from(!is_complete(connection, *image)?);
        for artifact in artifacts::of_image(connection, *image)? {
            let key = (artifact.name.clone(), artifact.artifact_type.clone());
            held.entry(key).or_default().insert(artifact);
        }
    }
    let side = DiffSide {
        what: side.to_string(),
        at,
        images: images.len() as u64,
        images_not_complete: not_complete,
        coverage: holdings::coverage_of(connection, rules, side, &images, now)?,
        artifacts: held.values().map(|artifacts| artifacts.len() as u64).sum(),
    };
    Ok((side, held))
}

fn is_complete(connection: &Connection, image: i64) -> Result<bool> {
    let sbom: i64 = connection
        .prepare_cached("SELECT sbom FROM image WHERE id = ?1")?
        .query_row([image], |row| row.get(0))?;
    Ok(sbom == image_row::COMPLETE)
}
