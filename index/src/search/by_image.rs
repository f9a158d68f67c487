//! What fits of what images hold, as it is kept to be asked for by image.

use crate::bits::Bits;

/// What fits, to be asked for by image.
pub enum ByImage {
    /// Everything.
    All,
    /// These artifacts.
    These(Bits),
    /// Each image with each artifact that it holds, by image.
    Pairs(Vec<(u32, u32)>),
}
