//! The client against what may stand between it and a server: proxies, redirects, certificates,
//! and answers that are too long, too slow or someone else's.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod asked;
mod bounds;
mod certificates;
mod fake;
mod many;
mod packing;
mod proxies;
mod redirects;
mod refusals;
