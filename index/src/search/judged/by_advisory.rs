//! Groups by advisory, in their order: how much each says something of that is wanted.

use model::tally::Counts;
use proto_types::Verdict;

use super::{advisories::Advisories, rows::Wanted, statements::Stated};
use crate::{
    fleet::Built,
    search::{counter::Counter, finding::Pause, look::Search},
};

/// An advisory that says something that is wanted, and of how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfAdvisory {
    /// Its place among those of the question.
    pub place: usize,
    /// What it says, each once, in the order of [`Verdict::ALL`].
    pub verdicts: Vec<Verdict>,
    /// Of how much.
    pub counts: Counts,
}

/// A page of groups by advisory, and how far it has come. All of it is as of the question's commit, and of
/// one set of advisories.
#[derive(Default)]
pub struct ByAdvisory {
    built: Option<Built>,
    /// Where it began, and how many groups it may have.
    from: usize,
    limit: usize,
    /// Advisories that were judged by.
    place: usize,
    /// What the next one may mean and was not judged yet.
    left: Option<Vec<u32>>,
    /// Whether all of that was judged.
    is_judged: bool,
    verdicts: Vec<Verdict>,
    counter: Option<Counter>,
    /// The groups.
    pub groups: Vec<OfAdvisory>,
    /// How many there are from where it began, behind the page too.
    pub total: u64,
    /// The place of the first one that has no room.
    pub next: Option<usize>,
}

impl ByAdvisory {
    /// A page that begins at an advisory, with at most so many groups.
    #[must_use]
    pub fn page(from: usize, limit: usize) -> Self {
        Self {
            from,
            limit,
            place: from,
            ..Self::default()
        }
    }
}

impl Search<'_> {
    /// Judges by all advisories from where the page begins, and counts its groups, until it is to pause.
    pub fn group_by_advisory(
        &self,
        page: &mut ByAdvisory,
        (advisories, wanted): (&Advisories, Wanted<'_>),
        pause: Pause<'_>,
    ) -> Option<()> {
        if page.built.replace(self.index.built) != Some(self.index.built) {
            *page = ByAdvisory {
                built: Some(self.index.built),
                ..ByAdvisory::page(page.from, page.limit)
            };
        }
        while let Some(advisory) = advisories.get(page.place) {
            let counter = page.counter.take();
            let mut counter = counter.unwrap_or_else(|| Counter::new(&self.scope));
            let statements = advisories.stated_of(page.place);
            let stated = Stated {
                advisory,
                statements: &statements,
            };
            let asked = (stated, wanted);
            let done = self.group(page, (asked, &mut counter), pause);
            page.counter = Some(counter);
            done?;
            if pause() {
                return None;
            }
        }
        Some(())
    }

    fn group(
        &self,
        page: &mut ByAdvisory,
        (asked, counter): ((Stated<'_>, Wanted<'_>), &mut Counter),
        pause: Pause<'_>,
    ) -> Option<()> {
        let has_room = page.groups.len() < page.limit;
        if !page.is_judged {
            let ByAdvisory { left, verdicts, .. } = page;
            self.each_wanted(asked, left, pause, |_, images| {
                let said = images.iter().map(|(_, said)| *said);
                for one in said {
                    if !verdicts.contains(&one) {
                        verdicts.push(one);
                    }
                }
                if has_room {
                    counter.add(&self.scope, images.iter().map(|(image, _)| *image));
                }
            })?;
            page.is_judged = true;
        }
        if !page.verdicts.is_empty() {
            if has_room {
                counter.find_hosts(&self.scope, pause)?;
                let said = std::mem::take(&mut page.verdicts);
                let in_order = Verdict::ALL.iter().filter(|one| said.contains(one));
                page.groups.push(OfAdvisory {
                    place: page.place,
                    verdicts: in_order.copied().collect(),
                    counts: counter.take_found(),
                });
            } else {
                page.verdicts.clear();
                page.next.get_or_insert(page.place);
            }
            page.total += 1;
        }
        page.is_judged = false;
        page.place += 1;
        Some(())
    }
}
