//! All metrics as one text, for one look.

use std::fs;

use prometheus::{Error, TextEncoder};
use proto_types::StatusResponse;

use super::{counted::Metrics, standing::Standing};
use crate::store::Work;

/// What the text calls itself.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// All metrics, for a server that stands and has worked so.
///
/// # Errors
/// Two metrics have the same name, or one has a name that Prometheus doesn't take.
pub fn text(metrics: &Metrics, status: &StatusResponse, work: &Work) -> Result<String, Error> {
    let standing = Standing::default();
    standing.status(status)?;
    standing.work(work)?;
    standing.process(metrics.began(), memory())?;
    let mut families = metrics.gather();
    families.append(&mut standing.gather());
    TextEncoder::new().encode_to_string(&families)
}

/// The memory that this process holds, in bytes, where the system says.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let held = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = held.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes.saturating_mul(1_024))
}
