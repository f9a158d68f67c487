//! A plain evaluation of a question over a simulated fleet: every row is looked at.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use bench::fleet::Fleet;
use proto_types::{
    Artifact, Field, FindRequest, FindResult, Group, GroupBy, ImageDigest, Match, Op, Summary,
};
use regex::Regex;

/// What a row of an answer says, but for its times.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub artifact: Artifact,
    pub image_name: String,
    pub image: ImageDigest,
    pub host: String,
    pub container: String,
}

/// A group's key and label, and how much it counts: artifacts, images, containers, hosts.
pub type Counted = ((String, Option<String>), [u64; 4]);

/// Every row of a fleet in a cycle, in order.
pub struct Plain(Vec<Row>);

impl From<FindResult> for Row {
    fn from(result: FindResult) -> Self {
        Self {
            artifact: Artifact {
                artifact_type: result.artifact_type,
                name: result.name,
                version: result.version,
                purl: result.purl,
                source: result.source,
                source_version: result.source_version,
                ..Artifact::default()
            },
            image_name: result.image_name,
            image: result.image_digest,
            host: result.host,
            container: result.container,
        }
    }
}

impl Plain {
    /// Every row of a fleet in a cycle.
    pub fn of(fleet: &Fleet, cycle: u32) -> Self {
        let mut rows = Vec::new();
        for host in 0..fleet.shape.hosts {
            for container in fleet.containers(host, cycle) {
                let scan = fleet.scan(container.image);
                rows.extend(scan.artifacts.into_iter().map(|artifact| Row {
                    artifact,
                    image_name: fleet.image_name(container.image),
                    image: scan.digest,
                    host: fleet.host_name(host),
                    container: container.name.clone(),
                }));
            }
        }
        rows.sort_unstable();
        Self(rows)
    }

    /// The rows that fit all conditions of a question.
    pub fn find(&self, request: &FindRequest) -> Vec<&Row> {
        let tests: Vec<_> = request.matches.iter().map(test).collect();
        let rows = self.0.iter();
        rows.filter(|row| tests.iter().all(|test| test(row)))
            .collect()
    }
}

/// What tells whether a row fits a condition.
fn test(one: &Match) -> Box<dyn Fn(&Row) -> bool + '_> {
    let text: fn(&Row) -> &str = match one.field {
        Field::Name => |row| &row.artifact.name,
        Field::Version => |row| &row.artifact.version,
        Field::Host => |row| &row.host,
        other => panic!("no question is about {other:?}"),
    };
    let value = one.value.as_str();
    match one.op {
        Op::Eq => Box::new(move |row| text(row) == value),
        Op::Contains => Box::new(move |row| text(row).contains(value)),
        Op::Regex => {
            let pattern = Regex::new(value).unwrap();
            Box::new(move |row| pattern.is_match(text(row)))
        }
        Op::Lt => {
            Box::new(move |row| model::age::compare_version(&row.artifact, value) == Ordering::Less)
        }
        other => panic!("no question asks {other:?}"),
    }
}

/// How much rows come to, each thing counted once: artifacts, images, containers, hosts.
fn counts(rows: &[&Row]) -> [u64; 4] {
    fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> u64 {
        things.collect::<BTreeSet<_>>().len() as u64
    }
    [
        distinct(rows.iter().map(|row| &row.artifact)),
        distinct(rows.iter().map(|row| &row.image)),
        distinct(rows.iter().map(|row| (&row.host, &row.container))),
        distinct(rows.iter().map(|row| &row.host)),
    ]
}

/// What the summary of an answer must say; when it was first and last seen is the answer's own.
pub fn summary(rows: &[&Row], said: Summary) -> Summary {
    let [artifacts, images, containers, hosts] = counts(rows);
    Summary {
        artifacts,
        images,
        containers,
        hosts,
        ..said
    }
}

/// What a group of an answer says.
pub fn counted(group: Group) -> Counted {
    let counts = [group.artifacts, group.images, group.containers, group.hosts];
    ((group.key, group.label), counts)
}

/// What the groups of an answer must say, in order of their keys.
pub fn groups(rows: &[&Row], by: GroupBy) -> Vec<Counted> {
    let mut groups: BTreeMap<_, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let Row { artifact, host, .. } = row;
        let key = match by {
            GroupBy::Version => (
                artifact.version.clone(),
                Some(artifact.artifact_type.clone()),
            ),
            GroupBy::Name => (artifact.name.clone(), None),
            GroupBy::Host => (host.clone(), None),
            other => panic!("no question groups by {other:?}"),
        };
        groups.entry(key).or_default().push(row);
    }
    groups
        .into_iter()
        .map(|(key, rows)| (key, counts(&rows)))
        .collect()
}
