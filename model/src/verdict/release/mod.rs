//! Whether an advisory is about the release of a distribution that an image is of.

mod fits;
mod numbers;
mod red_hat;
mod suse;

pub(super) use fits::Fit;

use super::{because::Why, subject::Distro};
use crate::advisory::{Ecosystem, Family};
use fits::yes_if;
use numbers::{major, minor};

/// Whether an ecosystem is that of an image's distribution, in its release. Registries have no
/// releases, whatever stands behind their name.
pub(super) fn fit(family: Family, ecosystem: &Ecosystem, distro: Distro<'_>) -> Fit {
    if !family.is_distribution() {
        return Fit::Yes;
    }
    if distro.id.is_empty() {
        return Fit::Unknown(Why::DistroUnknown);
    }
    if Family::of_distro(distro.id) != Some(family) {
        return Fit::No;
    }
    let (asked, own) = (ecosystem.suffix(), distro.version.trim());
    match family {
        Family::Wolfi | Family::Chainguard | Family::MinimOs | Family::Echo => Fit::Yes,
        _ if own.is_empty() => Fit::Unknown(Why::ReleaseUnknown),
        _ if asked.is_empty() => Fit::Unknown(Why::AnyRelease),
        Family::Ubuntu => ubuntu(asked, own),
        Family::RedHat => red_hat::fit(asked, own),
        Family::Alpine | Family::Alpaquita | Family::BellSoft => alpine(asked, own),
        Family::Suse | Family::OpenSuse => suse::fit(asked, distro),
        Family::OpenEuler => open_euler(asked, own),
        _ => yes_if(major(asked) == major(own)),
    }
}

/// `22.04:LTS`, `24.10`, `Pro:22.04:LTS`; other channels (`Pro:FIPS-updates:…`) have packages of their
/// own, whose versions say nothing of these.
fn ubuntu(asked: &str, own: &str) -> Fit {
    let is_release = |part: &str| part.starts_with(|one: char| one.is_ascii_digit());
    let (channel, release) = match asked.find(|one: char| one.is_ascii_digit()) {
        Some(0) => ("", asked),
        Some(at) => (asked[..at].trim_end_matches(':'), &asked[at..]),
        None => return Fit::Unknown(Why::AnyRelease),
    };
    let release = release.split(':').next().unwrap_or_default();
    if !is_release(release) || release != minor(own) {
        return Fit::No;
    }
    match channel {
        "" => Fit::Yes,
        "Pro" => Fit::Extended,
        _ => Fit::No,
    }
}

/// `v3.20`; what is built from Alpine's edge is of no release.
fn alpine(asked: &str, own: &str) -> Fit {
    let own = match own.contains("_alpha") {
        true => "edge",
        false => minor(own),
    };
    yes_if(minor(asked.strip_prefix('v').unwrap_or(asked)) == own)
}

/// `24.03-LTS-SP1`; an image says `24.03`, and not which service pack.
fn open_euler(asked: &str, own: &str) -> Fit {
    let release = |text: &str| text.split('-').next().unwrap_or_default().to_owned();
    match (asked == own, own.contains('-')) {
        (true, _) => Fit::Yes,
        (false, false) if release(asked) == own => Fit::Unknown(Why::ReleaseUnknown),
        _ => Fit::No,
    }
}
