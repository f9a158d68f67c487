//! A list for each of many things that go by number.

use crate::lists::{List, Lists};

/// Lists by the numbers of what they belong to.
#[derive(Debug, Default)]
pub struct ListsOf<T> {
    of: Vec<List>,
    lists: Lists<T>,
}

impl<T: Copy + Default> ListsOf<T> {
    /// The lists of things, from each of their elements with its owner.
    pub fn of<I: Iterator<Item = (u32, T)>>(elements: impl Fn() -> I) -> Self {
        let mut lengths: Vec<u32> = Vec::new();
        for (owner, _) in elements() {
            let place = owner as usize;
            if place >= lengths.len() {
                lengths.resize(place + 1, 0);
            }
            if let Some(length) = lengths.get_mut(place) {
                *length += 1;
            }
        }
        let (of, lists) = Lists::with_room(&lengths);
        let mut lists = Self { of, lists };
        // From now on, how many there are already.
        lengths.fill(0);
        for (owner, element) in elements() {
            let list = lists.get_mut(owner);
            if let Some(filled) = lengths.get_mut(owner as usize)
                && let Some(cell) = list.get_mut(*filled as usize)
            {
                *cell = element;
                *filled += 1;
            }
        }
        lists
    }

    /// The list of a thing.
    #[inline]
    #[must_use]
    pub fn get(&self, owner: u32) -> &[T] {
        self.of
            .get(owner as usize)
            .map_or(&[], |list| self.lists.get(*list))
    }

    /// Adds to the list of a thing.
    pub fn push(&mut self, owner: u32, value: T) {
        let place = owner as usize;
        if place >= self.of.len() {
            self.of.resize(place + 1, List::default());
        }
        if let Some(list) = self.of.get_mut(place) {
            self.lists.push(list, value);
        }
    }

    /// Keeps of a thing's list what fits.
    pub fn retain(&mut self, owner: u32, fits: impl FnMut(&T) -> bool) {
        if let Some(list) = self.of.get_mut(owner as usize) {
            self.lists.retain(list, fits);
        }
    }

    /// Takes out of a thing's list the first that fits, and puts the last one in its place; what
    /// was taken out, and where it stood.
    pub fn take(&mut self, owner: u32, fits: impl FnMut(&T) -> bool) -> Option<(usize, T)> {
        let place = self.get(owner).iter().position(fits)?;
        let taken = self.get(owner).get(place).copied()?;
        self.take_at(owner, place);
        Some((place, taken))
    }

    /// The same with what stands at a place of a thing's list.
    pub fn take_at(&mut self, owner: u32, place: usize) {
        if let Some(list) = self.of.get_mut(owner as usize)
            && place < list.len()
        {
            self.lists.swap_remove(list, place);
        }
    }

    /// Lays the lists out in the order of their owners: what is read one after the other then
    /// stands so.
    pub fn lay_out(&mut self) {
        self.lists.lay_out(&mut self.of);
        self.of.shrink_to_fit();
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.of.capacity() * size_of::<List>() + self.lists.size()
    }

    fn get_mut(&mut self, owner: u32) -> &mut [T] {
        match self.of.get(owner as usize) {
            Some(list) => self.lists.get_mut(*list),
            None => &mut [],
        }
    }
}
