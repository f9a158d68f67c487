//! When a server's disk has little room.

/// So much is little, however small the database is, in bytes.
const LITTLE: u64 = 1 << 30;

/// Whether so little is free that somebody has to look, of a database that takes so much, both in bytes:
/// less than a backup needs, and as much again.
#[must_use]
pub const fn is_little(free: u64, taken: u64) -> bool {
    free < LITTLE || free < taken.saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use super::is_little;

    #[test]
    fn a_backup_and_as_much_again_has_room_and_a_small_database_has_a_gibibyte() {
        let gibibyte = 1 << 30;
        for (free, taken, little) in [
            (gibibyte, 0, false),
            (gibibyte - 1, 0, true),
            (4 * gibibyte, 2 * gibibyte, false),
            (4 * gibibyte - 1, 2 * gibibyte, true),
            (u64::MAX, u64::MAX, false),
        ] {
            assert_eq!(is_little(free, taken), little, "{free} {taken}");
        }
    }
}
