//! Which lists are those of what each image holds that runs.

use crate::change::Seq;

/// By image, the lists.
#[derive(Default)]
pub(super) struct Grouped(Vec<Option<Box<Group>>>);

/// What an image holds, as it was known since a commit.
pub(super) struct Group {
    pub(super) since: Seq,
    /// Of its digests those that vendors state something of, in short.
    pub(super) named: u64,
    /// The lists, each once, rising.
    pub(super) lists: Box<[u32]>,
}

impl Grouped {
    /// What is known of an image that holds what it held since a commit.
    pub(super) fn get(&self, image: u32, since: Seq) -> Option<&Group> {
        let known = self.0.get(image as usize)?.as_deref();
        known.filter(|known| known.since == since)
    }

    /// Notes it.
    pub(super) fn note(&mut self, image: u32, (since, named): (Seq, u64), mut lists: Vec<u32>) {
        let place = image as usize;
        if place >= self.0.len() {
            self.0.resize_with(place + 1, || None);
        }
        lists.sort_unstable();
        lists.dedup();
        if let Some(slot) = self.0.get_mut(place) {
            let lists = lists.into();
            *slot = Some(Box::new(Group {
                since,
                named,
                lists,
            }));
        }
    }

    /// Lets go of an image, of which nothing is asked.
    pub(super) fn forget(&mut self, image: u32) {
        if let Some(slot) = self.0.get_mut(image as usize) {
            *slot = None;
        }
    }

    /// What they take, in bytes.
    pub(super) fn size(&self) -> usize {
        let each = self.0.iter().flatten();
        let lists: usize = each
            .map(|one| size_of::<Group>() + one.lists.len() * size_of::<u32>())
            .sum();
        lists + self.0.capacity() * size_of::<usize>()
    }
}
