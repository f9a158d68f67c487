//! Chance that is the same each time: what a test does by it, it does again by the same seed.

/// A plain linear generator.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// The one of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 40).unwrap_or_default()
    }

    /// One of these.
    ///
    /// # Panics
    /// There are none.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.number() % all.len()]
    }

    /// A part of a whole: from 0 up to 1.
    #[expect(clippy::cast_precision_loss, reason = "it has 24 bits")]
    pub fn part(&mut self) -> f64 {
        self.number() as f64 / f64::from(1 << 24)
    }
}
