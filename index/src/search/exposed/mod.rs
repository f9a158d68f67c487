//! Exposure: since when and until when hosts ran what advisories say is affected.
//!
//! One advisory after the other: [`ran`] says when what is affected ran on each host, [`known`] what can't be known of
//! that, and the rules of `model::exposure` what comes of both. Hosts are counted ([`counts`]) and listed ([`rows`]).

mod counts;
mod known;
mod of_advisory;
mod ran;
mod rows;

pub use counts::ExposureCounts;
pub use known::Exposing;
pub use of_advisory::When;
pub use rows::{BehindHost, ExposureRowAt, WalkedHosts};
