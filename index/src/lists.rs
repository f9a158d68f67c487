//! Many short lists that grow, in one piece of memory: eight bytes for each list and a sixth of
//! slack on average, where a vector for each would take three words and an allocation.

/// Where a list stands. Its room is the next of 1, 2, 3, 4, 6, 8, 12, 16, 24 and so on, from its
/// length on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    start: u32,
    len: u32,
}

/// The lists' elements.
#[derive(Debug, Default)]
pub struct Lists<T> {
    cells: Vec<T>,
    /// The rooms that are free, by the [`class`] of their size.
    free: Vec<Vec<u32>>,
}

impl List {
    /// How many elements it has.
    #[must_use]
    pub const fn len(self) -> usize {
        self.len as usize
    }

    const fn room(self) -> u32 {
        match self.len {
            0..4 => self.len,
            len => {
                let step = 1 << ((len - 1).ilog2() - 1);
                len.next_multiple_of(step)
            }
        }
    }

    const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

impl<T> Lists<T> {
    /// How many elements there is room for.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// What takes memory, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        let free: usize = self.free.iter().map(Vec::capacity).sum();
        self.cells.capacity() * size_of::<T>() + free * size_of::<u32>()
    }
}

impl<T: Copy + Default> Lists<T> {
    /// The elements of a list.
    #[must_use]
    pub fn get(&self, list: List) -> &[T] {
        self.cells.get(list.range()).unwrap_or_default()
    }

    /// Adds an element at a list's end.
    pub fn push(&mut self, list: &mut List, value: T) {
        self.extend(list, &[value]);
    }

    /// Adds elements at a list's end.
    pub fn extend(&mut self, list: &mut List, values: &[T]) {
        let grown = List {
            start: list.start,
            // A list is of things that have 32-bit numbers.
            len: list.len + values.len() as u32,
        };
        let start = match grown.room() == list.room() {
            true => list.start,
            false => self.moved(*list, grown.room()),
        };
        let end = start as usize + list.len();
        if let Some(cells) = self.cells.get_mut(end..end + values.len()) {
            cells.copy_from_slice(values);
        }
        *list = List { start, ..grown };
    }

    /// Puts other elements in the place of a list's. Its room stays, or is given back as a whole:
    /// pieces of it would be of use to smaller lists alone.
    pub fn replace(&mut self, list: &mut List, values: &[T]) {
        let room = list.room();
        list.len = values.len() as u32;
        if list.room() != room {
            self.give_back(list.start, room);
            list.start = self.take(list.room());
        }
        if let Some(cells) = self.cells.get_mut(list.range()) {
            cells.copy_from_slice(values);
        }
    }

    /// Keeps the elements that fit, in their order.
    pub fn retain(&mut self, list: &mut List, mut fits: impl FnMut(&T) -> bool) {
        let mut kept = 0;
        for place in list.range() {
            let Some(value) = self.cells.get(place).copied() else {
                continue;
            };
            if fits(&value) {
                if let Some(cell) = self.cells.get_mut(list.start as usize + kept) {
                    *cell = value;
                }
                kept += 1;
            }
        }
        self.truncate(list, kept);
    }

    /// Takes an element out by putting the last one in its place.
    pub fn swap_remove(&mut self, list: &mut List, place: usize) {
        let Some(last) = self.get(*list).last().copied() else {
            return;
        };
        if let Some(cell) = self.cells.get_mut(list.start as usize + place) {
            *cell = last;
        }
        self.truncate(list, list.len() - 1);
    }

    /// Another order or other values for the elements that are there.
    pub fn get_mut(&mut self, list: List) -> &mut [T] {
        self.cells.get_mut(list.range()).unwrap_or_default()
    }

    /// Lists of these lengths one behind the other.
    pub fn with_room(lengths: &[u32]) -> (Vec<List>, Self) {
        let mut end = 0;
        let of = lengths.iter().map(|len| {
            let list = List {
                start: end,
                len: *len,
            };
            end += list.room();
            list
        });
        let of = of.collect();
        let lists = Self {
            cells: vec![T::default(); end as usize],
            free: Vec::new(),
        };
        (of, lists)
    }

    /// Lays the lists out anew, one behind the other in this order and without slack between them.
    /// They must be all there are.
    pub fn lay_out(&mut self, lists: &mut [List]) {
        let mut cells = Vec::with_capacity(lists.iter().map(|list| list.room() as usize).sum());
        for list in lists {
            let (start, room) = (cells.len(), list.room() as usize);
            cells.extend_from_slice(self.get(*list));
            cells.resize(start + room, T::default());
            list.start = start as u32;
        }
        (self.cells, self.free) = (cells, Vec::new());
    }

    fn truncate(&mut self, list: &mut List, len: usize) {
        let before = list.room();
        list.len = len as u32;
        // What is behind a smaller room is a room of its own.
        let mut room = before;
        while room > list.room() {
            let smaller = smaller(room);
            self.give_back(list.start + smaller, room - smaller);
            room = smaller;
        }
    }

    /// Moves a list to a larger room; where that is.
    fn moved(&mut self, list: List, room: u32) -> u32 {
        let start = self.take(room);
        self.cells.copy_within(list.range(), start as usize);
        self.give_back(list.start, list.room());
        start
    }

    fn take(&mut self, room: u32) -> u32 {
        let free = self.free.get_mut(class(room));
        free.and_then(Vec::pop).unwrap_or_else(|| {
            let start = self.cells.len();
            self.cells.resize(start + room as usize, T::default());
            start as u32
        })
    }

    fn give_back(&mut self, start: u32, room: u32) {
        if room == 0 {
            return;
        }
        let class = class(room);
        if class >= self.free.len() {
            self.free.resize_with(class + 1, Vec::new);
        }
        if let Some(free) = self.free.get_mut(class) {
            free.push(start);
        }
    }
}

/// The next smaller room.
const fn smaller(room: u32) -> u32 {
    match room {
        0..4 => room.saturating_sub(1),
        _ if room.is_power_of_two() => room / 4 * 3,
        _ => room / 3 * 2,
    }
}

/// Which of the rooms a room is, by size: 1, 2, 3, 4, 6, 8 and so on.
const fn class(room: u32) -> usize {
    match room {
        0..4 => room as usize,
        _ => 2 * room.ilog2() as usize + !room.is_power_of_two() as usize,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{List, Lists};

    proptest! {
        #[test]
        fn lists_hold_what_vectors_would(
            steps in prop::collection::vec((0..4_usize, 0..6_u8, 0..40_u32), 0..120)
        ) {
            let mut lists = Lists::default();
            let mut list = [List::default(); 4];
            let mut plain: [Vec<u32>; 4] = Default::default();
            for (which, step, value) in steps {
                let (list, plain) = (&mut list[which], &mut plain[which]);
                match step {
                    0 => {
                        lists.retain(list, |one| *one != value);
                        plain.retain(|one| *one != value);
                    }
                    1 if !plain.is_empty() => {
                        let place = value as usize % plain.len();
                        lists.swap_remove(list, place);
                        plain.swap_remove(place);
                    }
                    2 => {
                        let values: Vec<u32> = (0..value).collect();
                        lists.replace(list, &values);
                        *plain = values;
                    }
                    _ => {
                        lists.push(list, value);
                        plain.push(value);
                    }
                }
            }
            lists.lay_out(&mut list);
            for (list, mut plain) in list.iter_mut().zip(plain) {
                prop_assert_eq!(lists.get(*list), plain.as_slice());
                lists.push(list, 7);
                plain.push(7);
                prop_assert_eq!(lists.get(*list), plain);
            }
        }
    }

    #[test]
    fn a_list_that_is_written_anew_again_and_again_takes_no_more_room() {
        let (mut lists, mut list) = (Lists::default(), List::default());
        for round in 0..10_000 {
            lists.replace(&mut list, &vec![7_u8; 100 + round % 100]);
        }
        let rooms = 128 + 192 + 256;
        assert_eq!(lists.len(), rooms);
    }
}
