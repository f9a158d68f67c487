//! What runs and wasn't judged yet, and which lists each image has once all is.

use model::source;

use super::{
    classes::Classes,
    join::Join,
    parts::{ANY, Judged, Pair},
    stated::in_short,
};
use crate::{
    bits::Bits,
    change::Seq,
    images::Set,
    search::{finding::Pause, look::Search},
};

/// How far it was looked.
#[derive(Default)]
pub struct LookingForNew {
    /// Images that are to be looked at, each with its distribution; the first come last.
    waiting: Option<Vec<(u32, u32)>>,
    distro: Option<u32>,
    /// What was met in images of one distribution, and what in any.
    met: [Bits; 2],
}

/// How artifacts are judged.
struct Pairs {
    /// By the number of a type: whether it is one of packages of distributions.
    of_distribution: Vec<bool>,
}

impl Search<'_> {
    /// Looks for what runs and wasn't judged, until it is to pause. Then it is to be judged ([`Self::judge_new`]), and
    /// [`Join::settle`]d.
    pub fn look_for_new(
        &self,
        join: &mut Join,
        looking: &mut LookingForNew,
        pause: Pause<'_>,
    ) -> Option<()> {
        if join.built != Some(self.index.built) {
            *looking = LookingForNew::default();
        }
        let waiting = match looking.waiting.take() {
            Some(waiting) => waiting,
            None => {
                join.begin(self.index.built);
                join.new.clear();
                join.judged = Judged::default();
                self.to_look_at(join)
            }
        };
        let (mut waiting, mut pairs) = (waiting, None);
        while let Some((distro, image)) = waiting.pop() {
            if looking.distro.replace(distro) != Some(distro) {
                looking.met[0].clear();
            }
            if let Some(set) = self.scope.set(image) {
                let pairs = pairs.get_or_insert_with(|| self.pairs());
                self.look_into((set, distro), pairs, join, &mut looking.met);
            }
            if pause() && !waiting.is_empty() {
                looking.waiting = Some(waiting);
                return None;
            }
        }
        join.new.sort_unstable();
        Some(())
    }

    /// The images that run and of which not all is known, by distribution.
    fn to_look_at(&self, join: &mut Join) -> Vec<(u32, u32)> {
        let mut waiting = Vec::new();
        for (image, _) in self.index.images.all() {
            let set = self.scope.set(image);
            let Some(set) = set.filter(|_| self.scope.containers(image) > 0) else {
                join.images.forget(image);
                continue;
            };
            if join.images.get(image, set.since).is_none() {
                waiting.push((join.distros.number(&set.distro), image));
            }
        }
        waiting.sort_unstable();
        waiting
    }

    fn look_into(
        &self,
        (set, distro): (&Set, u32),
        pairs: &Pairs,
        join: &mut Join,
        met: &mut [Bits; 2],
    ) {
        for artifact in set.artifacts() {
            let pair = self.pair(artifact, distro, pairs);
            let met = &mut met[usize::from(pair.1 == ANY)];
            if met.insert(artifact) && !join.mute.contains(artifact) && !join.said.has(pair) {
                join.new.push(pair);
            }
        }
    }

    /// What is judged of an artifact in an image of a distribution: of a language's package the same in all.
    #[inline]
    fn pair(&self, artifact: u32, distro: u32, pairs: &Pairs) -> Pair {
        let kind = self.index.artifacts.kind_number(artifact) as usize;
        let depends = pairs.of_distribution.get(kind).is_some_and(|is| *is);
        (artifact, if depends { distro } else { ANY })
    }

    fn pairs(&self) -> Pairs {
        let kinds = self.index.artifacts.kinds();
        Pairs {
            of_distribution: kinds.map(source::is_of_distribution).collect(),
        }
    }

    /// Notes which lists each image has, until it is to pause; all that it holds was judged. `false` where the index was
    /// built anew since, so that all is to begin anew.
    pub fn note_lists(&self, join: &mut Join, from: &mut u32, pause: Pause<'_>) -> Option<bool> {
        if join.built != Some(self.index.built) {
            return Some(false);
        }
        let (end, mut pairs) = (self.index.images.end() as u32, None);
        while *from < end {
            let image = *from;
            *from += 1;
            let set = self.scope.set(image);
            let Some(set) = set.filter(|_| self.scope.containers(image) > 0) else {
                continue;
            };
            let digests = join.stated.digests(self, image);
            let named = in_short(&digests);
            let known = join.images.get(image, set.since);
            if known.is_none_or(|known| known.named != named) {
                let pairs = pairs.get_or_insert_with(|| self.pairs());
                let lists = self.lists_of((set, &digests), pairs, join);
                join.images.note(image, (set.since, named), lists);
                if pause() {
                    return None;
                }
            }
        }
        // What is stated makes other lists.
        if join.classes.lists() < join.lists.len() {
            join.classes = Classes::of(&join.lists, join.advisories.len());
        }
        Some(true)
    }

    fn lists_of(
        &self,
        (set, digests): (&Set, &[String]),
        pairs: &Pairs,
        join: &mut Join,
    ) -> Vec<u32> {
        let distro = join.distros.number(&set.distro);
        let all = set.artifacts().map(|one| self.pair(one, distro, pairs));
        let said = all.filter_map(|pair| Some((pair.0, join.said.list(pair)?)));
        if join.stated.is_nothing() {
            return said.map(|(_, list)| list).collect();
        }
        let said: Vec<(u32, u32)> = said.collect();
        let stated = said.into_iter().map(|(artifact, list)| {
            let at = self.index.artifacts.at(artifact);
            join.stated.list(&mut join.lists, list, (&at, digests))
        });
        stated.collect()
    }

    /// The lists of an image that counts.
    pub(super) fn grouped<'j>(&self, join: &'j Join, image: u32) -> &'j [u32] {
        let since = self.scope.set(image).map(|set| set.since);
        let known = since.and_then(|since: Seq| join.images.get(image, since));
        known.map_or(&[], |known| &known.lists)
    }
}
