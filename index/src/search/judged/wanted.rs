//! Of what an advisory says something that is wanted: each artifact, with the images that hold it.

use std::sync::Arc;

use proto_types::Verdict;

use super::{
    meant::meant,
    rows::Wanted,
    said::{depends_on_distro, judged, said_in},
    statements::Stated,
};
use crate::search::{finding::Pause, look::Search};

/// An image that counts, and what is said of an artifact in it.
pub type SaidOf = (u32, Verdict);

impl Search<'_> {
    /// Hands over the artifacts that fit and of which an advisory says something that is wanted, each with
    /// the images where it does, until it is to pause: `left` is what it goes on with.
    pub(super) fn each_wanted(
        &self,
        (stated, wanted): (Stated<'_>, Wanted<'_>),
        left: &mut Option<Vec<u32>>,
        pause: Pause<'_>,
        mut take: impl FnMut(u32, &[SaidOf]),
    ) -> Option<()> {
        let known = left.take();
        let mut todo = known.unwrap_or_else(|| meant(&self.index.artifacts, stated.advisory));
        while let Some(artifact) = todo.pop() {
            if self.fitting().contains(artifact) {
                let images = self.wanted_of(stated, wanted, artifact);
                if !images.is_empty() {
                    take(artifact, &images);
                }
            }
            if !todo.is_empty() && pause() {
                *left = Some(todo);
                return None;
            }
        }
        Some(())
    }

    fn wanted_of(&self, stated: Stated<'_>, wanted: Wanted<'_>, artifact: u32) -> Vec<SaidOf> {
        let at = self.index.artifacts.at(artifact);
        let depends = depends_on_distro(&at);
        let (mut of_distro, mut images) = (Vec::new(), Vec::new());
        for image in self.holding(artifact) {
            let Some(distro) = self.scope.distro(image) else {
                continue;
            };
            if self.scope.containers(image) == 0 {
                continue;
            }
            if !stated.is_nothing() {
                let said = said_in(stated, self, (&at, image), distro);
                let said = said.map(|said| said.verdict);
                let said = said.filter(|said| wanted.0.contains(said));
                images.extend(said.map(|said| (image, said)));
                continue;
            }
            let is = |one: &&(Arc<(String, String)>, Option<Verdict>)| !depends || one.0 == *distro;
            let said = match of_distro.iter().find(is) {
                Some((_, said)) => *said,
                None => {
                    let said = judged(stated.advisory, &at, distro).map(|one| one.verdict);
                    of_distro.push((Arc::clone(distro), said));
                    said
                }
            };
            let said = said.filter(|said| wanted.0.contains(said));
            images.extend(said.map(|said| (image, said)));
        }
        images
    }
}
