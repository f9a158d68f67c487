//! What may come in. One odd thing is left out, counted and named, and the rest is taken: a host
//! must not fall silent because one of its containers has a strange name. Only what leaves no
//! doubt that nothing of it can be taken is refused.

mod artifact;
mod failure;
mod left_out;
mod names;
mod refused;
mod report;
mod scan;
mod told;

pub use failure::scan_failure;
pub use names::{host_name, source, token};
pub use refused::Refused;
pub use report::{container_report, full_report};
pub use scan::scan_report;
pub use told::Told;
