//! One page of results, in the answer's order, from where the page before ended.

use std::cmp::Ordering;

use proto_types::{Coverage, FindResult};
use rusqlite::{Connection, params_from_iter};

use crate::store::{
    Result,
    query::{FindQuery, Page, Position, foreign},
    sqlite::{
        listing::{RUN_ORDER, RunKey},
        sql::to_time,
        view::View,
    },
};

use super::{
    candidates::Candidate,
    scope::{COLUMNS, Image, Run, Scope},
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
    pub fn finish(self, view: View, coverage: Option<Coverage>) -> Page<FindResult> {
        Page {
            rows: self.rows,
            next: self
                .last
                .filter(|_| self.more)
                .map(|after| view.cursor(after, coverage)),
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
            "SELECT {COLUMNS} FROM {} JOIN host h ON h.id = r.host_id {} ORDER BY {RUN_ORDER}",
            scope.runs(),
            filter.sql()
        ))?;
        let mut rows = statement.query(params_from_iter(filter.values()))?;
        let ended = scope.ended(image.id).iter();
        let mut ended = ended
            .filter(|run| after.is_none_or(|after| run.key > *after))
            .peekable();
        while let Some(row) = rows.next()? {
            let run = Run::from_row(row, scope.view)?;
            while let Some(before) = ended.next_if(|ended| ended.key < run.key) {
                self.add_run(scope, candidate, image, before)?;
            }
            self.add_run(scope, candidate, image, &run)?;
            if self.more {
                return Ok(());
            }
        }
        for run in ended {
            self.add_run(scope, candidate, image, run)?;
        }
        Ok(())
    }

    fn add_run(
        &mut self,
        scope: &Scope<'_>,
        candidate: &Candidate,
        image: &Image,
        run: &Run,
    ) -> Result<()> {
        if self.more || !scope.fits(run) {
            return Ok(());
        }
        if self.rows.len() == self.limit {
            self.more = true;
            return Ok(());
        }
        self.last = Some(Position::Found {
            name: candidate.artifact.name.clone(),
            artifact: candidate.id,
            image: image.id,
            host: run.key.host.clone(),
            container: run.key.container.clone(),
            since: run.key.since,
            run: run.key.id,
        });
        self.rows.push(result(run, candidate, image)?);
        Ok(())
    }
}

fn result(run: &Run, candidate: &Candidate, image: &Image) -> Result<FindResult> {
    let artifact = &candidate.artifact;
    Ok(FindResult {
        artifact_type: artifact.artifact_type.clone(),
        name: artifact.name.clone(),
        version: artifact.version.clone(),
        purl: artifact.purl.clone(),
        source: artifact.source.clone(),
        source_version: artifact.source_version.clone(),
        module: artifact.module.clone(),
        container: run.key.container.clone(),
        image_name: run.image_name.clone(),
        image_digest: image.digest,
        host: run.key.host.clone(),
        running_since: to_time(run.key.since)?,
        until: run.until.map(to_time).transpose()?,
    })
}
