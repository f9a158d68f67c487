//! Numbers by place, each in as few bytes as the largest of them needs.

/// A number for each place.
#[derive(Debug)]
pub struct Column {
    /// One behind the other, and then a few bytes more, so that four can be read anywhere.
    bytes: Vec<u8>,
    /// How many bytes a number takes.
    width: u8,
}

/// Bytes behind the last number.
const BEHIND: usize = 3;

impl Default for Column {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            width: 1,
        }
    }
}

impl Column {
    /// The number at a place; 0 where none was put.
    #[inline]
    #[must_use]
    pub fn get(&self, place: u32) -> u32 {
        let from = self.start(place);
        let four = self.bytes.get(from..from + 4);
        let four = four.and_then(|four| four.first_chunk());
        four.map_or(0, |four| u32::from_le_bytes(*four) & self.largest())
    }

    /// Puts a number at a place.
    pub fn set(&mut self, place: u32, number: u32) {
        if number > self.largest() {
            self.widen(number);
        }
        let (from, width) = (self.start(place), usize::from(self.width));
        if from + width + BEHIND > self.bytes.len() {
            self.bytes.resize(from + width + BEHIND, 0);
        }
        let bytes = number.to_le_bytes();
        if let (Some(slot), Some(bytes)) =
            (self.bytes.get_mut(from..from + width), bytes.get(..width))
        {
            slot.copy_from_slice(bytes);
        }
    }

    /// A place behind all in which a number was put.
    #[must_use]
    pub fn end(&self) -> u32 {
        let bytes = self.bytes.len().saturating_sub(BEHIND);
        (bytes / usize::from(self.width)) as u32
    }

    /// The numbers, by place.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.end()).map(|place| self.get(place))
    }

    /// Gives back the room that was not needed.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// What takes memory, in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.bytes.capacity()
    }

    const fn start(&self, place: u32) -> usize {
        place as usize * self.width as usize
    }

    const fn largest(&self) -> u32 {
        u32::MAX >> (32 - 8 * self.width as u32)
    }

    fn widen(&mut self, number: u32) {
        let mut wider = Self {
            bytes: Vec::new(),
            width: number.ilog2() as u8 / 8 + 1,
        };
        // Room for all at once: one after the other, they would move again and again.
        let end = wider.start(self.end()) + BEHIND;
        wider.bytes.reserve(end);
        for (place, number) in (0..).zip(self.iter()) {
            wider.set(place, number);
        }
        *self = wider;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Column;

    proptest! {
        #[test]
        fn what_is_put_is_got(
            puts in prop::collection::vec(
                (0..40_u32, prop_oneof![0..3_u32, 250..260_u32, 65_530..65_540_u32, any::<u32>()]),
                0..60,
            ),
        ) {
            let mut column = Column::default();
            let mut plain = Vec::new();
            for (place, number) in puts {
                if place as usize >= plain.len() {
                    plain.resize(place as usize + 1, 0);
                }
                plain[place as usize] = number;
                column.set(place, number);
                prop_assert_eq!(column.get(place), number);
            }
            prop_assert_eq!(column.end() as usize, plain.len());
            prop_assert!(column.iter().eq(plain));
            prop_assert_eq!(column.get(column.end()), 0);
        }
    }
}
