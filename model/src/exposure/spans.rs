//! Times as sets of moments: one after the other, none touching the next, in milliseconds since 1970.

use crate::presence::Span;

/// Times, each up to but not including its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// All moments of any of these.
    pub(super) fn of(spans: impl Iterator<Item = Span>) -> Self {
        let ms = |span: Span| (span.from.as_millisecond(), span.until.as_millisecond());
        let mut all: Vec<(i64, i64)> = spans.map(ms).filter(|(from, to)| from < to).collect();
        all.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(all.len());
        for (from, until) in all {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(until),
                _ => joined.push((from, until)),
            }
        }
        Self(joined)
    }

    /// One time.
    pub(super) fn of_one(from: i64, until: i64) -> Self {
        Self(
            (from < until)
                .then_some((from, until))
                .into_iter()
                .collect(),
        )
    }

    /// The moments of both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (mut both, mut at, mut beside) = (Vec::new(), 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(at), other.0.get(beside)) {
            let (from, until) = (one.0.max(two.0), one.1.min(two.1));
            if from < until {
                both.push((from, until));
            }
            match one.1 <= two.1 {
                true => at += 1,
                false => beside += 1,
            }
        }
        Self(both)
    }

    /// The moments that aren't of another.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut gaps = Vec::with_capacity(other.0.len() + 1);
        let mut from = i64::MIN;
        for (begin, end) in &other.0 {
            gaps.push((from, *begin));
            from = *end;
        }
        gaps.push((from, i64::MAX));
        self.and(&Self(gaps))
    }

    /// Whether a moment is one of them.
    pub(super) fn holds(&self, moment: i64) -> bool {
        let behind = self.0.partition_point(|(from, _)| *from <= moment);
        let last = behind.checked_sub(1).and_then(|at| self.0.get(at));
        last.is_some_and(|(_, until)| moment < *until)
    }

    /// The first moment.
    pub(super) fn first(&self) -> Option<i64> {
        self.0.first().map(|(from, _)| *from)
    }

    /// The first moment behind the last.
    pub(super) fn last(&self) -> Option<i64> {
        self.0.last().map(|(_, until)| *until)
    }

    /// How many moments there are.
    pub(super) fn length(&self) -> u64 {
        let each = self.0.iter().map(|(from, until)| until.abs_diff(*from));
        each.fold(0, u64::saturating_add)
    }

    /// Each time.
    pub(super) fn each(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.0.iter().copied()
    }
}
