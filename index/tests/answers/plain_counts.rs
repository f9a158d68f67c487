//! Groups, cover, timeline and related names of the plain fleet, from its rows.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use index::{Cover, Groups, Question};
use jiff::Timestamp;
use model::{
    age::{self, Release},
    cover,
    presence::Span,
};
use proto_types::{
    CoverImage, Field, Group, GroupBy, Op, RelatedArtifact, TimelinePoint, TimelineRequest,
};

use crate::plain::{Found, Plain, counted};

/// What tells two groups apart: what they are ordered by first, then what they are called.
type Key = (String, Option<String>, u32);

impl Plain {
    pub fn groups(&self, question: &Question, by: GroupBy) -> Groups {
        self.groups_of(&self.rows(question), by)
    }

    /// The groups of some rows.
    pub fn groups_of(&self, rows: &[Found], by: GroupBy) -> Groups {
        let mut groups: BTreeMap<Key, Vec<&Found>> = BTreeMap::new();
        for row in rows {
            groups.entry(self.key(by, row)).or_default().push(row);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        if by == GroupBy::Version {
            versions::sort_by(&mut groups, |(a, x), (b, y)| {
                age::newest_first(release(a, x), release(b, y))
            });
        }
        let groups = groups.into_iter().map(|((key, label, _), rows)| {
            let counts = counted(rows.iter().copied());
            Group {
                key,
                label,
                artifacts: counts.artifacts,
                images: counts.images,
                containers: counts.containers,
                hosts: counts.hosts,
            }
        });
        let groups: Vec<Group> = groups.collect();
        Groups {
            total: groups.len() as u64,
            groups,
        }
    }

    fn key(&self, by: GroupBy, row: &Found) -> Key {
        let (result, image) = (&row.result, &self.images[&row.image]);
        let plain = |key: &str| (key.to_owned(), None, 0);
        match by {
            GroupBy::Version => (
                result.version.clone(),
                Some(result.artifact_type.clone()),
                0,
            ),
            GroupBy::Name => plain(&result.name),
            GroupBy::Type => plain(&result.artifact_type),
            GroupBy::Image => (image.digest.to_string(), Some(self.called(row.image)), 0),
            GroupBy::Host => (result.host.clone(), None, row.host),
            GroupBy::Distro => {
                let sbom = image.sbom.as_ref().unwrap();
                plain(format!("{} {}", sbom.distro, sbom.distro_version).trim())
            }
        }
    }

    /// The name that most hosts run an image under, the first of them where as many do.
    fn called(&self, image: u32) -> String {
        let mut told: BTreeMap<&str, (u64, BTreeSet<u32>)> = BTreeMap::new();
        for (number, (run, until)) in &self.runs {
            if run.image == image && until.is_none() {
                let of_name = told.entry(&run.image_name);
                let (_, hosts) = of_name.or_insert_with(|| (*number, BTreeSet::new()));
                hosts.insert(run.host);
            }
        }
        let most = told
            .into_iter()
            .max_by_key(|(_, (first, hosts))| (hosts.len(), Reverse(*first)));
        most.map_or_else(
            || self.images[&image].name.clone(),
            |(name, _)| name.to_owned(),
        )
    }

    /// The hosts of each image's runs that count, where it holds something that fits.
    fn hosts_of(&self, question: &Question) -> BTreeMap<u32, Vec<u32>> {
        let mut hosts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (run, until) in self.runs.values() {
            let holds = !self.fitting(run.image, question).is_empty();
            if holds && self.counts(run, *until, question) {
                hosts.entry(run.image).or_default().push(run.host);
            }
        }
        hosts
    }

    pub fn cover(&self, question: &Question, limit: usize) -> Cover {
        self.cover_of(&self.hosts_of(question), limit)
    }

    /// The cover of some images, each with the hosts of its runs that count.
    pub fn cover_of(&self, hosts: &BTreeMap<u32, Vec<u32>>, limit: usize) -> Cover {
        let run = hosts
            .iter()
            .map(|(image, hosts)| (*image, hosts.as_slice()));
        let images = cover::cover(run, limit).into_iter().map(|one| {
            let hosts = &hosts[&one.image];
            CoverImage {
                image_digest: self.images[&one.image].digest,
                image_name: self.called(one.image),
                containers: hosts.len() as u64,
                hosts: hosts.iter().collect::<BTreeSet<_>>().len() as u64,
                hosts_clean: one.hosts_clean,
            }
        });
        Cover {
            images: images.collect(),
            total: hosts.len() as u64,
        }
    }

    pub fn timeline(&self, question: &Question, request: TimelineRequest) -> Vec<TimelinePoint> {
        let (from, to) = (request.range.from.as_second(), request.range.to.as_second());
        let steps = i64::from(request.points) - 1;
        let points = (0..=steps).map(|step| {
            let ms = from * 1000 + (to - from) * 1000 * step / steps;
            let at = Timestamp::from_millisecond(ms).unwrap();
            let then = Question {
                time: Some(Span::at(at)),
                ..question.clone()
            };
            let containers = self.hosts_of(&then).values().map(Vec::len).sum::<usize>();
            TimelinePoint {
                at,
                containers: containers as u64,
            }
        });
        points.collect()
    }

    pub fn related(&self, question: &Question) -> Vec<RelatedArtifact> {
        let conditions = question.artifact.iter();
        let names = conditions.filter(|one| (one.field(), one.op()) == (Field::Name, Op::Eq));
        let names: Vec<&str> = names.map(|one| one.value()).collect();
        let [name] = names.as_slice() else {
            return Vec::new();
        };
        let others = question.artifact.iter();
        let others = others.filter(|one| (one.field(), one.op()) != (Field::Name, Op::Eq));
        let all = Question {
            artifact: others.cloned().collect(),
            ..question.clone()
        };
        let rows = self.rows(&all);
        let mut related: BTreeMap<(String, String), Vec<&Found>> = BTreeMap::new();
        for row in &rows {
            let result = &row.result;
            if result.source.as_deref() == Some(name) && result.name != *name {
                let key = (result.name.clone(), result.artifact_type.clone());
                related.entry(key).or_default().push(row);
            }
        }
        let counted = related.into_iter().map(|((name, artifact_type), rows)| {
            let counts = counted(rows.iter().copied());
            RelatedArtifact {
                artifact_type,
                name,
                images: counts.images,
                containers: counts.containers,
                hosts: counts.hosts,
            }
        });
        counted.take(20).collect()
    }
}

/// A group's release: an artifact's package URL may hold the version's epoch.
fn release<'f>((version, artifact_type, _): &'f Key, rows: &[&'f Found]) -> Release<'f> {
    let first = rows
        .iter()
        .filter(|row| row.result.purl.is_some())
        .min_by_key(|row| row.artifact);
    Release {
        artifact_type: artifact_type.as_deref().unwrap_or_default(),
        version,
        purl: first.and_then(|row| row.result.purl.as_deref()),
    }
}
