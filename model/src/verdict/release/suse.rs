//! SUSE's and openSUSE's releases, as a record names them: `Linux Enterprise Server 15 SP5`, `Leap 15.5`,
//! `Tumbleweed`; an image says `15.5`.

use super::{
    fits::{Fit, yes_if},
    numbers::major,
};
use crate::verdict::{because::Why, subject::Distro};

/// What products are called whose number is that of the release. The modules of one service pack are
/// all of one release.
const OF_A_RELEASE: [&str; 5] = [
    "Linux Enterprise ",
    "Linux Micro ",
    "Package Hub ",
    "Leap ",
    "Backports SLE-",
];

/// Whether it is the release that an image is of.
pub(super) fn fit(asked: &str, distro: Distro<'_>) -> Fit {
    let is_of = |text: &str, word: &str| text.to_ascii_lowercase().contains(word);
    if is_of(asked, "tumbleweed") || is_of(distro.id, "tumbleweed") {
        return yes_if(is_of(asked, "tumbleweed") && is_of(distro.id, "tumbleweed"));
    }
    if is_of(asked, "micro") != is_of(distro.id, "micro") {
        return Fit::No;
    }
    let own = distro.version.trim().trim_end_matches(".0");
    let is_of_one = OF_A_RELEASE.iter().any(|name| asked.starts_with(name));
    match release(asked).filter(|_| is_of_one) {
        Some((number, "")) if number == "12" && asked.contains("Module") => {
            yes_if(major(own) == number)
        }
        Some((number, "")) => yes_if(number == own),
        Some((number, pack)) => yes_if(format!("{number}.{pack}") == own),
        None => Fit::Unknown(Why::Product),
    }
}

/// `15` and `5` of `Linux Enterprise Module for Python 3 15 SP5-LTSS`: the last number, and the service
/// pack behind it. `6.0` loses its zero, as a first service pack has none.
fn release(asked: &str) -> Option<(&str, &str)> {
    let words: Vec<&str> = asked.split([' ', '-']).collect();
    let begins = |word: &&str| word.starts_with(|one: char| one.is_ascii_digit());
    let place = words.iter().rposition(begins)?;
    let pack = words
        .get(place + 1)
        .and_then(|word| word.strip_prefix("SP"));
    Some((
        words.get(place)?.trim_end_matches(".0"),
        pack.unwrap_or_default(),
    ))
}
