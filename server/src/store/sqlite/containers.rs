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
    fleet::Reading,
    listing::{self, Filter, RUN_ORDER, RunKey},
    sql::{digest, ms, time, time_or_none},
    view::{Part, View},
};

/// Lists containers by host and name.
pub fn list(
    cx: &Context<'_>,
    index: Reading<'_>,
    request: &ListContainers,
) -> Result<ContainersResponse> {
    let cursor = request.cursor.as_deref().map(Cursor::decode).transpose()?;
    let window = request.at.map_or(Window::Live, Window::At);
    let coverage = coverage::of_page(cx, &index, window, cursor.as_ref());
    drop(index);
    let view = View::new(cx, window, cursor.as_ref())?;
    let after = cursor.as_ref().map(key).transpose()?;
    let limit = limit(request.limit);
    let (mut total, mut rows) = (0, Vec::new());
    for part in view.parts() {
        let filter = filter(request, view, *part);
        total += listing::total(cx, runs(*part), &filter)?;
        let part = (view, *part);
        rows.extend(page(cx, request, part, filter, after.as_ref(), limit + 1)?);
    }
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    let truncated = listing::cut(&mut rows, limit);
    let next = rows.last().filter(|_| truncated).map(|(last, _)| {
        let key = vec![
            last.host.clone(),
            last.container.clone(),
            last.since.to_string(),
            last.id.to_string(),
        ];
        view.cursor(Position::Key(key), Some(coverage))
    });
    Ok(ContainersResponse {
        containers: rows.into_iter().map(|(_, container)| container).collect(),
        total,
        truncated,
        next_cursor: next.map(|cursor| cursor.encode()),
        as_of: view.as_of(),
        coverage,
    })
}

fn filter(request: &ListContainers, view: View, part: Part) -> Filter {
    let mut filter = Filter::default();
    filter.and_part(view, part);
    if let Some(host) = &request.host {
        filter.and_host(host);
    }
    if let Some(name) = &request.name {
        filter.and("r.container = ?", [name.clone().into()]);
    }
    if let Some(image) = &request.image_digest {
        filter.and_image(*image, view);
    }
    filter
}

/// The table that a part is counted in.
const fn runs(part: Part) -> &'static str {
    match part {
        Part::Ended => "run r INDEXED BY run_ended",
        _ => "run r",
    }
}

/// The tables that a page of a part is read from. Without anything narrower the hosts lead, and
/// the rows come in order without a sort.
fn tables(request: &ListContainers, view: View, part: Part) -> &'static str {
    let is_narrow = request.image_digest.is_some() || request.name.is_some();
    let is_live = part == Part::Live || view.is_of_now();
    match part {
        Part::Ended => "host h JOIN run r INDEXED BY run_ended",
        _ if is_narrow => "host h JOIN run r",
        _ if is_live => "host h CROSS JOIN run r INDEXED BY run_live",
        _ => "host h CROSS JOIN run r",
    }
}

fn page(
    connection: &Connection,
    request: &ListContainers,
    (view, part): (View, Part),
    mut filter: Filter,
    after: Option<&RunKey>,
    rows: usize,
) -> Result<Vec<(RunKey, RunningContainer)>> {
    if let Some(after) = after {
        filter.and_after(after);
    }
    let tables = tables(request, view, part);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT r.id, r.container, ifnull(r.image_name, i.name) AS image_name, i.digest, h.name AS host, r.since, r.until,
                r.ended_seq
         FROM {tables} ON r.host_id = h.id JOIN image i ON i.id = r.image_id
         {} ORDER BY {RUN_ORDER} LIMIT {rows}",
        filter.sql()
    ))?;
    let rows = statement.query_map(params_from_iter(filter.values()), |row| {
        let container = from_row(row, view)?;
        let key = RunKey {
            host: container.host.clone(),
            container: container.name.clone(),
            since: ms(container.running_since),
            id: row.get("id")?,
        };
        Ok((key, container))
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

fn from_row(row: &Row<'_>, view: View) -> rusqlite::Result<RunningContainer> {
    Ok(RunningContainer {
        name: row.get("container")?,
        image_name: row.get("image_name")?,
        image_digest: digest(row, "digest")?,
        host: row.get("host")?,
        running_since: time(row, "since")?,
        until: view.until(time_or_none(row, "until")?, row.get("ended_seq")?),
    })
}
