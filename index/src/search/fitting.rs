//! Which artifacts fit, by the narrowest way that the question allows.

use std::sync::Arc;

use model::condition::Condition;
use proto_types::{Field, Op};

use super::{names, scope::Scope};
use crate::artifacts::Artifacts;

/// The artifacts that fit a question's conditions on them.
pub enum Fitting {
    /// All there are.
    All,
    /// These, rising.
    These(Vec<u32>),
    /// These, each with each of a few images that holds it; rising.
    Held(Arc<[(u32, u32)]>),
}

impl Fitting {
    /// Nothing.
    pub const fn nothing() -> Self {
        Self::These(Vec::new())
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
pub fn held(scope: &Scope<'_>, fits: impl Fn(&u32) -> bool) -> Vec<(u32, u32)> {
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
pub fn rank(one: &Condition) -> u8 {
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

/// Whether a condition names what is to be tested.
pub fn is_narrow(one: &Condition) -> bool {
    rank(one) < SCANNED
}

/// Whether a condition is answered by a look-up.
pub fn is_looked_up(one: &Condition) -> bool {
    rank(one) == LOOKED_UP
}

/// What a condition finds that is narrow, and perhaps more.
pub fn of_condition(artifacts: &Artifacts, one: &Condition) -> Vec<u32> {
    let of_names = |names: Vec<u32>| {
        let found = names.iter().flat_map(|name| artifacts.of_name(*name));
        found.copied().collect()
    };
    match (one.field(), one.op()) {
        (Field::Name, _) => of_names(names::fitting(artifacts, one)),
        (Field::Source, _) => {
            let source = artifacts.texts().find(one.value());
            source.map_or_else(Vec::new, |source| artifacts.of_source(source).to_vec())
        }
        (Field::Version, _) => artifacts.of_version(one.value()).collect(),
        _ => one.purl().map_or_else(Vec::new, |purl| {
            let folded = purl.folded_name();
            artifacts.of_package(&folded).collect()
        }),
    }
}
