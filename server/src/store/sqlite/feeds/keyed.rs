//! Keys in short, as the file keeps them: a number that is the same wherever it is made.

use model::advisory::Key;
use sha2::{Digest, Sha256};

/// A key in short. Two that are the same are so by chance: what is found by one may be of another.
#[must_use]
pub fn in_short(key: &Key) -> i64 {
    let mut hash = Sha256::new();
    hash.update(&key.purl_type);
    hash.update([0]);
    hash.update(&key.name);
    let hash: [u8; 32] = hash.finalize().into();
    hash.iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | i64::from(*byte))
}
