//! The names that fit a condition: by a look-up, by their order, or by one run over all of them.

use std::ops::Range;

use model::condition::Condition;
use proto_types::Op;

use crate::artifacts::Artifacts;

/// The numbers of the names that fit.
pub fn fitting(artifacts: &Artifacts, one: &Condition) -> Vec<u32> {
    let texts = artifacts.texts();
    match one.op() {
        Op::Eq => texts.find(one.value()).into_iter().collect(),
        Op::Prefix => artifacts
            .names(Some(one.value()))
            .take_while(|name| texts.get(*name).starts_with(one.value()))
            .collect(),
        Op::Contains if !one.value().is_empty() => texts.containing(one.value()),
        _ => tried(artifacts, one, 0..texts.len()).collect(),
    }
}

/// Those of some names that fit.
pub fn tried<'n>(
    artifacts: &'n Artifacts,
    one: &'n Condition,
    names: Range<u32>,
) -> impl Iterator<Item = u32> + 'n {
    names.filter(|name| one.fits(artifacts.texts().get(*name)))
}
