//! A rollout: which hosts run which versions of an artifact, from one question for each version.

use client::Client;
use proto_types::{Coverage, Field, FindRequest, GroupBy, ListHosts, Match, Timestamp};

use crate::tui::{
    answer::{Problem, ProblemKind, RowsAnswer},
    item::Item,
    rollout::{OnHost, Release, by_host, judge, releases},
    state::is,
};

/// No artifact with more versions is drawn: each takes a question of its own.
const MOST_VERSIONS: u64 = 100;

/// What each host runs of what fits, now or at a moment; nothing where no host runs any.
pub(super) async fn fetch(
    client: &Client,
    of: Vec<Match>,
    affected: Vec<Match>,
    at: Option<Timestamp>,
) -> Result<RowsAnswer, Problem> {
    let counted = counted(client, of.clone(), at, GroupBy::Version).await?;
    if counted.total > MOST_VERSIONS {
        return Err(too_many(counted.total));
    }
    let versions = counted.groups.into_iter();
    let versions = versions.map(|(key, label, _)| (key, label.unwrap_or_default()));
    let mut found = Vec::new();
    let mut last = (counted.as_of, counted.coverage);
    for release in releases(versions) {
        let mut of = of.clone();
        of.push(is(Field::Version, &release.version));
        of.push(is(Field::Type, &release.artifact_type));
        let on = self::counted(client, of, at, GroupBy::Host).await?;
        last = (on.as_of, on.coverage);
        let hosts = on.groups.into_iter().map(|(host, _, many)| (host, many));
        found.push((release, hosts.collect()));
    }
    let mut rows = rows(client, found, at).await?;
    if !affected.is_empty() {
        let of = of.into_iter().chain(affected).collect();
        let on = self::counted(client, of, at, GroupBy::Host).await?;
        last = (on.as_of, on.coverage);
        let on = on.groups.into_iter().map(|(host, _, many)| (host, many));
        judge(&mut rows, &on.collect());
    }
    let items: Vec<Item> = rows
        .into_iter()
        .map(|row| Item::OnHost(Box::new(row)))
        .collect();
    let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
    Ok(RowsAnswer::whole(items, total, last.0, last.1))
}

/// With every host of the present; of the past only those are known that ran any.
async fn rows(
    client: &Client,
    found: Vec<(Release, Vec<(String, u64)>)>,
    at: Option<Timestamp>,
) -> Result<Vec<OnHost>, Problem> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let hosts = match at {
        None => client.send(&ListHosts {}).await?.hosts,
        Some(_) => Vec::new(),
    };
    Ok(by_host(hosts, found))
}

/// Groups of a find: key, label and containers of each.
struct Counted {
    groups: Vec<(String, Option<String>, u64)>,
    total: u64,
    as_of: Timestamp,
    coverage: Coverage,
}

async fn counted(
    client: &Client,
    matches: Vec<Match>,
    at: Option<Timestamp>,
    by: GroupBy,
) -> Result<Counted, Problem> {
    let request = FindRequest {
        matches,
        at,
        group_by: Some(by),
        limit: Some(0),
        ..FindRequest::default()
    };
    let answer = client.send(&request).await?;
    let groups = answer.groups.unwrap_or_default().into_iter();
    Ok(Counted {
        groups: groups
            .map(|one| (one.key, one.label, one.containers))
            .collect(),
        total: answer.total,
        as_of: answer.as_of,
        coverage: answer.coverage,
    })
}

fn too_many(versions: u64) -> Problem {
    Problem {
        what: format!("{versions} versions are too many to draw"),
        hint: Some(format!(
            "filter the versions to {MOST_VERSIONS} or fewer first"
        )),
        kind: ProblemKind::Other,
    }
}
