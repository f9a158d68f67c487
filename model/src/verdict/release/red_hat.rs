//! Red Hat's releases, as a record names them by a part of their CPE: `enterprise_linux:9::appstream`,
//! `rhel_eus:9.2::baseos`, and products on top of them.

use super::{
    fits::{Fit, yes_if},
    numbers::{major, minor},
};
use crate::verdict::because::Why;

/// Whether it is the release that an image is of.
pub(super) fn fit(asked: &str, own: &str) -> Fit {
    let mut parts = asked.split(':');
    let (product, release) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let elsewhere = asked.split("::").nth(1).unwrap_or_default();
    match product {
        "enterprise_linux" if release.is_empty() => Fit::Unknown(Why::AnyRelease),
        "enterprise_linux" => yes_if(major(release) == major(own)),
        "rhel_eus" | "rhel_aus" | "rhel_tus" | "rhel_e4s" | "rhel_els" | "rhel_eus_long_life" => {
            extended(release, own)
        }
        _ => match elsewhere.strip_prefix("el") {
            Some(of) if major(of) != major(own) => Fit::No,
            _ => Fit::Unknown(Why::Product),
        },
    }
}

/// An extended update is for one minor release; extended life, `rhel_els:7`, for what a major one ended
/// with.
fn extended(release: &str, own: &str) -> Fit {
    if major(release) != major(own) {
        return Fit::No;
    }
    match (release.contains('.'), own.contains('.')) {
        (true, false) => Fit::Unknown(Why::ReleaseUnknown),
        (true, true) if minor(release) != minor(own) => Fit::No,
        _ => Fit::Extended,
    }
}
