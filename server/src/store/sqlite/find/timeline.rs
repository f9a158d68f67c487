//! How many containers ran what was asked for, at evenly spaced moments of a range.

use std::collections::BTreeSet;

use proto_types::{TimelinePoint, TimelineRequest, Timestamp};
use rusqlite::{Connection, params_from_iter};

use crate::store::{
    Result,
    query::Window,
    sqlite::{
        sql::{ms, time_or_none, to_time},
        view::Part,
    },
};

use super::scope::Scope;

/// The timeline of the runs of some images, as far as the question is about them.
pub fn timeline(
    connection: &Connection,
    scope: &Scope<'_>,
    images: &BTreeSet<i64>,
    request: TimelineRequest,
) -> Result<Vec<TimelinePoint>> {
    let moments = moments(request);
    let mut begun = vec![0_i64; moments.len() + 1];
    let window = Window::During(request.range.from, request.range.to);
    for image in images {
        let filter = scope.filter_in(*image, scope.view.of(window), Part::All);
        let mut statement = connection.prepare_cached(&format!(
            "SELECT r.host_id, r.container, r.image_name, r.since, r.until, r.ended_seq
             FROM run r {}",
            filter.sql()
        ))?;
        let mut rows = statement.query(params_from_iter(filter.values()))?;
        while let Some(row) = rows.next()? {
            let container = row.get_ref("container")?.as_str().unwrap_or_default();
            let image_name = row.get_ref("image_name")?.as_str().unwrap_or_default();
            if scope.fits_run(row.get("host_id")?, container, image_name) {
                let until = scope
                    .view
                    .until(time_or_none(row, "until")?, row.get("ended_seq")?);
                let until = until.map(ms);
                let since = row.get("since")?;
                // The moments from the first one in the run to the first one after it.
                begun[moments.partition_point(|at| *at < since)] += 1;
                begun[moments.partition_point(|at| until.is_none_or(|until| *at < until))] -= 1;
            }
        }
    }
    let mut containers = 0;
    let points = moments.iter().zip(begun).map(|(at, begun)| {
        containers += begun;
        Ok(TimelinePoint {
            at: to_time(*at)?,
            containers: containers.unsigned_abs(),
        })
    });
    Ok(points.collect::<rusqlite::Result<_>>()?)
}

/// The moments in milliseconds: the first is the range's beginning, the last its end.
fn moments(request: TimelineRequest) -> Vec<i64> {
    let (from, to): (Timestamp, Timestamp) = (request.range.from, request.range.to);
    let steps = i64::from(request.points.max(2)) - 1;
    let length = ms(to).saturating_sub(ms(from));
    (0..=steps)
        .map(|step| ms(from) + length / steps * step + length % steps * step / steps)
        .collect()
}
