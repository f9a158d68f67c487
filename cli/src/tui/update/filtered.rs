//! The words that make a command filter as a list is filtered here, where it can.

use std::collections::{BTreeSet, HashSet};

use proto_types::{Field, Match, Op};

use crate::{
    error::Result,
    tui::{
        item::Item,
        state::{Level, Rows, Subject, is},
    },
    words::pattern::Pattern,
};

/// The words; none where the command can't filter so.
pub(super) fn words(level: &Level) -> Option<Vec<String>> {
    if !level.is_filtered() {
        return Some(Vec::new());
    }
    match &level.subject {
        Subject::Hosts | Subject::Images => by_name_and_state(level),
        Subject::Containers { .. } => of_containers(&level.matches),
        Subject::Changes { host: None } if level.words.is_empty() => match level.matches.as_slice()
        {
            [one] if *one == is(Field::Host, &one.value) => {
                Some(vec!["--host".to_owned(), one.value.clone()])
            }
            _ => None,
        },
        subject if subject.is_found() => Some(Vec::new()),
        Subject::Rollout { .. } if level.words.is_empty() => Some(Vec::new()),
        _ => None,
    }
}

/// One pattern of names and one state, where these leave the rows that are shown, and no others.
fn by_name_and_state(level: &Level) -> Option<Vec<String>> {
    let rows = level.rows.as_ref()?;
    let shown: HashSet<String> = rows.shown().map(Item::key).collect();
    let states: BTreeSet<&str> = rows.held().filter_map(state).collect();
    let states = || [None].into_iter().chain(states.iter().copied().map(Some));
    let typed = level.matches.iter().map(|one| &one.value);
    let typed = typed.chain(&level.words);
    let patterns = typed.flat_map(|text| [text.clone(), format!("*{text}*")]);
    for name in patterns.map(Some).chain([None]) {
        let Ok(pattern) = pattern(level, name.as_deref()) else {
            continue;
        };
        let found = states().find(|state| leaves_the_same(rows, &shown, pattern.as_ref(), *state));
        if let Some(state) = found {
            let state = state.map(|state| ["--state", state].map(str::to_owned));
            return Some(
                name.into_iter()
                    .chain(state.into_iter().flatten())
                    .collect(),
            );
        }
    }
    None
}

fn pattern(level: &Level, name: Option<&str>) -> Result<Option<Pattern>> {
    let pattern = name.map(|name| match level.subject {
        Subject::Images => Pattern::of_images(name),
        _ => Pattern::of_hosts(name),
    });
    pattern.transpose()
}

/// Whether the command would list the rows that are shown, and no others.
fn leaves_the_same(
    rows: &Rows,
    shown: &HashSet<String>,
    pattern: Option<&Pattern>,
    wanted: Option<&str>,
) -> bool {
    rows.held().all(|item| {
        let fits = |pattern: &Pattern| names(item).iter().any(|name| pattern.fits(name));
        let fits = pattern.is_none_or(fits) && wanted.is_none_or(|one| state(item) == Some(one));
        fits == shown.contains(&item.key())
    })
}

fn names(item: &Item) -> Vec<&str> {
    match item {
        Item::Host(host) => vec![&host.name],
        Item::Image(image) => image.names.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn state(item: &Item) -> Option<&str> {
    match item {
        Item::Host(host) => Some(host.state.as_str()),
        Item::Image(image) => Some(image.state.as_str()),
        _ => None,
    }
}

/// A host, a container's name, an image's digest: each once, and exact.
fn of_containers(matches: &[Match]) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for one in matches {
        let flag = match (one.field, one.op) {
            (Field::Host, Op::Eq) => "--host",
            (Field::Container, Op::Eq) => "--name",
            (Field::ImageDigest, Op::Eq) => "--image",
            _ => return None,
        };
        if words.contains(&flag.to_owned()) {
            return None;
        }
        words.extend([flag.to_owned(), one.value.clone()]);
    }
    Some(words)
}
