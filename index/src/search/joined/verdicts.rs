//! Judging what is new by one advisory after the other.

use std::collections::BTreeSet;

use model::{
    advisory::{Advisory, Key, keys_of},
    verdict::{Subject, judge},
    vex::Statement,
};
use proto_types::Verdict;

use super::{
    join::Join,
    lists::{Hit, Says},
    parts::{Known, Pair},
};
use crate::{
    artifacts::{Artifacts, Kept},
    fleet::Index,
    search::judged::{depends_on_distro, meant},
};

impl Index {
    /// The keys of an artifact: an advisory that speaks of it has one of them. None of one that is gone.
    #[must_use]
    pub fn keys(&self, artifact: u32) -> BTreeSet<Key> {
        match self.artifacts.is_known(artifact) {
            true => keys_of(&self.artifacts.at(artifact)),
            false => BTreeSet::new(),
        }
    }

    /// Judges what is new in a join by an advisory of a feed, and notes what vendors state of what that is about; `false`
    /// where the index was built anew since it was looked for, so that all is to begin anew.
    pub fn judge_new(
        &self,
        join: &mut Join,
        (feed, advisory): (i64, &Advisory),
        statements: &[Statement],
    ) -> bool {
        if join.built != Some(self.built) {
            return false;
        }
        let mut number = None;
        for artifact in meant(&self.artifacts, advisory) {
            let mut at = join.new.partition_point(|(one, _)| *one < artifact);
            while let Some(pair) = join.new.get(at).copied().filter(|one| one.0 == artifact) {
                join.judged.meant.insert(artifact);
                join.judge(&self.artifacts, pair, &mut number, (feed, advisory));
                at += 1;
            }
        }
        if let Some(number) = number {
            join.stated.note(number, advisory, statements);
        }
        true
    }
}

impl Join {
    fn judge(
        &mut self,
        artifacts: &Artifacts,
        pair: Pair,
        number: &mut Option<u32>,
        (feed, advisory): (i64, &Advisory),
    ) {
        let at = artifacts.at(pair.0);
        // What belongs to the distribution's packages is spoken of by its advisories alone.
        if at.owned_by_os() && !depends_on_distro(&at) {
            return;
        }
        let distro = self.distros.get(pair.1);
        let judgement = judge(advisory, &Subject::new(&at, at.owned_by_os(), distro));
        let Some(judgement) = judgement else {
            return;
        };
        let says = match judgement.verdict {
            Verdict::Affected => Says::Affected,
            Verdict::Unknown => Says::Unknown,
            Verdict::Fixed | Verdict::NotAffected => return,
        };
        let has_fix = says == Says::Affected && judgement.fixed.is_some();
        let advisory = *number.get_or_insert_with(|| self.number(feed, &advisory.id));
        if let Some(known) = self.advisories.get_mut(advisory as usize) {
            known.has_fix |= has_fix;
        }
        let hit = Hit { advisory, says };
        self.judged.found.entry(pair).or_default().push(hit);
    }

    /// The number of an advisory, which gets one where it is new.
    fn number(&mut self, feed: i64, id: &str) -> u32 {
        let known = &mut self.advisories;
        let numbers = self.judged.numbers.get_or_insert_with(|| {
            let all = (0..).zip(known.iter());
            all.map(|(number, one)| ((one.feed, one.id.clone()), number))
                .collect()
        });
        let next = known.len() as u32;
        *numbers.entry((feed, id.into())).or_insert_with(|| {
            known.push(Known {
                feed,
                id: id.into(),
                has_fix: false,
            });
            next
        })
    }
}
