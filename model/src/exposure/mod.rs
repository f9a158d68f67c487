//! Exposure: since when and until when a host ran what an advisory says is affected, and what of that isn't known.
//!
//! At each moment a host is exposed, clean, or it isn't known (`unknown`): that goes before the other two, whatever was told
//! to run, since a run that an old report told of may have ended. Only whether a host is *still* exposed is taken from
//! what it told last, as every other answer is: what ran when a host fell silent is to be looked after.

mod exposed;
mod known;
#[cfg(test)]
mod property;
mod spans;
#[cfg(test)]
mod tests;
mod unknown;
mod within;

pub use exposed::{Exposure, exposure};
pub use known::{GOES_ON, Known, Unknown};
pub use unknown::{Told, of_host, removed};
pub use within::{Clean, DEFAULT_DAYS, Within, days, worst_state};
