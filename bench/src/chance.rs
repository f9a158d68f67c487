//! Chance that is the same at every run: numbers drawn from a seed and from what they are drawn for.

/// A number that looks like chance and is the same at every run.
#[must_use]
pub const fn mix(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The number that is drawn for these things in this order.
#[must_use]
pub fn draw(things: &[u64]) -> u64 {
    let step = |state: u64, thing: &u64| mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ *thing);
    things.iter().fold(0x5eed, step)
}

/// A drawn number as one below `bound`, which must not be 0.
#[must_use]
pub fn below(drawn: u64, bound: u32) -> u32 {
    let scaled = u128::from(drawn) * u128::from(bound);
    u32::try_from(scaled >> 64).unwrap_or(0)
}

/// A drawn number as a share, from 0 up to 1.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "53 bits of a share are more than enough"
)]
pub fn share(drawn: u64) -> f64 {
    (drawn >> 11) as f64 / (1_u64 << 53) as f64
}

/// A drawn number as one below `bound`, where small ones come far more often: the higher the
/// `steepness`, the more so. 1 is an even spread.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a bound is not negative and below it"
)]
pub fn skewed(drawn: u64, bound: u32, steepness: f64) -> u32 {
    let number = (share(drawn).powf(steepness) * f64::from(bound)) as u32;
    number.min(bound.saturating_sub(1))
}

/// A series of drawn numbers.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The series that is drawn for these things.
    #[must_use]
    pub fn of(things: &[u64]) -> Self {
        Self(draw(things))
    }

    /// The next number.
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// The next number, below `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        below(self.roll(), bound)
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(u32::try_from(of.len()).unwrap_or(1)) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, below, draw, share, skewed};

    #[test]
    fn what_is_drawn_for_the_same_things_is_the_same() {
        assert_eq!(draw(&[7, 1, 2]), draw(&[7, 1, 2]));
        assert_ne!(draw(&[7, 1, 2]), draw(&[7, 2, 1]));
    }

    #[test]
    fn numbers_stay_below_their_bound() {
        for at in 0..10_000 {
            let drawn = draw(&[at]);
            assert!(below(drawn, 7) < 7);
            assert!(skewed(drawn, 7, 3.0) < 7);
            assert!((0.0..1.0).contains(&share(drawn)));
        }
        assert_eq!(below(u64::MAX, 1), 0);
    }

    #[test]
    fn a_steep_spread_prefers_small_numbers() {
        let mut dice = Dice::of(&[1]);
        let low = (0..10_000).filter(|_| skewed(dice.roll(), 1_000, 3.0) < 125);
        // The cube root of an eighth: half of them.
        assert!((4_700..5_300).contains(&low.count()));
    }
}
