//! Containers: lists of runs, which the index answers.

use index::{Containers, Index, Listed, Place};
use proto_types::{ContainersResponse, ListContainers, RunningContainer};

use crate::store::{
    Result,
    query::{Cursor, Position, Window, foreign, limit},
};

use super::{context::Context, coverage, listing, numbers::number, view::View};

/// Lists containers by host and name.
pub fn list(
    cx: &Context<'_>,
    index: &Index,
    request: &ListContainers,
) -> Result<ContainersResponse> {
    let cursor = request.cursor.as_deref().map(Cursor::decode).transpose()?;
    let window = request.at.map_or(Window::Live, Window::At);
    let view = View::new(cx, window, cursor.as_ref())?;
    let asked = Containers {
        host: request.host.as_deref(),
        name: request.name.as_deref(),
        image: request.image_digest,
        time: window.span(),
        pin: number(view.seq)?,
    };
    let coverage = match (&request.host, &cursor) {
        (Some(host), None) => coverage::of_host(cx, index, host, window),
        _ => coverage::of_page(cx, index, window, cursor.as_ref()),
    };
    let counted = cursor.as_ref().and_then(|cursor| cursor.total);
    let total = counted.unwrap_or_else(|| index.containers_total(&asked));
    let after = cursor.as_ref().map(place).transpose()?;
    let limit = limit(request.limit);
    let mut rows = index.containers(&asked, after.as_ref(), limit + 1);
    let truncated = listing::cut(&mut rows, limit);
    let next = rows.last().filter(|_| truncated).map(|last| Cursor {
        total: Some(total),
        ..view.cursor(Position::Key(key(last)), Some(coverage))
    });
    Ok(ContainersResponse {
        containers: rows.iter().map(container).collect(),
        total,
        truncated,
        next_cursor: next.map(|cursor| cursor.encode()),
        as_of: view.as_of(),
        coverage,
    })
}

fn key(last: &Listed<'_>) -> Vec<String> {
    let Place {
        host,
        container,
        since,
        run,
    } = last.place();
    vec![host, container, since.to_string(), run.to_string()]
}

fn place(cursor: &Cursor) -> Result<Place> {
    let [host, container, since, run] = cursor.key()?;
    Ok(Place {
        host: host.clone(),
        container: container.clone(),
        since: since.parse().map_err(|_| foreign())?,
        run: run.parse().map_err(|_| foreign())?,
    })
}

fn container(row: &Listed<'_>) -> RunningContainer {
    RunningContainer {
        name: row.container.to_owned(),
        image_name: row.image_name.to_owned(),
        image_digest: row.image_digest,
        host: row.host.to_owned(),
        running_since: row.since,
        until: row.until,
    }
}
