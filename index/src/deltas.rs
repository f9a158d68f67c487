//! Rising numbers in few bytes: the first, then how far it is from each to the next, seven bits to
//! a byte.

/// Adds a number to what is written.
pub fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many bytes a number takes.
#[must_use]
pub const fn width(number: u32) -> u32 {
    (number | 1).ilog2() / 7 + 1
}

/// Writes a number where there is room; how many bytes that took.
pub fn put(room: &mut [u8], mut number: u32) -> u32 {
    let mut taken = 0;
    for byte in room {
        taken += 1;
        if number < 0x80 {
            *byte = number as u8;
            break;
        }
        *byte = number as u8 | 0x80;
        number >>= 7;
    }
    taken
}

/// Writes rising numbers.
#[must_use]
pub fn pack(numbers: &[u32]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(numbers.len() * 3 / 2);
    let mut before = 0;
    for number in numbers {
        write(&mut bytes, number - before);
        before = *number;
    }
    bytes.into_boxed_slice()
}

/// Reads the numbers that were written.
#[must_use]
pub const fn read(bytes: &[u8]) -> Deltas<'_> {
    Deltas {
        left: bytes,
        before: 0,
    }
}

/// Rising numbers that are read.
#[derive(Debug, Clone)]
pub struct Deltas<'b> {
    left: &'b [u8],
    before: u32,
}

impl<'b> Deltas<'b> {
    /// What has not been read.
    #[must_use]
    pub const fn left(&self) -> &'b [u8] {
        self.left
    }
}

impl Iterator for Deltas<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (first, mut rest) = self.left.split_first()?;
        let mut delta = u32::from(*first);
        if delta >= 0x80 {
            delta &= 0x7f;
            let mut shift = 7;
            while let Some((byte, after)) = rest.split_first() {
                rest = after;
                delta |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if *byte < 0x80 || shift > 28 {
                    break;
                }
            }
        }
        self.left = rest;
        self.before = self.before.wrapping_add(delta);
        Some(self.before)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{pack, put, read, width};

    proptest! {
        #[test]
        fn what_is_written_is_read(
            numbers in prop::collection::btree_set(
                prop_oneof![0..300_u32, any::<u32>(), Just(u32::MAX)], 0..40),
        ) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            let packed = pack(&numbers);
            let mut room = [0; 5];
            for number in &numbers {
                let taken = put(&mut room, *number);
                prop_assert_eq!(taken, width(*number));
                prop_assert_eq!(read(&room[..taken as usize]).next(), Some(*number));
            }
            prop_assert!(read(&packed).eq(numbers));
        }

        #[test]
        fn bytes_of_any_kind_are_read_to_their_end(bytes in any::<Vec<u8>>()) {
            prop_assert!(read(&bytes).count() <= bytes.len());
        }
    }
}
