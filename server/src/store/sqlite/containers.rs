//! Containers: lists of runs.

use proto_types::{ContainersResponse, ListContainers, RunningContainer};
use rusqlite::{Connection, Row, params_from_iter};

use crate::store::{
    Result,
    query::{Cursor, Position, Window, foreign, limit},
};

use super::{
    context::Context,
    coverage,
    listing::{self, Filter, RUN_ORDER, RunKey, moment_of_pages},
    sql::{digest, ms, time, time_or_none},
};

/// Lists containers by host and name.
pub fn list(cx: &Context<'_>, request: &ListContainers) -> Result<ContainersResponse> {
    let cursor = request.cursor.as_deref().map(Cursor::decode).transpose()?;
    let window = match (request.at, &cursor) {
        (Some(at), _) => Window::At(at),
        (None, Some(cursor)) => Window::At(cursor.as_of),
        (None, None) => Window::Live,
    };
    let as_of = match window {
        Window::At(at) => at,
        _ => cx.now,
    };
    let filter = filter(request, window);
    let total = listing::total(cx, "run r", &filter)?;
    let limit = limit(request.limit);
    let mut containers = page(cx, request, filter, cursor.as_ref(), limit + 1)?;
    let truncated = listing::cut(&mut containers, limit);
    let moment = moment_of_pages(cx, window, as_of)?;
    let coverage = coverage::of_page(cx, window, cursor.as_ref())?;
    let next = containers
        .last()
        .filter(|_| truncated)
        .map(|(id, last)| Cursor {
            as_of: moment,
            after: Position::Key(vec![
                last.host.clone(),
                last.name.clone(),
                ms(last.running_since).to_string(),
                id.to_string(),
            ]),
            coverage: Some(coverage),
        });
    Ok(ContainersResponse {
        containers: containers
            .into_iter()
            .map(|(_, container)| container)
            .collect(),
        total,
        truncated,
        next_cursor: next.map(|cursor| cursor.encode()),
        as_of,
        coverage,
    })
}

fn filter(request: &ListContainers, window: Window) -> Filter {
    let mut filter = Filter::default();
    filter.and_window(window);
    if let Some(host) = &request.host {
        filter.and_host(host);
    }
    if let Some(name) = &request.name {
        filter.and("r.container = ?", [name.clone().into()]);
    }
    if let Some(image) = &request.image_digest {
        filter.and_image(*image);
    }
    filter
}

fn page(
    connection: &Connection,
    request: &ListContainers,
    mut filter: Filter,
    cursor: Option<&Cursor>,
    rows: usize,
) -> Result<Vec<(i64, RunningContainer)>> {
    if let Some(cursor) = cursor {
        filter.and_after(&key(cursor)?);
    }
    // Without anything narrower the hosts lead, and the rows come in order without a sort.
    let join = match (&request.image_digest, &request.name) {
        (None, None) => "CROSS JOIN",
        _ => "JOIN",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT r.id, r.container, r.image_name, i.digest, h.name AS host, r.since, r.until
         FROM host h {join} run r ON r.host_id = h.id JOIN image i ON i.id = r.image_id
         {} ORDER BY {RUN_ORDER} LIMIT {rows}",
        filter.sql()
    ))?;
    let rows = statement.query_map(params_from_iter(filter.values()), |row| {
        Ok((row.get("id")?, from_row(row)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn key(cursor: &Cursor) -> Result<RunKey> {
    let [host, container, since, id] = cursor.key()?;
    Ok(RunKey {
        host: host.clone(),
        container: container.clone(),
        since: since.parse().map_err(|_| foreign())?,
        id: id.parse().map_err(|_| foreign())?,
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<RunningContainer> {
    Ok(RunningContainer {
        name: row.get("container")?,
        image_name: row.get("image_name")?,
        image_digest: digest(row, "digest")?,
        host: row.get("host")?,
        running_since: time(row, "since")?,
        until: time_or_none(row, "until")?,
    })
}
