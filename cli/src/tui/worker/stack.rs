//! An artifact's containers over time, by version: one question for each.

use client::Client;
use proto_types::{Field, FindRequest, GroupBy, TimelinePoint};

use crate::tui::{
    answer::Problem,
    rollout::{Release, releases},
    stack::{Layer, layers},
    state::is,
};

/// So many versions have a layer each, those that most containers ran; the others share one.
const MOST_LAYERS: usize = 8;
/// Of an artifact with more versions, no layers are made.
const MOST_VERSIONS: u64 = 100;

/// The layers of what `request` counts over time, which is this in all.
pub(super) async fn fetch(
    client: &Client,
    request: &FindRequest,
    whole: &[TimelinePoint],
) -> Result<Vec<Layer>, Problem> {
    let Some(timeline) = &request.timeline else {
        return Ok(Vec::new());
    };
    // With the versions that ran at any time of it, gone or not.
    let counted = FindRequest {
        matches: request.matches.clone(),
        during: Some(timeline.range),
        group_by: Some(GroupBy::Version),
        limit: Some(MOST_VERSIONS),
        ..FindRequest::default()
    };
    let counted = client.send(&counted).await?;
    if counted.total > MOST_VERSIONS {
        return Ok(Vec::new());
    }
    let groups = counted.groups.unwrap_or_default();
    let versions = groups.iter();
    let versions = versions.map(|one| (one.key.clone(), one.label.clone().unwrap_or_default()));
    let containers = groups.iter().map(|one| one.containers);
    let mut chosen: Vec<(Release, u64)> = releases(versions).into_iter().zip(containers).collect();
    chosen.sort_by_key(|(release, containers)| (std::cmp::Reverse(*containers), release.place));
    let has_others = chosen.len() > MOST_LAYERS;
    chosen.truncate(MOST_LAYERS);
    let mut counted = Vec::new();
    for (release, _) in chosen {
        let mut request = request.clone();
        request.matches.extend([
            is(Field::Version, &release.version),
            is(Field::Type, &release.artifact_type),
        ]);
        let points = client.send(&request).await?.timeline.unwrap_or_default();
        counted.push((
            release,
            points.iter().map(|point| point.containers).collect(),
        ));
    }
    Ok(layers(counted, has_others, whole))
}
