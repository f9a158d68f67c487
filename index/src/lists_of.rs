//! A list for each of many things that go by number.

use crate::lists::{List, Lists};

/// Lists by the numbers of what they belong to.
#[derive(Debug, Default)]
pub struct ListsOf<T> {
    of: Vec<List>,
    lists: Lists<T>,
}

impl<T: Copy + Default> ListsOf<T> {
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
    /// was taken out.
    pub fn take(&mut self, owner: u32, fits: impl FnMut(&T) -> bool) -> Option<T> {
        let list = self.of.get_mut(owner as usize)?;
        let place = self.lists.get(*list).iter().position(fits)?;
        let taken = self.lists.get(*list).get(place).copied();
        self.lists.swap_remove(list, place);
        taken
    }

    /// Lays the lists out in the order of their owners: what is read one after the other then
    /// stands so.
    pub fn lay_out(&mut self) {
        self.lists.lay_out(&mut self.of);
        self.of.shrink_to_fit();
    }

    /// Every element, by owner.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.of.iter().flat_map(|list| self.lists.get(*list))
    }

    /// Every element, to be changed.
    pub fn each_mut(&mut self, mut change: impl FnMut(&mut T)) {
        for list in &self.of {
            self.lists.get_mut(*list).iter_mut().for_each(&mut change);
        }
    }

    /// The list of a thing, to be put into another order.
    pub fn get_mut(&mut self, owner: u32) -> &mut [T] {
        match self.of.get(owner as usize) {
            Some(list) => self.lists.get_mut(*list),
            None => &mut [],
        }
    }
}
