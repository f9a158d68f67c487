//! Answers counted by version, name, type, image, host or distribution.

use std::{cmp::Ordering, collections::HashMap, iter::repeat_n};

use model::{
    age::{self, Release},
    tally::{Counts, Tally},
};
use proto_types::{Artifact, Coverage, Group, GroupBy};
use rusqlite::Connection;

use crate::store::{
    Result,
    query::{FindQuery, Position, foreign},
    sqlite::{image_row, view::View},
};

use super::{
    candidates::Candidate,
    found::Found,
    part::{Listed, Part},
    scope::Image,
};

/// What tells two groups apart, with the artifact's type where versions are compared.
type Key = (String, Option<String>);

#[derive(Default)]
struct Counted {
    tally: Tally,
    /// The purl of one of a version's artifacts: it may hold the version's epoch.
    purl: Option<String>,
    /// A number to name the group by: of a host, or of one of its images.
    number: i64,
}

/// What is left of a group once everything in it is counted.
struct Closed {
    counts: Counts,
    purl: Option<String>,
    number: i64,
}

/// The groups so far.
pub struct Groups {
    by: GroupBy,
    open: HashMap<Key, Counted>,
    closed: Vec<(Key, Closed)>,
    name: String,
}

impl Groups {
    /// No groups so far.
    pub fn new(by: GroupBy) -> Self {
        Self {
            by,
            open: HashMap::new(),
            closed: Vec::new(),
            name: String::new(),
        }
    }

    /// Counts an artifact in. Artifacts come in the order of their names.
    pub fn add(&mut self, found: &Found) {
        let candidate = &found.candidate;
        // Of a whole fleet's names, only one is held open at a time.
        if self.by == GroupBy::Name && self.name != candidate.artifact.name {
            self.close();
            self.name.clone_from(&candidate.artifact.name);
        }
        for image in &found.held.images {
            if self.by == GroupBy::Host {
                self.add_hosts(candidate, image);
                continue;
            }
            let key = key(self.by, &candidate.artifact, image);
            let group = self.open.entry(key).or_default();
            let hosts = image.hosts.iter().copied();
            group.tally.add(candidate.id, image.id, hosts);
            if group.purl.is_none() {
                group.purl.clone_from(&candidate.artifact.purl);
            }
            group.number = image.id;
        }
    }

    fn add_hosts(&mut self, candidate: &Candidate, image: &Image) {
        let mut runs: HashMap<i64, usize> = HashMap::new();
        for host in &image.hosts {
            *runs.entry(*host).or_default() += 1;
        }
        for (host, runs) in runs {
            let group = self.open.entry((host.to_string(), None)).or_default();
            group.number = host;
            group
                .tally
                .add(candidate.id, image.id, repeat_n(host, runs));
        }
    }

    fn close(&mut self) {
        let closed = self.open.drain().map(|(key, counted)| {
            let closed = Closed {
                counts: counted.tally.counts(),
                purl: counted.purl,
                number: counted.number,
            };
            (key, closed)
        });
        self.closed.extend(closed);
    }

    /// One page of the groups.
    pub fn page(
        self,
        connection: &Connection,
        query: &FindQuery,
        view: View,
        coverage: Coverage,
    ) -> Result<Part> {
        let skip = match query.cursor.as_ref().map(|cursor| &cursor.after) {
            None => 0,
            Some(Position::Count(count)) => *count,
            Some(_) => return Err(foreign()),
        };
        let groups = self.ordered(connection)?;
        let end = skip.saturating_add(query.limit);
        let truncated = groups.len() > end;
        Ok(Part {
            total: groups.len() as u64,
            truncated,
            next: truncated.then(|| view.cursor(Position::Count(end), Some(coverage))),
            listed: Listed::Groups(groups.into_iter().skip(skip).take(query.limit).collect()),
        })
    }

    fn ordered(mut self, connection: &Connection) -> Result<Vec<Group>> {
        self.close();
        let mut groups = self.closed;
        // A known start makes the order the same at each run even where versions tie.
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        if self.by == GroupBy::Version {
            versions::sort_by(&mut groups, newest_first);
        }
        let mut groups = groups
            .into_iter()
            .map(|(key, closed)| group(connection, self.by, key, &closed))
            .collect::<Result<Vec<_>>>()?;
        if self.by == GroupBy::Host {
            groups.sort_by(|a, b| a.key.cmp(&b.key));
        }
        Ok(groups)
    }
}

fn key(by: GroupBy, artifact: &Artifact, image: &Image) -> Key {
    match by {
        GroupBy::Version => (
            artifact.version.clone(),
            Some(artifact.artifact_type.clone()),
        ),
        GroupBy::Name => (artifact.name.clone(), None),
        GroupBy::Type => (artifact.artifact_type.clone(), None),
        GroupBy::Image => (image.digest.to_string(), None),
        GroupBy::Host => (String::new(), None),
        GroupBy::Distro => {
            let distro = format!("{} {}", image.distro, image.distro_version);
            (distro.trim().to_owned(), None)
        }
    }
}

fn newest_first((a, x): &(Key, Closed), (b, y): &(Key, Closed)) -> Ordering {
    age::newest_first(release(a, x), release(b, y))
}

fn release<'g>((version, artifact_type): &'g Key, group: &'g Closed) -> Release<'g> {
    Release {
        artifact_type: artifact_type.as_deref().unwrap_or_default(),
        version,
        purl: group.purl.as_deref(),
    }
}

fn group(connection: &Connection, by: GroupBy, key: Key, closed: &Closed) -> Result<Group> {
    let (mut key, mut label) = key;
    if by == GroupBy::Host {
        key = connection
            .prepare_cached("SELECT name FROM host WHERE id = ?1")?
            .query_row([closed.number], |row| row.get(0))?;
    }
    if by == GroupBy::Image {
        label = image_row::name(connection, closed.number)?;
    }
    Ok(Group {
        key,
        label,
        artifacts: closed.counts.artifacts,
        images: closed.counts.images,
        containers: closed.counts.containers,
        hosts: closed.counts.hosts,
    })
}
