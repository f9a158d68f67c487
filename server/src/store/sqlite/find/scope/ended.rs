//! Runs that ended since the commit that a page stands for: they are few, and are read once for
//! the whole question, so that what runs is looked up as on the first page.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params_from_iter};

use crate::store::{
    Result,
    sqlite::{
        listing::{Filter, RunKey},
        sql::{ms, time, time_or_none},
        view::{Part, View},
    },
};

/// Where more ended since, they are looked up with each image's.
const FEW: usize = 10_000;

/// A run, as a page lists it.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where it stands in the order.
    pub key: RunKey,
    /// Its host.
    pub host: i64,
    /// The name that its image was started by.
    pub image_name: String,
    /// When it ended, in milliseconds, as far as the page knows.
    pub until: Option<i64>,
}

/// The columns that [`Run::from_row`] reads, of a run `r` of a host `h`.
pub const COLUMNS: &str = "r.id, r.host_id, r.container, r.image_name, r.since, r.until,
                           r.ended_seq, h.name AS host";

impl Run {
    /// The run in a row of [`COLUMNS`].
    pub fn from_row(row: &Row<'_>, view: View) -> rusqlite::Result<Self> {
        let until = view.until(time_or_none(row, "until")?, row.get("ended_seq")?);
        Ok(Self {
            key: RunKey {
                host: row.get("host")?,
                container: row.get("container")?,
                since: ms(time(row, "since")?),
                id: row.get("id")?,
            },
            host: row.get("host_id")?,
            image_name: row.get("image_name")?,
            until: until.map(ms),
        })
    }
}

/// Those runs by their images, each image's in order; `None` where they are many.
pub fn since(connection: &Connection, view: View) -> Result<Option<HashMap<i64, Vec<Run>>>> {
    let mut filter = Filter::default();
    filter.and_part(view, Part::Ended);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT r.image_id, {COLUMNS}
         FROM run r INDEXED BY run_ended JOIN host h ON h.id = r.host_id {} LIMIT {}",
        filter.sql(),
        FEW + 1
    ))?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    let mut runs: HashMap<i64, Vec<Run>> = HashMap::new();
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        if count > FEW {
            return Ok(None);
        }
        let of_image = runs.entry(row.get("image_id")?).or_default();
        of_image.push(Run::from_row(row, view)?);
    }
    for of_image in runs.values_mut() {
        // As `RUN_ORDER` has it.
        of_image.sort_by(|a, b| a.key.cmp(&b.key));
    }
    Ok(Some(runs))
}
