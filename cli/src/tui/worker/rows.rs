//! Rows of lists: one page where the list is long, all of them where it is held as a whole.

use client::Client;
use proto_types::{
    Field, FindRequest, FindResponse, GetImage, ImageDigest, ListHosts, ListImages, Match, Op,
};

use super::{affected, affecting, changes, compared, rollout, uncovered};
use crate::{
    ask::packages,
    tui::{
        answer::{Problem, RowsAnswer},
        ask::{Ask, ContainersAsk, Fetch},
        item::Item,
    },
};

/// How many rows of a list that is held as a whole are asked for at a time.
const CHUNK: u64 = 5_000;

/// Asks for rows.
pub(super) async fn fetch(client: &Client, fetch: Fetch) -> Result<RowsAnswer, Problem> {
    let Fetch {
        ask, from, keep, ..
    } = fetch;
    match ask {
        Ask::Find(request) => found(client, request, from, keep).await,
        Ask::Images { most } => images(client, most).await,
        Ask::Hosts => hosts(client).await,
        Ask::Changes { host, at, most } => changes::fetch(client, host, at, most).await,
        Ask::Cover { of, at } => compared::cover(client, of, at).await,
        Ask::Diff { from, to } => compared::diff(client, from, to).await,
        Ask::Rollout { of, affected, at } => rollout::fetch(client, of, affected, at).await,
        Ask::Uncovered { at: None, most } => uncovered::now(client, most).await,
        Ask::Uncovered { at, .. } => uncovered::then(client, at).await,
        Ask::Affecting { at: None, most } => affecting::now(client, most).await,
        Ask::Affecting { at, .. } => uncovered::then(client, at).await,
        Ask::Affected { id, at } => affected::fetch(client, id, at).await,
        Ask::AffectedBy { id, by, at, most } => affected::by(client, id, by, at, most).await,
        Ask::Contents(digest) => contents(client, digest).await,
        Ask::Containers(which, most) => containers(client, &which, most).await,
    }
}

async fn found(
    client: &Client,
    request: FindRequest,
    from: u64,
    keep: bool,
) -> Result<RowsAnswer, Problem> {
    let response = client.send(&request).await?;
    let next = from + request.limit.unwrap_or(0);
    let cursor = response.next_cursor.clone();
    let (total, summary) = (response.total, Some(response.summary));
    let (as_of, coverage) = (response.as_of, response.coverage);
    let headline = match total {
        0 => meant(client, &request).await,
        _ => Vec::new(),
    };
    let items = if keep {
        items(&request, response)
    } else {
        Vec::new()
    };
    Ok(RowsAnswer {
        from,
        items,
        next,
        next_cursor: cursor,
        total,
        summary,
        headline,
        as_of,
        coverage,
    })
}

/// The artifact that may be meant where none has the name that was asked for.
async fn meant(client: &Client, request: &FindRequest) -> Vec<String> {
    let is_name = |one: &&Match| (one.field, one.op) == (Field::Name, Op::Eq);
    let (Some(name), 1) = (request.matches.iter().find(is_name), request.matches.len()) else {
        return Vec::new();
    };
    let near = packages::nearest(client, request, &name.value).await;
    let says = near.map(|near| format!("did you mean `{near}`? `:{near}` opens it"));
    says.into_iter().collect()
}

/// The rows of an answer to a find.
pub(super) fn items(request: &FindRequest, response: FindResponse) -> Vec<Item> {
    match request.group_by {
        Some(by) => {
            let groups = response.groups.unwrap_or_default().into_iter();
            groups.map(|group| Item::Group(by, group)).collect()
        }
        None => {
            let results = response.results.unwrap_or_default().into_iter();
            results.map(|one| Item::Found(Box::new(one))).collect()
        }
    }
}

async fn images(client: &Client, most: u64) -> Result<RowsAnswer, Problem> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let request = ListImages {
            limit: Some(CHUNK),
            cursor,
            ..ListImages::default()
        };
        let page = client.send(&request).await?;
        items.extend(
            page.images
                .into_iter()
                .map(|one| Item::Image(Box::new(one))),
        );
        cursor = page.next_cursor;
        if cursor.is_none() || is_enough(&items, most) {
            return Ok(RowsAnswer::whole(
                items,
                page.total,
                page.as_of,
                page.coverage,
            ));
        }
    }
}

async fn containers(
    client: &Client,
    which: &ContainersAsk,
    most: u64,
) -> Result<RowsAnswer, Problem> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let page = client.send(&which.page(CHUNK, cursor)).await?;
        let rows = page.containers.into_iter();
        items.extend(rows.map(|one| Item::Container(Box::new(one))));
        cursor = page.next_cursor;
        if cursor.is_none() || is_enough(&items, most) {
            return Ok(RowsAnswer::whole(
                items,
                page.total,
                page.as_of,
                page.coverage,
            ));
        }
    }
}

fn is_enough(items: &[Item], most: u64) -> bool {
    u64::try_from(items.len()).is_ok_and(|held| held >= most)
}

async fn hosts(client: &Client) -> Result<RowsAnswer, Problem> {
    let response = client.send(&ListHosts {}).await?;
    let total = u64::try_from(response.hosts.len()).unwrap_or(u64::MAX);
    let hosts = response.hosts.into_iter();
    let items = hosts.map(|one| Item::Host(Box::new(one))).collect();
    Ok(RowsAnswer::whole(
        items,
        total,
        response.as_of,
        response.coverage,
    ))
}

async fn contents(client: &Client, digest: ImageDigest) -> Result<RowsAnswer, Problem> {
    let image = client.send(&GetImage { digest }).await?;
    let total = image.summary.artifact_count;
    let items = image.artifacts.into_iter().map(Item::Artifact).collect();
    Ok(RowsAnswer::whole(items, total, image.as_of, image.coverage))
}
