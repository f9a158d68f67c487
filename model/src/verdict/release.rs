//! Whether an advisory is about the release of a distribution that an image is of.

use super::{because::Why, subject::Distro};
use crate::advisory::{Ecosystem, Family};

/// How an ecosystem and an image's distribution fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is about that release.
    Yes,
    /// It is about packages for that release that not everybody gets: Ubuntu Pro, an extended
    /// update. Whoever has them has their fixes.
    Extended,
    /// It is about another one.
    No,
    /// It can't be known.
    Unknown(Why<'static>),
}

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
        Family::RedHat => red_hat(asked, own),
        Family::Alpine | Family::Alpaquita | Family::BellSoft => alpine(asked, own),
        Family::Suse | Family::OpenSuse => suse(asked, distro),
        Family::OpenEuler => open_euler(asked, own),
        _ => yes_if(major(asked) == major(own)),
    }
}

fn yes_if(is: bool) -> Fit {
    match is {
        true => Fit::Yes,
        false => Fit::No,
    }
}

/// `8` of `8.9`.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// `3.20` of `3.20.3`.
fn minor(version: &str) -> &str {
    match version.match_indices('.').nth(1) {
        Some((end, _)) => &version[..end],
        None => version,
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

/// `enterprise_linux:9::appstream`, `rhel_eus:9.2::baseos`, and products on top of it.
fn red_hat(asked: &str, own: &str) -> Fit {
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
            match minor(release) == minor(own) {
                true => Fit::Extended,
                false => Fit::No,
            }
        }
        _ => match elsewhere.strip_prefix("el") {
            Some(of) if major(of) != major(own) => Fit::No,
            _ => Fit::Unknown(Why::Product),
        },
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

/// `Linux Enterprise Server 15 SP5`, `Linux Enterprise Module for Basesystem 15 SP5`, `Leap 15.5`,
/// `Tumbleweed`; an image says `15.5`. The modules of one service pack are all of one release.
fn suse(asked: &str, distro: Distro<'_>) -> Fit {
    let is_of = |text: &str, word: &str| text.to_ascii_lowercase().contains(word);
    if is_of(asked, "tumbleweed") || is_of(distro.id, "tumbleweed") {
        return yes_if(is_of(asked, "tumbleweed") && is_of(distro.id, "tumbleweed"));
    }
    if is_of(asked, "micro") != is_of(distro.id, "micro") {
        return Fit::No;
    }
    match suse_release(asked) {
        Some(release) => yes_if(release == distro.version.trim().trim_end_matches(".0")),
        None => Fit::Unknown(Why::Product),
    }
}

/// `15.5` of `Linux Enterprise Server 15 SP5-LTSS`; `6.0` loses its zero, as a first service pack has
/// none.
fn suse_release(asked: &str) -> Option<String> {
    let mut words = asked.split([' ', '-']);
    let begins = |word: &&str| word.starts_with(|one: char| one.is_ascii_digit());
    let number = words.by_ref().find(begins)?;
    let pack = words.next().and_then(|word| word.strip_prefix("SP"));
    Some(match pack {
        Some(pack) => format!("{number}.{pack}"),
        None => number.trim_end_matches(".0").to_owned(),
    })
}

/// `24.03-LTS-SP1`; an image says `24.03`, and not which service pack.
fn open_euler(asked: &str, own: &str) -> Fit {
    let (release, rest) = asked.split_once('-').unwrap_or((asked, ""));
    match (release == own, rest.contains("SP")) {
        _ if asked == own => Fit::Yes,
        (true, true) => Fit::Unknown(Why::ReleaseUnknown),
        (is_same, _) => yes_if(is_same),
    }
}
