//! Bounds that no version is within: `>3.0.15,<3.0`.

use model::{
    age::{Release, compare},
    artifact_type,
};
use proto_types::{Field, Match, Op};

/// The first two bounds of one field that no version fits both of, by the order of any type of
/// artifact.
pub(super) fn contradiction(matches: &[Match]) -> Option<(&Match, &Match)> {
    let of_version = |one: &&Match| matches!(one.field, Field::Version | Field::SourceVersion);
    let is_lower = |one: &&Match| matches!(one.op, Op::Gt | Op::Ge | Op::Eq);
    let is_upper = |one: &&Match| matches!(one.op, Op::Lt | Op::Le | Op::Eq);
    let versions = || matches.iter().filter(of_version);
    let pairs = versions().filter(is_lower).flat_map(|lower| {
        let others = versions().filter(is_upper);
        others.map(move |upper| (lower, upper))
    });
    let mut pairs = pairs.filter(|(lower, upper)| {
        lower.field == upper.field && (lower.op, upper.op) != (Op::Eq, Op::Eq)
    });
    pairs.find(|(lower, upper)| is_empty(lower, upper))
}

fn is_empty(lower: &Match, upper: &Match) -> bool {
    let is_open = lower.op == Op::Gt || upper.op == Op::Lt;
    artifact_type::known().iter().all(|artifact_type| {
        let order = compare(
            release(artifact_type, &lower.value),
            release(artifact_type, &upper.value),
        );
        order.is_gt() || (order.is_eq() && is_open)
    })
}

const fn release<'a>(artifact_type: &'a str, version: &'a str) -> Release<'a> {
    Release {
        artifact_type,
        version,
        purl: None,
    }
}
