//! Bars that are drawn in text, to the eighth of a character.

/// A bar of at most `room` characters, as long as its share of a whole; anything at all is seen.
pub(crate) fn bar(share: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let all = room * 8;
    let least = usize::from(share > 0.0);
    let filled = to_usize((share.clamp(0.0, 1.0) * to_f64(all)).round());
    let filled = filled.max(least).min(all);
    format!("{}{}", "█".repeat(filled / 8), EIGHTHS[filled % 8])
}

/// How much of a whole a part is; nothing of a whole that is nothing.
#[allow(clippy::cast_precision_loss)] // for pictures
pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[allow(clippy::cast_precision_loss)] // columns of a terminal
pub(crate) const fn to_f64(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded, and never below 0
pub(crate) const fn to_usize(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::{bar, share};

    #[test]
    fn a_bar_is_as_long_as_its_part_and_never_gone() {
        let drawn = |part, whole| bar(share(part, whole), 12);
        assert_eq!(drawn(0, 10), "");
        assert_eq!(drawn(1, 100_000), "▏");
        assert_eq!(drawn(1, 2), "██████");
        assert_eq!(drawn(10, 10), "█".repeat(12));
        // An image that holds two versions counts in both: no part is more than everything.
        assert_eq!(drawn(20, 10), "█".repeat(12));
    }
}
