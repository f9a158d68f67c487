//! Things in numbered slots, which are used again.

/// Slots.
#[derive(Debug, Default)]
pub struct Slots<T> {
    slots: Vec<T>,
    free: Vec<u32>,
}

impl<T: Copy + Default> Slots<T> {
    /// Puts a thing into a slot; which one.
    pub fn add(&mut self, thing: T) -> u32 {
        match self.free.pop() {
            Some(slot) => {
                if let Some(place) = self.slots.get_mut(slot as usize) {
                    *place = thing;
                }
                slot
            }
            None => {
                self.slots.push(thing);
                self.slots.len() as u32 - 1
            }
        }
    }

    /// What is in a slot that is in use.
    #[inline]
    pub fn get(&self, slot: u32) -> Option<&T> {
        self.slots.get(slot as usize)
    }

    /// What is in each slot, while all are in use.
    pub fn all(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(&self.slots)
    }

    /// Puts what is in the slots, while all are in use, into another order.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.slots.sort_unstable_by_key(key);
        self.slots.shrink_to_fit();
    }

    /// What takes memory, in bytes.
    pub const fn size(&self) -> usize {
        self.slots.capacity() * size_of::<T>() + self.free.capacity() * size_of::<u32>()
    }

    /// How many slots there are.
    pub const fn len(&self) -> usize {
        self.slots.len()
    }

    /// How many of them are in use.
    pub const fn used(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Everything in all slots, to be changed, and what stands in those that are free.
    pub fn each_mut(&mut self, change: impl FnMut(&mut T)) {
        self.slots.iter_mut().for_each(change);
    }

    /// Frees a slot.
    pub fn free(&mut self, slot: u32) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = T::default();
        }
        self.free.push(slot);
    }
}
