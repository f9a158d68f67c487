//! Finding what fits, in pieces: whoever shares the index can let others at it between two of them.

use std::{slice, sync::Arc};

use model::condition::Condition;
use proto_types::{Field, Op};

use super::{
    fitting::{self, Fitting},
    names,
    scope::Scope,
    test::Test,
};
use crate::{artifacts::Artifacts, fleet::Index, question::Question};

/// So many artifacts are looked at before it is asked whether to pause.
const ARTIFACTS: usize = 64;
/// The same of names.
const NAMES: u32 = 256;

/// Says whether to pause: it is asked after each little piece of work.
pub type Pause<'p> = &'p dyn Fn() -> bool;

/// How far it has come.
#[derive(Default)]
pub struct Finding {
    /// Conditions that were looked up.
    looked_up: usize,
    /// Names that the next of them was tried on.
    tried: u32,
    candidates: Vec<u32>,
    is_sorted: bool,
    /// Candidates that were tested.
    tested: usize,
    fit: Vec<u32>,
}

/// The ways to what fits.
enum Way<'q> {
    /// Everything fits.
    All,
    /// What a few images hold is tested.
    Held,
    /// What one of these conditions finds is tested.
    LookUp(&'q [Condition]),
    /// Every artifact is tested.
    Scan,
}

impl<'q> Way<'q> {
    /// The narrowest one for a question.
    fn of(question: &'q Question, scope: &Scope<'_>) -> Self {
        let best = question
            .artifact
            .iter()
            .min_by_key(|one| fitting::rank(one));
        let best = best.filter(|one| fitting::is_narrow(one));
        let any = question.any.conditions();
        match best {
            Some(one) if fitting::is_looked_up(one) => Self::LookUp(slice::from_ref(one)),
            _ if scope.few().is_some() => Self::Held,
            _ if !any.is_empty() && any.iter().all(fitting::is_narrow) => Self::LookUp(any),
            Some(one) => Self::LookUp(slice::from_ref(one)),
            None if question.artifact.is_empty() && any.is_empty() => Self::All,
            None => Self::Scan,
        }
    }
}

impl Finding {
    /// Goes on until everything is found, or until it is to pause.
    pub fn go_on(
        &mut self,
        index: &Index,
        question: &Question,
        scope: &Scope<'_>,
        pause: Pause<'_>,
    ) -> Option<Fitting> {
        if let Some(only) = &question.only {
            return Some(Fitting::Held(Arc::clone(only)));
        }
        let artifacts = &index.artifacts;
        let test = Test::new(artifacts, question);
        let fits = |number: &u32| test.fits(artifacts, *number);
        match Way::of(question, scope) {
            Way::All => return Some(Fitting::All),
            Way::Held => return Some(Fitting::Held(fitting::held(scope, fits).into())),
            Way::LookUp(conditions) => {
                self.look_up(artifacts, conditions, pause)?;
                if !std::mem::replace(&mut self.is_sorted, true) {
                    self.sort();
                }
                while self.tested < self.candidates.len() {
                    let rest = self.candidates.get(self.tested..).unwrap_or_default();
                    let piece = rest.iter().take(ARTIFACTS).copied();
                    self.fit.extend(piece.filter(fits));
                    self.tested += ARTIFACTS;
                    if pause() {
                        return None;
                    }
                }
            }
            Way::Scan => {
                while self.tested < artifacts.end() {
                    let piece = self.tested..artifacts.end().min(self.tested + ARTIFACTS);
                    let piece = piece.map(|number| number as u32);
                    let known = piece.filter(|number| artifacts.is_known(*number));
                    self.fit.extend(known.filter(fits));
                    self.tested += ARTIFACTS;
                    if pause() {
                        return None;
                    }
                }
            }
        }
        Some(Fitting::These(std::mem::take(&mut self.fit)))
    }

    /// Looks up what the conditions find; nothing once it is to pause.
    fn look_up(
        &mut self,
        artifacts: &Artifacts,
        conditions: &[Condition],
        pause: Pause<'_>,
    ) -> Option<()> {
        while let Some(one) = conditions.get(self.looked_up) {
            match (one.field(), one.op()) {
                (Field::Name, Op::Glob | Op::Regex) => self.try_names(artifacts, one, pause)?,
                _ => self
                    .candidates
                    .extend(fitting::of_condition(artifacts, one)),
            }
            self.looked_up += 1;
            // Thousands of conditions may find the same.
            if self.candidates.len() > 2 * artifacts.end() {
                self.sort();
            }
            if pause() {
                return None;
            }
        }
        Some(())
    }

    /// Tries a condition on every name.
    fn try_names(
        &mut self,
        artifacts: &Artifacts,
        one: &Condition,
        pause: Pause<'_>,
    ) -> Option<()> {
        let all = artifacts.texts().len();
        while self.tried < all {
            let piece = self.tried..all.min(self.tried.saturating_add(NAMES));
            self.tried = piece.end;
            for name in names::tried(artifacts, one, piece) {
                self.candidates.extend(artifacts.of_name(name));
            }
            if pause() {
                return None;
            }
        }
        self.tried = 0;
        Some(())
    }

    fn sort(&mut self) {
        self.candidates.sort_unstable();
        self.candidates.dedup();
    }
}
