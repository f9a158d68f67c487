//! Metrics: what Prometheus reads, in its text format.
//!
//! What happens is counted where it happens ([`Metrics`]); how things stand is taken from the status
//! when somebody looks. No label is ever a host's, an image's or an artifact's: there are as many series
//! as there are routes and words, however large the fleet is.

mod agents;
mod counted;
mod standing;
mod text;

pub use counted::{Metrics, Report};
pub use text::{MEDIA_TYPE, text};
