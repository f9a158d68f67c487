//! Which artifacts fit, by the narrowest way that the question allows.

use model::condition::Condition;
use proto_types::{Field, Op};

use super::{names, scope::Scope, test::Test};
use crate::{artifacts::Artifacts, fleet::Index, question::Question};

/// The artifacts that fit a question's conditions on them.
pub enum Fitting {
    /// All there are.
    All,
    /// These, rising.
    These(Vec<u32>),
    /// These, each with each of a few images that holds it; rising.
    Held(Vec<(u32, u32)>),
}

impl Fitting {
    /// The artifacts that fit a question.
    pub fn of(index: &Index, question: &Question, scope: &Scope<'_>) -> Self {
        let artifacts = &index.artifacts;
        let test = Test::new(artifacts, question);
        let fits = |number: &u32| test.fits(artifacts, *number);
        let best = question.artifact.iter().min_by_key(|one| rank(one));
        let looked_up = best.filter(|one| rank(one) == LOOKED_UP);
        if looked_up.is_none() && scope.few().is_some() {
            return Self::Held(held(scope, fits));
        }
        let candidates = match looked_up {
            Some(one) => of_condition(artifacts, one),
            None => of_any(artifacts, question)
                .or_else(|| best.and_then(|one| of_condition(artifacts, one))),
        };
        match candidates {
            Some(mut candidates) => {
                candidates.sort_unstable();
                candidates.dedup();
                candidates.retain(fits);
                Self::These(candidates)
            }
            None if question.artifact.is_empty() && question.any.is_empty() => Self::All,
            None => Self::These(artifacts.all().filter(fits).collect()),
        }
    }

    /// Whether an artifact is among them.
    pub fn contains(&self, artifact: u32) -> bool {
        match self {
            Self::All => true,
            Self::These(list) => list.binary_search(&artifact).is_ok(),
            Self::Held(pairs) => !held_by(pairs, artifact).is_empty(),
        }
    }
}

/// The pairs of an artifact.
pub fn held_by(pairs: &[(u32, u32)], artifact: u32) -> &[(u32, u32)] {
    let from = pairs.partition_point(|(one, _)| *one < artifact);
    let rest = pairs.get(from..).unwrap_or_default();
    let count = rest.partition_point(|(one, _)| *one == artifact);
    rest.get(..count).unwrap_or_default()
}

/// What the few images hold that fits.
fn held(scope: &Scope<'_>, fits: impl Fn(&u32) -> bool) -> Vec<(u32, u32)> {
    let few = scope.few().into_iter().flat_map(|few| few.iter());
    let sets = few.filter_map(|image| Some((image, scope.set(image)?)));
    let mut pairs: Vec<(u32, u32)> = sets
        .flat_map(|(image, set)| set.artifacts().map(move |artifact| (artifact, image)))
        .collect();
    pairs.sort_unstable();
    let mut last = None;
    pairs.retain(|(artifact, _)| match last {
        Some((before, fits)) if before == *artifact => fits,
        _ => {
            let fits = fits(artifact);
            last = Some((*artifact, fits));
            fits
        }
    });
    pairs
}

/// The rank of a condition that is answered by a look-up.
const LOOKED_UP: u8 = 0;
/// The rank of a condition for which every artifact has to be looked at.
const SCANNED: u8 = 3;

/// How narrow the way is that a condition allows: the lower, the narrower.
fn rank(one: &Condition) -> u8 {
    match (one.field(), one.op()) {
        // An artifact without one has the empty text.
        (Field::Source, Op::Eq) if one.value().is_empty() => SCANNED,
        (Field::Name | Field::Source, Op::Eq) => LOOKED_UP,
        (Field::Purl, Op::Eq) if one.purl().is_some() => LOOKED_UP,
        (Field::Name, Op::Prefix) if !one.value().is_empty() => 1,
        (Field::Name, Op::Contains | Op::Glob | Op::Regex) => 1,
        (Field::Version, Op::Eq) => 2,
        _ => SCANNED,
    }
}

fn is_narrow(one: &Condition) -> bool {
    rank(one) < SCANNED
}

/// What one of the conditions of `any` finds, where each is narrow.
fn of_any(artifacts: &Artifacts, question: &Question) -> Option<Vec<u32>> {
    let conditions = question.any.conditions();
    if conditions.is_empty() || !conditions.iter().all(is_narrow) {
        return None;
    }
    let mut found = Vec::new();
    for one in conditions {
        found.extend(of_condition(artifacts, one)?);
    }
    Some(found)
}

/// What a condition finds, and perhaps more; `None` where every artifact has to be looked at.
fn of_condition(artifacts: &Artifacts, one: &Condition) -> Option<Vec<u32>> {
    let of_names = |names: Vec<u32>| {
        let found = names.iter().flat_map(|name| artifacts.of_name(*name));
        found.copied().collect()
    };
    match (one.field(), one.op()) {
        _ if !is_narrow(one) => None,
        (Field::Name, _) => Some(of_names(names::fitting(artifacts, one))),
        (Field::Source, _) => {
            let source = artifacts.texts().find(one.value());
            Some(source.map_or_else(Vec::new, |source| artifacts.of_source(source).to_vec()))
        }
        (Field::Version, _) => Some(artifacts.of_version(one.value()).collect()),
        _ => {
            let folded = one.purl()?.folded_name();
            Some(artifacts.of_package(&folded).collect())
        }
    }
}
