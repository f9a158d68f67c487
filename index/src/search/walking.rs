//! Walks along the images that hold something that fits, in pieces: whoever shares the index can let
//! others at it between two of them.

use super::{finding::Pause, fitting::Fitting, look::Search, under_way::Walking};

impl Search<'_> {
    /// Finds the images first, and hands over each then that is there, rising, until it is to pause.
    pub(super) fn walk_on(
        &self,
        walking: &mut Walking,
        pause: Pause<'_>,
        mut take: impl FnMut(u32),
    ) -> Option<()> {
        self.find_images(walking, pause)?;
        let end = self.index.images.end() as u32;
        while walking.next < end {
            let image = walking.next;
            walking.next += 1;
            if walking.images.contains(image) {
                take(image);
                if pause() {
                    return None;
                }
            }
        }
        Some(())
    }

    fn find_images(&self, walking: &mut Walking, pause: Pause<'_>) -> Option<()> {
        match self.fitting() {
            Fitting::These(list) => {
                while let Some(artifact) = list.get(walking.found) {
                    walking.found += 1;
                    for image in self.holding(*artifact) {
                        walking.images.insert(image);
                    }
                    if pause() {
                        return None;
                    }
                }
            }
            Fitting::All | Fitting::Held(_) if walking.found == 0 => {
                walking.found = 1;
                walking.images = self.images();
            }
            Fitting::All | Fitting::Held(_) => {}
        }
        Some(())
    }
}
