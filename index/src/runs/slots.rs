//! Things in numbered slots, which are used again.

/// Slots.
#[derive(Debug, Default)]
pub struct Slots<T> {
    slots: Vec<T>,
    free: Vec<u32>,
}

impl<T: Copy> Slots<T> {
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

    /// Moves what is in these slots, all that are in use, into the first ones, in this order; the
    /// new slot of each old one.
    pub fn lay_out(&mut self, order: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut moved = vec![0; self.slots.len()];
        let mut slots = Vec::with_capacity(self.slots.len());
        for old in order {
            if let (Some(thing), Some(new)) = (self.get(old), moved.get_mut(old as usize)) {
                *new = slots.len() as u32;
                slots.push(*thing);
            }
        }
        (self.slots, self.free) = (slots, Vec::new());
        moved
    }

    /// Frees a slot.
    pub fn free(&mut self, slot: u32) {
        self.free.push(slot);
    }
}
