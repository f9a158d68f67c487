//! Tests of leases without a store: the life of one as tables, and what always holds as a
//! property.

mod claims;
mod grants;
mod life;
mod property;

use jiff::SignedDuration;
use proto_types::{FailureCause, Timestamp};

use super::{Failure, LeaseRules, Scan};

/// How long a lease holds, in seconds.
const TTL: i64 = 1800;

const RULES: LeaseRules = LeaseRules {
    ttl: SignedDuration::from_secs(TTL),
    retry_base: SignedDuration::from_mins(10),
};

/// A moment, in seconds after some start.
fn at(seconds: i64) -> Timestamp {
    Timestamp::constant(1_800_000_000, 0) + SignedDuration::from_secs(seconds)
}

/// The first lease on an image, granted at the start.
fn first(host: i64) -> Scan {
    Scan::granted(
        None,
        (host, Some("syft 1")),
        "lease 1".into(),
        &RULES,
        at(0),
    )
}

/// The same once it has failed on these hosts, with all back-offs over at `at(0)`.
fn failed_on(hosts: &[i64]) -> Scan {
    let mut scan = first(hosts[0]);
    for host in hosts {
        scan = Scan::granted(Some(scan), (*host, None), "again".into(), &RULES, at(0));
        if let Some(change) = scan.fail(&RULES, failure(FailureCause::Image), at(-86_400)) {
            scan = change.scan;
        }
    }
    scan
}

fn failure(cause: FailureCause) -> Failure {
    Failure {
        cause,
        message: "it would not open".into(),
        scanner: Some("syft 1".into()),
    }
}
