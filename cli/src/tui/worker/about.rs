//! More about one thing: what its details and its picture show.

use client::{Client, ClientError};
use jiff::{SignedDuration, Timestamp};
use proto_types::{
    Change, ChangeKind, During, ErrorCode, FindRequest, GetHost, GetImage, ImageDigest,
    ListChanges, TimelineRequest,
};

use super::stack;
use crate::tui::{
    answer::{About, ImageAbout, Problem, Run},
    ask::AboutAsk,
    item::Item,
};

/// A sparkline looks back this far at most.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// And this far at least.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// As many points as the widest sparkline has columns.
const POINTS: u16 = 120;
/// No more runs are listed.
const RUNS: u64 = 20;

/// Asks everything that is wanted, one after the other.
pub(super) async fn ask(client: &Client, ask: AboutAsk) -> Result<About, Problem> {
    let mut about = About::default();
    if ask.of.is_some() && ask.runs_of.is_none() {
        artifact(client, &ask, &mut about).await?;
    }
    if let Some(digest) = ask.image {
        about.image = image(client, digest).await?;
    }
    if let Some((host, container)) = &ask.runs_of {
        about.runs = runs(client, &ask, host, container).await?;
    }
    if let Some(name) = ask.host {
        about.host = known(client.send(&GetHost { name }).await)?;
    }
    if let Some(id) = ask.advisory {
        about.judged = super::affected::judged(client, id, ask.at).await?;
    }
    if let Some(name) = ask.changes_of {
        about.changes = of_host(client, name, ask.at).await?;
    }
    Ok(about)
}

/// The last changes of a host, newest first.
async fn of_host(
    client: &Client,
    name: String,
    at: Option<Timestamp>,
) -> Result<Vec<Change>, Problem> {
    let answer = super::changes::fetch(client, Some(name), at, RUNS).await?;
    let changes = answer.items.into_iter().filter_map(|item| match item {
        Item::Change(change) => Some(*change),
        _ => None,
    });
    Ok(changes.collect())
}

/// What isn't known is no problem: there is just nothing to show of it.
fn known<T>(answer: Result<T, ClientError>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code() == Some(ErrorCode::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn artifact(client: &Client, ask: &AboutAsk, about: &mut About) -> Result<(), Problem> {
    let mut request = FindRequest {
        matches: ask.of.clone().unwrap_or_default(),
        at: ask.at,
        limit: Some(1),
        ..FindRequest::default()
    };
    let found = client.send(&request).await?;
    about.sample = found.results.and_then(|results| results.into_iter().next());
    about.summary = Some(found.summary);
    about.related = found.related;
    let Some(first) = found.summary.first_seen.filter(|_| ask.timeline) else {
        return Ok(());
    };
    request.timeline = Some(TimelineRequest {
        range: range(first, found.as_of),
        points: POINTS,
    });
    let found = client.send(&request).await?;
    about.timeline = found.timeline.unwrap_or_default();
    if ask.by_version {
        // Without it the chart is plain.
        let stack = stack::fetch(client, &request, &about.timeline).await;
        about.stack = stack.unwrap_or_default();
    }
    Ok(())
}

/// From when it first ran, but not from too far back.
fn range(first: Timestamp, to: Timestamp) -> During {
    let length = to.duration_since(first).clamp(SHORTEST, LONGEST);
    let from = to.checked_sub(length).unwrap_or(first);
    During { from, to }
}

async fn image(client: &Client, digest: ImageDigest) -> Result<Option<ImageAbout>, Problem> {
    let image = known(client.send(&GetImage { digest }).await)?;
    Ok(image.map(|image| ImageAbout {
        failures: (
            image.failures.len(),
            image.failures.first().map(|one| one.message.clone()),
        ),
        conflicts: image.conflicts.len(),
        withdrawn: image.withdrawn.into_iter().next(),
        lease: image.lease,
        summary: image.summary,
    }))
}

/// The runs of a container: by its artifact where one is looked at, by what changed otherwise.
async fn runs(
    client: &Client,
    ask: &AboutAsk,
    host: &str,
    container: &str,
) -> Result<Vec<Run>, Problem> {
    let to = ask.at.unwrap_or_else(Timestamp::now);
    let from = to.checked_sub(LONGEST).unwrap_or(to);
    match &ask.of {
        Some(of) => {
            let mut matches = of.clone();
            matches.push(crate::tui::state::is(proto_types::Field::Host, host));
            matches.push(crate::tui::state::is(
                proto_types::Field::Container,
                container,
            ));
            let request = FindRequest {
                matches,
                during: Some(During { from, to }),
                limit: Some(RUNS),
                ..FindRequest::default()
            };
            let results = client.send(&request).await?.results.unwrap_or_default();
            let runs = results.into_iter().map(|one| Run {
                label: one.version,
                since: one.running_since,
                until: one.until,
            });
            Ok(newest_first(runs.collect()))
        }
        None => changes(client, from, host, container).await,
    }
}

fn newest_first(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.label.cmp(&b.label)));
    runs
}

async fn changes(
    client: &Client,
    since: Timestamp,
    host: &str,
    container: &str,
) -> Result<Vec<Run>, Problem> {
    let request = ListChanges {
        since: Some(since),
        host: Some(host.to_owned()),
        limit: Some(2_000),
        ..ListChanges::default()
    };
    let Some(answer) = known(client.send(&request).await)? else {
        return Ok(Vec::new());
    };
    let mut runs: Vec<Run> = Vec::new();
    let ours = answer.changes.into_iter();
    for change in ours.filter(|one| one.container.as_deref() == Some(container)) {
        match change.kind {
            ChangeKind::Started => runs.push(Run {
                label: change.image_name.unwrap_or_default(),
                since: change.at,
                until: None,
            }),
            ChangeKind::Stopped => {
                if let Some(run) = runs.last_mut() {
                    run.until = Some(change.at);
                }
            }
            ChangeKind::Appeared => {}
        }
    }
    Ok(newest_first(runs))
}
