//! Where the images of one artifact are written, in four bytes.

/// The images of an artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In none.
    None,
    /// In this one.
    One(u32),
    /// In those that are laid out from here on.
    LaidOut(u32),
    /// In those of this list, which changed since.
    Changed(u32),
}

/// The bits of a number; the two above them say what it is the number of.
const BITS: u32 = 30;
const LAID_OUT: u32 = 1 << BITS;
const CHANGED: u32 = 2 << BITS;

impl Place {
    /// In four bytes; `None` where its number is too large for that.
    pub const fn packed(self) -> Option<u32> {
        let (kind, number) = match self {
            Self::None => return Some(0),
            Self::One(image) => match image.checked_add(1) {
                Some(number) => (0, number),
                None => return None,
            },
            Self::LaidOut(start) => (LAID_OUT, start),
            Self::Changed(list) => (CHANGED, list),
        };
        if number >> BITS == 0 {
            Some(kind | number)
        } else {
            None
        }
    }

    /// As it was packed.
    pub const fn unpacked(packed: u32) -> Self {
        let number = packed & (LAID_OUT - 1);
        match packed >> BITS {
            0 => match number.checked_sub(1) {
                Some(image) => Self::One(image),
                None => Self::None,
            },
            1 => Self::LaidOut(number),
            _ => Self::Changed(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_comes_out_as_it_was_packed_or_is_refused() {
        let kinds = [Place::One, Place::LaidOut, Place::Changed];
        for number in [0, 1, 7, (1 << 30) - 2] {
            for place in kinds.map(|kind| kind(number)) {
                assert_eq!(place.packed().map(Place::unpacked), Some(place));
            }
        }
        assert_eq!(Place::None.packed().map(Place::unpacked), Some(Place::None));
        for number in [1 << 30, u32::MAX] {
            assert_eq!(kinds.map(|kind| kind(number).packed()), [None; 3]);
        }
    }
}
