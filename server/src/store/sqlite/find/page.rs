//! One page of results, in the answer's order, from where the page before ended.

use std::cmp::Ordering;

use proto_types::{Coverage, FindResult, Timestamp};
use rusqlite::{Connection, params_from_iter};

use crate::store::{
    Result,
    query::{Cursor, FindQuery, Page, Position, foreign},
    sqlite::{
        listing::{RUN_ORDER, RunKey},
        sql::{time, time_or_none},
    },
};

use super::{
    candidates::Candidate,
    scope::{Image, Scope},
};

/// A page that is being filled.
pub struct PageBuilder {
    limit: usize,
    rows: Vec<FindResult>,
    last: Option<Position>,
    more: bool,
    start: Start,
}

/// How far the walk is from the page's beginning.
enum Start {
    /// Everything from here on is new.
    Here,
    /// This was the last result of the page before.
    After {
        name: String,
        artifact: i64,
        last: Last,
    },
}

/// Where the page before ended within an artifact.
#[derive(Clone)]
struct Last {
    image: i64,
    run: RunKey,
}

/// How much of an artifact is for the page.
enum Reach {
    /// Nothing: it stands before the page.
    Nothing,
    /// All of it.
    Everything,
    /// What comes after this.
    After(Last),
}

impl PageBuilder {
    /// An empty page, from the question's cursor on.
    pub fn new(query: &FindQuery) -> Result<Self> {
        let start = match query.cursor.as_ref().map(|cursor| cursor.after.clone()) {
            None => Start::Here,
            Some(Position::Found {
                name,
                artifact,
                image,
                host,
                container,
                since,
                run,
            }) => Start::After {
                name,
                artifact,
                last: Last {
                    image,
                    run: RunKey {
                        host,
                        container,
                        since,
                        id: run,
                    },
                },
            },
            Some(_) => return Err(foreign()),
        };
        Ok(Self {
            limit: query.limit,
            rows: Vec::new(),
            last: None,
            more: false,
            start,
        })
    }

    /// Whether there is more than the page takes.
    pub const fn is_full(&self) -> bool {
        self.more
    }

    /// Adds what an artifact gives to the page.
    pub fn add(
        &mut self,
        connection: &Connection,
        scope: &mut Scope<'_>,
        candidate: &Candidate,
    ) -> Result<()> {
        let last = match self.reach(candidate) {
            Reach::Nothing => return Ok(()),
            Reach::Everything => None,
            Reach::After(last) => Some(last),
        };
        if self.more {
            return Ok(());
        }
        // Looked up one by one: a page ends long before an artifact's images may do.
        for id in scope.holding(candidate.id)? {
            let after = match &last {
                Some(last) if id < last.image => continue,
                Some(last) if id == last.image => Some(&last.run),
                _ => None,
            };
            let Some(image) = scope.image(id)? else {
                continue;
            };
            self.add_runs(connection, scope, candidate, &image, after)?;
            if self.more {
                break;
            }
        }
        Ok(())
    }

    /// The page, with where the next one begins.
    pub fn finish(self, as_of: Timestamp, coverage: Option<Coverage>) -> Page<FindResult> {
        Page {
            rows: self.rows,
            next: self.last.filter(|_| self.more).map(|after| Cursor {
                as_of,
                after,
                coverage,
            }),
        }
    }

    /// How much of an artifact is for the page. Artifacts come in the answer's order.
    fn reach(&mut self, candidate: &Candidate) -> Reach {
        let Start::After {
            name,
            artifact,
            last,
        } = &self.start
        else {
            return Reach::Everything;
        };
        let reach = match candidate.artifact.name.cmp(name) {
            Ordering::Less => return Reach::Nothing,
            Ordering::Equal if candidate.id != *artifact => return Reach::Nothing,
            Ordering::Equal => Reach::After(last.clone()),
            Ordering::Greater => Reach::Everything,
        };
        self.start = Start::Here;
        reach
    }

    fn add_runs(
        &mut self,
        connection: &Connection,
        scope: &Scope<'_>,
        candidate: &Candidate,
        image: &Image,
        after: Option<&RunKey>,
    ) -> Result<()> {
        let mut filter = scope.filter(image.id);
        if let Some(last) = after {
            filter.and_after(last);
        }
        let mut statement = connection.prepare_cached(&format!(
            "SELECT r.id, r.host_id, r.container, r.image_name, r.since, r.until, h.name AS host
             FROM run r JOIN host h ON h.id = r.host_id {}
             ORDER BY {RUN_ORDER}",
            filter.sql()
        ))?;
        let mut rows = statement.query(params_from_iter(filter.values()))?;
        while let Some(row) = rows.next()? {
            let container = row.get_ref("container")?.as_str().unwrap_or_default();
            let image_name = row.get_ref("image_name")?.as_str().unwrap_or_default();
            if !scope.fits_run(row.get("host_id")?, container, image_name) {
                continue;
            }
            if self.rows.len() == self.limit {
                self.more = true;
                return Ok(());
            }
            let result = result(row, candidate, image)?;
            self.last = Some(Position::Found {
                name: result.name.clone(),
                artifact: candidate.id,
                image: image.id,
                host: result.host.clone(),
                container: result.container.clone(),
                since: row.get("since")?,
                run: row.get("id")?,
            });
            self.rows.push(result);
        }
        Ok(())
    }
}

fn result(
    row: &rusqlite::Row<'_>,
    candidate: &Candidate,
    image: &Image,
) -> rusqlite::Result<FindResult> {
    let artifact = &candidate.artifact;
    Ok(FindResult {
        artifact_type: artifact.artifact_type.clone(),
        name: artifact.name.clone(),
        version: artifact.version.clone(),
        purl: artifact.purl.clone(),
        source: artifact.source.clone(),
        source_version: artifact.source_version.clone(),
        module: artifact.module.clone(),
        container: row.get("container")?,
        image_name: row.get("image_name")?,
        image_digest: image.digest,
        host: row.get("host")?,
        running_since: time(row, "since")?,
        until: time_or_none(row, "until")?,
    })
}
