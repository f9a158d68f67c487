//! What a vendor's statement makes of a verdict.

use proto_types::Verdict;

use super::{
    because::Why,
    judgement::Judgement,
    steps::{Step, Steps},
};
use crate::vex::{Statement, Status};

/// Whether a statement makes something else of a verdict.
#[must_use]
pub const fn is_excused(verdict: Verdict, statement: &Statement) -> bool {
    matches!(verdict, Verdict::Affected | Verdict::Unknown) && statement.excuses()
}

/// The verdict, where a statement holds for the artifact.
///
/// That a product isn't affected, or is fixed, counts where the advisory says that it is affected or
/// can't know; the reason names who states it and why. That it is affected, or looked into, changes
/// nothing.
#[must_use]
pub fn stated<'a>(judgement: Judgement<'a>, statement: &'a Statement) -> Judgement<'a> {
    let verdict = match (judgement.verdict, statement.status) {
        (Verdict::Affected | Verdict::Unknown, Status::NotAffected) => Verdict::NotAffected,
        (Verdict::Affected | Verdict::Unknown, Status::Fixed) => Verdict::Fixed,
        _ => return judgement,
    };
    let mut stated = judgement;
    stated.verdict = verdict;
    stated.because.why = Why::Stated(&statement.author, &statement.justification);
    stated
}

/// The same, and the steps that it takes behind those of the verdict: who states what, why, and where that is from.
#[must_use]
pub fn explain_stated<'a>(
    judgement: Judgement<'a>,
    statement: &'a Statement,
) -> (Judgement<'a>, Vec<Step>) {
    let mut steps = Steps::kept();
    steps.statement(statement);
    let judgement = stated(judgement, statement);
    steps.verdict(&judgement);
    (judgement, steps.taken())
}
