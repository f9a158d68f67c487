//! What is built from the source package of the name that was asked for: who asks for `openssl`
//! should learn of `libssl3`.

use std::collections::BTreeMap;

use model::condition::Condition;
use proto_types::{Field, Op, RelatedArtifact};

use super::{look::Search, test::Test, together::Together};
use crate::question::Question;

/// No list of related artifacts is longer: not longer than [`Together::MOST`].
const MOST: usize = 20;

impl Search<'_> {
    /// The artifacts that are built from a source package of the one name that is asked for and
    /// are called otherwise, with how much of them runs that fits whatever else is asked.
    #[must_use]
    pub fn related(&self) -> Vec<RelatedArtifact> {
        let artifacts = &self.index.artifacts;
        let is_name = |one: &&_| matches!(one, (Field::Name, Op::Eq, _));
        let conditions = self.question.artifact.iter();
        let conditions = conditions.map(|one| (one.field(), one.op(), one.value()));
        let mut names = conditions.filter(|one| is_name(&one));
        let (Some((_, _, name)), None) = (names.next(), names.next()) else {
            return Vec::new();
        };
        let Some(source) = artifacts.texts().find(name) else {
            return Vec::new();
        };
        let others = self.beside_the_name();
        let test = Test::new(artifacts, &others);
        let mut built: BTreeMap<(&str, &str), Vec<u32>> = BTreeMap::new();
        for artifact in artifacts.of_source(source) {
            let name = artifacts.name(*artifact);
            if name != source && test.fits(artifacts, *artifact) {
                let key = (artifacts.texts().get(name), artifacts.kind(*artifact));
                built.entry(key).or_default().push(*artifact);
            }
        }
        let mut together = Together::below(self.index.images.end());
        let held = built.into_iter().filter_map(|(key, of_one)| {
            let images = of_one.iter().flat_map(|artifact| self.posted(*artifact));
            together.add(&self.scope, images).then_some(key)
        });
        let listed: Vec<_> = held.take(MOST).collect();
        let counted = listed.into_iter().zip(together.count(&self.scope));
        let related = counted.map(|((name, artifact_type), counts)| RelatedArtifact {
            artifact_type: artifact_type.to_owned(),
            name: name.to_owned(),
            images: counts.images,
            containers: counts.containers,
            hosts: counts.hosts,
        });
        related.collect()
    }
    /// What is asked of an artifact besides its name.
    fn beside_the_name(&self) -> Question {
        let is_name = |one: &Condition| (one.field(), one.op()) == (Field::Name, Op::Eq);
        let others = self.question.artifact.iter().filter(|one| !is_name(one));
        Question {
            artifact: others.cloned().collect(),
            any: self.question.any.clone(),
            ..Question::default()
        }
    }
}
