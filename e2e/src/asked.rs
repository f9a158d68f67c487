//! How often or how long a test goes on, as the make targets say it.

use std::env;

/// The number that this variable of the environment has.
pub fn number(variable: &str, otherwise: u64) -> u64 {
    let given = env::var(variable).ok().and_then(|text| text.parse().ok());
    given.unwrap_or(otherwise)
}
